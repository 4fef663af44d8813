package simulation

import (
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// lapseInstants are those at which the recorded lapse says that something was
// done.
func (l *life) lapseInstants() []time.Time {
	recorded := l.given.Lapse
	if recorded == nil {
		return nil
	}
	return []time.Time{
		recorded.OpenedAt, recorded.RemindedAt, recorded.DisabledAt,
		recorded.PurgeNotice.AcceptedAt, recorded.PurgeStartedAt, recorded.PurgedAt,
	}
}

// recordedLapse is what the ledger recorded about the lapse that is being lived,
// or nil where it recorded nothing.
func (l *life) recordedLapse() *contract.Lapse {
	recorded, lived := l.given.Lapse, l.facts.Lapse
	if recorded == nil || lived == nil || !recorded.OpenedAt.Equal(lived.OpenedAt) {
		return nil
	}
	return recorded
}

// learnLapse takes from the recorded lapse what had been done by then. It goes
// on with the policy that it opened with.
func (l *life) learnLapse(now time.Time) {
	recorded := l.given.Lapse
	if recorded == nil || recorded.OpenedAt.After(now) {
		return
	}
	if recorded.OpenedAt.Equal(now) {
		l.facts.Lapse = &contract.Lapse{CountsFrom: recorded.CountsFrom, OpenedAt: recorded.OpenedAt, Terms: recorded.Terms}
	}
	if l.recordedLapse() == nil {
		return
	}
	lapse := *l.facts.Lapse
	take := func(done *time.Time, recorded time.Time) {
		if !recorded.IsZero() && !recorded.After(now) {
			*done = recorded
		}
	}
	take(&lapse.RemindedAt, recorded.RemindedAt)
	take(&lapse.DisabledAt, recorded.DisabledAt)
	take(&lapse.PurgeStartedAt, recorded.PurgeStartedAt)
	take(&lapse.PurgedAt, recorded.PurgedAt)
	if told, delivered := recorded.PurgeNotice.Delivered(); delivered {
		take(&lapse.PurgeNotice.AcceptedAt, told)
	}
	l.facts.Lapse = &lapse
	l.facts.Assurances.DisableBreakerClosed = !recorded.DisabledAt.After(now)
	l.facts.Assurances.PurgeBreakerClosed = !recorded.PurgeStartedAt.After(now)
}

// actOnLapse carries out what is due because of a lapse (contract.md 4), unless
// the ledger recorded that it was done later.
func (l *life) actOnLapse(s *contract.Standing) bool {
	if s.Billing == contract.BillingPurging {
		if recorded := l.recordedLapse(); recorded != nil && recorded.PurgedAt.After(s.At) {
			return false
		}
		l.changeLapse(func(lapse *contract.Lapse) { lapse.PurgedAt = s.At })
		return true
	}
	for _, act := range s.Due {
		switch {
		case !act.Permitted():
		case act.Kind == contract.ActReminder && l.mailWorks(s.At):
			l.changeLapse(func(lapse *contract.Lapse) { lapse.RemindedAt = s.At })
			return true
		case act.Kind == contract.ActPurgeNotice && l.mayTellNow(s.At):
			l.changeLapse(func(lapse *contract.Lapse) { lapse.PurgeNotice = contract.Delivery{AcceptedAt: s.At} })
			return true
		case act.Kind == contract.ActPurge:
			l.changeLapse(func(lapse *contract.Lapse) { lapse.PurgeStartedAt = s.At }) // the fence
			return true
		}
	}
	return false
}

func (l *life) mayTellNow(now time.Time) bool {
	recorded := l.recordedLapse()
	return l.mailWorks(now) && (recorded == nil || !recorded.PurgeNotice.AcceptedAt.After(now))
}

// changeLapse changes a copy: standings keep the one they were made with.
func (l *life) changeLapse(change func(*contract.Lapse)) {
	lapse := *l.facts.Lapse
	change(&lapse)
	l.facts.Lapse = &lapse
}

// tellLapse tells what has become of a lapse since the last instant.
func (l *life) tellLapse(now time.Time, before, after *contract.Lapse) {
	if after == nil {
		return
	}
	if before == nil || !before.OpenedAt.Equal(after.OpenedAt) {
		before = &contract.Lapse{}
		l.add(now, GraceStarted, "due "+after.CountsFrom.String())
	}
	if before.DisabledAt.IsZero() && !after.DisabledAt.IsZero() {
		l.add(now, UsersDisabled, "")
	}
	_, toldBefore := before.PurgeNotice.Delivered()
	if told, delivered := after.PurgeNotice.Delivered(); delivered && !toldBefore && after.Terms.Purges {
		l.add(told, PurgeNoticeDelivered, "")
	}
	if before.PurgedAt.IsZero() && !after.PurgedAt.IsZero() {
		l.add(now, DocumentsPurged, "due "+after.CountsFrom.String())
	}
}
