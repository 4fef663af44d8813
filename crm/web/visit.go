package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// visit is one request: who asks, with which rights, in which language.
type visit struct {
	w         http.ResponseWriter
	r         *http.Request
	rights    crm.Rights
	user      *crm.User    // nil: nobody signed in
	session   *crm.Session // nil: nobody signed in
	frame     *page.Frame
	ended     crm.EndReason // why the session that came along is over; empty: it is not
	former    int64         // whose session that was; 0: nobody's
	ownerOnly bool          // only the owner may sign in now (contract.md 9)
	written   bool
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// htmx says whether a part of a page was asked for, with this element to fill.
func (v *visit) htmx(target string) bool {
	return v.r.Header.Get("HX-Request") == "true" && v.r.Header.Get("HX-Target") == target
}

// isHTMX says whether a script asks: a redirect must be told to it differently.
func (v *visit) isHTMX() bool { return v.r.Header.Get("HX-Request") == "true" }

// newVisit prepares a visit of nobody yet.
func (s *server) newVisit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{w: w, r: r, rights: s.Rights()}
	tag := s.words.Match(r.Header.Get("Accept-Language"), v.rights.Locale)
	v.frame = &page.Frame{
		L:         s.words.Translator(tag, s.zones.of(v.rights.TimeZone), s.Now()),
		Assets:    s.assets,
		Rights:    v.rights,
		RequestID: crm.RequestIDFrom(r.Context()),
	}
	return v
}

// signedIn makes u the one who acts and reads.
func (s *server) signedIn(v *visit, session *crm.Session, u *crm.User) {
	v.user, v.session = u, session
	v.frame.User = u
	v.frame.L = s.words.Translator(u.Locale, s.zones.of(v.rights.TimeZone), v.frame.L.Now())
	v.r = v.r.WithContext(crm.WithActor(v.ctx(), crm.Actor{
		User: u, SessionID: session.ID, RequestID: v.frame.RequestID,
	}))
}

// zones remembers time zones, since finding one by name reads and parses it.
type zones struct{ known sync.Map }

func (z *zones) of(name string) *time.Location {
	if found, ok := z.known.Load(name); ok {
		if zone, ok := found.(*time.Location); ok {
			return zone
		}
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC // A licence with an unknown zone still lets people work.
	}
	z.known.Store(name, zone)
	return zone
}

func (v *visit) redirect(to string) error {
	if v.isHTMX() {
		v.w.Header().Set("HX-Redirect", to)
		v.w.WriteHeader(http.StatusNoContent)
	} else {
		http.Redirect(v.w, v.r, to, http.StatusSeeOther) //nolint:gosec // addresses from outside pass local first
	}
	v.written = true
	return nil
}
