package admission

import (
	"encoding/json"
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// payment is a good payment of the given number, for one month of 2027.
func payment(month int) map[string]any {
	return map[string]any{
		"id":         fmt.Sprintf("pay-%04d", month),
		"receivedAt": fmt.Sprintf("2027-%02d-01T18:00:00Z", month),
		"amount":     "499.00", "currency": "MXN", "amountUSD": "27.10",
		"periodFrom": fmt.Sprintf("2027-%02d-01", month),
		"periodTo":   fmt.Sprintf("2027-%02d-28", month),
		"invoiceRef": fmt.Sprintf("A-%04d", month),
	}
}

// with returns the payment with one field changed; nil takes the field away.
func with(p map[string]any, field string, value any) map[string]any {
	changed := map[string]any{}
	for k, v := range p {
		changed[k] = v
	}
	if changed[field] = value; value == nil {
		delete(changed, field)
	}
	return changed
}

// tell writes the full list of payments, as the billing system.
func tell(t *testing.T, subscription *unstructured.Unstructured, payments ...map[string]any) error {
	t.Helper()
	list := make([]any, len(payments))
	for i, p := range payments {
		list[i] = p
	}
	patch, err := json.Marshal(map[string]any{"status": map[string]any{"billing": map[string]any{"payments": list}}})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return billing.Status().Patch(t.Context(), subscription.DeepCopy(), client.RawPatch(types.MergePatchType, patch))
}

// append adds one payment, as the billing system.
func appendPayment(t *testing.T, subscription *unstructured.Unstructured, p map[string]any) error {
	t.Helper()
	patch, err := json.Marshal([]any{map[string]any{"op": "add", "path": "/status/billing/payments/-", "value": p}})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return billing.Status().Patch(t.Context(), subscription.DeepCopy(), client.RawPatch(types.JSONPatchType, patch))
}

func TestAPaymentIsNeverRemoved(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "kept"))
	g.Expect(tell(t, subscription, payment(1), payment(2), payment(3))).To(Succeed())
	const undo = "to undo one, set its reversedAt"

	expectRefusal(t, tell(t, subscription, payment(2), payment(3)),
		"status.billing.payments: Forbidden: a payment is never removed (missing: pay-0001); "+undo)
	expectRefusal(t, tell(t, subscription, payment(1), payment(3), payment(4)),
		"a payment is never removed (missing: pay-0002); "+undo)
	expectRefusal(t, tell(t, subscription),
		"a payment is never removed (missing: pay-0001 and others); "+undo)
	for _, patch := range []string{`{"status":{"billing":null}}`, `{"status":{"billing":{"payments":null}}}`, `{"status":null}`} {
		err := admin.Status().Patch(t.Context(), subscription.DeepCopy(), client.RawPatch(types.MergePatchType, []byte(patch)))
		expectRefusal(t, err, "a payment is never removed (missing: pay-0001")
	}
	err := billing.Status().Patch(t.Context(), subscription.DeepCopy(),
		client.RawPatch(types.JSONPatchType, []byte(`[{"op":"remove","path":"/status/billing/payments/1"}]`)))
	expectRefusal(t, err, "a payment is never removed (missing: pay-0002); "+undo)
}

func TestAPaymentIsNeverEdited(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "unedited"))
	g.Expect(tell(t, subscription, payment(1), payment(2))).To(Succeed())
	for field, value := range map[string]any{
		"receivedAt": "2027-02-01T18:00:01Z",
		"amount":     "498.00",
		"currency":   "USD",
		"amountUSD":  "27.11",
		"periodFrom": "2027-02-02",
		"periodTo":   "2027-12-31",
		"invoiceRef": nil,
	} {
		t.Run(field, func(t *testing.T) {
			expectRefusal(t, tell(t, subscription, payment(1), with(payment(2), field, value)),
				"a payment is never edited (pay-0002); to undo it, set its reversedAt, and add the correct one under a new id")
		})
	}
}

func TestAReversalIsSetOnceAndStays(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "reversed"))
	g.Expect(tell(t, subscription, payment(1), payment(2))).To(Succeed())
	reversed := with(payment(1), "reversedAt", "2027-02-20T00:00:00Z")
	const stays = "reversedAt of payment pay-0001 has been set and stays"

	g.Expect(tell(t, subscription, reversed, payment(2))).To(Succeed())
	expectRefusal(t, tell(t, subscription, with(payment(1), "reversedAt", "2027-02-21T00:00:00Z"), payment(2)), stays)
	expectRefusal(t, tell(t, subscription, payment(1), payment(2)), stays)
	g.Expect(tell(t, subscription, reversed, payment(2))).To(Succeed(), "saying the same again changes nothing")
}

// Their order says nothing, and a message that arrives twice does no harm
// (contract.md 3.3).
func TestPaymentsMayArriveInAnyOrder(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "shuffled"))
	g.Expect(tell(t, subscription, payment(3), payment(1))).To(Succeed())
	g.Expect(tell(t, subscription, payment(1), payment(2), payment(3))).To(Succeed())
	g.Expect(tell(t, subscription, payment(1), payment(2), payment(3))).To(Succeed())
	g.Expect(appendPayment(t, subscription, payment(4))).To(Succeed())
	expectRefusal(t, appendPayment(t, subscription, payment(4)), "status.billing.payments[4]", "Duplicate value")
}

func TestAPaymentThatMakesNoSenseIsRefused(t *testing.T) {
	subscription := create(t, sample(t, "Subscription", "senseless"))
	for _, c := range []struct {
		name    string
		payment map[string]any
		words   []string
	}{
		{"a period that ends before it begins", with(payment(2), "periodTo", "2027-01-31"), []string{"periodTo", "periodTo of payment pay-0002 lies before its periodFrom"}},
		{"a reversal before receipt", with(payment(2), "reversedAt", "2027-01-01T00:00:00Z"), []string{"reversedAt", "payment pay-0002 is reversed before it was received"}},
		{"an invoice for money not received", with(payment(2), "receivedAt", nil), []string{"status.billing.payments[0].receivedAt: Required value"}},
		{"a day that does not exist", with(payment(2), "periodTo", "2027-02-30"), []string{"must be of type date", "2027-02-30"}},
		{"an amount with a comma", with(payment(2), "amount", "1,499.00"), []string{"amount", `must be an amount such as "499.00"`}},
		{"a negative amount", with(payment(2), "amountUSD", "-27.10"), []string{"amountUSD", `must be an amount such as "499.00"`}},
		{"a currency by its name", with(payment(2), "currency", "mxn"), []string{"currency", "three capital letters, such as MXN"}},
		{"no id", with(payment(2), "id", nil), []string{"status.billing.payments[0].id: Required value"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expectRefusal(t, appendPayment(t, subscription, c.payment), c.words...)
		})
	}
}

// Twenty years of months fit (contract.md 12.10), and the rules stay within
// the API server's budget at that size.
func TestTwentyYearsOfMonthsFit(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "old"))
	many := make([]map[string]any, 240)
	for i := range many {
		many[i] = with(payment(1), "id", fmt.Sprintf("payment-of-a-system-that-has-long-identifiers-for-each-one-%04d", i))
	}
	g.Expect(tell(t, subscription, many...)).To(Succeed())
	many[239] = with(many[239], "reversedAt", "2027-02-20T00:00:00Z")
	g.Expect(tell(t, subscription, many...)).To(Succeed())
	expectRefusal(t, tell(t, subscription, many[:239]...), "a payment is never removed", "one-0239")
}
