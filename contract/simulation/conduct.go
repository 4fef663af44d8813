package simulation

import (
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// beginCases opens the cases of breach without what was recorded about them.
func (l *life) beginCases() {
	l.facts.Suspensions = slices.Clone(l.given.Suspensions)
	for i := range l.facts.Suspensions {
		l.facts.Suspensions[i].Notice = contract.Delivery{}
	}
}

func (l *life) caseInstants() []time.Time {
	var at []time.Time
	for i := range l.given.Suspensions {
		s := &l.given.Suspensions[i]
		at = append(at, s.OpenedAt, s.ResolvedAt, s.Notice.AcceptedAt)
	}
	return at
}

// learnCases takes the notices that the ledger recorded as delivered by then.
func (l *life) learnCases(now time.Time) {
	for i := range l.given.Suspensions {
		recorded := l.given.Suspensions[i].Notice
		if told, delivered := recorded.Delivered(); delivered && told.Equal(now) {
			l.facts.Suspensions[i].Notice = recorded
			l.add(now, SuspensionNoticeDelivered, l.given.Suspensions[i].Name)
		}
	}
}

// actOnCases tells owners of cases that take effect later (contract.md 8).
func (l *life) actOnCases(s *contract.Standing) bool {
	if !l.mailWorks(s.At) {
		return false
	}
	for i := range l.facts.Suspensions {
		c := &l.facts.Suspensions[i]
		_, recorded := l.given.Suspensions[i].Notice.Delivered()
		_, told := c.Notice.Delivered()
		resolved := !c.ResolvedAt.IsZero() && !c.ResolvedAt.After(s.At)
		if recorded || told || resolved || c.Exception || c.Action == contract.ActionWarn || c.OpenedAt.After(s.At) {
			continue
		}
		c.Notice = contract.Delivery{AcceptedAt: s.At}
		l.add(s.At, SuspensionNoticeDelivered, c.Name)
		return true
	}
	return false
}

// tellCases tells of cases that open, take effect or are lifted at an instant.
func (l *life) tellCases(now time.Time) {
	for i := range l.facts.Suspensions {
		c := &l.facts.Suspensions[i]
		if c.Action == contract.ActionWarn {
			if c.OpenedAt.Equal(now) {
				l.add(now, Warned, c.Name)
			}
			continue
		}
		effective, will := c.Effective(&l.facts.Policy)
		switch {
		case !will:
		case effective.At.Equal(now) && c.Action == contract.ActionDisable:
			l.add(now, PermanentlyDisabled, c.Name)
		case effective.At.Equal(now):
			l.add(now, Suspended, c.Name)
		case c.ResolvedAt.Equal(now) && effective.At.Before(now) && c.Action == contract.ActionSuspend:
			l.add(now, SuspensionLifted, c.Name)
		}
	}
}
