package web

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/asset"
)

// largestForm bounds a form, in bytes. The largest real one is a contact with
// everything filled in, a few kilobytes.
const largestForm = 256 << 10

// chain is what every request passes on its way in.
func (s *server) chain() http.Handler {
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.problem(s.newVisit(w, r), problemForeign)
	}))
	pages := origin.Handler(http.HandlerFunc(s.dispatch))
	return s.identify(s.recovered(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		if strings.HasPrefix(r.URL.Path, asset.Prefix) && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			s.assets.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, limitOf(r))
		pages.ServeHTTP(w, r)
	})))
}

// policy allows what the pages need and nothing else: no inline script or
// style, nothing from elsewhere, no framing, and HTML made by script only
// through the one policy of trusted-types.js. Images may be data, since
// Tabler's style sheet draws the arrow of a select so.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types default"

func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
}

// identify gives a request an id where the server around has not done so: it
// is on error pages and in the log.
func (s *server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if crm.RequestIDFrom(r.Context()) == "" {
			id := strings.ToLower(rand.Text()[:12])
			w.Header().Set("X-Request-Id", id)
			r = r.WithContext(crm.WithRequestID(r.Context(), id))
		}
		next.ServeHTTP(w, r)
	})
}

// recovered turns a panic into the page for faults of ours.
func (s *server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == http.ErrAbortHandler { //nolint:errorlint,err113 // the value itself is the signal of net/http
				panic(fault)
			}
			v := s.newVisit(w, r)
			s.fail(v, fmt.Errorf("panic: %v\n%s", fault, debug.Stack()))
		}()
		next.ServeHTTP(w, r)
	})
}

// dispatch finds the route. What matches none gets a page instead of the bare
// words of ServeMux.
func (s *server) dispatch(w http.ResponseWriter, r *http.Request) {
	h, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	silent := &statusOnly{header: http.Header{}}
	h.ServeHTTP(silent, r)
	v := s.newVisit(w, r)
	if silent.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", silent.header.Get("Allow"))
		s.problem(v, problemMethod)
		return
	}
	s.problem(v, problemNotFound)
}

// statusOnly learns what an answer would have been.
type statusOnly struct {
	header http.Header
	status int
}

func (w *statusOnly) Header() http.Header         { return w.header }
func (w *statusOnly) Write(b []byte) (int, error) { return len(b), nil }
func (w *statusOnly) WriteHeader(status int)      { w.status = status }
