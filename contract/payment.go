package contract

import (
	"cmp"
	"slices"
	"time"
)

// Payment is one record of money received, as the billing system wrote it
// (contract.md 3.2). Only ReversedAt may come later than the rest.
type Payment struct {
	ID         string
	ReceivedAt time.Time
	From, To   Date      // the days it pays for, both included
	AmountUSD  Amount    // what it was worth in US dollars
	ReversedAt time.Time // zero while the money stands
}

// known reports whether the money had been received by now.
func (p Payment) known(now time.Time) bool { return !p.ReceivedAt.After(now) }

// reversed reports whether the money had been taken back by now.
func (p Payment) reversed(now time.Time) bool {
	return !p.ReversedAt.IsZero() && !p.ReversedAt.After(now)
}

// stands reports whether the money is there now.
func (p Payment) stands(now time.Time) bool { return p.known(now) && !p.reversed(now) }

// distinct is the payments by ID, each once. Records may come in any order and
// more than once; of copies that differ because one was taken before a
// reversal, the reversal counts (contract.md 3.3).
func distinct(payments []Payment) []Payment {
	if strictlySorted(payments) {
		return payments
	}
	sorted := slices.Clone(payments)
	slices.SortFunc(sorted, comparePayments)
	kept := sorted[:1]
	for _, p := range sorted[1:] {
		last := &kept[len(kept)-1]
		if p.ID != last.ID {
			kept = append(kept, p)
			continue
		}
		last.ReversedAt = earlierInstant(last.ReversedAt, p.ReversedAt)
	}
	return kept
}

// strictlySorted reports whether the payments already are what distinct makes
// of them, which spares the usual ledger a copy.
func strictlySorted(payments []Payment) bool {
	for i := 1; i < len(payments); i++ {
		if payments[i].ID <= payments[i-1].ID {
			return false
		}
	}
	return true
}

// comparePayments orders by ID first. The rest matters only for copies that
// should not differ but do: whichever came first, the same one is kept.
func comparePayments(a, b Payment) int {
	return cmp.Or(
		cmp.Compare(a.ID, b.ID),
		a.ReceivedAt.Compare(b.ReceivedAt),
		a.From.Compare(b.From),
		a.To.Compare(b.To),
		a.AmountUSD.Compare(b.AmountUSD),
	)
}

// earlierInstant is the earlier of two instants, of which zero is none.
func earlierInstant(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// laterInstant is the later of two instants, of which zero is none.
func laterInstant(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
