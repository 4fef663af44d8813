package simulation

import (
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// Assumptions is what a simulation takes for granted about the world. The zero
// value is a world in which everything works.
type Assumptions struct {
	// BillingAsOf freezes the billing feed: it is complete up to this instant
	// and never beyond. Zero: it is complete at every instant.
	BillingAsOf time.Time
	// NoticeOutages are dates on which no notice can be delivered, both ends
	// included. What is due then is delivered at the start of the first date
	// after.
	NoticeOutages []contract.Period
}

// Run gives what happens to a tenant from the start of one date until the start
// of another, in the order of Sort. The facts are those of any instant: what is
// recorded in them counts from the instant it was recorded at, so that a life
// may also be looked at from before.
//
// Everything before from is lived through as well, and not told. Only two things
// begin at from: documents that fill a quota are first seen then, and a change
// of plan that has not been recorded is asked for then.
func Run(tenant string, f contract.Facts, from, until contract.Date, a Assumptions) []Event {
	zone := f.Policy.Zone
	l := newLife(tenant, f, zone.StartOfDay(from), a)
	end := zone.StartOfDay(until)
	for now := l.beginning(); now.Before(end); {
		l.live(now)
		next := l.nextAfter(now)
		if next.IsZero() {
			break
		}
		now = next
	}
	Sort(l.events)
	return l.events
}
