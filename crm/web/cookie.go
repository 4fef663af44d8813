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

func (s *server) sessionToken(r *http.Request) string {
	c, err := r.Cookie(s.cookieName("session"))
	if err != nil {
		return ""
	}
	return c.Value
}

// keepSession hands the token to the browser, until it closes: when a session
// is over is for the store to say.
func (s *server) keepSession(w http.ResponseWriter, token string) {
	s.setCookie(w, "session", token, 0)
}

func (s *server) forgetSession(w http.ResponseWriter) {
	s.setCookie(w, "session", "", -time.Second)
}

// setCookie with age 0 lasts as long as the browser, negative deletes.
func (s *server) setCookie(w http.ResponseWriter, name, value string, age time.Duration) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure is off only where a browser could not use it
		Name: s.cookieName(name), Value: value, Path: "/",
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(age / time.Second),
	})
}
