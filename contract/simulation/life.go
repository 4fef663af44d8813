package simulation

import (
	"fmt"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// life is a tenant's life as far as it has been lived.
type life struct {
	tenant      string
	told        time.Time // events before this instant are not told
	assumptions Assumptions

	// given is what was handed over: everything that is recorded, at whatever
	// instant.
	given contract.Facts
	// facts is what the ledger holds at the instant that is being lived.
	facts contract.Facts
	// standing is that of the last instant lived; the zero one before the first.
	standing contract.Standing
	// instants are those of given at which something may happen whatever the
	// standing says, in order.
	instants []time.Time

	events []Event
}

func newLife(tenant string, given contract.Facts, from time.Time, a Assumptions) *life {
	l := &life{tenant: tenant, told: from, assumptions: a, given: given, facts: given}
	if !l.unknowable() {
		l.facts.Lapse = nil
		l.facts.Recorded = contract.Recorded{}
	}
	l.facts.LapseClosedAt = time.Time{}
	l.facts.Documents = contract.Documents{}
	l.facts.Deletion = contract.Deletion{}
	l.beginCases()
	l.beginTerms()
	l.beginCancellations()
	l.instants = l.gather()
	return l
}

// beginning is before anything that the facts speak of.
func (l *life) beginning() time.Time { return l.instants[0].Add(-24 * time.Hour) }

// gather lists every instant that the facts speak of.
func (l *life) gather() []time.Time {
	zone := l.given.Policy.Zone
	at := []time.Time{l.told, zone.StartOfDay(l.given.Anchor)}
	for _, p := range l.given.Payments {
		at = append(at, p.ReceivedAt, p.ReversedAt)
	}
	for _, agreement := range l.given.Agreements {
		at = append(at, zone.StartOfDay(agreement.From))
	}
	at = append(at, l.lapseInstants()...)
	at = append(at, l.documentInstants()...)
	at = append(at, l.caseInstants()...)
	at = append(at, l.termsInstants()...)
	at = append(at, l.endingInstants()...)
	for _, outage := range l.assumptions.NoticeOutages {
		at = append(at, zone.StartOfDay(outage.To.AddDays(1)))
	}
	at = slices.DeleteFunc(at, time.Time.IsZero)
	slices.SortFunc(at, time.Time.Compare)
	return slices.CompactFunc(at, time.Time.Equal)
}

// nextAfter is the next instant to live; zero when nothing happens any more, as
// when everything is deleted.
func (l *life) nextAfter(now time.Time) time.Time {
	if l.standing.Lifecycle == contract.LifecycleDeleted {
		return time.Time{}
	}
	next := l.standing.WakeAt
	for _, at := range l.instants {
		if at.After(now) && (next.IsZero() || at.Before(next)) {
			return at
		}
	}
	return next
}

// mostActs is more than there ever is to do at one instant.
const mostActs = 20

// live evaluates, records and acts until nothing is left to do at the instant,
// and tells what has changed since the last one.
func (l *life) live(now time.Time) {
	l.learn(now)
	for range mostActs {
		s := l.evaluate(now)
		if l.act(&s) {
			continue
		}
		l.tell(now, &s)
		l.standing = s
		return
	}
	panic(fmt.Sprintf("simulation: tenant %s has something to do for ever at %s", l.tenant, now))
}

// sure is a machine on which every guard holds.
var sure = contract.Assurances{
	DisableBreakerClosed: true,
	PurgeBreakerClosed:   true,
	ClockAgrees:          true,
	ReadLive:             true,
}

// learn brings the ledger up to an instant.
func (l *life) learn(now time.Time) {
	f := &l.facts
	f.Assurances = sure
	f.Feed = contract.Feed{FleetAsOf: now}
	if frozen := l.assumptions.BillingAsOf; !frozen.IsZero() && frozen.Before(now) {
		f.Feed.FleetAsOf = frozen
	}
	l.learnAgreements(now)
	l.learnLapse(now)
	l.learnDocuments(now)
	l.learnCases(now)
	l.learnTerms(now)
	l.learnEnding(now)
}

// unknowable reports whether the ledger holds less than it once did: plan or
// subscription are missing, or payments. Then what was recorded last is all
// that is known, at every instant.
func (l *life) unknowable() bool {
	var last contract.Date
	for _, p := range l.given.Payments {
		if !p.ReversedAt.IsZero() {
			return len(l.given.Gaps) > 0
		}
		if p.To.After(last) {
			last = p.To
		}
	}
	return len(l.given.Gaps) > 0 || l.given.Recorded.PaidThrough.After(last)
}

// learnAgreements knows the plans that were recorded as in force by then, and
// what the subscription asks for from the beginning of what is told.
func (l *life) learnAgreements(now time.Time) {
	recorded := l.given.Agreements
	if len(recorded) == 0 {
		return
	}
	today := l.given.Policy.Zone.DateOf(now)
	begun := 1
	for begun < len(recorded) && !recorded[begun].From.After(today) {
		begun++
	}
	if now.Before(l.told) || begun < len(recorded) {
		l.facts.Agreements = recorded[:begun]
		l.facts.Requested = recorded[begun-1]
		return
	}
	if l.facts.Requested = l.given.Requested; len(l.facts.Agreements) < len(recorded) {
		l.facts.Agreements = recorded
	}
}

// evaluate looks once, and records what a standing leaves behind.
func (l *life) evaluate(now time.Time) contract.Standing {
	l.facts.Now = now
	s := contract.Evaluate(l.facts)
	l.facts.Lapse = s.Lapse
	l.facts.Agreements = s.Agreements
	l.facts.Recorded = contract.Recorded{Billing: s.Billing, Lifecycle: s.Lifecycle, PaidThrough: s.PaidThrough, Ending: s.Ending}
	return s
}

// act does one thing that is due, and reports whether it did.
func (l *life) act(s *contract.Standing) bool {
	return l.actOnEnding(s) || l.actOnLapse(s) || l.actOnDocuments(s) || l.actOnCases(s) || l.actOnTerms(s)
}

// tell derives the events of an instant from the standing before and after it.
func (l *life) tell(now time.Time, s *contract.Standing) {
	before := &l.standing
	l.tellLapse(now, before.Lapse, s.Lapse)
	l.tellCases(now)
	l.tellTerms(now, before, s)
	l.tellEnding(now, before, s)
	if before.Access == contract.AccessClosed && s.Access == contract.AccessOpen {
		l.add(now, AccessRestored, "")
	}
}

// add records an event, if it is to be told.
func (l *life) add(at time.Time, kind Kind, detail string) {
	if at.Before(l.told) {
		return
	}
	l.events = append(l.events, Event{At: at.UTC(), Tenant: l.tenant, Kind: kind, Detail: detail})
}
