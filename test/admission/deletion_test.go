package admission

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// annotate sets the annotation that confirms a deletion.
func annotate(t *testing.T, object *unstructured.Unstructured, value string) {
	t.Helper()
	patch := fmt.Sprintf(`{"metadata":{"annotations":{"crm.salexops.com/confirm-deletion":%q}}}`, value)
	NewWithT(t).Expect(merge(t, object, patch)).To(Succeed())
}

func TestATenantIsNotDeletedByMistake(t *testing.T) {
	g := NewWithT(t)
	tenant := create(t, sample(t, "Tenant", "precious"))
	expectRefusal(t, admin.Delete(t.Context(), tenant),
		`deleting Tenant "precious" ends its CRM and deletes its data for good`,
		"kubectl annotate tenant precious -n salexops-accounts crm.salexops.com/confirm-deletion=precious")

	annotate(t, tenant, "yes")
	expectRefusal(t, admin.Delete(t.Context(), tenant),
		`says "yes", which is not its name`, "crm.salexops.com/confirm-deletion=precious --overwrite")

	annotate(t, tenant, "precious")
	g.Expect(admin.Delete(t.Context(), tenant)).To(Succeed())
	g.Expect(apierrors.IsNotFound(admin.Get(t.Context(), client.ObjectKeyFromObject(tenant), tenant))).To(BeTrue())
}

func TestTenantsAreNotDeletedByTheDozen(t *testing.T) {
	g := NewWithT(t)
	tenant := create(t, sample(t, "Tenant", "one-of-many"))
	annotate(t, tenant, "another")
	all := &unstructured.Unstructured{}
	all.SetGroupVersionKind(tenant.GroupVersionKind())
	expectRefusal(t, admin.DeleteAllOf(t.Context(), all, client.InNamespace(accounts)), `deleting Tenant "`)
	g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(tenant), tenant)).To(Succeed())
}

func TestTheLedgerIsNotDeletedByMistake(t *testing.T) {
	subscription := create(t, sample(t, "Subscription", "precious"))
	policy := create(t, sample(t, "PlatformPolicy", "default"))
	for _, c := range []struct {
		object *unstructured.Unstructured
		words  []string
	}{
		{subscription, []string{"deletes the record of its payments for good", "kubectl annotate subscription precious -n salexops-accounts crm.salexops.com/confirm-deletion=precious"}},
		{policy, []string{"leaves every tenant without the rules of its contract", "kubectl annotate platformpolicy default crm.salexops.com/confirm-deletion=default"}},
		{object("v1", "Namespace", "", accounts), []string{"deletes every tenant and every payment for good", "kubectl annotate namespace salexops-accounts "}},
		{object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "tenants.crm.salexops.com"),
			[]string{"deletes every object of that kind for good", "kubectl annotate customresourcedefinition tenants.crm.salexops.com "}},
	} {
		t.Run(c.object.GetKind(), func(t *testing.T) {
			expectRefusal(t, admin.Delete(t.Context(), c.object), c.words...)
		})
	}
}

func TestOtherNamespacesAreNobodysBusiness(t *testing.T) {
	g := NewWithT(t)
	other := object("v1", "Namespace", "", "")
	other.SetGenerateName("other-")
	g.Expect(admin.Create(t.Context(), other)).To(Succeed())
	g.Expect(admin.Delete(t.Context(), other)).To(Succeed())
}

func TestATenantsDataIsDeletedByTheOperatorAlone(t *testing.T) {
	g := NewWithT(t)
	guarded := map[string]string{"crm.salexops.com/tenant": "guarded"}
	namespace := object("v1", "Namespace", "", "")
	// No controller runs here that would finish a namespace's deletion, so its
	// name is used up.
	namespace.SetGenerateName("crm-guarded-")
	namespace.SetLabels(guarded)
	g.Expect(admin.Create(t.Context(), namespace)).To(Succeed())
	claim := object("v1", "PersistentVolumeClaim", namespace.GetName(), "documents")
	claim.SetLabels(guarded)
	set(t, claim, "spec", map[string]any{
		"accessModes": []any{"ReadWriteOnce"},
		"resources":   map[string]any{"requests": map[string]any{"storage": "1Gi"}},
	})
	g.Expect(admin.Create(t.Context(), claim)).To(Succeed())

	for _, o := range []*unstructured.Unstructured{namespace, claim} {
		expectRefusal(t, admin.Delete(t.Context(), o),
			`the data of tenant "guarded" is in `+o.GetKind(), "To end the tenant, delete the Tenant",
			"kubectl annotate "+strings.ToLower(o.GetKind())+" "+o.GetName())
		g.Expect(operator.Delete(t.Context(), o, client.DryRunAll)).To(Succeed())
	}

	g.Expect(operator.Delete(t.Context(), namespace)).To(Succeed())
	g.Eventually(func(g Gomega) corev1.NamespacePhase {
		live := &corev1.Namespace{}
		g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(namespace), live)).To(Succeed())
		return live.Status.Phase
	}, patience).Should(Equal(corev1.NamespaceTerminating))
	g.Eventually(func() error { return admin.Delete(t.Context(), claim, client.DryRunAll) }, patience).
		Should(Succeed(), "a claim goes with its namespace")
}

func TestAPlanInUseIsNotDeleted(t *testing.T) {
	g := NewWithT(t)
	plan := create(t, sample(t, "Plan", "popular"))
	use := func(tenants int) {
		patch := fmt.Sprintf(`{"status":{"tenants":%d}}`, tenants)
		g.Expect(operator.Status().Patch(t.Context(), plan.DeepCopy(), client.RawPatch("application/merge-patch+json", []byte(patch)))).To(Succeed())
	}
	use(2)
	expectRefusal(t, admin.Delete(t.Context(), plan), `plan "popular" is in use by 2 tenants; let their Subscriptions refer to another plan first`)
	use(0)
	g.Expect(admin.Delete(t.Context(), plan)).To(Succeed())
}

// object is an object of which only its name matters.
func object(apiVersion, kind, namespace, name string) *unstructured.Unstructured {
	o := &unstructured.Unstructured{Object: map[string]any{"apiVersion": apiVersion, "kind": kind}}
	o.SetNamespace(namespace)
	o.SetName(name)
	return o
}
