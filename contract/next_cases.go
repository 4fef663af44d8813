package contract

import "fmt"

// addCases: suspensions whose cure period has not run out yet.
func (f *Facts) addCases(coming *agenda) {
	for _, s := range f.Suspensions {
		coming.add(s.OpenedAt, EventSuspension, func() string { return "the case opens then (contract.md 8)" })
		if deadline, will := s.Effective(&f.Policy); will {
			coming.add(deadline.At, EventSuspension, deadline.because("8"))
		}
		coming.add(s.ResolvedAt, EventSuspension, func() string { return "the case is resolved then (contract.md 8)" })
	}
}

// addTerms: revisions that take effect, as far as nobody has objected.
func (f *Facts) addTerms(coming *agenda, s *Standing) {
	for i := range s.Terms {
		if s.Terms[i].Decision.Outcome != TermsObjected {
			coming.add(s.Terms[i].Effective.At, EventTerms, s.Terms[i].Effective.because("10"))
		}
		coming.add(f.Terms[i].Decision.At, EventTerms, func() string { return "the tenant decides then (contract.md 10)" })
	}
}

// addEnding: what ends the contract, and what follows.
func (f *Facts) addEnding(coming *agenda, s *Standing) {
	for i := range f.Cancellations {
		c := &f.Cancellations[i]
		why := func() string { return fmt.Sprintf("%s (contract.md 9)", c.Cause) }
		coming.add(c.ReceivedAt, EventCancellation, why)
		coming.add(c.VerifiedAt, EventCancellation, why)
		coming.add(c.CorrectedAt, EventCancellation, why)
	}
	coming.add(s.Ending.Ends.At, EventEnd, s.Ending.Ends.because("9"))
	coming.add(s.Ending.Deletion.At, EventDeletion, s.Ending.Deletion.because("9"))
}
