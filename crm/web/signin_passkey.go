package web

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/passkey"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// site is where the browser is, as passkeys know it.
func (*server) site(v *visit) (passkey.Site, error) {
	return passkey.SiteOf(v.r.Host, v.r.Header.Get("X-Forwarded-Proto"), v.rights.Name)
}

// question is what passkey.js asks for: options for the browser, or words.
type question struct {
	Options json.RawMessage `json:"options,omitempty"`
	Alert   string          `json:"alert,omitempty"`
}

func (v *visit) answerJSON(status int, q question) error {
	text, err := json.Marshal(q)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	v.w.WriteHeader(status)
	v.written = true
	_, _ = v.w.Write(text) // The browser has gone; there is nobody to tell.
	return nil
}

// passkeyAsk begins a sign-in with a passkey.
func (s *server) passkeyAsk(v *visit) error {
	site, err := s.site(v)
	if errors.Is(err, passkey.ErrNoSite) {
		return v.answerJSON(http.StatusBadRequest, question{Alert: v.frame.T("passkey.noSite")})
	}
	if err != nil {
		return err
	}
	options, ceremony, err := site.BeginSignIn()
	if err != nil {
		return err
	}
	token := rand.Text()
	s.signIns.Keep(token, ceremony)
	s.setCookie(v.w, passkeyCookie, token, ceremonyAge)
	return v.answerJSON(http.StatusOK, question{Options: options})
}

// signInPasskey finishes it, as a plain form.
func (s *server) signInPasskey(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := page.SignIn{Next: local(v.text("next"))}
	ceremony, ok := s.signIns.Take(s.cookie(v.r, passkeyCookie))
	s.setCookie(v.w, passkeyCookie, "", -time.Second)
	if !ok {
		form.Alert = v.frame.T("passkey.late")
		return s.showSignIn(v, http.StatusUnauthorized, form)
	}
	form.Alert = v.frame.T("passkey.refused")
	site, err := s.site(v)
	if err != nil {
		return s.signInRefused(v, form, crm.ErrWrongCredentials)
	}
	in, err := site.FinishSignIn(ceremony, []byte(v.r.PostFormValue("credential")))
	if err != nil {
		s.Logger.LogAttrs(v.ctx(), slog.LevelInfo, "a passkey's answer was not understood",
			slog.String("request", v.frame.RequestID), slog.String("error", err.Error()))
		return s.signInRefused(v, form, crm.ErrWrongCredentials)
	}
	in.UserAgent, in.RemoteAddr = v.r.UserAgent(), remoteAddress(v.r)
	token, session, u, err := s.Services.Users.SignInPasskey(v.ctx(), in)
	if err != nil {
		return s.signInRefused(v, form, err)
	}
	return s.welcome(v, token, session, u, form.Next)
}
