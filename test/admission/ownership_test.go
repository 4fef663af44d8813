package admission

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
	crmac "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
)

// billingsPart is the billing system's part of an object, byte by byte: the
// field, and who owns what of it.
func billingsPart(t *testing.T, object *unstructured.Unstructured, field string) string {
	t.Helper()
	g := NewWithT(t)
	live := object.DeepCopy()
	g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(live), live)).To(Succeed())
	value, _, err := unstructured.NestedFieldNoCopy(live.Object, "status", field)
	g.Expect(err).NotTo(HaveOccurred())
	var owners []metav1.ManagedFieldsEntry
	for _, entry := range live.GetManagedFields() {
		if strings.Contains(entry.FieldsV1.GetRawString(), fmt.Sprintf(`"f:%s"`, field)) {
			owners = append(owners, entry)
		}
	}
	g.Expect(owners).NotTo(BeEmpty())
	part, err := json.Marshal([]any{value, owners})
	g.Expect(err).NotTo(HaveOccurred())
	return string(part)
}

// Whatever the operator writes, and in whichever way, what the billing system
// wrote stays as it is and stays its own (contract.md 12.17).
func TestTheOperatorLeavesBillingsPartAlone(t *testing.T) {
	g := NewWithT(t)
	policy := at(t, present)
	subscription := create(t, sample(t, "Subscription", "owned"))
	g.Expect(appendPayment(t, subscription, payment(1))).To(Succeed())
	g.Expect(applyPayments(t, subscription, payment(1), with(payment(2), "reversedAt", "2027-02-20T00:00:00Z"))).To(Succeed())
	g.Expect(patchStatus(t, billing, subscription, asOfPatch("billing", present))).To(Succeed())
	g.Expect(patchStatus(t, billing, policy, asOfPatch("billingFeed", present))).To(Succeed())
	told, fed := billingsPart(t, subscription, "billing"), billingsPart(t, policy, "billingFeed")

	closed := metav1.Unix(1801440000, 0)
	for name, write := range map[string]func() error{
		"applies what follows": func() error {
			return operator.Status().Apply(t.Context(), crmac.Subscription("owned", accounts).WithStatus(
				crmac.SubscriptionStatus().WithPaidThrough("2027-01-28").WithDueDate("2027-01-29").WithLiabilityCapUSD("500")),
				client.FieldOwner(crmv1.StandingFieldOwner), client.ForceOwnership)
		},
		"applies less than before": func() error {
			return operator.Status().Apply(t.Context(), crmac.Subscription("owned", accounts).WithStatus(
				crmac.SubscriptionStatus().WithPaidThrough("2027-01-28")), client.FieldOwner(crmv1.StandingFieldOwner), client.ForceOwnership)
		},
		"applies an empty status": func() error {
			return operator.Status().Apply(t.Context(), crmac.Subscription("owned", accounts).WithStatus(crmac.SubscriptionStatus()),
				client.FieldOwner(crmv1.StandingFieldOwner), client.ForceOwnership)
		},
		"records a lapse": func() error {
			return operator.Status().Apply(t.Context(), crmac.Subscription("owned", accounts).WithStatus(crmac.SubscriptionStatus().WithLapses(
				crmac.Lapse().WithOpenedOn("2027-02-01").WithCountsFrom("2027-01-31").WithClosedAt(closed))),
				client.FieldOwner(crmv1.StorageFieldOwner), client.ForceOwnership)
		},
		"merges":                  func() error { return patchStatus(t, operator, subscription, `{"status":{"dueDate":"2027-01-29"}}`) },
		"merges into the policy":  func() error { return patchStatus(t, operator, policy, `{"status":{"breaker":{"state":"Tripped"}}}`) },
		"replaces a whole status": func() error { return replaceStatus(t, subscription, "dueDate", "2027-01-30") },
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(write()).To(Succeed())
			NewWithT(t).Expect(billingsPart(t, subscription, "billing")).To(Equal(told))
			NewWithT(t).Expect(billingsPart(t, policy, "billingFeed")).To(Equal(fed))
		})
	}
}

// What would change billing's part is refused, not merged: an operator with a
// stale copy of the object can take nothing back.
func TestAStaleOperatorTakesNothingBack(t *testing.T) {
	g := NewWithT(t)
	at(t, present)
	subscription := create(t, sample(t, "Subscription", "stale"))
	g.Expect(tell(t, subscription, payment(1))).To(Succeed())
	told := billingsPart(t, subscription, "billing")
	for _, patch := range []string{`{"status":null}`, `{"status":{"billing":null}}`, `{"status":{"billing":{"payments":[]}}}`} {
		expectRefusal(t, patchStatus(t, operator, subscription, patch), "a payment is never removed (missing: pay-0001)")
	}
	expectRefusal(t, patchStatus(t, operator, subscription, asOfPatch("billing", present)), "status.billing belongs to the billing system")
	stale := subscription.DeepCopy()
	g.Expect(operator.Status().Update(t.Context(), stale)).To(MatchError(ContainSubstring("the object has been modified")))
	g.Expect(billingsPart(t, subscription, "billing")).To(Equal(told))
}

// replaceStatus writes a whole status back, with one field changed.
func replaceStatus(t *testing.T, object *unstructured.Unstructured, field, value string) error {
	t.Helper()
	live := object.DeepCopy()
	NewWithT(t).Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(live), live)).To(Succeed())
	set(t, live, "status."+field, value)
	return operator.Status().Update(t.Context(), live)
}
