package admission

import (
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// patchStatus writes a status with a merge patch.
func patchStatus(t *testing.T, as client.Client, object *unstructured.Unstructured, patch string) error {
	t.Helper()
	return as.Status().Patch(t.Context(), object.DeepCopy(), client.RawPatch(types.MergePatchType, []byte(patch)))
}

func TestTheBillingSystemKeepsToItsFields(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "billed"))
	policy := at(t, present)
	g.Expect(patchStatus(t, operator, subscription, `{"status":{"paidThrough":"2027-01-30","dueDate":"2027-01-31"}}`)).To(Succeed())

	g.Expect(patchStatus(t, billing, subscription, `{"status":{"billing":{"asOf":"2027-01-31T06:00:00Z"}}}`)).To(Succeed())
	g.Expect(patchStatus(t, billing, policy, `{"status":{"billingFeed":{"asOf":"2027-01-31T06:00:00Z"}}}`)).To(Succeed())

	for name, err := range map[string]error{
		"change what the operator wrote": patchStatus(t, billing, subscription, `{"status":{"paidThrough":"2027-12-31"}}`),
		"remove what the operator wrote": patchStatus(t, billing, subscription, `{"status":{"dueDate":null}}`),
		"add what the operator writes":   patchStatus(t, billing, subscription, `{"status":{"liabilityCapUSD":"0"}}`),
		"do both at once":                patchStatus(t, billing, subscription, `{"status":{"billing":{"asOf":"2027-02-01T06:00:00Z"},"paidThrough":"2027-12-31"}}`),
		"close the breaker":              patchStatus(t, billing, policy, `{"status":{"breaker":{"state":"Closed"}}}`),
	} {
		t.Run(name, func(t *testing.T) {
			expectRefusal(t, err, "the billing system writes status.billing", "and nothing else; the other fields of the status are the operator's")
		})
	}
	expectRefusal(t, billing.Patch(t.Context(), subscription.DeepCopy(),
		client.RawPatch(types.MergePatchType, []byte(`{"spec":{"interval":"Annual"}}`))), `cannot patch resource "subscriptions"`)
}

func TestNobodyElseSaysWhoPaid(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "unbilled"))
	policy := at(t, present)
	const owner = "belongs to the billing system: system:serviceaccount:salexops-system:salexops-manager may not change it"

	expectRefusal(t, patchStatus(t, operator, subscription, `{"status":{"billing":{"asOf":"2027-01-31T06:00:00Z"}}}`), "status.billing "+owner)
	expectRefusal(t, patchStatus(t, operator, policy, `{"status":{"billingFeed":{"asOf":"2027-01-31T06:00:00Z"}}}`), "status.billingFeed "+owner)
	g.Expect(patchStatus(t, operator, subscription, `{"status":{"paidThrough":"2027-01-30"}}`)).To(Succeed())
	g.Expect(patchStatus(t, operator, policy, `{"status":{"breaker":{"state":"Closed"}}}`)).To(Succeed())
	g.Expect(patchStatus(t, admin, subscription, `{"status":{"billing":{"asOf":"2027-01-31T06:00:00Z"},"paidThrough":"2027-02-27"}}`)).
		To(Succeed(), "an administrator can mend things")
}

func TestADecisionAboutTermsStands(t *testing.T) {
	g := NewWithT(t)
	tenant := create(t, sample(t, "Tenant", "decided"))
	decide := func(decision string) error {
		return patchStatus(t, operator, tenant, fmt.Sprintf(`{"status":{"terms":[{"revision":"terms-2027-03","decision":%q}]}}`, decision))
	}
	g.Expect(decide("Accepted")).To(Succeed())
	g.Expect(decide("Accepted")).To(Succeed())
	expectRefusal(t, decide("Objected"), "status.terms[0]", "a tenant has one decision per revision, and it stands")
}

func TestAtMostOneLapseIsOpen(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "lapsed"))
	g.Expect(patchStatus(t, operator, subscription, `{"status":{"lapses":[
		{"openedOn":"2027-02-01","countsFrom":"2027-01-31","closedAt":"2027-02-02T10:00:00Z"},{"openedOn":"2027-03-02","countsFrom":"2027-03-01"}]}}`)).To(Succeed())
	expectRefusal(t, patchStatus(t, operator, subscription, `{"status":{"lapses":[
		{"openedOn":"2027-02-01","countsFrom":"2027-01-31"},{"openedOn":"2027-03-02","countsFrom":"2027-03-01"}]}}`), "status.lapses", "at most one lapse is open at a time")
}
