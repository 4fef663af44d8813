package report

import (
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// earliestPurge is when the documents are deleted if the owner is told right
// now.
func (s *Subject) earliestPurge() time.Time {
	f := s.Account.Facts
	lapse := *s.Standing.Lapse
	if lapse.DisabledAt.IsZero() {
		lapse.DisabledAt = s.Standing.At
	}
	lapse.PurgeNotice = contract.Delivery{AcceptedAt: s.Standing.At}
	f.Lapse = &lapse
	told := contract.Evaluate(f)
	return told.Deadlines.Purge.At
}

// calledFor reports whether an act is called for at an instant by what is known
// now, if everything before it is done in time and nothing holds it back. A
// period that is paid ahead, or a free plan that follows, call it off.
func (s *Subject) calledFor(kind contract.ActKind, at time.Time) bool {
	f := s.Account.Facts
	f.Now = at
	f.Feed.FleetAsOf = at
	f.Policy.Freeze, f.Hold = false, false
	f.Assurances = contract.Assurances{DisableBreakerClosed: true, PurgeBreakerClosed: true, ClockAgrees: true, ReadLive: true}
	if kind == contract.ActPurge {
		f.Lapse = s.lapseAtPurge()
	}
	standing := contract.Evaluate(f)
	return dueOf(&standing, kind) != nil
}

// lapseAtPurge is the lapse as it will be recorded when its purge is due.
func (s *Subject) lapseAtPurge() *contract.Lapse {
	f, steps := s.Account.Facts, s.Standing.Deadlines
	lapse := s.Standing.Lapse
	if lapse == nil {
		f.Now = steps.Grace.At
		opening := contract.Evaluate(f)
		lapse = opening.Lapse
	}
	if lapse == nil {
		return nil
	}
	ahead := *lapse
	if ahead.DisabledAt.IsZero() {
		ahead.DisabledAt = later(steps.Disable.At, s.Standing.At)
	}
	if _, told := ahead.PurgeNotice.Delivered(); !told {
		ahead.PurgeNotice = contract.Delivery{AcceptedAt: later(steps.PurgeNotice.At, s.Standing.At)}
	}
	return &ahead
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
