package contract

import "time"

// Terms is a revision of a document as it concerns one tenant (contract.md 10).
type Terms struct {
	Revision
	// Name of the revision.
	Name string
	// Mail is what became of the announcement to this tenant.
	Mail Delivery
	// Decision is the recorded one; zero while there is none.
	Decision Decision
}

// Outcome is what a tenant decided about a revision.
type Outcome string

// The outcomes of contract.md 10.
const (
	TermsAccepted Outcome = "Accepted"
	TermsObjected Outcome = "Objected"
)

// DecisionMode is how it was decided.
type DecisionMode string

// The modes of contract.md 10.
const (
	ModeExplicit DecisionMode = "Explicit"
	ModeSilence  DecisionMode = "Silence"
)

// Decision is what a tenant decided about a revision. The zero value is open.
type Decision struct {
	Outcome Outcome
	Mode    DecisionMode
	At      time.Time
}

// made reports whether the decision was made by now.
func (d Decision) made(now time.Time) bool { return d.Outcome != "" && !d.At.After(now) }

// TermsStanding is how a tenant stands with a revision.
type TermsStanding struct {
	Name string
	// Effective is when it takes effect for this tenant. Zero: nobody can say,
	// since its mail was not delivered yet.
	Effective Deadline
	// Decision is the tenant's one decision by now; zero while it is open.
	Decision Decision
}

// spoken is what the tenant itself has said by now: there is one decision, and
// it is the earliest. Of two at the same instant the objection counts, since it
// alone can be repented of (contract.md 10, "never both").
func (f *Facts) spoken(terms *Terms) Decision {
	var spoken Decision
	if terms.Decision.made(f.Now) {
		spoken = terms.Decision
	}
	for i := range f.Cancellations {
		c := &f.Cancellations[i]
		if c.Cause != CauseTermsObjection || c.Revision != terms.Name || !c.verified(f.Now) ||
			!f.Policy.ObjectionCounts(terms.Revision, c.ReceivedAt) {
			continue
		}
		if !spoken.made(f.Now) || !spoken.At.Before(c.ReceivedAt) {
			spoken = Decision{Outcome: TermsObjected, Mode: ModeExplicit, At: c.ReceivedAt}
		}
	}
	return spoken
}

// inDoubt reports whether an objection arrived in time of which nobody knows yet
// whether it comes from the owner. Until somebody does, silence means nothing.
func (f *Facts) inDoubt(terms *Terms) bool {
	for i := range f.Cancellations {
		c := &f.Cancellations[i]
		if c.Cause == CauseTermsObjection && c.Revision == terms.Name && !c.ReceivedAt.After(f.Now) &&
			!c.verified(f.Now) && f.Policy.ObjectionCounts(terms.Revision, c.ReceivedAt) {
			return true
		}
	}
	return false
}

// terms is how the tenant stands with every revision. Who says nothing until it
// takes effect has accepted it, if the contract runs then (contract.md 10).
func (f *Facts) terms(lifecycle Lifecycle, ending Ending) []TermsStanding {
	if len(f.Terms) == 0 {
		return nil
	}
	all := make([]TermsStanding, len(f.Terms))
	for i := range f.Terms {
		effective, _ := f.Policy.RevisionEffective(f.Terms[i].Revision, f.Terms[i].Mail)
		all[i] = TermsStanding{Name: f.Terms[i].Name, Effective: effective, Decision: f.spoken(&f.Terms[i])}
		over := ending.Ends.At
		runs := lifecycle != LifecyclePending && (over.IsZero() || effective.At.Before(over))
		silent := !all[i].Decision.made(f.Now) && !f.inDoubt(&f.Terms[i])
		if effective.passed(f.Now) && runs && silent {
			all[i].Decision = Decision{Outcome: TermsAccepted, Mode: ModeSilence, At: effective.At}
		}
	}
	return all
}
