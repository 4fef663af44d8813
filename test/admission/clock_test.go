package admission

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// at makes an instant the present, by the policy's test clock: what these tests
// tell of lies in the past, whenever they run. It returns once the API server
// has noticed.
func at(t *testing.T, instant string) *unstructured.Unstructured {
	t.Helper()
	policy := sample(t, "PlatformPolicy", "default")
	set(t, policy, "spec.testClock", map[string]any{"now": instant})
	create(t, policy)
	noticed(t, later(t, instant, time.Hour), "it is "+instant+" by PlatformPolicy.spec.testClock")
	return policy
}

// noticed waits until the API server refuses an asOf with the given words,
// which says what it takes for the present.
func noticed(t *testing.T, asOf, words string) {
	t.Helper()
	NewWithT(t).Eventually(func() error {
		return billing.Status().Patch(t.Context(), object("crm.salexops.com/v1alpha1", "Subscription", accounts, "probe"),
			client.RawPatch(types.MergePatchType, []byte(asOfPatch("billing", asOf))), client.DryRunAll)
	}, patience).Should(MatchError(ContainSubstring(words)))
}

// asOfPatch says up to when everything has been told.
func asOfPatch(field, instant string) string {
	return fmt.Sprintf(`{"status":{%q:{"asOf":%q}}}`, field, instant)
}

// later is an instant that lies so much after another.
func later(t *testing.T, instant string, by time.Duration) string {
	t.Helper()
	parsed, err := time.Parse(time.RFC3339, instant)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return parsed.Add(by).UTC().Format(time.RFC3339)
}

// received is a payment that came at the instant.
func received(id, instant string) map[string]any {
	return with(with(payment(1), "id", id), "receivedAt", instant)
}

const (
	// present is the day that most of these tests live in.
	present = "2027-03-15T18:00:00Z"
	// yearsEnd lies after every payment(month).
	yearsEnd = "2027-12-31T18:00:00Z"
)

func TestMoneyThatHasNotComeYetIsRefused(t *testing.T) {
	g := NewWithT(t)
	at(t, present)
	subscription := create(t, sample(t, "Subscription", "early"))
	g.Expect(appendPayment(t, subscription, received("pay-0001", later(t, present, 5*time.Minute)))).To(Succeed(), "clocks differ")

	tooEarly := received("pay-0002", later(t, present, 5*time.Minute+time.Second))
	words := []string{
		"Subscription early: payment pay-0002 has receivedAt 2027-03-15T18:05:01Z, which lies in the future",
		"it is 2027-03-15T18:00:00Z by PlatformPolicy.spec.testClock", "Tell of a payment once the money is there",
	}
	expectRefusal(t, appendPayment(t, subscription, tooEarly), words...)
	expectRefusal(t, tell(t, subscription, received("pay-0001", later(t, present, 5*time.Minute)), tooEarly), words...)
	expectRefusal(t, applyPayments(t, subscription, received("pay-0001", later(t, present, 5*time.Minute)), tooEarly), words...)
	expectRefusal(t, appendPayment(t, subscription, received("pay-0003", "2027-03-15T18:00:00-07:00")),
		"payment pay-0003 has receivedAt 2027-03-15T18:00:00-07:00, which lies in the future")
	g.Expect(appendPayment(t, subscription, received("pay-0003", "2027-03-15T11:00:00-07:00"))).To(Succeed(), "the same instant as the present")
}

func TestAChargebackThatHasNotHappenedYetIsRefused(t *testing.T) {
	g := NewWithT(t)
	at(t, present)
	subscription := create(t, sample(t, "Subscription", "not-charged-back"))
	g.Expect(tell(t, subscription, payment(1), payment(2))).To(Succeed())

	for _, write := range []func(*testing.T, *unstructured.Unstructured, ...map[string]any) error{tell, applyPayments} {
		expectRefusal(t, write(t, subscription, payment(1), with(payment(2), "reversedAt", later(t, present, time.Hour))),
			"Subscription not-charged-back: payment pay-0002 has reversedAt 2027-03-15T19:00:00Z, which lies in the future",
			"Tell of a chargeback once it has happened")
	}
	g.Expect(tell(t, subscription, payment(1), with(payment(2), "reversedAt", present))).To(Succeed())
}

// A feed that claims to be complete up to next year would take the guard away
// that keeps silence from being read as non-payment (contract.md 4).
func TestNobodyKnowsWhatHasNotHappenedYet(t *testing.T) {
	g := NewWithT(t)
	policy := at(t, present)
	subscription := create(t, sample(t, "Subscription", "foreseen"))
	for _, c := range []struct {
		object *unstructured.Unstructured
		field  string
		words  string
	}{
		{subscription, "billing", "Subscription foreseen: status.billing.asOf is 2028-01-01T00:00:00Z, which lies in the future"},
		{policy, "billingFeed", "PlatformPolicy default: status.billingFeed.asOf is 2028-01-01T00:00:00Z, which lies in the future"},
	} {
		t.Run(c.field, func(*testing.T) {
			expectRefusal(t, patchStatus(t, billing, c.object, asOfPatch(c.field, "2028-01-01T00:00:00Z")), c.words)
			g.Expect(patchStatus(t, billing, c.object, asOfPatch(c.field, later(t, present, 5*time.Minute)))).To(Succeed(), "clocks differ")
			expectRefusal(t, patchStatus(t, billing, c.object, asOfPatch(c.field, later(t, present, 6*time.Minute))), "lies in the future")
			g.Expect(patchStatus(t, billing, c.object, asOfPatch(c.field, "2027-03-01T00:00:00Z"))).To(Succeed(), "it may be set back")
		})
	}
}

// What was told once is never looked at again: a clock that is set back would
// otherwise keep every later payment out.
func TestWhatWasToldBeforeIsNotLookedAtAgain(t *testing.T) {
	g := NewWithT(t)
	policy := at(t, present)
	subscription := create(t, sample(t, "Subscription", "set-back"))
	g.Expect(tell(t, subscription, payment(1), with(payment(2), "reversedAt", "2027-02-20T00:00:00Z"))).To(Succeed())
	g.Expect(patchStatus(t, billing, subscription, asOfPatch("billing", present))).To(Succeed())
	g.Expect(patchStatus(t, billing, policy, asOfPatch("billingFeed", present))).To(Succeed())

	const before = "2026-12-01T00:00:00Z"
	g.Expect(merge(t, policy, fmt.Sprintf(`{"spec":{"testClock":{"now":%q}}}`, before))).To(Succeed())
	noticed(t, "2026-12-02T00:00:00Z", "it is "+before)
	g.Expect(appendPayment(t, subscription, received("pay-0000", before))).To(Succeed())
	g.Expect(patchStatus(t, operator, subscription, `{"status":{"paidThrough":"2027-01-28"}}`)).To(Succeed())
	g.Expect(patchStatus(t, operator, policy, `{"status":{"breaker":{"state":"Closed"}}}`)).To(Succeed())
}

// Without a test clock the present is the API server's own, and with one that
// the operator refuses too. Nothing here depends on what day it is: the server
// is asked first.
func TestThePresentIsTheClockOfTheServer(t *testing.T) {
	g := NewWithT(t)
	policy := create(t, sample(t, "PlatformPolicy", "default"))
	now := policy.GetCreationTimestamp().UTC()
	instant := func(by time.Duration) string { return now.Add(by).Format(time.RFC3339) }
	noticed(t, instant(24*time.Hour), "by the clock of the API server")

	subscription := create(t, sample(t, "Subscription", "real"))
	g.Expect(appendPayment(t, subscription, received("pay-0001", instant(-time.Hour)))).To(Succeed())
	g.Expect(patchStatus(t, billing, subscription, asOfPatch("billing", instant(0)))).To(Succeed())
	g.Expect(patchStatus(t, billing, policy, asOfPatch("billingFeed", instant(0)))).To(Succeed())
	for _, err := range []error{
		appendPayment(t, subscription, received("pay-0002", instant(24*time.Hour))),
		tell(t, subscription, with(received("pay-0001", instant(-time.Hour)), "reversedAt", instant(24*time.Hour))),
		applyPayments(t, subscription, received("pay-0001", instant(-time.Hour)), received("pay-0002", instant(24*time.Hour))),
		patchStatus(t, billing, policy, asOfPatch("billingFeed", instant(24*time.Hour))),
	} {
		expectRefusal(t, err, "which lies in the future", "by the clock of the API server")
	}

	far := instant(10 * 365 * 24 * time.Hour)
	g.Expect(merge(t, policy, fmt.Sprintf(`{"spec":{"testClock":{"now":%q}}}`, far))).To(Succeed())
	noticed(t, later(t, far, time.Hour), "it is "+far+" by PlatformPolicy.spec.testClock")
	g.Expect(patchStatus(t, operator, policy, fmt.Sprintf(`{"status":{"conditions":[{"type":"TestClockRefused","status":"True",
		"reason":"NotAllowed","message":"set without leave","lastTransitionTime":%q}]}}`, instant(0)))).To(Succeed())
	noticed(t, instant(24*time.Hour), "by the clock of the API server")
}

// Nothing is decided without a policy, and an installation may begin with the
// ledger.
func TestWithoutAPolicyThereIsNoPresent(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "without-policy"))
	g.Eventually(func() error {
		return patchStatus(t, billing, subscription, asOfPatch("billing", "2999-01-01T00:00:00Z"))
	}, patience).Should(Succeed(), "once the API server has noticed that the policy of the test before is gone")
}

// Who could bring a stamp along could choose the present.
func TestABillingSystemBringsNoClockOfItsOwn(t *testing.T) {
	g := NewWithT(t)
	policy := create(t, sample(t, "PlatformPolicy", "default"))
	future := policy.GetCreationTimestamp().Add(24 * time.Hour).UTC().Format(time.RFC3339)
	noticed(t, future, "by the clock of the API server")
	subscription := create(t, sample(t, "Subscription", "stamped"))
	forged := map[string]any{
		"metadata": map[string]any{"managedFields": []any{map[string]any{
			"manager": "forger", "operation": "Update", "apiVersion": "crm.salexops.com/v1alpha1", "subresource": "status",
			"time": future, "fieldsType": "FieldsV1", "fieldsV1": map[string]any{"f:status": map[string]any{"f:billing": map[string]any{"f:asOf": map[string]any{}}}},
		}}},
		"status": map[string]any{"billing": map[string]any{"asOf": future}},
	}
	patch, err := json.Marshal(forged)
	g.Expect(err).NotTo(HaveOccurred())
	expectRefusal(t, patchStatus(t, billing, subscription, string(patch)), "which lies in the future", "by the clock of the API server")

	delete(forged, "status")
	patch, err = json.Marshal(forged)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(patchStatus(t, billing, subscription, string(patch))).To(Succeed())
	live := subscription.DeepCopy()
	g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(live), live)).To(Succeed())
	g.Expect(live.GetManagedFields()).To(Equal(subscription.GetManagedFields()), "and the stamp isn't kept either")
}
