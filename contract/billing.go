package contract

// account is the outcome of contract.md 4 for one tenant.
type account struct {
	billing Billing
	// lapse is the open lapse as it should be recorded, steps when each of its
	// consequences comes. Nil and zero when none is open.
	lapse *Lapse
	steps LapseDeadlines
	// due is what has fallen due and has not been done, blocked or not.
	due []Act
}

// judge finds a tenant's place on the billing axis (contract.md 11).
func (f *Facts) judge(c coverage, agreement Agreement) account {
	switch {
	case f.Lapse.purging():
		// Past the fence there is no way back, not even by paying: the purge
		// runs to its end, then a payment restores (contract.md 4).
		return f.pastTheFence()
	case f.doubtful(c):
		return f.held()
	case agreement.Tier == TierFree:
		return account{billing: BillingFree} // Free tenants never lapse (contract.md 5.6).
	case c.paidToday:
		return account{billing: BillingCurrent}
	case !c.everPaid():
		return account{billing: BillingPending}
	default:
		return f.unpaid(c, agreement.Interval)
	}
}

// pastTheFence goes on with a purge that has begun. Its guards are looked at
// again before every step, since what is not destroyed yet can still wait.
func (f *Facts) pastTheFence() account {
	lapse := *f.Lapse
	a := account{billing: BillingPurging, lapse: &lapse, steps: lapse.deadlines(f.Policy.Zone, f.Now)}
	a.due = append(a.due, Act{
		Kind:      ActPurge,
		Deadline:  a.steps.Purge,
		BlockedBy: f.purgeBlockers(a.steps.Purge.At),
	})
	return a
}

// doubtful reports whether the ledger is too incomplete to judge billing by.
func (f *Facts) doubtful(c coverage) bool { return len(f.Gaps) > 0 || f.paymentsLost(c) }

// paymentsLost reports whether less is paid than was paid before although no
// payment was reversed. Payments are never removed, so the ledger has lost some
// (a backup restored without its status), or the clock went back. Data that
// are absent are unknown, and never a lapse.
func (f *Facts) paymentsLost(c coverage) bool {
	if !c.paidThrough.Before(f.Recorded.PaidThrough) {
		return false
	}
	for i := range f.Payments {
		if f.Payments[i].reversed(f.Now) {
			return false
		}
	}
	return true
}

// held keeps what was last known.
func (f *Facts) held() account {
	last := account{billing: f.Recorded.Billing}
	if last.billing == "" {
		last.billing = BillingPending
	}
	if f.Lapse != nil {
		lapse := *f.Lapse
		last.lapse = &lapse
		if last.billing == BillingPurging && !lapse.PurgedAt.IsZero() {
			last.billing = BillingPurged // A purge past its fence ends whatever else is known.
		}
	}
	return last
}

// unpaid follows a paid tenant whose today is unpaid through the steps of
// contract.md 4.
func (f *Facts) unpaid(c coverage, interval Interval) account {
	lapse, recorded := f.lapseNow(c, interval)
	steps := lapse.deadlines(f.Policy.Zone, f.Now)
	if !recorded && !steps.Grace.passed(f.Now) {
		return account{billing: BillingCurrent} // Money received on D is on time.
	}
	a := account{billing: BillingGrace, lapse: &lapse, steps: steps}
	a.remind()
	a.disable(f)
	if !lapse.DisabledAt.IsZero() {
		a.purge(f)
	}
	return a
}

// remind is due from the beginning of grace until it is done, however late:
// no notice is ever skipped (contract.md 12.7).
func (a *account) remind() {
	if a.lapse.RemindedAt.IsZero() {
		a.due = append(a.due, Act{Kind: ActReminder, Deadline: a.steps.Grace})
	}
}

// disable takes the step from Grace to Disabled when it is due and every guard
// holds. A stale feed holds the previous state.
func (a *account) disable(f *Facts) {
	if a.lapse.DisabledAt.IsZero() && a.steps.Disable.passed(f.Now) {
		act := Act{Kind: ActDisable, Deadline: a.steps.Disable, BlockedBy: f.disableBlockers(a.steps.Disable.At)}
		a.due = append(a.due, act)
		if act.Permitted() {
			a.lapse.DisabledAt = f.Now
		}
	}
	if !a.lapse.DisabledAt.IsZero() {
		a.billing = BillingDisabled
	}
}

// purge takes the steps after that. Documents are deleted by others, behind a
// fence of their own; here is only said whether they may be.
func (a *account) purge(f *Facts) {
	_, told := a.lapse.PurgeNotice.Delivered()
	switch {
	case !a.lapse.PurgedAt.IsZero():
		a.billing = BillingPurged // At most one purge per lapse (contract.md 12.3).
	case !told && a.steps.PurgeNotice.passed(f.Now):
		a.due = append(a.due, Act{Kind: ActPurgeNotice, Deadline: a.steps.PurgeNotice})
	case told && a.lapse.Terms.Purges:
		a.billing = BillingPurgeScheduled
		if a.steps.Purge.passed(f.Now) {
			a.due = append(a.due, Act{
				Kind:      ActPurge,
				Deadline:  a.steps.Purge,
				BlockedBy: f.purgeBlockers(a.steps.Purge.At),
			})
		}
	}
}
