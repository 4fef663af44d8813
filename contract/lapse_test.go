package contract_test

import (
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

// lapsed is acme with a feed that never lags: paid through 30 Jan 2027, and
// nothing since.
func lapsed(t testing.TB) *operator {
	f := acme(t, "2027-01-15")
	f.Feed = everComplete(t)
	return newOperator(f)
}

// TestTheTableOfSection4 is the example of contract.md 4, boundary by boundary.
func TestTheTableOfSection4(t *testing.T) {
	acme := lapsed(t)
	for _, step := range []struct {
		at      string
		billing Billing
		access  Access
		support bool
		next    Event
		when    string
	}{
		{"2027-01-30 23:59:59", BillingCurrent, AccessOpen, true, EventPaymentDue, "2027-01-31"},
		{"2027-01-31 00:00:00", BillingCurrent, AccessOpen, true, EventGrace, "2027-02-01"},
		{"2027-01-31 23:59:59", BillingCurrent, AccessOpen, true, EventGrace, "2027-02-01"},
		{"2027-02-01 00:00:00", BillingGrace, AccessOpen, false, EventDisable, "2027-02-04"},
		{"2027-02-03 23:59:59", BillingGrace, AccessOpen, false, EventDisable, "2027-02-04"},
		{"2027-02-04 00:00:00", BillingDisabled, AccessClosed, false, EventPurgeNotice, "2027-02-20"},
		{"2027-02-19 23:59:59", BillingDisabled, AccessClosed, false, EventPurgeNotice, "2027-02-20"},
		{"2027-02-20 00:00:00", BillingPurgeScheduled, AccessClosed, false, EventPurge, "2027-03-03"},
		{"2027-03-02 23:59:59", BillingPurgeScheduled, AccessClosed, false, EventPurge, "2027-03-03"},
		{"2027-03-03 00:00:00", BillingPurged, AccessClosed, false, "", ""},
		{"2027-06-01 00:00:00", BillingPurged, AccessClosed, false, "", ""},
	} {
		s := acme.work(local(t, step.at))
		if s.Billing != step.billing || s.Access != step.access || s.SupportEntitled != step.support {
			t.Errorf("%s: %s, %s, support %t; want %s, %s, %t", step.at, s.Billing, s.Access, s.SupportEntitled, step.billing, step.access, step.support)
		}
		if s.Next.What != step.next || s.Next.Date.String() != step.when {
			t.Errorf("%s: next %q on %q, not %q on %q", step.at, s.Next.What, s.Next.Date, step.next, step.when)
		}
	}
	if len(acme.told) != 1 || len(acme.purged) != 1 || !acme.purged[0].Equal(local(t, "2027-03-03")) {
		t.Errorf("told %v, purged %v", acme.told, acme.purged)
	}
}

func TestEveryDeadlineIsKnownInAdvance(t *testing.T) {
	s := lapsed(t).evaluate(local(t, "2027-01-15"))
	for _, c := range []struct {
		what     string
		deadline Deadline
		at, from string
	}{
		{"grace", s.Deadlines.Grace, "2027-02-01", "2027-01-31"},
		{"disable", s.Deadlines.Disable, "2027-02-04", "2027-01-31"},
		{"notice", s.Deadlines.PurgeNotice, "2027-02-20", "2027-01-31"},
		{"purge", s.Deadlines.Purge, "2027-03-03", "2027-01-31"},
	} {
		if !c.deadline.At.Equal(local(t, c.at)) || c.deadline.From != date(t, c.from) {
			t.Errorf("%s: %s from %s, not %s from %s", c.what, c.deadline.At, c.deadline.From, c.at, c.from)
		}
	}
	if got := s.Deadlines.Disable.At.Format(time.RFC3339); got != "2027-02-04T07:00:00Z" {
		t.Errorf("users are disabled at %s, not 07:00Z (contract.md 4)", got)
	}
}

func TestALateNoticeMovesThePurge(t *testing.T) {
	acme := lapsed(t)
	acme.mail = func(at time.Time) bool { return !at.Before(local(t, "2027-03-01 09:30")) }
	acme.work(local(t, "2027-02-01"))
	s := acme.work(local(t, "2027-02-20"))
	if s.Billing != BillingDisabled || s.Next.What != EventPurgeNotice || !s.Deadlines.Purge.At.IsZero() {
		t.Errorf("not told yet: %s, next %+v, purge %s", s.Billing, s.Next, s.Deadlines.Purge.At)
	}
	s = acme.work(local(t, "2027-03-01 09:30"))
	if s.Billing != BillingPurgeScheduled || !s.Deadlines.Purge.At.Equal(local(t, "2027-03-07")) {
		t.Errorf("told on 1 Mar: %s, purge %s, not 7 Mar 00:00 (contract.md 4)", s.Billing, s.Deadlines.Purge.At)
	}
	if s.Deadlines.Purge.From != date(t, "2027-03-01") {
		t.Errorf("the purge counts from %s", s.Deadlines.Purge.From)
	}
	acme.work(local(t, "2027-03-06 23:59:59"))
	if len(acme.purged) != 0 {
		t.Error("the owner did not have five whole days")
	}
}

func TestANoticeThatBouncedWasNotDelivered(t *testing.T) {
	acme := lapsed(t)
	acme.work(local(t, "2027-02-04"))
	acme.work(local(t, "2027-02-20"))
	acme.facts.Lapse.PurgeNotice.BouncedAt = local(t, "2027-02-21")
	acme.mail = func(time.Time) bool { return false }
	s := acme.work(local(t, "2027-03-10"))
	if s.Billing != BillingDisabled || len(s.Due) != 1 || s.Due[0].Kind != ActPurgeNotice || len(acme.purged) != 0 {
		t.Errorf("after the bounce: %s, due %+v, purged %v", s.Billing, s.Due, acme.purged)
	}
	acme.facts.Lapse.PurgeNotice.AcceptedAt = local(t, "2027-03-10 08:00") // the alternate contact
	if s := acme.evaluate(local(t, "2027-03-10 09:00")); s.Billing != BillingPurgeScheduled || !s.Deadlines.Purge.At.Equal(local(t, "2027-03-16")) {
		t.Errorf("after the second notice: %s, purge %s", s.Billing, s.Deadlines.Purge.At)
	}
}

func TestOtherIntervalsAreNeverPurged(t *testing.T) {
	for _, interval := range []Interval{Quarterly, SemiAnnual, Annual} {
		acme := lapsed(t)
		acme.facts.Requested.Interval = interval
		acme.work(local(t, "2027-02-04"))
		s := acme.work(local(t, "2028-02-04"))
		if s.Billing != BillingDisabled || len(acme.told) != 0 || !s.Deadlines.PurgeNotice.At.IsZero() {
			t.Errorf("%s: %s after a year, told %v (contract.md 4)", interval, s.Billing, acme.told)
		}
	}
}

func TestAPaymentBeforeThePurgeRestoresEverythingAtOnce(t *testing.T) {
	acme := lapsed(t)
	for _, day := range []string{"2027-02-01", "2027-02-04", "2027-02-20"} {
		acme.work(local(t, day))
	}
	acme.facts.Payments = append(acme.facts.Payments, receivedAt(t, payment(t, "pay-2", "2027-02-28", "2027-03-30"), "2027-03-02 23:00"))
	s := acme.work(local(t, "2027-03-02 23:00"))
	if s.Billing != BillingCurrent || s.Access != AccessOpen || s.Lapse != nil {
		t.Fatalf("paid: %s, %s, lapse %+v", s.Billing, s.Access, s.Lapse)
	}
	// The next lapse starts afresh: the notice of the first is void.
	for _, day := range []string{"2027-04-01", "2027-04-04", "2027-04-19 23:59"} {
		s = acme.work(local(t, day))
	}
	if s.Billing != BillingDisabled || len(acme.told) != 1 || len(acme.purged) != 0 {
		t.Errorf("the second lapse: %s, told %v, purged %v", s.Billing, acme.told, acme.purged)
	}
}

func TestAPaymentDuringThePurgeLetsItFinishAndThenRestores(t *testing.T) {
	acme := lapsed(t)
	acme.work(local(t, "2027-02-04"))
	acme.work(local(t, "2027-02-20"))
	acme.facts.Lapse.PurgeStartedAt = local(t, "2027-03-03")
	acme.facts.Payments = append(acme.facts.Payments, payment(t, "pay-2", "2027-03-03", "2027-04-02"))
	if s := acme.evaluate(local(t, "2027-03-03 12:00")); s.Billing != BillingPurging || s.MayRun {
		t.Errorf("past the fence: %s, may run %t (contract.md 4)", s.Billing, s.MayRun)
	}
	if s := acme.work(local(t, "2027-03-03 12:01")); s.Billing != BillingCurrent || !s.MayRun || len(acme.purged) != 1 {
		t.Errorf("after the purge: %s, may run %t, purged %v", s.Billing, s.MayRun, acme.purged)
	}
}

func TestALapseKeepsThePolicyItOpenedWith(t *testing.T) {
	acme := lapsed(t)
	acme.work(local(t, "2027-02-01"))
	acme.facts.Policy.Lapse.DisableAfterDays = 1
	acme.facts.Policy.Lapse.PurgeAfterDays = map[Interval]int{Monthly: 2}
	s := acme.work(local(t, "2027-02-03"))
	if s.Billing != BillingGrace || !s.Deadlines.Disable.At.Equal(local(t, "2027-02-04")) || !s.Deadlines.Purge.At.Equal(local(t, "2027-03-03")) {
		t.Errorf("shortened in the middle of a lapse: %s, disable %s, purge %s", s.Billing, s.Deadlines.Disable.At, s.Deadlines.Purge.At)
	}
}

func TestAPartPaymentRevivesNobody(t *testing.T) {
	acme := lapsed(t)
	acme.work(local(t, "2027-02-04"))
	acme.facts.Payments = append(acme.facts.Payments, receivedAt(t, payment(t, "pay-2", "2027-01-31", "2027-02-08"), "2027-02-10"))
	s := acme.work(local(t, "2027-02-10"))
	if s.Billing != BillingDisabled || s.Access != AccessClosed {
		t.Errorf("arrears paid in part, today unpaid: %s, %s (contract.md 3.3)", s.Billing, s.Access)
	}
	if s.PaidThrough != date(t, "2027-02-08") || !s.Deadlines.PurgeNotice.At.Equal(local(t, "2027-03-01")) {
		t.Errorf("what is still to come moves: paid through %s, notice %s", s.PaidThrough, s.Deadlines.PurgeNotice.At)
	}
}

func TestALapsePaidWhileNobodyLookedIsOver(t *testing.T) {
	acme := lapsed(t)
	acme.work(local(t, "2027-02-04"))
	acme.work(local(t, "2027-02-20"))
	// The operator is down from here on; February's payment comes and runs out.
	acme.facts.Payments = append(acme.facts.Payments, payment(t, "pay-2", "2027-02-21", "2027-03-20"))
	s := acme.evaluate(local(t, "2027-04-20"))
	if s.Lapse == nil || s.Lapse.CountsFrom != date(t, "2027-03-21") || !s.Lapse.PurgeNotice.AcceptedAt.IsZero() {
		t.Errorf("the second lapse inherits from the first: %+v", s.Lapse)
	}
}

func TestTheOwnerIsRemindedAsGraceBegins(t *testing.T) {
	acme := lapsed(t)
	acme.work(local(t, "2027-01-31 23:59:59"))
	if len(acme.reminded) != 0 {
		t.Errorf("reminded %v, before grace", acme.reminded)
	}
	for _, at := range []string{"2027-02-01", "2027-02-04", "2027-02-20"} {
		acme.work(local(t, at))
	}
	if len(acme.reminded) != 1 || !acme.reminded[0].Equal(local(t, "2027-02-01")) {
		t.Errorf("reminded %v, not once on 1 Feb (contract.md 4)", acme.reminded)
	}
}

func TestAReminderThatComesLateIsNotSkipped(t *testing.T) {
	acme := lapsed(t)
	acme.mail = func(at time.Time) bool { return !at.Before(local(t, "2027-02-06")) }
	acme.work(local(t, "2027-02-01"))
	if s := acme.work(local(t, "2027-02-06")); s.Billing != BillingDisabled || len(acme.reminded) != 1 {
		t.Errorf("%s, reminded %v (contract.md 12.7)", s.Billing, acme.reminded)
	}
}

// Past the fence nothing may be destroyed yet, and what is not destroyed waits
// for every guard as it did before.
func TestGuardsAreLookedAtPastTheFenceToo(t *testing.T) {
	acme := lapsed(t)
	for _, at := range []string{"2027-02-01", "2027-02-04", "2027-02-20"} {
		acme.work(local(t, at))
	}
	acme.facts.Lapse.PurgeStartedAt = local(t, "2027-03-03")
	for guard, spoil := range map[Guard]func(*Facts){
		GuardNotFrozen:       func(f *Facts) { f.Policy.Freeze = true },
		GuardNotHeld:         func(f *Facts) { f.Hold = true },
		GuardNoticeDelivered: func(f *Facts) { f.Lapse.PurgeNotice.BouncedAt = local(t, "2027-03-02") },
		GuardReadLive:        func(f *Facts) { f.Assurances.ReadLive = false },
	} {
		f := acme.facts
		lapse := *f.Lapse
		f.Lapse = &lapse
		spoil(&f)
		f.Now = local(t, "2027-03-03 00:00:01")
		due := Evaluate(f).Due
		if len(due) != 1 || due[0].Kind != ActPurge || len(due[0].BlockedBy) != 1 || due[0].BlockedBy[0] != guard {
			t.Errorf("without %s: %+v", guard, due)
		}
	}
	acme.facts.Now = local(t, "2027-03-03 00:00:01")
	if due := Evaluate(acme.facts).Due; len(due) != 1 || !due[0].Permitted() {
		t.Errorf("with every guard: %+v", due)
	}
}

// A clock that goes back past the end of a lapse doesn't open it again, even
// where a reversal would explain that less is paid (contract.md 12.3 and 12.19).
func TestAClosedLapseIsNotOpenedAgainByAClock(t *testing.T) {
	acme := lapsed(t)
	acme.facts.Payments = append(acme.facts.Payments,
		payment(t, "pay-2", "2027-03-10", "2027-04-09"),
		reversedAt(t, payment(t, "pay-3", "2026-11-30", "2026-12-30"), "2026-12-01"))
	for _, day := range []string{"2027-02-01", "2027-02-04", "2027-02-20", "2027-03-03", "2027-03-11", "2027-03-05", "2027-03-12"} {
		acme.work(local(t, day))
	}
	if len(acme.purged) != 1 || len(acme.told) != 1 {
		t.Errorf("told %v, purged %v", acme.told, acme.purged)
	}
}

func TestAPurgeEndsAlthoughTheLedgerHasLostPayments(t *testing.T) {
	acme := lapsed(t)
	for _, at := range []string{"2027-02-01", "2027-02-04", "2027-02-20"} {
		acme.work(local(t, at))
	}
	acme.facts.Lapse.PurgeStartedAt = local(t, "2027-03-03")
	acme.evaluate(local(t, "2027-03-03"))
	acme.facts.Payments = nil
	acme.facts.Lapse.PurgedAt = local(t, "2027-03-03 00:01")
	if s := acme.evaluate(local(t, "2027-03-03 00:02")); s.Billing != BillingPurged {
		t.Errorf("after the purge: %s", s.Billing)
	}
}
