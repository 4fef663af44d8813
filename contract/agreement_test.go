package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

var (
	small  = Agreement{Plan: "small", Tier: TierPaid, Support: true, Interval: Monthly}
	yearly = Agreement{Plan: "team", Tier: TierPaid, Support: true, Interval: Annual}
)

// TestAPlanChangeTakesEffectAtTheNextPeriod is contract.md 3.6.
func TestAPlanChangeTakesEffectAtTheNextPeriod(t *testing.T) {
	for _, requested := range []Agreement{small, yearly, free} {
		operator := newOperator(acme(t, "2027-01-15"))
		operator.work(local(t, "2027-01-15"))
		operator.facts.Requested = requested
		s := operator.work(local(t, "2027-01-20"))
		if s.Agreement.Plan != "team" || s.Agreement.Interval != Monthly || s.PaidThrough != date(t, "2027-01-30") {
			t.Errorf("to %s: %+v at once", requested.Plan, s.Agreement)
		}
		if len(s.Agreements) != 2 || s.Agreements[1].From != date(t, "2027-01-31") {
			t.Errorf("to %s: agreed %+v", requested.Plan, s.Agreements)
		}
		s = operator.work(local(t, "2027-01-31"))
		if s.Agreement.Plan != requested.Plan || s.Agreement.Interval != requested.Interval {
			t.Errorf("to %s: %+v on the day", requested.Plan, s.Agreement)
		}
	}
}

func TestAChangeThatIsTakenBackNeverHappens(t *testing.T) {
	operator := newOperator(acme(t, "2027-01-15"))
	operator.work(local(t, "2027-01-15"))
	operator.facts.Requested = small
	operator.work(local(t, "2027-01-20"))
	operator.facts.Requested = yearly
	if s := operator.work(local(t, "2027-01-21")); len(s.Agreements) != 2 || !s.Agreements[1].From.After(date(t, "2027-01-21")) || s.Agreements[1].Interval != Annual {
		t.Errorf("another choice: %+v", s.Agreements)
	}
	operator.facts.Requested = team
	if s := operator.work(local(t, "2027-01-22")); len(s.Agreements) != 1 || s.Next.What != EventPaymentDue {
		t.Errorf("taken back: %+v, next %+v", s.Agreements, s.Next)
	}
}

func TestAPaidTenantThatGoesFreeInTimeNeverLapses(t *testing.T) {
	operator := newOperator(acme(t, "2027-01-15"))
	operator.facts.Feed = everComplete(t)
	operator.work(local(t, "2027-01-15"))
	operator.facts.Requested = free
	s := operator.work(local(t, "2027-01-20"))
	if s.Billing != BillingCurrent || s.Next.What != EventPlanChange || !s.Deadlines.Grace.At.IsZero() {
		t.Errorf("before: %s, next %+v, grace %s", s.Billing, s.Next, s.Deadlines.Grace.At)
	}
	for _, day := range []string{"2027-01-31", "2027-02-04", "2027-04-01"} {
		if s := operator.work(local(t, day)); s.Billing != BillingFree || s.Lapse != nil || !s.MayRun {
			t.Errorf("%s: %s, lapse %v", day, s.Billing, s.Lapse)
		}
	}
}

func TestAPaidTenantThatLapsesDoesNotBecomeAFreeOne(t *testing.T) {
	operator := lapsed(t)
	operator.work(local(t, "2027-02-01"))
	operator.facts.Requested = free
	if s := operator.work(local(t, "2027-02-04")); s.Billing != BillingDisabled || s.Agreement.Plan != "team" {
		t.Errorf("%s on %s (contract.md 4)", s.Billing, s.Agreement.Plan)
	}
}

func TestALapsedTenantMayPayForAnotherPlan(t *testing.T) {
	operator := lapsed(t)
	operator.work(local(t, "2027-02-01"))
	operator.facts.Requested = small
	operator.facts.Payments = append(operator.facts.Payments, receivedAt(t, payment(t, "pay-2", "2027-01-31", "2027-02-27"), "2027-02-02"))
	operator.evaluate(local(t, "2027-02-01 12:00"))
	if s := operator.work(local(t, "2027-02-02")); s.Billing != BillingCurrent || s.Agreement.Plan != "small" {
		t.Errorf("%s on %s", s.Billing, s.Agreement.Plan)
	}
}

func TestAFreeTenantStaysFreeUntilItPays(t *testing.T) {
	f := paid(t, "2027-01-15")
	f.Requested = free
	operator := newOperator(f)
	operator.work(local(t, "2027-01-15"))
	operator.facts.Requested = team
	if s := operator.work(local(t, "2027-01-16")); s.Billing != BillingFree || !s.MayRun || s.SupportEntitled {
		t.Errorf("asked for a paid plan: %s, support %t", s.Billing, s.SupportEntitled)
	}
	operator.facts.Payments = []Payment{payment(t, "pay-1", "2027-01-17", "2027-02-16")}
	if s := operator.work(local(t, "2027-01-17 11:00")); s.Billing != BillingCurrent || s.Agreement.Plan != "team" || !s.SupportEntitled {
		t.Errorf("paid: %s on %s", s.Billing, s.Agreement.Plan)
	}
}

func TestATenantThatNeverPaidMayChooseAgain(t *testing.T) {
	operator := newOperator(paid(t, "2027-01-15"))
	operator.work(local(t, "2027-01-15"))
	operator.facts.Requested = free
	if s := operator.work(local(t, "2027-01-16")); s.Billing != BillingFree || len(s.Agreements) != 1 {
		t.Errorf("%s, %+v", s.Billing, s.Agreements)
	}
}

func TestTheNextPeriodIsCountedFromTheAnchor(t *testing.T) {
	f := acme(t, "2027-02-15")
	f.Anchor = date(t, "2026-08-31")
	f.Payments = []Payment{payment(t, "pay-1", "2027-02-01", "2027-06-30")}
	operator := newOperator(f)
	operator.work(local(t, "2027-02-15"))
	operator.facts.Requested = small
	if s := operator.work(local(t, "2027-02-15")); s.Agreements[1].From != date(t, "2027-02-28") {
		t.Errorf("%+v", s.Agreements)
	}
}
