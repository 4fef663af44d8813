package contract

import (
	"cmp"
	"time"
)

// Ending is how a contract ends, or has ended (contract.md 9). The zero Ending
// is a contract that goes on.
type Ending struct {
	Cause Cause
	// Ends is when the contract ends.
	Ends Deadline
	// ExportUntil is the last date on which the owner may download everything;
	// no date where there is no such window.
	ExportUntil Date
	// Deletion is when everything is deleted.
	Deletion Deadline
}

// passed reports whether the contract is over by now.
func (e Ending) passed(now time.Time) bool { return e.Ends.passed(now) }

// Deletion is the record of the final deletion.
type Deletion struct {
	// StartedAt is when it passed its fence, CompletedAt when nothing was left.
	StartedAt, CompletedAt time.Time
}

// latest is the last instant that the record speaks of.
func (d Deletion) latest() time.Time { return laterInstant(d.StartedAt, d.CompletedAt) }

// ProviderBreachEnds is when a contract ends because of a failure of the
// provider that was proven at an instant: the provider has 30 business days to
// correct it, and the end follows at the start of the next civil day
// (contract.md 9).
func (p *Policy) ProviderBreachEnds(receivedAt time.Time) Deadline {
	received := p.Zone.DateOf(receivedAt)
	last := p.Calendar.AddBusinessDays(received, p.ProviderBreachDays)
	return Deadline{At: p.Zone.StartOfDay(last.AddDays(1)), From: received}
}

// ExportWindow is how long the owner may still download everything after the
// contract has ended: through the last date, both included; then everything is
// deleted. Arrears don't shorten it (contract.md 9).
func (p *Policy) ExportWindow(endedAt time.Time) (last Date, deletion Deadline) {
	ended := p.Zone.DateOf(endedAt)
	deletion = p.Zone.after(p.ExportDays, ended)
	return ended.AddDays(p.ExportDays), deletion
}

// ending is how the contract ends as far as is known now. What ended it first
// ended it, and it has one export window.
func (f *Facts) ending() Ending {
	ending := f.Recorded.Ending
	if !f.Recorded.Lifecycle.ended() || !ending.passed(f.Now) {
		ending = f.firstEnding() // What was only going to end may have been put right.
	}
	if ending.Ends.At.IsZero() {
		return Ending{}
	}
	switch {
	case !ending.Deletion.At.IsZero():
	case ending.Cause == CauseOwnerRequest:
		ending.Deletion = ending.Ends
	default:
		ending.ExportUntil, ending.Deletion = f.Policy.ExportWindow(ending.Ends.At)
	}
	return f.hastened(ending)
}

// goesBefore orders ends: the earlier first and, of those at one instant, the one
// that comes first in contract.md 9. In what order they were told says nothing.
func (e Ending) goesBefore(other Ending) bool {
	if other.Ends.At.IsZero() {
		return true
	}
	return cmp.Or(
		e.Ends.At.Compare(other.Ends.At),
		cmp.Compare(e.Cause.order(), other.Cause.order()),
		e.Ends.From.Compare(other.Ends.From),
	) < 0
}

// firstEnding is the earliest of all the ends that are known now.
func (f *Facts) firstEnding() Ending {
	var first Ending
	consider := func(cause Cause, ends Deadline, will bool) {
		if candidate := (Ending{Cause: cause, Ends: ends}); will && candidate.goesBefore(first) {
			first = candidate
		}
	}
	for i := range f.Cancellations {
		ends, will := f.endsBy(&f.Cancellations[i])
		consider(f.Cancellations[i].Cause, ends, will)
	}
	for i := range f.Terms { // An objection that was recorded without a mail.
		if f.Terms[i].Decision.Outcome == TermsObjected {
			ends, will := f.endsByObjection(f.Terms[i].Name)
			consider(CauseTermsObjection, ends, will)
		}
	}
	for i := range f.Suspensions {
		s := &f.Suspensions[i]
		if s.Action == ActionDisable && !s.OpenedAt.After(f.Now) {
			ends, will := s.Effective(&f.Policy)
			consider(CausePermanentDisable, ends, will)
		}
	}
	return first
}

// hastened: an owner who asks for it in the export window has everything
// deleted at once.
func (f *Facts) hastened(ending Ending) Ending {
	for i := range f.Cancellations {
		c := &f.Cancellations[i]
		if c.Cause == CauseOwnerRequest && c.verified(f.Now) && c.VerifiedAt.Before(ending.Deletion.At) {
			ending.Deletion, ending.ExportUntil = f.Policy.Zone.at(laterInstant(c.VerifiedAt, ending.Ends.At)), Date{}
		}
	}
	return ending
}

// deleting reports whether everything is being deleted: it is due and may
// begin, or has begun. While something holds it back the window stays open,
// unless there was none.
func (f *Facts) deleting(ending Ending) bool {
	due := ending.passed(f.Now) && ending.Deletion.passed(f.Now)
	return !f.Deletion.StartedAt.IsZero() || due && (ending.ExportUntil.IsZero() || len(f.deletionBlockers()) == 0)
}

// books are the facts by which money is judged: those of now or, once the
// contract has ended, those of its last moment. Nothing falls due after it.
func (f *Facts) books(ending Ending) *Facts {
	if !ending.passed(f.Now) {
		return f
	}
	closed := *f
	closed.Now = ending.Ends.At.Add(-1)
	return &closed
}

// endingActs is what is to be done because the contract has ended.
func (f *Facts) endingActs(ending Ending) []Act {
	if !ending.passed(f.Now) || !ending.Deletion.passed(f.Now) || !f.Deletion.CompletedAt.IsZero() {
		return nil
	}
	return []Act{{Kind: ActDelete, Deadline: ending.Deletion, BlockedBy: f.deletionBlockers()}}
}
