package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// secondAge is how long the browser keeps the ticket of the second step.
const secondAge = 10 * time.Minute

// codePage asks for the second step of a sign-in.
func (s *server) codePage(v *visit) error {
	next := local(v.r.URL.Query().Get("next"))
	if v.user != nil {
		return v.redirect(next)
	}
	if s.cookie(v.r, secondCookie) == "" {
		return v.redirect("/sign-in?next=" + queryEscape(next))
	}
	return s.showCode(v, http.StatusOK, page.SignInCode{Next: next})
}

func (s *server) showCode(v *visit, status int, form page.SignInCode) error {
	v.frame.Title = v.frame.T("signIn.codeTitle")
	return v.render(status, page.SignInCodePage(v.frame, form))
}

// signInCode is the second step of a sign-in.
func (s *server) signInCode(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.SignInCode{Next: local(v.text("next"))}
	token, session, u, err := s.Services.Users.SignInCode(v.ctx(), crm.CodeSignIn{
		Ticket: s.cookie(v.r, secondCookie), Code: v.text("code"),
		UserAgent: v.r.UserAgent(), RemoteAddr: remoteAddress(v.r),
	})
	var slow *crm.TooManyAttempts
	switch {
	case err == nil:
		return s.welcome(v, token, session, u, form.Next)
	case errors.Is(err, crm.ErrWrongCode):
		s.noteFailure(v, "wrong code")
		form.Errors = crm.Invalid{"code": crm.KeyCode}
		return s.showCode(v, http.StatusUnauthorized, form)
	case errors.As(err, &slow):
		s.noteFailure(v, "slowed down")
		form.Alert = s.waiting(v, slow)
		return s.showCode(v, http.StatusTooManyRequests, form)
	case errors.Is(err, crm.ErrSignInAgain):
		s.setCookie(v.w, secondCookie, "", -time.Second)
		return s.showSignIn(v, http.StatusUnauthorized, page.SignIn{Next: form.Next, Alert: v.frame.T("signIn.again")})
	case errors.Is(err, crm.ErrForbidden):
		s.problem(v, problemOwnerOnly)
		return nil
	}
	return err
}
