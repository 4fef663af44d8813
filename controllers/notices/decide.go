package notices

import (
	"time"

	"k8s.io/apimachinery/pkg/types"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/attempts"
)

// action is what to do about a notice now.
type action int

const (
	// rest: nothing, until somebody changes something.
	rest action = iota
	// wait: nothing, until an instant.
	wait
	// send: hand it over, now.
	send
)

// verdict is the answer of decide.
type verdict struct {
	action action
	// until is when a wait is over.
	until time.Time
	// address to send to, now or when the wait is over.
	address string
}

// question is everything that the answer depends on.
type question struct {
	uid     types.UID
	status  *v1alpha1.NoticeStatus
	due     time.Time
	contact contact
	now     time.Time
}

const (
	// oneDay is how long a notice rests that is in doubt, or that no address
	// takes.
	oneDay = 24 * time.Hour
	// firstRetry doubles with every failure, up to slowestRetry.
	firstRetry   = time.Minute
	slowestRetry = time.Hour
)

// decide says what to do about a notice. It never gives up while the notice is
// open: a notice that nobody took was not delivered, and what waits for it
// waits (contract.md 4).
func decide(q *question) verdict {
	tries := attempts.Of(q.status)
	switch {
	case q.status.ClosedAt != nil, tries.Delivered():
		return verdict{action: rest}
	case q.now.Before(q.due):
		return verdict{action: wait, until: q.due, address: q.contact.primary}
	}
	address, notBefore := next(tries, q.contact, q.uid)
	if q.now.Before(notBefore) {
		return verdict{action: wait, until: notBefore, address: address}
	}
	return verdict{action: send, address: address}
}

// next is the address that is tried next, and from when on.
//
// Whatever may help is tried at once: the first address that nothing speaks
// against. After a failure that may pass, a while later. After a doubt, a day
// later, so that a crash never sends twice. When every address is spent, a day
// later.
func next(tries attempts.History, to contact, uid types.UID) (address string, notBefore time.Time) {
	address, fresh := choose(tries, to)
	last := tries.Last()
	switch {
	case last == nil:
		return address, time.Time{}
	case last.Outcome == attempts.InDoubt, !fresh:
		return address, last.At.Add(oneDay)
	case last.Outcome == attempts.Failed:
		return address, last.At.Add(retryAfter(tries.Failures(), uid))
	default:
		return address, time.Time{}
	}
}

// choose picks an address. fresh tells that nothing speaks against it. Of those
// that are all spent it picks the one that is only in doubt, else the one that
// was left in peace longest: every one has its turn.
func choose(tries attempts.History, to contact) (address string, fresh bool) {
	var least *attempts.Try
	for _, candidate := range to.addresses() {
		last := tries.LastTo(candidate)
		if last == nil || !last.Outcome.Spent() {
			return candidate, true
		}
		if least == nil || lessSpent(last, least) {
			address, least = candidate, last
		}
	}
	return address, false
}

func lessSpent(t, other *attempts.Try) bool {
	if doubt, others := t.Outcome == attempts.InDoubt, other.Outcome == attempts.InDoubt; doubt != others {
		return doubt
	}
	return t.At.Before(other.At)
}
