package contract_test

import (
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

// operator does what an operator does with standings: it evaluates, records
// what is to be recorded, and carries out what is due and not blocked.
type operator struct {
	facts Facts // as the ledger holds them
	// mail delivers a notice at an instant, or fails to.
	mail func(at time.Time) bool
	// reminded, told and purged are the instants at which the reminder and the
	// notice of the purge were delivered, and documents were deleted.
	reminded, told, purged []time.Time
	disabled               int
	// deleted are the instants at which everything was deleted.
	deleted []time.Time
}

func newOperator(f Facts) *operator {
	return &operator{facts: f, mail: func(time.Time) bool { return true }}
}

// evaluate looks once, and records.
func (o *operator) evaluate(now time.Time) Standing {
	o.facts.Now = now
	s := Evaluate(o.facts)
	if last := o.facts.Lapse; last != nil && (s.Lapse == nil || !s.Lapse.OpenedAt.Equal(last.OpenedAt)) {
		o.facts.LapseClosedAt = s.At
	}
	o.facts.Lapse = s.Lapse
	o.facts.Agreements = s.Agreements
	o.facts.Recorded = Recorded{Billing: s.Billing, Lifecycle: s.Lifecycle, PaidThrough: s.PaidThrough, Ending: s.Ending}
	return s
}

// mostActs is more than an operator ever has to do at one instant: to remind, to
// disable, to tell, to write the fence and to purge.
const mostActs = 7

// work evaluates and acts until nothing is left to do at that instant.
func (o *operator) work(now time.Time) Standing {
	for range mostActs {
		s := o.evaluate(now)
		if !o.act(s) {
			return s
		}
	}
	panic("an operator acts for ever at " + now.String())
}

// act does one thing that is due, and reports whether it did.
func (o *operator) act(s Standing) bool {
	if s.Billing == BillingPurging {
		o.facts.Lapse.PurgedAt = s.At
		o.purged = append(o.purged, s.At)
		return true
	}
	for _, act := range s.Due {
		switch {
		case !act.Permitted():
		case act.Kind == ActDisable:
			o.disabled++
		case act.Kind == ActReminder && o.mail(s.At):
			o.facts.Lapse.RemindedAt = s.At
			o.reminded = append(o.reminded, s.At)
			return true
		case act.Kind == ActPurgeNotice && o.mail(s.At):
			o.facts.Lapse.PurgeNotice = Delivery{AcceptedAt: s.At}
			o.told = append(o.told, s.At)
			return true
		case act.Kind == ActPurge:
			o.facts.Lapse.PurgeStartedAt = s.At // the fence
			return true
		case act.Kind == ActDelete:
			o.facts.Deletion = Deletion{StartedAt: s.At, CompletedAt: s.At}
			o.deleted = append(o.deleted, s.At)
			return true
		}
	}
	return false
}

// until works at every instant at which the standing asks for it.
func (o *operator) until(from, to time.Time, look func(Standing)) {
	for now := from; now.Before(to); {
		s := o.work(now)
		if look != nil {
			look(s)
		}
		if s.WakeAt.IsZero() {
			return
		}
		now = s.WakeAt
	}
}

// everComplete is a feed that never lags.
func everComplete(t testing.TB) Feed { return Feed{FleetAsOf: local(t, "2100-01-01")} }
