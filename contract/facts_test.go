package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// TestAClockThatGoesBackReversesNothing is contract.md 12.19.
func TestAClockThatGoesBackReversesNothing(t *testing.T) {
	acme := lapsed(t)
	for _, day := range []string{"2027-02-01", "2027-02-04", "2027-02-20"} {
		acme.work(local(t, day))
	}
	s := acme.work(local(t, "2027-01-15"))
	if s.Billing != BillingPurgeScheduled || s.MayRun {
		t.Errorf("back in January: %s, may run %t", s.Billing, s.MayRun)
	}
	if !s.At.Equal(local(t, "2027-02-20")) {
		t.Errorf("evaluated at %s, before what was done on 20 Feb", s.At)
	}
}

// A closed lapse leaves no record behind, but what was paid does.
func TestAClockThatGoesBackBeforeAPaymentReversesNothing(t *testing.T) {
	acme := lapsed(t)
	acme.facts.Payments = append(acme.facts.Payments, payment(t, "pay-2", "2027-01-31", "2027-02-27"))
	acme.work(local(t, "2027-02-10"))
	if s := acme.work(local(t, "2027-01-20")); s.Billing != BillingCurrent || s.PaidThrough != date(t, "2027-02-27") || len(s.Due) != 0 {
		t.Errorf("back in January: %s, paid through %s, due %v", s.Billing, s.PaidThrough, s.Due)
	}
}

func TestNoFactsAtAllHarmNobody(t *testing.T) {
	s := Evaluate(Facts{})
	if s.Lifecycle != LifecyclePending || s.Access != AccessClosed || len(s.Due) != 0 || s.Lapse != nil || s.Licence.Granted {
		t.Errorf("%+v", s)
	}
}
