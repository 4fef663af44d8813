package web

import (
	"net/http"
	"time"
)

// cookieName is fixed by the prefix: a browser takes a __Host- cookie only when
// it is Secure, of this host alone and for the whole site.
func (s *server) cookieName(name string) string {
	if s.Secure {
		return "__Host-" + name
	}
	return name
}

// Cookies besides the session's and the message for the next page. Each is a
// token for something that is kept here.
const (
	lastCookie    = "last"    // the session that ended, to know whose a form was
	secondCookie  = "second"  // a sign-in half way
	passkeyCookie = "passkey" // a question to an authenticator
	keptCookie    = "kept"    // a form that waits for its user
)

// lastAge is how long one comes back to a form that was open when the session
// ended.
const lastAge = 72 * time.Hour

// cookie is the value of a cookie of ours, or "".
func (s *server) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

func (s *server) sessionToken(r *http.Request) string { return s.cookie(r, "session") }

// keepSession hands the token to the browser, until it closes: when a session
// is over is for the store to say.
func (s *server) keepSession(w http.ResponseWriter, token string) {
	s.setCookie(w, "session", token, 0)
}

// forgetSession takes a session that is over from the browser. Its token opens
// nothing any more; it still says whose a form is that is sent after it.
func (s *server) forgetSession(v *visit) {
	if token := s.sessionToken(v.r); token != "" {
		s.setCookie(v.w, lastCookie, token, lastAge)
	}
	s.setCookie(v.w, "session", "", -time.Second)
}

// setCookie with age 0 lasts as long as the browser, negative deletes.
func (s *server) setCookie(w http.ResponseWriter, name, value string, age time.Duration) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure is off only where a browser could not use it
		Name: s.cookieName(name), Value: value, Path: "/",
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(age / time.Second),
	})
}
