package contract

import (
	"slices"
	"time"
)

// Cause is why a contract ends (contract.md 9).
type Cause string

// The causes of contract.md 9.
const (
	// CauseOwnerRequest is the owner's own wish.
	CauseOwnerRequest Cause = "OwnerRequest"
	// CauseProviderBreach is a proven failure of the provider that it didn't
	// correct in time.
	CauseProviderBreach Cause = "ProviderBreach"
	// CauseTermsObjection is an objection to a revision of the terms.
	CauseTermsObjection Cause = "TermsObjection"
	// CausePermanentDisable is a breach by the tenant, and a case that says so.
	CausePermanentDisable Cause = "PermanentDisable"
)

// order is the place of a cause in contract.md 9.
func (c Cause) order() int {
	return slices.Index([]Cause{CauseOwnerRequest, CauseProviderBreach, CauseTermsObjection, CausePermanentDisable}, c)
}

// Cancellation is somebody's word that the contract is to end.
type Cancellation struct {
	Cause Cause
	// Revision is the name of the terms that a TermsObjection objects to.
	Revision string
	// ReceivedAt is when it reached us.
	ReceivedAt time.Time
	// VerifiedAt is when it was certain to come from the owner; zero while it
	// isn't, and then it counts for nothing: a sender can be forged.
	VerifiedAt time.Time
	// CorrectedAt is when the provider had mended a ProviderBreach; zero while
	// it has not.
	CorrectedAt time.Time
}

// verified reports whether the cancellation counts by now.
func (c *Cancellation) verified(now time.Time) bool {
	return !c.VerifiedAt.IsZero() && !c.VerifiedAt.After(now) && !c.ReceivedAt.After(now)
}

// endsBy is when the contract ends because of a cancellation, and whether it
// does as far as is known now (contract.md 9).
func (f *Facts) endsBy(c *Cancellation) (Deadline, bool) {
	if !c.verified(f.Now) {
		return Deadline{}, false
	}
	switch c.Cause {
	case CauseOwnerRequest:
		return f.Policy.Zone.at(c.VerifiedAt), true
	case CauseProviderBreach:
		ends := f.Policy.ProviderBreachEnds(c.ReceivedAt)
		if !c.CorrectedAt.IsZero() && !c.CorrectedAt.After(f.Now) && c.CorrectedAt.Before(ends.At) {
			return Deadline{}, false
		}
		return laterDeadline(ends, f.Policy.Zone.at(c.VerifiedAt)), true
	case CauseTermsObjection:
		ends, will := f.endsByObjection(c.Revision)
		return laterDeadline(ends, f.Policy.Zone.at(c.VerifiedAt)), will
	default:
		return Deadline{}, false // A case of breach ends the contract itself.
	}
}

// endsByObjection: an objection in time ends the contract when the revision
// takes effect.
func (f *Facts) endsByObjection(revision string) (Deadline, bool) {
	for i := range f.Terms {
		terms := &f.Terms[i]
		if terms.Name == revision && f.spoken(terms).Outcome == TermsObjected {
			return f.Policy.RevisionEffective(terms.Revision, terms.Mail)
		}
	}
	return Deadline{}, false
}
