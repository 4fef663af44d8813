package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// TestAPaidTenantIsOpen is the ordinary day.
func TestAPaidTenantIsOpen(t *testing.T) {
	s := Evaluate(acme(t, "2027-01-15 10:00"))
	if s.Billing != BillingCurrent || s.Conduct != ConductGood || s.Lifecycle != LifecycleActive {
		t.Fatalf("axes: got %s, %s, %s", s.Billing, s.Conduct, s.Lifecycle)
	}
	if s.Access != AccessOpen || !s.MayRun || !s.SupportEntitled || !s.Registered() {
		t.Fatalf("a paid tenant is open, runs, has support and is registered: got %+v", s)
	}
	if s.PaidThrough != date(t, "2027-01-30") || s.DueDate != date(t, "2027-01-31") {
		t.Fatalf("paid through %s, due %s", s.PaidThrough, s.DueDate)
	}
	if s.Next.What != EventPaymentDue || s.Next.Date != date(t, "2027-01-31") {
		t.Fatalf("next: %+v", s.Next)
	}
	if s.Lapse != nil || len(s.Due) != 0 {
		t.Fatalf("nothing is due from a paid tenant: %+v, %+v", s.Lapse, s.Due)
	}
}
