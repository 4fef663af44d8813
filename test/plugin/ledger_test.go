package plugin_test

import (
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

// at is an instant of the ledger.
func at(t *testing.T, text string) *metav1.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return &metav1.Time{Time: instant}
}

// policyAt sets the one policy so that the contract is at an instant, by the test
// clock, with a feed that is complete to then.
func policyAt(t *testing.T, now string, change func(*v1alpha1.PlatformPolicyStatus)) {
	t.Helper()
	var policy v1alpha1.PlatformPolicy
	if err := admin.Get(t.Context(), client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, &policy); err != nil {
		t.Fatal(err)
	}
	policy.Spec.TestClock = &v1alpha1.TestClock{Now: *at(t, now)}
	if err := admin.Update(t.Context(), &policy); err != nil {
		t.Fatalf("setting the test clock: %v", err)
	}
	policy.Status = v1alpha1.PlatformPolicyStatus{BillingFeed: v1alpha1.BillingFeed{AsOf: at(t, now)}}
	if change != nil {
		change(&policy.Status)
	}
	saveStatus(t, &policy)
}

// registered makes a tenant on a plan, with the standing that the operator would
// have written.
func registered(t *testing.T, namespace, name, plan string, standing *v1alpha1.Standing, status *v1alpha1.SubscriptionStatus) {
	t.Helper()
	tenant := controlplane.Tenant(name)
	tenant.Namespace = namespace
	create(t, tenant)
	tenant.Status.Standing = standing
	saveStatus(t, tenant)
	subscription := controlplane.Subscription(name, plan)
	subscription.Namespace = namespace
	create(t, subscription)
	if status != nil {
		subscription.Status = *status
		saveStatus(t, subscription)
	}
}

func saveStatus(t *testing.T, object client.Object) {
	t.Helper()
	if err := admin.Status().Update(t.Context(), object); err != nil {
		t.Fatalf("saving the status of %T %s: %v", object, object.GetName(), err)
	}
}

// firstMonth is a payment for 31 December to 30 January.
func firstMonth(t *testing.T) v1alpha1.Billing {
	t.Helper()
	return v1alpha1.Billing{Payments: []v1alpha1.Payment{{
		ID: "pay-0001", ReceivedAt: *at(t, "2026-12-31T18:00:00Z"), Amount: "499.00", Currency: "MXN", AmountUSD: "27.10",
		PeriodFrom: "2026-12-31", PeriodTo: "2027-01-30",
	}}}
}

// lapse is the one that follows it, with what was done in its course.
func lapse(t *testing.T, change func(*v1alpha1.Lapse)) []v1alpha1.Lapse {
	t.Helper()
	days := int32(30)
	l := v1alpha1.Lapse{
		OpenedOn: "2027-02-01", CountsFrom: "2027-01-31", DueDate: "2027-01-31",
		Policy:  &v1alpha1.PinnedLapsePolicy{DisableAfterDays: 3, PurgeNoticeAfterDays: 20, PurgeNoticeDays: 5, PurgeAfterDays: &days},
		GraceAt: at(t, "2027-02-01T07:00:00Z"), RemindedAt: at(t, "2027-02-01T07:00:31Z"),
	}
	if change != nil {
		change(&l)
	}
	return []v1alpha1.Lapse{l}
}

// paidStanding is that of a paid tenant in a state of billing.
func paidStanding(billing v1alpha1.BillingState, mayRun bool) *v1alpha1.Standing {
	access := v1alpha1.AccessClosed
	if mayRun {
		access = v1alpha1.AccessOpen
	}
	return &v1alpha1.Standing{
		Plan: "team", PlanTier: v1alpha1.TierPaid, Billing: billing, Conduct: v1alpha1.ConductGood, Lifecycle: v1alpha1.LifecycleActive,
		Access: access, MayRun: mayRun, PaidThrough: "2027-01-30", Summary: string(billing),
	}
}
