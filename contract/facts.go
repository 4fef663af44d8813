package contract

import "time"

// Facts is everything that a tenant's standing depends on. What is left out is
// unknown, and what is unknown harms nobody.
type Facts struct {
	// Now is the one reading of the clock of this evaluation.
	Now time.Time
	// Policy is the platform's.
	Policy Policy

	// Registration is what the owner has shown and accepted (contract.md 2).
	Registration Registration
	// Gaps says what of the ledger could not be found: SubscriptionMissing,
	// SubscriptionAmbiguous or PlanNotFound. While there is one, nothing is
	// decided about billing.
	Gaps []Reason

	// Anchor is the first day of the first billing period.
	Anchor Date
	// Requested is the plan and interval that the subscription asks for.
	Requested Agreement
	// Agreements are the plans and intervals that have been in force, as
	// recorded from Standing.Agreements. None before the first evaluation.
	Agreements []Agreement
	// Payments are the records of the billing system, in any order.
	Payments []Payment
	// Feed says up to when the billing system has told everything.
	Feed Feed
	// Lapse is the open lapse as recorded from Standing.Lapse, with what
	// others recorded about it since: the notice and the purge. Nil when none
	// is open.
	Lapse *Lapse
	// LapseClosedAt is when the last lapse before was closed; zero when none was.
	// It keeps a clock that goes back from opening that one again.
	LapseClosedAt time.Time

	// Documents is how much the tenant stores (contract.md 5).
	Documents Documents
	// Suspensions are the cases of breach (contract.md 8).
	Suspensions []Suspension
	// Cancellations are the words that the contract is to end (contract.md 9).
	Cancellations []Cancellation
	// Terms are the revisions of the documents, each as it concerns this tenant
	// (contract.md 10).
	Terms []Terms
	// Deletion is the record of the final deletion (contract.md 9).
	Deletion Deletion
	// Hold stops every destructive act on this tenant.
	Hold bool
	// Assurances are what has been made sure of for this evaluation.
	Assurances Assurances

	// Recorded is what the last evaluation left behind.
	Recorded Recorded
}

// Recorded is the part of a standing that outlives the facts it was made from:
// data that went missing later must not undo it. The zero value is a tenant
// that has never been evaluated.
type Recorded struct {
	Billing     Billing
	Lifecycle   Lifecycle
	PaidThrough Date
	// Ending is how the contract ended, or was going to.
	Ending Ending
}

// present is the instant to evaluate at: now, but never before something that
// has already been recorded as done, so that a clock that goes backwards
// reverses nothing (contract.md 12.19).
func (f *Facts) present() time.Time {
	now := laterInstant(laterInstant(f.Now, f.LapseClosedAt), f.Lapse.latest())
	for i := range f.Suspensions {
		now = laterInstant(now, f.Suspensions[i].Notice.AcceptedAt)
	}
	for i := range f.Terms {
		now = laterInstant(now, f.Terms[i].Mail.AcceptedAt)
	}
	if f.Recorded.Lifecycle.ended() {
		now = laterInstant(now, f.Recorded.Ending.Ends.At)
	}
	now = laterInstant(now, f.Documents.latest())
	return laterInstant(now, f.Deletion.latest())
}

// today is the civil date of the evaluation.
func (f *Facts) today() Date { return f.Policy.Zone.DateOf(f.Now) }
