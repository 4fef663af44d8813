package facts_test

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

func TestEveryReasonSaysWhatToDoAndWhere(t *testing.T) {
	for _, c := range []struct {
		spoil  func(*facts.Objects)
		reason contract.Reason
		says   []string
	}{
		{func(o *facts.Objects) { o.Tenant.Spec.Owner.EmailConfirmedAt = nil }, contract.AddressUnconfirmed,
			[]string{"lucia@acme.example", "spec.owner.emailConfirmedAt", "Tenant acme"}},
		{func(o *facts.Objects) { o.Tenant.Spec.Owner.AdultDeclaredAt = nil }, contract.AttestationMissing,
			[]string{"spec.owner.adultDeclaredAt", "Tenant acme"}},
		{func(o *facts.Objects) { o.Tenant.Spec.Owner.HumanVerification = nil }, contract.AttestationMissing,
			[]string{"spec.owner.humanVerification", "Tenant acme"}},
		{func(o *facts.Objects) { o.Tenant.Spec.Owner.HumanVerification.Reference = "" }, contract.AttestationMissing,
			[]string{"spec.owner.humanVerification", "reference"}},
		{func(o *facts.Objects) { o.Tenant.Spec.AcceptedDocuments = o.Tenant.Spec.AcceptedDocuments[:1] }, contract.DocumentNotAccepted,
			[]string{"the PrivacyPolicy", "spec.acceptedDocuments", "Tenant acme"}},
		{func(o *facts.Objects) { o.Tenant.Spec.AcceptedDocuments = nil }, contract.DocumentNotAccepted,
			[]string{"the TermsOfService and the PrivacyPolicy"}},
		{func(o *facts.Objects) { o.Subscriptions = nil }, contract.SubscriptionMissing,
			[]string{"namespace salexops-accounts", "spec.tenantRef.name acme", "create one"}},
		{func(o *facts.Objects) { o.Subscriptions[0].Spec.TenantRef.Name = "globex" }, contract.SubscriptionMissing, nil},
		{func(o *facts.Objects) { o.Subscriptions[0].Namespace = "elsewhere" }, contract.SubscriptionMissing, nil},
		{func(o *facts.Objects) {
			second := *o.Subscriptions[0].DeepCopy()
			second.Name = "acme-2"
			o.Subscriptions = append([]v1alpha1.Subscription{second}, o.Subscriptions...)
		}, contract.SubscriptionAmbiguous, []string{"acme, acme-2", "spec.tenantRef.name acme", "delete all but one"}},
		{func(o *facts.Objects) { o.Subscriptions[0].Spec.PlanRef.Name = "gold" }, contract.PlanNotFound,
			[]string{"Plan gold does not exist", "spec.planRef.name", "Subscription acme", "free, team"}},
		{func(o *facts.Objects) {
			o.Subscriptions[0].Status.PlanPeriods = []v1alpha1.PlanPeriod{
				{From: "2026-12-31", PlanRef: v1alpha1.PlanReference{Name: "bronze"}, Interval: "Monthly"}}
		}, contract.PlanNotFound, []string{"Plan bronze does not exist"}},
		{func(o *facts.Objects) { o.Subscriptions[0].Status.Billing.Payments = nil }, contract.NeverPaid,
			[]string{"Plan team costs money", "Subscription acme", "status.billing.payments"}},
		{func(o *facts.Objects) {
			o.Subscriptions[0].Status.Billing.Payments[0].PeriodFrom = "2027-01-20"
		}, contract.NeverPaid, []string{"begins on 2027-01-20", "wait"}},
		{func(o *facts.Objects) {
			o.Subscriptions[0].Status.Billing.Payments = nil
			o.Tenant.Status.Standing = &v1alpha1.Standing{
				Billing: v1alpha1.BillingCurrent, Lifecycle: v1alpha1.LifecycleActive, PaidThrough: "2027-01-30"}
		}, contract.BillingDataLost, []string{"Subscription acme", "2027-01-30", "status.billing.payments"}},
	} {
		objects := ledger(t)
		c.spoil(&objects)
		account, s := standing(t, objects, "2027-01-15T17:00:00Z")
		reason, message := account.Registered(s)
		if reason != c.reason {
			t.Errorf("%s, not %s: %s", reason, c.reason, message)
		}
		for _, part := range c.says {
			if !strings.Contains(message, part) {
				t.Errorf("%s: %q doesn't say %q", reason, message, part)
			}
		}
		if !strings.HasSuffix(message, ".") {
			t.Errorf("%s: %q is no sentence", reason, message)
		}
	}
}

func TestNobodyIsRegisteredOnAnothersSubscription(t *testing.T) {
	objects := ledger(t)
	foreign := *objects.Subscriptions[0].DeepCopy()
	foreign.Name, foreign.Spec.TenantRef.Name = "globex", "globex"
	objects.Subscriptions = append(objects.Subscriptions, foreign)
	account, s := standing(t, objects, "2027-01-15T17:00:00Z")
	if !s.Registered() || account.Subscription.Name != "acme" {
		t.Errorf("missing %v, subscription %v", s.Missing, account.Subscription)
	}
}
