package facts_test

import (
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

// standing is what the contract says about the objects at an instant.
func standing(t *testing.T, objects facts.Objects, now string) (facts.Account, contract.Standing) {
	t.Helper()
	account, err := facts.From(objects, at(t, now))
	if err != nil {
		t.Fatal(err)
	}
	return account, contract.Evaluate(account.Facts)
}

func TestTheSampleTenantIsCurrent(t *testing.T) {
	account, s := standing(t, ledger(t), "2027-01-15T17:00:00Z")
	if s.Billing != contract.BillingCurrent || s.Lifecycle != contract.LifecycleActive || !s.MayRun || !s.SupportEntitled {
		t.Fatalf("%+v", s)
	}
	if s.PaidThrough.String() != "2027-01-30" || s.LiabilityCapUSD.String() != "500.00" || s.Agreement.Plan != "team" {
		t.Errorf("paid through %s, cap %s, plan %s", s.PaidThrough, s.LiabilityCapUSD, s.Agreement.Plan)
	}
	if plan := account.Plan(s); plan == nil || plan.Name != "team" {
		t.Errorf("plan in force: %v", plan)
	}
	if account.Subscription == nil || account.Subscription.Name != "acme" {
		t.Errorf("subscription: %v", account.Subscription)
	}
	if reason, _ := account.Registered(s); reason != "" {
		t.Errorf("registered, but %s", reason)
	}
	if when := account.When(s.Next); when != "2027-01-31" {
		t.Errorf("payment due %s", when)
	}
}

// With no assurances a lapsed tenant stays in Grace, and WHEN says since when
// more is due.
func TestTheSampleTenantLapses(t *testing.T) {
	account, s := standing(t, ledger(t), "2027-02-01T07:00:00Z")
	if s.Billing != contract.BillingGrace || account.When(s.Next) != "2027-02-04 00:00" {
		t.Errorf("%s, next %q on %s", s.Billing, s.Next.What, account.When(s.Next))
	}
	_, s = standing(t, ledger(t), "2027-02-10T07:00:00Z")
	if s.Billing != contract.BillingGrace || len(s.Due) != 2 || s.Due[0].Kind != contract.ActReminder || s.Due[1].Permitted() {
		t.Errorf("%s, due %+v", s.Billing, s.Due)
	}
	if when := account.When(contract.Next{}); when != "" {
		t.Errorf("nothing happens %s", when)
	}
}

func TestASubscriptionToTheFreePlanIsFree(t *testing.T) {
	objects := ledger(t)
	objects.Subscriptions[0].Spec.PlanRef.Name = "free"
	objects.Subscriptions[0].Status.Billing.Payments = nil
	if _, s := standing(t, objects, "2030-01-15T17:00:00Z"); s.Billing != contract.BillingFree || !s.MayRun || s.SupportEntitled {
		t.Errorf("%s, may run %t, support %t", s.Billing, s.MayRun, s.SupportEntitled)
	}
}

func TestAMissingPolicyMeansTheDefaults(t *testing.T) {
	objects := ledger(t)
	objects.Policy = nil
	_, s := standing(t, objects, "2027-01-15T17:00:00Z")
	if got := s.Deadlines.Disable.At; !got.Equal(at(t, "2027-02-04T07:00:00Z")) {
		t.Errorf("users are disabled at %s", got)
	}
}

func TestTheFactsAreThoseOfTheObjects(t *testing.T) {
	objects := ledger(t)
	objects.Tenant.Spec.Hold = true
	objects.Policy.Spec.Freeze = true
	account, _ := standing(t, objects, "2027-01-15T17:00:00Z")
	f := account.Facts
	if !f.Hold || !f.Policy.Freeze || f.Assurances != (contract.Assurances{}) {
		t.Errorf("hold %t, freeze %t, assurances %+v", f.Hold, f.Policy.Freeze, f.Assurances)
	}
	if !f.Feed.FleetAsOf.Equal(at(t, "2027-01-31T06:00:00Z")) || !f.Feed.SubscriptionAsOf.Equal(at(t, "2026-12-31T18:05:00Z")) {
		t.Errorf("feed %+v", f.Feed)
	}
	if len(f.Payments) != 1 || f.Payments[0].AmountUSD.String() != "27.10" || f.Payments[0].ID != "pay-0001" {
		t.Errorf("payments %+v", f.Payments)
	}
}
