package contract

// Evaluate is the contract: what the facts of one tenant mean at one instant.
// It changes nothing, reads nothing else, and gives the same standing for the
// same facts in whatever order and however often they are told
// (contract.md 12.6).
//
// Facts left out are unknown, and what is unknown harms nobody: the zero Facts
// give a Pending tenant.
func Evaluate(f Facts) Standing {
	f.Now = f.present()
	f.Payments = distinct(f.Payments)

	ending := f.ending()
	books := f.books(ending)
	paid := coverageOf(f.Payments, f.Policy.Zone, books.Now)
	agreement := books.inForce(paid)
	account := books.judge(paid, agreement)
	missing := books.missing(paid, account.billing)
	lifecycle := f.lifecycle(missing, ending)
	conduct := f.conduct()
	running := mayRun(account.billing, conduct, lifecycle)
	liability, liabilityChangesAt := f.liability()

	s := Standing{
		At:              f.Now.UTC(),
		Billing:         account.billing,
		Conduct:         conduct,
		Lifecycle:       lifecycle,
		Access:          accessOf(running, lifecycle),
		MayRun:          running,
		SupportEntitled: supportEntitled(agreement, account.billing, lifecycle),
		Missing:         missing,
		Agreement:       agreement,
		Agreements:      f.Agreements,
		PaidThrough:     paid.paidThrough,
		DueDate:         paid.dueDate(),
		Licence:         books.licence(account, paid, agreement.Interval),
		LiabilityCapUSD: liability,
		Lapse:           account.lapse,
		Ending:          ending,
		Terms:           f.terms(lifecycle, ending),
	}
	if len(f.Gaps) == 0 {
		s.Agreements = books.agreements(paid)
	}
	if books.doubtful(paid) {
		s.PaidThrough = laterDate(s.PaidThrough, f.Recorded.PaidThrough)
		s.DueDate = s.PaidThrough.AddDays(1)
	}
	if ending.passed(f.Now) {
		s.Licence = s.Licence.through(ending)
	} else {
		s.Deadlines = f.deadlines(account, paid, agreement)
	}
	s.Due = f.due(&s, account.due)
	s.Next, s.WakeAt = f.next(&s, paid)
	s.WakeAt = soonest(f.Now, s.WakeAt, liabilityChangesAt)
	return s
}

// due is everything that is due, of the acts of a lapse those that the end of the
// contract leaves. Where everything is deleted, no purge of a part goes on beside
// it (contract.md 9).
func (f *Facts) due(s *Standing, ofLapse []Act) []Act {
	switch s.Lifecycle {
	case LifecycleActive:
		s.Full = f.full(s.Agreement)
		ofQuota, deletion := f.overQuota(s.Agreement)
		s.OverQuota = deletion
		return append(ofLapse, ofQuota...)
	case LifecyclePending:
		return ofLapse
	case LifecycleExporting:
		if s.Billing != BillingPurging {
			ofLapse = nil // Arrears never shorten an export window.
		}
		return append(ofLapse, f.endingActs(s.Ending)...)
	default:
		return f.endingActs(s.Ending)
	}
}

// missing lists what keeps the tenant from being registered, or billing from
// being judged.
func (f *Facts) missing(c coverage, billing Billing) []Reason {
	missing := append(f.Registration.missing(), f.Gaps...)
	switch {
	case len(f.Gaps) > 0:
		return missing
	case f.paymentsLost(c):
		return append(missing, BillingDataLost)
	case billing == BillingPending:
		return append(missing, NeverPaid)
	default:
		return missing
	}
}

// deadlines is when the steps of a lapse come: of the open one, or of the one
// that opens when no further payment comes.
func (f *Facts) deadlines(a account, c coverage, agreement Agreement) LapseDeadlines {
	switch {
	case a.lapse != nil:
		return a.lapse.deadlines(f.Policy.Zone, f.Now)
	case a.billing == BillingCurrent && !f.doubtful(c) && !f.freeBy(c.dueDate(), c):
		coming := Lapse{CountsFrom: c.countsFrom(), Terms: f.Policy.Lapse.For(agreement.Interval)}
		return coming.deadlines(f.Policy.Zone, f.Now)
	default:
		return LapseDeadlines{}
	}
}
