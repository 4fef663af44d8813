package admission

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
)

// many are so many payments, with ids as long as they may be.
func many(count int) []map[string]any {
	payments := make([]map[string]any, count)
	for i := range payments {
		payments[i] = with(payment(1), "id", fmt.Sprintf("payment-of-a-system-that-has-long-identifiers-for-each-one-%04d", i))
	}
	return payments
}

// Fifty years of months fit, and the rules stay within the API server's budget
// at that size, whatever is wrong and in whatever order the payments come.
func TestFiftyYearsOfMonthsFit(t *testing.T) {
	g := NewWithT(t)
	at(t, present)
	subscription := create(t, sample(t, "Subscription", "old"))
	all := many(crmv1.MaxPayments)
	g.Expect(tell(t, subscription, all...)).To(Succeed())
	g.Expect(applyPayments(t, subscription, all...)).To(Succeed())

	expectRefusal(t, tell(t, subscription, all[:len(all)-1]...), "a payment is never removed", "one-0599")
	expectRefusal(t, tell(t, subscription, all[1:]...), "a payment is never removed", "one-0000")
	backwards := make([]map[string]any, len(all))
	for i, p := range all {
		backwards[len(all)-1-i] = p
	}
	backwards[0] = with(backwards[0], "reversedAt", "2027-02-20T00:00:00Z")
	g.Expect(tell(t, subscription, backwards...)).To(Succeed())
	expectRefusal(t, tell(t, subscription, all...), "has been set and stays")
}

// Who is full reads so, in words, and goes on living with what is there.
func TestASubscriptionThatIsFullSaysSo(t *testing.T) {
	g := NewWithT(t)
	at(t, present)
	subscription := create(t, sample(t, "Subscription", "full"))
	all := many(crmv1.MaxPayments)
	g.Expect(tell(t, subscription, all...)).To(Succeed())
	const full = "status.billing.payments: Forbidden: a subscription holds at most 600 payments, fifty years of monthly ones; nothing was changed"

	expectRefusal(t, appendPayment(t, subscription, payment(2)), full)
	expectRefusal(t, tell(t, subscription, append(many(crmv1.MaxPayments), payment(2), payment(3))...), full)
	expectRefusal(t, applyPayments(t, subscription, append(many(crmv1.MaxPayments), payment(2))...), full)

	g.Expect(page(t, billingPage)).To(ContainSubstring(full), "and the page says so too")

	all[0] = with(all[0], "reversedAt", "2027-02-20T00:00:00Z")
	g.Expect(tell(t, subscription, all...)).To(Succeed(), "a chargeback")
	g.Expect(patchStatus(t, billing, subscription, asOfPatch("billing", present))).To(Succeed(), "the heartbeat")
	g.Expect(patchStatus(t, operator, subscription, `{"status":{"paidThrough":"2027-01-28"}}`)).To(Succeed(), "the operator")
	g.Expect(merge(t, subscription, `{"spec":{"interval":"Annual"}}`)).To(Succeed(), "a longer interval")
}

// Each payment may end a lapse, and begin on another plan.
func TestThereIsRoomForALapseAndAPlanWithEachPayment(t *testing.T) {
	g := NewWithT(t)
	subscription := create(t, sample(t, "Subscription", "restless"))
	var lapses, periods []any
	for i := range crmv1.MaxPayments {
		date := time.Date(2027, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		lapses = append(lapses, map[string]any{"openedOn": date, "closedAt": date + "T18:00:00Z", "closedBy": "pay-0001"})
		periods = append(periods, map[string]any{"from": date, "planRef": map[string]any{"name": "team"}, "interval": "Monthly"})
	}
	status, err := json.Marshal(map[string]any{"status": map[string]any{
		"lapses": append(lapses, map[string]any{"openedOn": "2050-01-01"}), "planPeriods": periods,
	}})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(patchStatus(t, operator, subscription, string(status))).To(Succeed())
}
