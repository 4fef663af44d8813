package contract

import "time"

// Standing is what the contract says about a tenant at one instant.
type Standing struct {
	// At is the instant it was evaluated at: Facts.Now or, when the clock has
	// gone back, the latest instant that the facts record as done.
	At time.Time

	// Billing, Conduct and Lifecycle are the three independent axes, Access and
	// MayRun what follows from them (contract.md 11).
	Billing   Billing
	Conduct   Conduct
	Lifecycle Lifecycle
	Access    Access
	MayRun    bool
	// SupportEntitled says whether technical support is due (contract.md 6.1).
	SupportEntitled bool

	// Missing lists what keeps the tenant from being registered (contract.md 2)
	// or its billing from being judged, what to mend first first. With nothing
	// missing the condition Registered is true.
	Missing []Reason

	// Agreement is the plan and interval in force, Agreements all there have
	// been and the one to follow; record them as they are (contract.md 3.6).
	// Empty while the subscription can't be found.
	Agreement  Agreement
	Agreements []Agreement

	// PaidThrough is the last paid date, DueDate the day after it
	// (contract.md 3.3 and 3.4). None for a tenant that has never paid.
	PaidThrough, DueDate Date
	// Licence is how long the licence is valid (contract.md 3.7).
	Licence Licence
	// LiabilityCapUSD is in US dollars (contract.md 3.8).
	LiabilityCapUSD Amount

	// Lapse is the open lapse as it is to be recorded; nil when none is open,
	// and then a recorded one is to be closed. One that opened at another
	// instant than the recorded one is a new one: close the old.
	Lapse *Lapse
	// Deadlines is when each step of the lapse comes, or would come if no
	// further payment did. Zero for a tenant that can't lapse.
	Deadlines LapseDeadlines
	// Full: the documents fill the quota. OverQuota is when some of them are
	// deleted if they still do; zero where they never are, and until the owner
	// was told (contract.md 5.3).
	Full      bool
	OverQuota Deadline
	// Ending is how the contract ends as far as is known, or has ended; record
	// it as it is. Zero while it goes on (contract.md 9).
	Ending Ending
	// Terms is how the tenant stands with each revision (contract.md 10).
	Terms []TermsStanding
	// Due lists the acts that are due now and not done. One that is not blocked
	// is to be carried out; Disable is carried out by recording Lapse and
	// obeying MayRun.
	Due []Act

	// Next is what happens next if nothing else does, for people to read.
	Next Next
	// WakeAt is the next instant at which any of this changes by the passing of
	// time alone: evaluate again then. It is later than At, and zero when
	// nothing changes any more.
	WakeAt time.Time
}

// Registered reports whether everything that contract.md 2 asks for is there.
func (s *Standing) Registered() bool { return len(s.Missing) == 0 }
