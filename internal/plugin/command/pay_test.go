package command_test

import (
	"context"
	"errors"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// payments are those that the ledger has of a tenant.
func (h *house) payments(name string) []v1alpha1.Payment {
	h.t.Helper()
	var s v1alpha1.Subscription
	if err := h.client.Get(context.Background(), client.ObjectKey{Namespace: "salexops-accounts", Name: name}, &s); err != nil {
		h.t.Fatal(err)
	}
	return s.Status.Billing.Payments
}

func TestAPaymentIsForTheNextUnpaidPeriodAtThePriceOfThePlan(t *testing.T) {
	for _, name := range []string{"acme", "botica", "minera"} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.prints("pay-"+name, "pay", name, "--id", "pay-0009", "--amount-usd", "27.35")
			all := h.payments(name)
			if last := all[len(all)-1]; last.ID != "pay-0009" || last.Amount != "499.00" || last.Currency != "MXN" || !last.ReceivedAt.Equal(at(t, "2027-02-23T16:14:00Z")) {
				t.Errorf("the ledger has %+v", last)
			}
		})
	}
}

func TestTheSamePaymentAgainChangesNothing(t *testing.T) {
	h := newHouse(t)
	pay := []string{"pay", "botica", "--id", "pay-0002", "--amount-usd", "27.35", "--invoice", "A-1"}
	if _, problems, code := h.run(pay...); code != 0 {
		t.Fatal(problems)
	}
	h.prints("pay-again", pay...)
	if n := len(h.payments("botica")); n != 2 {
		t.Errorf("the ledger has %d payments", n)
	}
	h.fails(2, "payment pay-0002 is recorded already with another amount (499.00, and not 500.00)", append(pay, "--amount", "500")...)
	h.fails(2, "recorded already with another periodFrom", append(pay, "--from", "2027-02-01")...)
	h.fails(2, "recorded already with another invoiceRef", append(pay, "--invoice", "A-2")...)
	if out, problems, code := h.run(append(pay, "--amount", "499")...); code != 0 {
		t.Errorf("499 is not 499.00: %s%s", out, problems)
	}
}

func TestADryRunKeepsNothing(t *testing.T) {
	for _, kind := range []string{"client", "server"} {
		h := newHouse(t)
		h.prints("pay-dry-"+kind, "pay", "botica", "--id", "pay-0002", "--amount-usd", "27.35", "--dry-run="+kind)
		if n := len(h.payments("botica")); n != 1 {
			t.Errorf("a dry run on the %s leaves %d payments", kind, n)
		}
	}
	newHouse(t).fails(2, `"maybe" is not a dry run`, "pay", "botica", "--id", "x", "--dry-run=maybe")
}

func TestMoneyForDaysGoneByMustBeSaid(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2027, 3, 2, 16, 0, 0, 0, time.UTC)
	h.fails(2, `the next unpaid period, 31 Jan – 27 Feb, is over, and paying for it revives nobody. Say what was paid for:
  --from 2027-01-31 --to 2027-02-27   days gone by
  --from 2027-02-28 --to 2027-03-30   covers today`, "pay", "botica", "--id", "pay-0002", "--amount-usd", "27.35")
	h.prints("pay-gone-by", "pay", "botica", "--id", "pay-0002", "--amount-usd", "27.35", "--from", "2027-01-31")
	h.prints("pay-covers-today", "pay", "botica", "--id", "pay-0003", "--amount-usd", "27.35", "--from", "2027-02-28", "--to", "2027-03-30", "-o", "json")
}

func TestWhatCannotBeRightIsRefusedBeforeTheClusterIsAsked(t *testing.T) {
	for says, arguments := range map[string][]string{
		"--id: a payment needs the id":                                                          {"pay", "acme"},
		`--amount: "1e3" is not an amount`:                                                      {"pay", "acme", "--id", "x", "--amount", "1e3"},
		`--amount-usd: "-1" is not an amount`:                                                   {"pay", "acme", "--id", "x", "--amount-usd=-1"},
		`--currency: "pesos" is not a currency code`:                                            {"pay", "acme", "--id", "x", "--currency", "pesos"},
		`--from: "2027-02-30" is not a date`:                                                    {"pay", "acme", "--id", "x", "--from", "2027-02-30"},
		"--to needs --from":                                                                     {"pay", "acme", "--id", "x", "--to", "2027-02-27"},
		`--received-at: "yesterday" is not an instant`:                                          {"pay", "acme", "--id", "x", "--received-at", "yesterday"},
		"--to: 2027-01-01 lies before --from 2027-02-01":                                        {"pay", "acme", "--id", "x", "--amount-usd", "1", "--from", "2027-02-01", "--to", "2027-01-01"},
		"--amount-usd: say what 499.00 MXN was worth in US dollars":                             {"pay", "acme", "--id", "x"},
		"--amount: the plan has no price":                                                       {"pay", "globex", "--id", "x"},
		"lies before the anchor date":                                                           {"pay", "acme", "--id", "x", "--amount-usd", "1", "--from", "2020-01-01"},
		`no subscription in namespace salexops-accounts is tenant "acne"'s: did you mean acme?`: {"pay", "acne", "--id", "x"},
	} {
		newHouse(t).fails(2, says, arguments...)
	}
}

func TestAFirstPaymentIsForThePeriodOfToday(t *testing.T) {
	newHouse(t, func(object client.Object) {
		subscription("minera", func(s *v1alpha1.Subscription) {
			s.Status = v1alpha1.SubscriptionStatus{}
			s.Status.Billing.Payments = []v1alpha1.Payment{{ // Reversed before it counted: it only gives the fake server a list to append to.
				ID: "pay-0000", ReceivedAt: *at(t, "2027-03-20T18:00:00Z"), Amount: "1", Currency: "MXN", AmountUSD: "1", PeriodFrom: "2027-03-20", PeriodTo: "2027-03-20",
			}}
		})(object)
		tenant("minera", func(tenant *v1alpha1.Tenant) { tenant.Status = v1alpha1.TenantStatus{} })(object)
	}).prints("pay-first", "pay", "minera", "--id", "pay-0001", "--amount", "27.20", "--currency", "USD")
}

// refusing is a cluster that refuses to write a status.
func refusing(h *house, err error) *house {
	h.refuse = interceptor.Funcs{SubResourcePatch: func(context.Context, client.Client, string, client.Object, client.Patch, ...client.SubResourcePatchOption) error {
		return err
	}}
	return h
}

func TestARefusalNamesTheRightThatIsMissing(t *testing.T) {
	policyDenies := apierrors.NewForbidden(v1alpha1.Resource("subscriptions"), "botica", errors.New(
		"ValidatingAdmissionPolicy 'salexops-billing-fields' with binding 'salexops-billing-fields' denied request: status.billing belongs to the billing system: ana may not change it"))
	h := refusing(newHouse(t), policyDenies)
	h.fails(1, "recording the payment in Subscription botica was refused: status.billing belongs to the billing system: ana may not change it\n"+
		"Recording a payment takes two rights: patch subscriptions/status, and update subscriptions/billing.", "pay", "botica", "--id", "x", "--amount-usd", "1")
	h = refusing(newHouse(t), apierrors.NewForbidden(v1alpha1.Resource("subscriptions/status"), "botica", errors.New(`User "ana" cannot patch`)))
	h.fails(1, `The ClusterRole salexops-billing has both.`, "pay", "botica", "--id", "x", "--amount-usd", "1")
}

func TestTheBillingSystemNeedNotReadTenants(t *testing.T) {
	h := newHouse(t)
	forbidden := func(kind string) error {
		return apierrors.NewForbidden(v1alpha1.Resource(kind), "", errors.New("no"))
	}
	h.refuse = interceptor.Funcs{
		Get: func(ctx context.Context, c client.WithWatch, key client.ObjectKey, object client.Object, options ...client.GetOption) error {
			if _, is := object.(*v1alpha1.Tenant); is {
				return forbidden("tenants")
			}
			return c.Get(ctx, key, object, options...)
		},
		List: func(ctx context.Context, c client.WithWatch, list client.ObjectList, options ...client.ListOption) error {
			switch list.(type) {
			case *v1alpha1.PlanList:
				return forbidden("plans")
			case *v1alpha1.NoticeList:
				return forbidden("notices")
			}
			return c.List(ctx, list, options...)
		},
	}
	h.prints("pay-billing", "pay", "botica", "--id", "pay-0002", "--amount", "499.00", "--currency", "MXN", "--amount-usd", "27.35")
}
