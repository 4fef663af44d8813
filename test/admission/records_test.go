package admission

import (
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/contract"
)

// storedPayments are the payments as the API server holds them.
func storedPayments(t *testing.T, subscription *unstructured.Unstructured) []map[string]any {
	t.Helper()
	g := NewWithT(t)
	live := subscription.DeepCopy()
	g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(live), live)).To(Succeed())
	list, _, err := unstructured.NestedSlice(live.Object, "status", "billing", "payments")
	g.Expect(err).NotTo(HaveOccurred())
	stored := make([]map[string]any, len(list))
	for i := range list {
		stored[i] = list[i].(map[string]any)
	}
	return stored
}

// resourceVersion tells one state of an object from another.
func resourceVersion(t *testing.T, object *unstructured.Unstructured) string {
	t.Helper()
	live := object.DeepCopy()
	NewWithT(t).Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(live), live)).To(Succeed())
	return live.GetResourceVersion()
}

// records are what a billing system has to tell: an ordinary payment, one with
// fractions of a second in another zone, one taken back, the one that came in
// its place, the largest amount there can be, and one for days gone by.
var records = []map[string]any{
	payment(1),
	with(payment(2), "receivedAt", "2027-02-01T11:00:00.123456789-07:00"),
	with(with(payment(3), "periodFrom", "2027-02-20"), "reversedAt", "2027-03-10T18:00:00.5Z"),
	with(with(payment(3), "id", "pay-0003 bis/ñ#1"), "receivedAt", "2027-03-12T00:00:00Z"),
	with(with(payment(4), "receivedAt", "2027-03-14T00:00:00Z"), "amount", "999999999999.99"),
	with(with(payment(5), "receivedAt", "2027-03-15T00:00:00Z"), "periodFrom", "2026-12-01"),
}

// orders are some of the ways in which records may come in.
var orders = [][]int{{0, 1, 2, 3, 4, 5}, {5, 4, 3, 2, 1, 0}, {3, 0, 5, 2, 4, 1}}

// whole sends the full list that has grown by each record in turn, twice.
func whole(write func(*testing.T, *unstructured.Unstructured, ...map[string]any) error) func(*testing.T, *unstructured.Unstructured, []int) {
	return func(t *testing.T, subscription *unstructured.Unstructured, order []int) {
		t.Helper()
		var list []map[string]any
		for _, i := range order {
			list = slices.Insert(list, len(list)/2, records[i])
			for range 2 {
				NewWithT(t).Expect(write(t, subscription, list...)).To(Succeed())
			}
		}
	}
}

// oneByOne appends each record, and tells of a chargeback once all are there.
func oneByOne(t *testing.T, subscription *unstructured.Unstructured, order []int) {
	t.Helper()
	for _, i := range order {
		NewWithT(t).Expect(appendPayment(t, subscription, with(records[i], "reversedAt", nil))).To(Succeed())
		NewWithT(t).Expect(appendPayment(t, subscription, records[i])).NotTo(Succeed(), "a second time")
	}
	list := slices.Clone(records)
	NewWithT(t).Expect(tell(t, subscription, list...)).To(Succeed())
}

// The same records lead to the same facts and the same standing, to the last
// digit, in whatever order, however often and in whichever way they were told
// (contract.md 3.3, 12.6).
func TestTheSameRecordsAreTheSameFacts(t *testing.T) {
	at(t, "2027-03-20T18:00:00Z")
	create(t, sample(t, "Plan", "team"))
	var first []contract.Payment
	for name, write := range map[string]func(*testing.T, *unstructured.Unstructured, []int){
		"append": oneByOne, "merge": whole(tell), "apply": whole(applyPayments),
	} {
		for _, order := range orders {
			t.Run(name, func(t *testing.T) {
				g := NewWithT(t)
				create(t, sample(t, "Tenant", "acme"))
				subscription := create(t, sample(t, "Subscription", "acme"))
				write(t, subscription, order)
				g.Expect(storedPayments(t, subscription)).To(ConsistOf(anySlice(records)...), "as they were sent")

				account, s := standing(t, "acme")
				slices.SortFunc(account.Facts.Payments, func(a, b contract.Payment) int { return strings.Compare(a.ID, b.ID) })
				if first == nil {
					first = account.Facts.Payments
				}
				g.Expect(account.Facts.Payments).To(HaveLen(len(records)))
				for i, p := range account.Facts.Payments {
					g.Expect(p.ReceivedAt.Equal(first[i].ReceivedAt)).To(BeTrue(), p.ID)
					g.Expect(p.ReversedAt.Equal(first[i].ReversedAt)).To(BeTrue(), p.ID)
					g.Expect([]any{p.ID, p.From, p.To, p.AmountUSD}).To(Equal([]any{first[i].ID, first[i].From, first[i].To, first[i].AmountUSD}))
				}
				g.Expect(account.Facts.Payments[1].ReceivedAt.Nanosecond()).To(Equal(123456789))
				g.Expect(s.PaidThrough.String()).To(Equal("2027-05-28"))
			})
		}
	}
}

func anySlice(payments []map[string]any) []any {
	list := make([]any, len(payments))
	for i, p := range payments {
		list[i] = p
	}
	return list
}
