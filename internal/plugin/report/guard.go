package report

import (
	"fmt"

	"github.com/grupobizopps/salexops/contract"
)

// Block is one thing that keeps an act from being carried out.
type Block struct {
	// Guard of contract.md 4 that doesn't hold, or the reason of a condition.
	Guard string `json:"guard"`
	// Says what it is, in a few words.
	Says string `json:"says"`
}

// blocks says which guards hold an act back.
func (s *Subject) blocks(guards []contract.Guard) []Block {
	var blocks []Block
	for _, guard := range guards {
		blocks = append(blocks, Block{Guard: string(guard), Says: s.saysGuard(guard)})
	}
	return blocks
}

func (s *Subject) saysGuard(guard contract.Guard) string {
	switch guard {
	case contract.GuardFeedComplete:
		if to := s.Account.Facts.Feed.CompleteTo(); !to.IsZero() {
			return fmt.Sprintf("billing feed (complete to %s)", s.Moment(to))
		}
		return "billing feed (nothing told yet)"
	case contract.GuardBreakerClosed:
		return "breaker"
	case contract.GuardNoticeDelivered:
		return "notice not delivered"
	case contract.GuardNotFrozen:
		return "freeze"
	case contract.GuardNotHeld:
		return "hold"
	case contract.GuardClockAgrees:
		return "clock of the operator"
	case contract.GuardReadLive:
		return "live read"
	default:
		return string(guard)
	}
}

// standing guards are those that hold an act back for as long as nobody does
// something about them. The feed is none: it comes on by itself.
func (s *Subject) standingGuards(kind contract.ActKind) []contract.Guard {
	f := &s.Account.Facts
	var guards []contract.Guard
	add := func(holds bool, guard contract.Guard) {
		if !holds {
			guards = append(guards, guard)
		}
	}
	if kind == contract.ActDisable {
		add(f.Assurances.DisableBreakerClosed, contract.GuardBreakerClosed)
		return guards
	}
	add(!s.noticeOverdue(), contract.GuardNoticeDelivered)
	add(!f.Policy.Freeze, contract.GuardNotFrozen)
	add(!f.Hold, contract.GuardNotHeld)
	add(f.Assurances.PurgeBreakerClosed, contract.GuardBreakerClosed)
	return guards
}

// noticeOverdue reports whether the owner should have been told of the deletion
// and has not been.
func (s *Subject) noticeOverdue() bool {
	lapse := s.Standing.Lapse
	if lapse == nil || !lapse.Terms.Purges || s.Standing.Deadlines.PurgeNotice.At.After(s.Standing.At) {
		return false
	}
	_, told := lapse.PurgeNotice.Delivered()
	return !told
}
