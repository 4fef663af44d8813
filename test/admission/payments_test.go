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

// applyPayments applies the full list of payments, as the billing system.
func applyPayments(t *testing.T, subscription *unstructured.Unstructured, payments ...map[string]any) error {
	t.Helper()
	return billing.Status().Apply(t.Context(), client.ApplyConfigurationFromUnstructured(told(subscription.GetName(), payments...)),
		client.FieldOwner("billing"), client.ForceOwnership)
}

// appendPayment adds one payment, as the billing system.
func appendPayment(t *testing.T, subscription *unstructured.Unstructured, p map[string]any) error {
	t.Helper()
	patch, err := json.Marshal([]any{map[string]any{"op": "add", "path": "/status/billing/payments/-", "value": p}})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return billing.Status().Patch(t.Context(), subscription.DeepCopy(), client.RawPatch(types.JSONPatchType, patch))
}

func TestAPaymentIsNeverRemoved(t *testing.T) {
	at(t, yearsEnd)
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
	at(t, yearsEnd)
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
	at(t, yearsEnd)
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
	at(t, yearsEnd)
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "shuffled"))
	g.Expect(tell(t, subscription, payment(3), payment(1))).To(Succeed())
	g.Expect(tell(t, subscription, payment(1), payment(2), payment(3))).To(Succeed())
	g.Expect(appendPayment(t, subscription, payment(4))).To(Succeed())
	g.Expect(applyPayments(t, subscription, payment(5), payment(4), payment(3), payment(2), payment(1))).To(Succeed())
	g.Expect(storedPayments(t, subscription)).To(ConsistOf(payment(1), payment(2), payment(3), payment(4), payment(5)))
}

// The full list may be sent as often as one likes. An append can't be told from
// another payment of the same id, so it is refused; nothing changes either way.
func TestTheSameRecordAgainChangesNothing(t *testing.T) {
	at(t, yearsEnd)
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "repeated"))
	reversed := with(payment(2), "reversedAt", "2027-02-20T00:00:00Z")
	g.Expect(applyPayments(t, subscription, payment(1), reversed)).To(Succeed())
	before := resourceVersion(t, subscription)

	for range 2 {
		g.Expect(applyPayments(t, subscription, payment(1), reversed)).To(Succeed())
		g.Expect(tell(t, subscription, payment(1), reversed)).To(Succeed())
	}
	expectRefusal(t, appendPayment(t, subscription, payment(1)), `status.billing.payments[2]: Duplicate value: {"id":"pay-0001"}`)
	g.Expect(resourceVersion(t, subscription)).To(Equal(before))
}

// An id stands for one payment. Another one under the same id is refused, in
// whichever way it comes.
func TestAnIdIsUsedOnce(t *testing.T) {
	at(t, yearsEnd)
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "reused"))
	g.Expect(tell(t, subscription, payment(1))).To(Succeed())
	other := with(payment(1), "amount", "4990.00")
	const edited = "a payment is never edited (pay-0001)"

	expectRefusal(t, appendPayment(t, subscription, other), `Duplicate value: {"id":"pay-0001"}`)
	expectRefusal(t, tell(t, subscription, other), edited)
	expectRefusal(t, applyPayments(t, subscription, other), edited)
	expectRefusal(t, tell(t, subscription, payment(1), payment(2), other), `Duplicate value: {"id":"pay-0001"}`)
	g.Expect(storedPayments(t, subscription)).To(ConsistOf(payment(1)))
}

// Periods may overlap, leave gaps, cover years, and lie behind or ahead.
func TestAPeriodMayBeAny(t *testing.T) {
	at(t, yearsEnd)
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "overlapping"))
	g.Expect(tell(t, subscription,
		payment(1), with(payment(2), "periodFrom", "2027-01-15"), with(payment(3), "periodTo", "2037-02-28"),
		with(with(payment(4), "periodFrom", "2020-01-01"), "periodTo", "2020-01-01"))).To(Succeed())
}

func TestAPaymentThatMakesNoSenseIsRefused(t *testing.T) {
	at(t, yearsEnd)
	subscription := create(t, sample(t, "Subscription", "senseless"))
	for _, c := range []struct {
		name    string
		payment map[string]any
		words   []string
	}{
		{"a period that ends before it begins", with(payment(2), "periodTo", "2027-01-31"),
			[]string{"status.billing.payments[0].periodTo", "payment pay-0002 ends before it begins: its periodTo lies before its periodFrom"}},
		{"a reversal before receipt", with(payment(2), "reversedAt", "2027-01-01T00:00:00Z"),
			[]string{"status.billing.payments[0].reversedAt", "payment pay-0002 is reversed before it was received"}},
		{"an invoice for money not received", with(payment(2), "receivedAt", nil),
			[]string{"status.billing.payments[0].receivedAt", "payment pay-0002 has no receivedAt: there is no invoice for money that was not received"}},
		{"a day that does not exist", with(payment(2), "periodTo", "2027-02-30"), []string{"must be of type date", "2027-02-30"}},
		{"an instant without a zone", with(payment(2), "receivedAt", "2027-02-01T18:00:00"), []string{"receivedAt", "must be of type date-time", "2027-02-01T18:00:00"}},
		{"a date for an instant", with(payment(2), "receivedAt", "2027-02-01"), []string{"receivedAt", "must be of type date-time"}},
		{"the zero instant of a program", with(payment(2), "receivedAt", "0001-01-01T00:00:00Z"), []string{"receivedAt", "must be an instant of this century"}},
		{"an amount with a comma", with(payment(2), "amount", "1,499.00"), []string{"payments[0].amount", `"1,499.00"`, `must be an amount such as "499.00"`}},
		{"three decimals", with(payment(2), "amount", "499.001"), []string{"payments[0].amount", `must be an amount such as "499.00"`}},
		{"an exponent", with(payment(2), "amount", "5e2"), []string{"payments[0].amount", `must be an amount such as "499.00"`}},
		{"a number", with(payment(2), "amount", 499.5), []string{"payments[0].amount", "must be of type string"}},
		{"a negative amount", with(payment(2), "amountUSD", "-27.10"), []string{"payments[0].amountUSD", `must be an amount such as "499.00"`}},
		{"a currency in small letters", with(payment(2), "currency", "mxn"), []string{"payments[0].currency", "three capital letters, such as MXN"}},
		{"a currency that nobody knows", with(payment(2), "currency", "XYZ"), []string{"payments[0].currency", `"XYZ"`, "must be the code of a currency in use, by ISO 4217"}},
		{"a currency that is gone", with(payment(2), "currency", "MXP"), []string{"payments[0].currency", `"MXP"`, "must be the code of a currency in use"}},
		{"no id", with(payment(2), "id", nil), []string{"status.billing.payments[0].id: Required value"}},
		{"an empty id", with(payment(2), "id", ""), []string{"payments[0].id", "at least 1 chars long"}},
		{"an id with a space at its end", with(payment(2), "id", "pay-0002 "), []string{"payments[0].id", "without spaces at its ends"}},
		{"an id of two lines", with(payment(2), "id", "pay\n0002"), []string{"payments[0].id", "without control characters"}},
		{"no amount", with(payment(2), "amount", nil), []string{"status.billing.payments[0].amount: Required value"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			expectRefusal(t, appendPayment(t, subscription, c.payment), c.words...)
		})
	}
}
