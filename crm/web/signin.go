package web

import (
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// endedNotices say why a session is over; one's own sign-out needs no words.
var endedNotices = map[crm.EndReason]string{
	crm.EndedByOther:    "ended.other",
	crm.EndedByExpiry:   "ended.expired",
	crm.EndedByPassword: "ended.password",
	crm.EndedByDisable:  "ended.disabled",
}

func (s *server) signInPage(v *visit) error {
	next := local(v.r.URL.Query().Get("next"))
	if v.user != nil {
		return v.redirect(next)
	}
	reason := v.ended
	if reason == "" {
		reason = crm.EndReason(v.r.URL.Query().Get("ended"))
	}
	form := page.SignIn{Next: next}
	if key := endedNotices[reason]; key != "" {
		form.Notice = v.frame.T(key)
	}
	return s.showSignIn(v, http.StatusOK, form)
}

func (s *server) showSignIn(v *visit, status int, form page.SignIn) error {
	v.frame.Title = v.frame.T("signIn.title")
	return v.render(status, page.SignInPage(v.frame, form))
}

func (s *server) signIn(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.SignIn{Email: v.text("email"), Next: local(v.text("next")), Resume: readResume(v)}
	token, session, u, err := s.Services.Users.SignIn(v.ctx(), crm.SignIn{
		Email: form.Email, Password: v.r.PostFormValue("password"),
		UserAgent: v.r.UserAgent(), RemoteAddr: remoteAddress(v.r),
	})
	var slow *crm.TooManyAttempts
	switch {
	case errors.As(err, &slow):
		s.noteFailure(v, "slowed down")
		v.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(slow.RetryAfter.Seconds()))))
		form.Alert = waitText(v, slow.RetryAfter)
		return s.showSignIn(v, http.StatusTooManyRequests, form)
	case errors.Is(err, crm.ErrWrongCredentials):
		s.noteFailure(v, "wrong credentials")
		form.Alert = v.frame.T("signIn.wrong")
		return s.showSignIn(v, http.StatusUnauthorized, form)
	case errors.Is(err, crm.ErrForbidden):
		s.problem(v, problemOwnerOnly)
		return nil
	case err != nil:
		return err
	}
	s.keepSession(v.w, token)
	s.signedIn(v, session, u)
	if session.EndedOthers > 0 {
		s.flash(v, page.Flash{Key: "flash.endedOthers", Tone: "warning"})
	}
	switch {
	case u.MustChangePassword:
		return v.redirect("/password?next=" + queryEscape(form.Next))
	case form.Resume != nil:
		v.frame.Title = v.frame.T("resume.title")
		return v.render(http.StatusOK, page.ResumePage(v.frame, *form.Resume))
	}
	return v.redirect(form.Next)
}

// noteFailure logs a sign-in that failed, with the address it came from and
// not with what was typed: people type passwords into the wrong field.
func (s *server) noteFailure(v *visit, why string) {
	s.Logger.LogAttrs(v.ctx(), slog.LevelInfo, "sign-in failed",
		slog.String("request", v.frame.RequestID),
		slog.String("from", remoteAddress(v.r)),
		slog.String("why", why))
}

// waitText says in whole seconds or minutes when to try again.
func waitText(v *visit, wait time.Duration) string {
	if wait <= time.Minute {
		return v.frame.L.N("signIn.waitSeconds", max(1, int(math.Ceil(wait.Seconds()))))
	}
	return v.frame.L.N("signIn.waitMinutes", int(math.Ceil(wait.Minutes())))
}

// askSignIn sends somebody without a live session to sign in, and back to what
// they wanted. A form that came along waits in the sign-in page.
func (s *server) askSignIn(v *visit) {
	to := "/sign-in?next=" + queryEscape(wanted(v.r))
	if v.ended != "" {
		to += "&ended=" + queryEscape(string(v.ended))
	}
	if v.r.Method != http.MethodPost || v.isHTMX() {
		_ = v.redirect(to)
		return
	}
	form := page.SignIn{Next: wanted(v.r)}
	if key := endedNotices[v.ended]; key != "" {
		form.Notice = v.frame.T(key)
	}
	if err := v.parse(); err != nil {
		s.problem(v, problemOf(err))
		return
	}
	form.Resume = resumeOf(v)
	if err := s.showSignIn(v, http.StatusUnauthorized, form); err != nil {
		s.log(v, err)
	}
}

// resumable says whether a form is worth keeping: records, and nothing that
// holds a password.
func resumable(path string) bool {
	if strings.HasSuffix(path, "/delete") {
		return false
	}
	return path == "/contacts" || path == "/companies" ||
		strings.HasPrefix(path, "/contacts/") || strings.HasPrefix(path, "/companies/")
}

func resumeOf(v *visit) *page.Resume {
	if !resumable(v.r.URL.Path) {
		return nil
	}
	r := &page.Resume{Path: v.r.URL.Path}
	for name, values := range v.r.PostForm {
		for _, value := range values {
			r.Values = append(r.Values, page.ResumeValue{Name: name, Value: value})
		}
	}
	return r
}

// readResume is the waiting form as the sign-in page sent it back.
func readResume(v *visit) *page.Resume {
	path := local(v.r.PostFormValue("resumePath"))
	if !resumable(path) {
		return nil
	}
	r := &page.Resume{Path: path}
	for name, values := range v.r.PostForm {
		field, ours := strings.CutPrefix(name, "resume.")
		if !ours {
			continue
		}
		for _, value := range values {
			r.Values = append(r.Values, page.ResumeValue{Name: field, Value: value})
		}
	}
	return r
}
