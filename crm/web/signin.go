package web

import (
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
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
	crm.EndedByReset:    "ended.reset",
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
	_, form.Kept = s.kept.See(s.cookie(v.r, keptCookie))
	return v.render(status, page.SignInPage(v.frame, form))
}

func (s *server) signIn(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.SignIn{Email: v.text("email"), Next: local(v.text("next"))}
	token, session, u, err := s.Services.Users.SignIn(v.ctx(), crm.SignIn{
		Email: form.Email, Password: v.r.PostFormValue("password"),
		UserAgent: v.r.UserAgent(), RemoteAddr: remoteAddress(v.r),
	})
	if err != nil {
		return s.signInRefused(v, form, err)
	}
	return s.welcome(v, token, session, u, form.Next)
}

// signInRefused shows the sign-in page again, or asks for the second step.
func (s *server) signInRefused(v *visit, form page.SignIn, err error) error {
	var (
		slow   *crm.TooManyAttempts
		second *crm.SecondFactorNeeded
	)
	switch {
	case errors.As(err, &second):
		s.setCookie(v.w, secondCookie, second.Ticket, secondAge)
		return v.redirect("/sign-in/code?next=" + queryEscape(form.Next))
	case errors.As(err, &slow):
		s.noteFailure(v, "slowed down")
		form.Alert = s.waiting(v, slow)
		return s.showSignIn(v, http.StatusTooManyRequests, form)
	case errors.Is(err, crm.ErrWrongCredentials):
		s.noteFailure(v, "wrong credentials")
		if form.Alert == "" {
			form.Alert = v.frame.T("signIn.wrong")
		}
		return s.showSignIn(v, http.StatusUnauthorized, form)
	case errors.Is(err, crm.ErrForbidden):
		s.problem(v, problemOwnerOnly)
		return nil
	}
	return err
}

// welcome takes somebody who has just signed in to where they wanted to go, by
// way of what they must do first and of what was kept for them.
func (s *server) welcome(v *visit, token string, session *crm.Session, u *crm.User, next string) error {
	s.keepSession(v.w, token)
	for _, name := range []string{lastCookie, secondCookie, passkeyCookie} {
		s.setCookie(v.w, name, "", -time.Second)
	}
	s.signedIn(v, session, u)
	if session.EndedOthers > 0 {
		s.flash(v, page.Flash{Key: "flash.endedOthers", Tone: "warning"})
	}
	if s.hasKept(v) {
		next = "/kept"
	}
	if u.MustChangePassword {
		return v.redirect("/password?next=" + queryEscape(next))
	}
	return v.redirect(next)
}

// noteFailure logs a sign-in that failed, with the address it came from and
// not with what was typed: people type passwords into the wrong field.
func (s *server) noteFailure(v *visit, why string) {
	s.Logger.LogAttrs(v.ctx(), slog.LevelInfo, "sign-in failed",
		slog.String("request", v.frame.RequestID),
		slog.String("from", remoteAddress(v.r)),
		slog.String("why", why))
}

// waiting says when to try again, to the browser and in words.
func (s *server) waiting(v *visit, slow *crm.TooManyAttempts) string {
	v.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(slow.RetryAfter.Seconds()))))
	return waitText(v, slow.RetryAfter)
}

// waitText says in whole seconds or minutes when to try again.
func waitText(v *visit, wait time.Duration) string {
	if wait <= time.Minute {
		return v.frame.L.N("signIn.waitSeconds", max(1, int(math.Ceil(wait.Seconds()))))
	}
	return v.frame.L.N("signIn.waitMinutes", int(math.Ceil(wait.Minutes())))
}

// askSignIn sends somebody without a live session to sign in, and back to what
// they wanted. A form that came along is kept for its owner.
func (s *server) askSignIn(v *visit) {
	if v.r.Method == http.MethodPost {
		s.keepForm(v)
	}
	to := "/sign-in?next=" + queryEscape(wanted(v.r))
	if v.ended != "" {
		to += "&ended=" + queryEscape(string(v.ended))
	}
	_ = v.redirect(to)
}
