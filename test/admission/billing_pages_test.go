package admission

import (
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/controller-runtime/pkg/client"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
)

const (
	billingPage = "docs/billing.md"
	samplesPage = "config/samples/billing/README.md"
)

// ledger creates what the pages take for granted: acme, on the team plan, and
// the day on which the pages are read.
func ledger(t *testing.T) {
	t.Helper()
	at(t, "2027-03-15T18:00:00Z")
	create(t, sample(t, "Plan", "team"))
	create(t, sample(t, "Tenant", "acme"))
	create(t, sample(t, "Subscription", "acme"))
}

// account makes the billing system's kubeconfig the way its page says, and
// returns a shell that uses it.
func account(t *testing.T) shell {
	t.Helper()
	folder := t.TempDir()
	first := examples(t, billingPage)[0]
	NewWithT(t).Expect(first.script).To(HavePrefix(asEngineer), "the page begins with how to get an account")
	shell{folder: folder, kubeconfig: administrator(t)}.check(t, first)
	return shell{folder: folder, kubeconfig: filepath.Join(folder, "billing.kubeconfig")}
}

// The page is a promise: each command is run as it stands there, one after
// another, by the billing system's account with the rights of config/rbac and
// no others.
func TestEveryCommandOfTheBillingPageWorks(t *testing.T) {
	g := NewWithT(t)
	ledger(t)
	billingSystem := account(t)
	shown := examples(t, billingPage)
	refusals := 0
	for _, e := range shown[1:] {
		g.Expect(e.script).NotTo(HavePrefix(asEngineer))
		billingSystem.check(t, e)
		settle(t, "acme")
		if e.refused() {
			refusals++
		}
	}
	g.Expect(len(shown)).To(BeNumerically(">=", 20), "the examples are still found")
	g.Expect(refusals).To(BeNumerically(">=", 7), "and so are the refusals")

	live := &crmv1.Subscription{}
	g.Expect(admin.Get(t.Context(), client.ObjectKey{Namespace: accounts, Name: "acme"}, live)).To(Succeed())
	g.Expect(ids(live)).To(Equal([]string{"pay-0001", "pay-0002", "pay-0003", "pay-0004", "pay-0005", "pay-0006"}))
	g.Expect(live.Status.PaidThrough).To(Equal(crmv1.Date("2027-05-30")))
}

// Whoever looks a refusal up finds the row of the table that is about it.
func TestEveryRefusalShownIsExplained(t *testing.T) {
	for _, e := range examples(t, billingPage) {
		if !e.refused() {
			continue
		}
		explained := false
		for _, words := range explanations(t) {
			explained = explained || strings.Contains(strings.Join(strings.Fields(e.answer), " "), words)
		}
		NewWithT(t).Expect(explained).To(BeTrue(), "no row of the table is about\n%s", e.answer)
	}
}

// explanations are the words, in the first column of the page's table of
// refusals, that a refusal is recognised by.
func explanations(t *testing.T) []string {
	t.Helper()
	g := NewWithT(t)
	_, section, found := strings.Cut(page(t, billingPage), "## What is refused, and what to do")
	g.Expect(found).To(BeTrue())
	var words []string
	for _, line := range strings.Split(section, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) == 5 && strings.HasPrefix(cells[1], " `") {
			words = append(words, strings.Trim(cells[1], " `"))
		}
	}
	g.Expect(len(words)).To(BeNumerically(">=", 10))
	return words
}

func TestTheSamplesOfABillingSystemWork(t *testing.T) {
	g := NewWithT(t)
	ledger(t)
	billingSystem := account(t)
	billingSystem.folder = filepath.Join(root, filepath.Dir(samplesPage))
	shown := examples(t, samplesPage)
	g.Expect(shown).To(HaveLen(5), "append, merge, apply, feed, reverse")
	for _, e := range shown {
		billingSystem.check(t, e)
	}

	live := &crmv1.Subscription{}
	g.Expect(admin.Get(t.Context(), client.ObjectKey{Namespace: accounts, Name: "acme"}, live)).To(Succeed())
	g.Expect(ids(live)).To(Equal([]string{"pay-0001", "pay-0002", "pay-0003"}))
	g.Expect(live.Status.Billing.Payments[0].ReversedAt).NotTo(BeNil())
	g.Expect(live.Status.Billing.AsOf).NotTo(BeNil())
	policy := &crmv1.PlatformPolicy{}
	g.Expect(admin.Get(t.Context(), client.ObjectKey{Name: "default"}, policy)).To(Succeed())
	g.Expect(policy.Status.BillingFeed.AsOf).NotTo(BeNil())
}

// ids are those of the payments, in the order they are stored in.
func ids(subscription *crmv1.Subscription) []string {
	var found []string
	for i := range subscription.Status.Billing.Payments {
		found = append(found, subscription.Status.Billing.Payments[i].ID)
	}
	return found
}
