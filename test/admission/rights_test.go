package admission

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	authorizationv1 "k8s.io/api/authorization/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
)

// person is a client with the rights of a user.
func person(t *testing.T, name string) client.Client {
	t.Helper()
	config := rest.CopyConfig(environment.Config)
	config.Impersonate = rest.ImpersonationConfig{UserName: name, Groups: []string{"system:authenticated"}}
	c, err := client.New(config, client.Options{Scheme: admin.Scheme()})
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return c
}

// rights are what somebody may do in a namespace, one verb a line.
func rights(t *testing.T, who client.Client, namespace string) []string {
	t.Helper()
	review := &authorizationv1.SelfSubjectRulesReview{Spec: authorizationv1.SelfSubjectRulesReviewSpec{Namespace: namespace}}
	NewWithT(t).Expect(who.Create(t.Context(), review)).To(Succeed())
	NewWithT(t).Expect(review.Status.Incomplete).To(BeFalse())
	var found []string
	for _, rule := range review.Status.ResourceRules {
		for _, group := range rule.APIGroups {
			for _, resource := range rule.Resources {
				for _, verb := range rule.Verbs {
					found = append(found, strings.TrimSpace(fmt.Sprintf("%s %s.%s %s", verb, resource, group, strings.Join(rule.ResourceNames, ","))))
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// What the billing system's account may do at all, beyond what anybody may who
// has an account, such as asking who it is.
func TestTheBillingSystemMayDoThisAndNothingElse(t *testing.T) {
	everywhere := []string{
		"get plans.crm.salexops.com", "list plans.crm.salexops.com", "watch plans.crm.salexops.com",
		"get platformpolicies.crm.salexops.com", "list platformpolicies.crm.salexops.com", "watch platformpolicies.crm.salexops.com",
		"get platformpolicies/status.crm.salexops.com default", "patch platformpolicies/status.crm.salexops.com default",
		"update platformpolicies/billing.crm.salexops.com default",
	}
	inTheLedger := append([]string{
		"get subscriptions.crm.salexops.com", "list subscriptions.crm.salexops.com", "watch subscriptions.crm.salexops.com",
		"get subscriptions/status.crm.salexops.com", "patch subscriptions/status.crm.salexops.com",
		"update subscriptions/billing.crm.salexops.com",
	}, everywhere...)
	for namespace, expected := range map[string][]string{accounts: inTheLedger, system: everywhere, "default": everywhere} {
		t.Run(namespace, func(t *testing.T) {
			other, err := client.New(as("default", "any-other-account"), client.Options{Scheme: admin.Scheme()})
			NewWithT(t).Expect(err).NotTo(HaveOccurred())
			anybody := rights(t, other, namespace)
			own := slices.DeleteFunc(rights(t, billing, namespace), func(right string) bool { return slices.Contains(anybody, right) })
			NewWithT(t).Expect(own).To(ConsistOf(expected))
		})
	}
}

// What somebody with its account might try, by mistake or not.
func TestTheBillingSystemIsRefusedEverythingElse(t *testing.T) {
	policy := at(t, present)
	subscription := create(t, sample(t, "Subscription", "guarded"))
	tenant := create(t, sample(t, "Tenant", "guarded"))
	plan := create(t, sample(t, "Plan", "guarded"))
	patch := func(object *unstructured.Unstructured, patch string) error {
		return billing.Patch(t.Context(), object.DeepCopy(), client.RawPatch(types.MergePatchType, []byte(patch)))
	}
	for name, err := range map[string]error{
		"change a plan of a subscription":   patch(subscription, `{"spec":{"planRef":{"name":"free"}}}`),
		"label a subscription":              patch(subscription, `{"metadata":{"labels":{"a":"b"}}}`),
		"confirm a deletion":                patch(subscription, `{"metadata":{"annotations":{"crm.salexops.com/confirm-deletion":"guarded"}}}`),
		"replace a status":                  billing.Status().Update(t.Context(), subscription.DeepCopy()),
		"delete a subscription":             billing.Delete(t.Context(), subscription.DeepCopy()),
		"delete all of them":                billing.DeleteAllOf(t.Context(), subscription.DeepCopy(), client.InNamespace(accounts)),
		"create one":                        billing.Create(t.Context(), sample(t, "Subscription", "new")),
		"freeze the platform":               patch(policy, `{"spec":{"freeze":true}}`),
		"set the clock":                     patch(policy, `{"spec":{"testClock":{"now":"2030-01-01T00:00:00Z"}}}`),
		"acknowledge a trip of the breaker": patch(policy, `{"spec":{"breaker":{"acknowledgedTrip":"2027-03-01T00:00:00Z"}}}`),
		"delete the policy":                 billing.Delete(t.Context(), policy.DeepCopy()),
		"read a tenant":                     billing.Get(t.Context(), client.ObjectKeyFromObject(tenant), tenant.DeepCopy()),
		"hold a tenant":                     patch(tenant, `{"spec":{"hold":true}}`),
		"write a tenant's status":           patchStatus(t, billing, tenant, `{"status":{"namespace":"other"}}`),
		"delete a tenant":                   billing.Delete(t.Context(), tenant.DeepCopy()),
		"change a price":                    patch(plan, `{"spec":{"seats":1000}}`),
		"write a plan's status":             patchStatus(t, billing, plan, `{"status":{"tenants":0}}`),
		"read notices":                      billing.List(t.Context(), list("crm.salexops.com/v1alpha1", "Notice"), client.InNamespace(accounts)),
		"read licences":                     billing.List(t.Context(), list("crm.salexops.com/v1alpha1", "License"), client.InNamespace(accounts)),
		"read the ledger's Secrets":         billing.List(t.Context(), list("v1", "Secret"), client.InNamespace(accounts)),
		"read the signing keys":             billing.List(t.Context(), list("v1", "Secret"), client.InNamespace(system)),
		"list namespaces":                   billing.List(t.Context(), list("v1", "Namespace")),
		"give itself rights":                billing.Create(t.Context(), object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", "more")),
		"take the guards away":              billing.Delete(t.Context(), object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "", "salexops-billing-fields")),
	} {
		t.Run(name, func(t *testing.T) {
			expectRefusal(t, err, `User "system:serviceaccount:salexops-accounts:salexops-billing" cannot `)
		})
	}
}

// list is a list of a kind.
func list(apiVersion, kind string) *unstructured.UnstructuredList {
	l := &unstructured.UnstructuredList{}
	l.SetAPIVersion(apiVersion)
	l.SetKind(kind + "List")
	return l
}

// A patch of a status may carry what isn't of the status. The API server keeps
// none of it.
func TestTheWayThroughTheStatusLeadsNowhereElse(t *testing.T) {
	g := NewWithT(t)
	policy := at(t, present)
	subscription := create(t, sample(t, "Subscription", "through-status"))
	for object, status := range map[*unstructured.Unstructured]string{
		subscription: `"billing":{"asOf":"2027-03-15T00:00:00Z"}`,
		policy:       `"billingFeed":{"asOf":"2027-03-15T00:00:00Z"}`,
	} {
		g.Expect(patchStatus(t, billing, object, `{"metadata":{
			"labels":{"a":"b"},"annotations":{"crm.salexops.com/confirm-deletion":"`+object.GetName()+`"},"finalizers":["example.com/stuck"],
			"ownerReferences":[{"apiVersion":"v1","kind":"Namespace","name":"default","uid":"1"}],"managedFields":[{}]},
			"spec":{"freeze":true,"interval":"Annual"},"status":{`+status+`}}`)).To(Succeed())
		live := object.DeepCopy()
		g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(object), live)).To(Succeed())
		g.Expect(live.Object["spec"]).To(Equal(object.Object["spec"]))
		g.Expect(live.GetLabels()).To(BeEmpty())
		g.Expect(live.GetAnnotations()).To(BeEmpty())
		g.Expect(live.GetFinalizers()).To(BeEmpty())
		g.Expect(live.GetOwnerReferences()).To(BeEmpty())
		g.Expect(live.GetManagedFields()[0]).To(Equal(object.GetManagedFields()[0]), "who wrote what stays known")
	}
}

// The operator, people who run the platform, who register customers and who
// only look: none of them says who paid.
func TestOnlyTheBillingSystemSaysWhoPaid(t *testing.T) {
	g := NewWithT(t)
	policy := at(t, present)
	subscription := create(t, sample(t, "Subscription", "coveted"))
	g.Expect(tell(t, subscription, payment(1))).To(Succeed())
	paid := `{"status":{"billing":{"asOf":"2027-03-15T00:00:00Z"}}}`
	fed := `{"status":{"billingFeed":{"asOf":"2027-03-15T00:00:00Z"}}}`
	for name, who := range map[string]client.Client{
		"operator": operator, "engineer": person(t, "engineer"), "registrar": person(t, "registrar"),
		"viewer": person(t, "viewer"), "anybody": person(t, "anybody"),
	} {
		t.Run(name, func(t *testing.T) {
			for _, patchType := range []types.PatchType{types.MergePatchType, types.ApplyPatchType} {
				options := []client.SubResourcePatchOption{client.FieldOwner("somebody")}
				if patchType == types.ApplyPatchType {
					options = append(options, client.ForceOwnership)
				}
				for o, patch := range map[*unstructured.Unstructured]string{subscription: paid, policy: fed} {
					whole := strings.Replace(patch, "{", fmt.Sprintf(`{"apiVersion":"crm.salexops.com/v1alpha1","kind":%q,"metadata":{"name":%q},`, o.GetKind(), o.GetName()), 1)
					expectRefusal(t, who.Status().Patch(t.Context(), o.DeepCopy(), client.RawPatch(patchType, []byte(whole)), options...))
				}
			}
		})
	}
	g.Expect(storedPayments(t, subscription)).To(ConsistOf(payment(1)))
	live := &crmv1.PlatformPolicy{}
	g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(policy), live)).To(Succeed())
	g.Expect(live.Status.BillingFeed.AsOf).To(BeNil())
}

// Who may write a spec brings no payments along with it.
func TestNobodyRegistersACustomerAsPaid(t *testing.T) {
	g := NewWithT(t)
	at(t, present)
	registrar, engineer := person(t, "registrar"), person(t, "engineer")
	paid := sample(t, "Subscription", "born-paid")
	set(t, paid, "status", map[string]any{"billing": map[string]any{"payments": []any{payment(1)}}})
	t.Cleanup(func() { remove(t, paid) })
	g.Expect(registrar.Create(t.Context(), paid)).To(Succeed())
	g.Expect(storedPayments(t, paid)).To(BeEmpty())

	claim := client.RawPatch(types.MergePatchType, []byte(`{"spec":{"interval":"Annual"},"status":{"billing":{"asOf":"2027-03-15T00:00:00Z"}}}`))
	for _, who := range []client.Client{registrar, engineer} {
		g.Expect(who.Patch(t.Context(), paid.DeepCopy(), claim)).To(Succeed())
	}
	live := &crmv1.Subscription{}
	g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(paid), live)).To(Succeed())
	g.Expect(live.Spec.Interval).To(Equal(crmv1.IntervalAnnual))
	g.Expect(live.Status.Billing.AsOf).To(BeNil())
}
