package contract

import (
	"fmt"
	"time"
)

// Event is something that happens to a tenant by the passing of time.
type Event string

// The events, in the words that a person reads.
const (
	EventPaymentDue      Event = "payment due"
	EventGrace           Event = "grace begins"
	EventDisable         Event = "users are disabled"
	EventPurgeNotice     Event = "owner is told of the deletion"
	EventPurge           Event = "documents are deleted"
	EventPaymentKnown    Event = "payment counts"
	EventPaymentReversed Event = "payment is reversed"
	EventPaidPeriod      Event = "paid period begins"
	EventPlanChange      Event = "plan changes"
	EventSuspension      Event = "suspension takes effect"
	EventTerms           Event = "new terms take effect"
	EventCancellation    Event = "cancellation counts"
	EventEnd             Event = "contract ends"
	EventDeletion        Event = "everything is deleted"
	EventOverQuotaNotice Event = "owner is told that the documents are full"
	EventOverQuotaPurge  Event = "documents over the quota are deleted"
)

// Next is what happens next if nothing else does.
type Next struct {
	// At is when it happens, zero when nothing will. It lies in the past when
	// the event is due and waits for something that Why names.
	At time.Time
	// Date is the civil date on which At falls.
	Date Date
	What Event
	// Why says what it was computed from and where the contract says so, for
	// people.
	Why string
}

// agenda collects what will happen and keeps the earliest.
type agenda struct {
	now   time.Time
	first Next
}

// add puts something on the agenda. What is past is not to come.
func (a *agenda) add(at time.Time, what Event, why func() string) {
	if !at.After(a.now) || !a.first.At.IsZero() && !at.Before(a.first.At) {
		return
	}
	a.first = Next{At: at, What: what, Why: why()}
}

// next gives what happens next, for people, and when to evaluate again.
func (f *Facts) next(s *Standing, c coverage) (next Next, wakeAt time.Time) {
	coming := agenda{now: f.Now}
	f.addPayments(&coming)
	ended := s.Ending.passed(f.Now)
	if !ended {
		f.addBilling(&coming, s, c)
	}
	f.addCases(&coming)
	f.addTerms(&coming, s)
	f.addEnding(&coming, s)
	coming.add(s.OverQuota.At, EventOverQuotaPurge, s.OverQuota.because("5.3"))

	next, wakeAt = coming.first, coming.first.At
	for _, act := range s.Due {
		if act.Kind == ActReminder || act.Kind == ActDisable && act.Permitted() {
			continue // A reminder changes nothing; disabling is carried out by this very standing.
		}
		next = Next{At: act.Deadline.At, What: act.event(), Why: act.waits()}
	}
	next.Date = f.Policy.Zone.DateOf(next.At)

	if !ended && s.Licence.Until.Equal(f.extension()) { // A licence from day to day is renewed every day.
		wakeAt = soonest(f.Now, wakeAt, f.Policy.Zone.StartOfDay(f.today().AddDays(1)))
	}
	return next, wakeAt
}

// soonest is the earliest of the instants after now, of which zero is none.
func soonest(now time.Time, instants ...time.Time) time.Time {
	var first time.Time
	for _, t := range instants {
		if t.After(now) {
			first = earlierInstant(first, t)
		}
	}
	return first
}

// addPayments: a payment counts from the instant it is received, until the
// instant it is reversed.
func (f *Facts) addPayments(coming *agenda) {
	for i := range f.Payments {
		p := &f.Payments[i]
		coming.add(p.ReceivedAt, EventPaymentKnown, func() string {
			return fmt.Sprintf("payment %s is received then (contract.md 3.3)", p.ID)
		})
		coming.add(p.ReversedAt, EventPaymentReversed, func() string {
			return fmt.Sprintf("payment %s is reversed then (contract.md 3.5)", p.ID)
		})
	}
}

// addBilling: the next step from where the tenant stands (contract.md 4).
func (f *Facts) addBilling(coming *agenda, s *Standing, c coverage) {
	zone, steps := f.Policy.Zone, s.Deadlines
	if following := s.Agreements; len(following) > 1 {
		last := following[len(following)-1]
		coming.add(zone.StartOfDay(last.From), EventPlanChange, func() string {
			return fmt.Sprintf("plan %s begins with the period of %s (contract.md 3.6)", last.Plan, last.From)
		})
	}
	coming.add(zone.StartOfDay(c.nextPaid), EventPaidPeriod, func() string {
		return fmt.Sprintf("paid from %s on (contract.md 3.3)", c.nextPaid)
	})
	if f.doubtful(c) {
		return
	}
	switch s.Billing {
	case BillingCurrent:
		if steps.Grace.At.IsZero() {
			return // A free plan follows: no payment will be due.
		}
		coming.add(zone.StartOfDay(s.DueDate), EventPaymentDue, func() string {
			return fmt.Sprintf("paid through %s (contract.md 3.4)", s.PaidThrough)
		})
		coming.add(steps.Grace.At, EventGrace, steps.Grace.because("4"))
	case BillingGrace:
		coming.add(steps.Disable.At, EventDisable, steps.Disable.because("4"))
	case BillingDisabled:
		coming.add(steps.PurgeNotice.At, EventPurgeNotice, steps.PurgeNotice.because("4"))
	case BillingPurgeScheduled:
		coming.add(steps.Purge.At, EventPurge, steps.Purge.because("4"))
	case BillingPending, BillingFree, BillingPurging, BillingPurged:
		// Time alone takes none of these any further.
	}
}

func (d Deadline) because(section string) func() string {
	return func() string { return fmt.Sprintf("counted from %s (contract.md %s)", d.From, section) }
}

func (a Act) event() Event {
	switch a.Kind {
	case ActDisable:
		return EventDisable
	case ActPurgeNotice:
		return EventPurgeNotice
	case ActOverQuotaNotice:
		return EventOverQuotaNotice
	case ActOverQuotaPurge:
		return EventOverQuotaPurge
	case ActDelete:
		return EventDeletion
	default:
		return EventPurge
	}
}

// section is where the contract says so.
func (a Act) section() string {
	switch a.Kind {
	case ActOverQuotaNotice, ActOverQuotaPurge:
		return "5.3"
	case ActDelete:
		return "9"
	default:
		return "4"
	}
}

// waits says what an act that is due is waiting for.
func (a Act) waits() string {
	because := a.Deadline.because(a.section())()
	if a.Permitted() {
		return "due now, " + because
	}
	return fmt.Sprintf("due, %s, and held back until %v", because, a.BlockedBy)
}
