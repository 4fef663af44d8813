package simulation

import (
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
)

// beginCancellations takes it that whoever objects, or proves a failure of the
// provider, is known at once to be the owner. What an owner's request needs for
// that can take time, and counts only from then.
func (l *life) beginCancellations() {
	l.facts.Cancellations = slices.Clone(l.given.Cancellations)
	for i := range l.facts.Cancellations {
		if c := &l.facts.Cancellations[i]; c.Cause != contract.CauseOwnerRequest {
			c.VerifiedAt = c.ReceivedAt
		}
	}
}

func (l *life) endingInstants() []time.Time {
	at := []time.Time{l.given.Recorded.Ending.Ends.At, l.given.Deletion.CompletedAt}
	for i := range l.facts.Cancellations {
		c := &l.facts.Cancellations[i]
		at = append(at, c.ReceivedAt, c.VerifiedAt, c.CorrectedAt)
	}
	return at
}

// learnEnding takes the end, and the final deletion, that the ledger recorded.
func (l *life) learnEnding(now time.Time) {
	recorded := &l.given.Recorded
	over := recorded.Lifecycle == contract.LifecycleExporting ||
		recorded.Lifecycle == contract.LifecycleDeleting || recorded.Lifecycle == contract.LifecycleDeleted
	if over && !recorded.Ending.Ends.At.After(now) {
		l.facts.Recorded.Ending = recorded.Ending
		if l.facts.Recorded.Lifecycle != contract.LifecycleDeleted {
			l.facts.Recorded.Lifecycle = contract.LifecycleExporting
		}
	}
	if done := l.given.Deletion.CompletedAt; !done.IsZero() && !done.After(now) {
		l.facts.Deletion = contract.Deletion{StartedAt: done, CompletedAt: done}
	}
}

// actOnEnding deletes everything when it is due (contract.md 9), unless the
// ledger recorded that it was done later.
func (l *life) actOnEnding(s *contract.Standing) bool {
	for _, act := range s.Due {
		if act.Kind == contract.ActDelete && act.Permitted() && !l.given.Deletion.CompletedAt.After(s.At) {
			l.facts.Deletion = contract.Deletion{StartedAt: s.At, CompletedAt: s.At}
			return true
		}
	}
	return false
}

// tellEnding tells of the end of the contract and of the deletion after it.
func (l *life) tellEnding(now time.Time, before, s *contract.Standing) {
	if s.Ending.Ends.At.Equal(now) {
		l.add(now, ContractEnded, string(s.Ending.Cause))
	}
	if before.Lifecycle != contract.LifecycleDeleted && s.Lifecycle == contract.LifecycleDeleted {
		l.add(now, DataDeleted, "")
	}
}
