package plugin_test

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// payments are those that the ledger has of a tenant.
func payments(t *testing.T, namespace, name string) []v1alpha1.Payment {
	t.Helper()
	var s v1alpha1.Subscription
	if err := admin.Get(t.Context(), client.ObjectKey{Namespace: namespace, Name: name}, &s); err != nil {
		t.Fatal(err)
	}
	return s.Status.Billing.Payments
}

func TestTheBillingSystemRecordsAPayment(t *testing.T) {
	g := NewWithT(t)
	ns := namespace(t, "pay")
	policyAt(t, "2027-02-23T16:14:00Z", nil)
	registered(t, ns, "botica", "team", paidStanding(v1alpha1.BillingDisabled, false), &v1alpha1.SubscriptionStatus{
		Billing: firstMonth(t), Lapses: lapse(t, func(l *v1alpha1.Lapse) { l.DisabledAt = at(t, "2027-02-04T07:00:02Z") }),
	})
	pay := []string{"pay", "botica", "-n", ns, "--id", "pay-0002", "--amount-usd", "27.35"}

	salexops(t, billing, "", append(pay, "--dry-run=server")...).succeeds(t, "Dry run (server), nothing is changed: botica paid 499.00 MXN for 31 Jan – 27 Feb")
	g.Expect(payments(t, ns, "botica")).To(HaveLen(1), "a dry run keeps nothing")

	salexops(t, billing, "", pay...).succeeds(t, "now      Current    paid through 27 Feb 2027   payment due 28 Feb")
	all := payments(t, ns, "botica")
	g.Expect(all).To(HaveLen(2))
	g.Expect(all[1].ReceivedAt.Equal(at(t, "2027-02-23T16:14:00Z"))).To(BeTrue(), "the contract's present, and not the machine's")

	salexops(t, billing, "", pay...).succeeds(t, "The ledger had that already: nothing was changed.")
	g.Expect(payments(t, ns, "botica")).To(HaveLen(2))
	salexops(t, billing, "", append(pay, "--amount", "500.00")...).fails(t, 2, "recorded already with another amount")
}

func TestAFirstPaymentGoesToASubscriptionWithoutAny(t *testing.T) {
	ns := namespace(t, "pay-first")
	policyAt(t, "2027-01-04T16:00:00Z", nil)
	registered(t, ns, "minera", "team", nil, nil)
	salexops(t, billing, "", "pay", "minera", "-n", ns, "--id", "pay-0001", "--amount-usd", "27.10", "--invoice", "A-1").
		succeeds(t, "minera paid 499.00 MXN for 31 Dec 2026 – 30 Jan", "before   Pending   never paid", "now      Current")
	NewWithT(t).Expect(payments(t, ns, "minera")).To(HaveLen(1))
}

func TestNobodyElseRecordsAPayment(t *testing.T) {
	g := NewWithT(t)
	ns := namespace(t, "pay-refused")
	policyAt(t, "2027-02-23T16:14:00Z", nil)
	registered(t, ns, "botica", "team", nil, &v1alpha1.SubscriptionStatus{Billing: firstMonth(t)})
	pay := []string{"pay", "botica", "-n", ns, "--id", "pay-0002", "--amount-usd", "27.35"}

	for name, who := range map[string]string{"a viewer": viewer, "a platform engineer": engineer} {
		t.Run(name, func(t *testing.T) {
			salexops(t, who, "", pay...).fails(t, 1, "recording the payment in Subscription botica was refused", who,
				"update subscriptions/billing", "ClusterRole salexops-billing")
		})
	}
	t.Run("who may write the status, and not what billing owns", func(t *testing.T) {
		// The API server takes a moment to notice a new admission policy.
		NewWithT(t).Eventually(func() string { return salexops(t, half, "", append(pay, "--dry-run=server")...).problems }).
			WithTimeout(time.Minute).WithPolling(time.Second).
			Should(ContainSubstring("was refused: status.billing belongs to the billing system: " + half + " may not change it"))
	})
	g.Expect(payments(t, ns, "botica")).To(HaveLen(1))
}

func TestWhatTheClusterRefusesIsSaidInItsWords(t *testing.T) {
	ns := namespace(t, "pay-invalid")
	policyAt(t, "2027-02-23T16:14:00Z", nil)
	registered(t, ns, "botica", "team", nil, &v1alpha1.SubscriptionStatus{Billing: firstMonth(t)})
	salexops(t, billing, "", "pay", "botica", "-n", ns, "--id", "pay-0002", "--amount", "007.00", "--amount-usd", "0.40").
		fails(t, 1, "must be an amount such as")
}
