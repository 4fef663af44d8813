package admission

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	"sigs.k8s.io/controller-runtime/pkg/client"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

// standing is what the contract makes of the objects that the API server holds
// about a tenant, at the instant of the test clock.
func standing(t *testing.T, tenant string) (facts.Account, contract.Standing) {
	t.Helper()
	g := NewWithT(t)
	key := client.ObjectKey{Namespace: accounts, Name: tenant}
	objects := facts.Objects{Tenant: &crmv1.Tenant{}, Policy: &crmv1.PlatformPolicy{}}
	g.Expect(admin.Get(t.Context(), key, objects.Tenant)).To(Succeed())
	g.Expect(admin.Get(t.Context(), client.ObjectKey{Name: crmv1.PlatformPolicyName}, objects.Policy)).To(Succeed())
	subscription := crmv1.Subscription{}
	g.Expect(admin.Get(t.Context(), key, &subscription)).To(Succeed())
	subscription.Spec.TenantRef.Name = tenant
	objects.Subscriptions = []crmv1.Subscription{subscription}
	var plans crmv1.PlanList
	g.Expect(admin.List(t.Context(), &plans)).To(Succeed())
	objects.Plans = plans.Items

	stated, err := facts.From(objects, objects.Policy.Spec.TestClock.Now.Time)
	g.Expect(err).NotTo(HaveOccurred())
	return stated, contract.Evaluate(stated.Facts)
}

// settle writes what the operator would write of a subscription.
func settle(t *testing.T, tenant string) {
	t.Helper()
	g := NewWithT(t)
	_, s := standing(t, tenant)
	patch, err := json.Marshal(map[string]any{"status": map[string]any{
		"paidThrough": date(s.PaidThrough), "dueDate": date(s.DueDate), "liabilityCapUSD": s.LiabilityCapUSD.String(),
	}})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(patchStatus(t, operator, object("crm.salexops.com/v1alpha1", "Subscription", accounts, tenant), string(patch))).To(Succeed())
}

// date is a date as a status has it: none is absent.
func date(d contract.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}

// page is the text of a page of this repository.
func page(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, path))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return string(data)
}
