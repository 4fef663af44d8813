package plugin_test

import (
	"testing"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func tenant(t *testing.T, namespace, name string) *v1alpha1.Tenant {
	t.Helper()
	var live v1alpha1.Tenant
	if err := admin.Get(t.Context(), client.ObjectKey{Namespace: namespace, Name: name}, &live); err != nil {
		t.Fatal(err)
	}
	return &live
}

func TestAPlatformEngineerHoldsAndReleases(t *testing.T) {
	g := NewWithT(t)
	ns := namespace(t, "hold")
	policyAt(t, "2027-03-03T16:00:00Z", nil)
	registered(t, ns, "botica", "team", paidStanding(v1alpha1.BillingPurgeScheduled, false), &v1alpha1.SubscriptionStatus{
		Billing: firstMonth(t),
		Lapses: lapse(t, func(l *v1alpha1.Lapse) {
			l.DisabledAt, l.NoticeDeliveredAt = at(t, "2027-02-04T07:00:02Z"), at(t, "2027-02-20T07:00:41Z")
		}),
	})
	salexops(t, viewer, "", "hold", "botica", "-n", ns).fails(t, 1, "was refused", "ClusterRole salexops-platform-engineer")

	salexops(t, engineer, "", "hold", "botica", "-n", ns, "--reason", "the invoice is disputed").
		succeeds(t, "botica is on hold (the invoice is disputed).")
	held := tenant(t, ns, "botica")
	g.Expect(held.Spec.Hold).To(BeTrue())
	g.Expect(held.Annotations).To(HaveKeyWithValue("crm.salexops.com/hold-reason", "the invoice is disputed"))
	salexops(t, engineer, "", "due", "-n", ns).succeeds(t, "documents are deleted   due 31 Jan, told 20 Feb   hold")

	salexops(t, engineer, "", "release", "botica", "-n", ns).fails(t, 1, "Only the hold keeps the data of botica from being deleted right now")
	salexops(t, engineer, "botica\n", "release", "botica", "-n", ns).succeeds(t, "botica is no longer on hold", "documents are deleted now")
	released := tenant(t, ns, "botica")
	g.Expect(released.Spec.Hold).To(BeFalse())
	g.Expect(released.Annotations).NotTo(HaveKey("crm.salexops.com/hold-reason"))
}

func TestAPlatformEngineerAcknowledgesATrip(t *testing.T) {
	g := NewWithT(t)
	tripped := at(t, "2027-02-24T07:00:01Z")
	policyAt(t, "2027-02-24T16:00:00Z", func(status *v1alpha1.PlatformPolicyStatus) {
		status.Breaker = &v1alpha1.BreakerStatus{
			State: v1alpha1.BreakerTripped, Disable: &v1alpha1.BreakerTrip{TrippedAt: *tripped, Due: 47, Limit: 31},
		}
	})
	salexops(t, viewer, "", "acknowledge", "--yes").fails(t, 1, "was refused", "ClusterRole salexops-platform-engineer")
	salexops(t, engineer, "31\n", "acknowledge").fails(t, 1, `"31" is not 47: nothing was changed`)
	salexops(t, engineer, "47\n", "acknowledge").succeeds(t, "Acknowledged")

	var policy v1alpha1.PlatformPolicy
	g.Expect(admin.Get(t.Context(), client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, &policy)).To(Succeed())
	g.Expect(policy.Spec.Breaker.AcknowledgedTrip.Equal(tripped)).To(BeTrue())
	salexops(t, engineer, "", "status", "-n", "default").succeeds(t, "tripped, acknowledged; the operator has not seen that yet")
}
