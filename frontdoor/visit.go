package frontdoor

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"net/netip"
	"strings"
	"time"
)

// visit is one request on its way through the door. It belongs to the
// goroutine that serves the request.
type visit struct {
	id      string
	host    string
	started time.Time
	client  netip.Addr // the browser's address, as far as it can be trusted
	proto   string     // "http" or "https", as the browser sees it
	view    *View      // what the host meant at the last look; nil: nothing
	outcome string     // for log and metrics; see outcomes
	retried bool
}

// see takes note of the latest view and decides.
func (v *visit) see(view *View, known bool) Verdict {
	if !known {
		v.view = nil
		return Verdict{Act: ActExplain, Page: PageUnknownHost}
	}
	v.view = view
	return decide(&view.Tenant, view.Addr)
}

// tenant is the tenant visited; the zero Tenant when there is none.
func (v *visit) tenant() Tenant {
	if v.view == nil {
		return Tenant{}
	}
	return v.view.Tenant
}

type visitKey struct{}

func withVisit(ctx context.Context, v *visit) context.Context {
	return context.WithValue(ctx, visitKey{}, v)
}

// visitFrom panics without a visit: every request comes through Door.
func visitFrom(ctx context.Context) *visit {
	return ctx.Value(visitKey{}).(*visit)
}

// newRequestID is 80 random bits as 16 letters and digits that a person can
// read out on the telephone.
func newRequestID() string {
	var bits [10]byte
	_, _ = rand.Read(bits[:]) // never fails: the program would have ended
	return strings.ToLower(base32.StdEncoding.EncodeToString(bits[:]))
}
