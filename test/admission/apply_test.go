package admission

import (
	"testing"

	. "github.com/onsi/gomega"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	applymetav1 "k8s.io/client-go/applyconfigurations/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
	crmac "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
)

// Each writer of a status applies its own part under its own name: nobody
// takes anybody's fields, in whatever order they come, and nobody needs force.
func TestWritersOfAStatusDoNotCollide(t *testing.T) {
	at(t, yearsEnd)
	for name, order := range map[string][]int{"operator first": {0, 1}, "billing first": {1, 0}} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			subscription := create(t, sample(t, "Subscription", "shared"))
			writers := []func() error{
				func() error {
					return operator.Status().Apply(t.Context(), crmac.Subscription("shared", accounts).WithStatus(
						crmac.SubscriptionStatus().WithPaidThrough("2027-01-28").WithDueDate("2027-01-29")), client.FieldOwner(crmv1.StandingFieldOwner))
				},
				func() error {
					return billing.Status().Apply(t.Context(), client.ApplyConfigurationFromUnstructured(told("shared", payment(1))), client.FieldOwner("billing"))
				},
			}
			for range 2 {
				for _, i := range order {
					g.Expect(writers[i]()).To(Succeed())
				}
			}
			live := &crmv1.Subscription{}
			g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(subscription), live)).To(Succeed())
			g.Expect(live.Status.PaidThrough).To(Equal(crmv1.Date("2027-01-28")))
			g.Expect(live.Status.Billing.Payments).To(HaveLen(1))
			remove(t, subscription)
		})
	}
}

// told is a Subscription's status as the billing system applies it.
func told(name string, payments ...map[string]any) *unstructured.Unstructured {
	list := make([]any, len(payments))
	for i, p := range payments {
		list[i] = p
	}
	o := object("crm.salexops.com/v1alpha1", "Subscription", accounts, name)
	o.Object["status"] = map[string]any{"billing": map[string]any{"payments": list}}
	return o
}

// condition is a condition that is met.
func condition(kind string) *applymetav1.ConditionApplyConfiguration {
	return applymetav1.Condition().WithType(kind).WithStatus(metav1.ConditionTrue).WithReason("AsItShould").
		WithMessage("").WithLastTransitionTime(metav1.Unix(1801440000, 0)).WithObservedGeneration(1)
}

// tenantWriters are the parts of a Tenant's status by who writes them. Each
// call makes a new one, since applying one fills it with the server's answer.
var tenantWriters = map[string]func() *crmac.TenantStatusApplyConfiguration{
	crmv1.StandingFieldOwner: func() *crmac.TenantStatusApplyConfiguration {
		return crmac.TenantStatus().WithConditions(condition("Registered")).WithStanding(crmac.Standing().
			WithBilling(crmv1.BillingCurrent).WithConduct(crmv1.ConductGood).WithLifecycle(crmv1.LifecycleActive).
			WithAccess(crmv1.AccessOpen).WithMayRun(true).WithSupportEntitled(true).WithPaidThrough("2027-01-30").WithSummary("Current"))
	},
	crmv1.RuntimeFieldOwner: func() *crmac.TenantStatusApplyConfiguration {
		return crmac.TenantStatus().WithConditions(condition("Ready"), condition("Provisioned")).WithNamespace("crm-threefold").
			WithInstance(crmac.InstanceStatus().WithState(crmv1.InstanceRunning).WithReady("True"))
	},
	crmv1.ObserverFieldOwner: func() *crmac.TenantStatusApplyConfiguration {
		return crmac.TenantStatus().WithConditions(condition("Reachable")).WithUsage(crmac.Usage().WithDocumentBytes(1048576)).
			WithInstance(crmac.InstanceStatus().WithLicenceSerial(3))
	},
}

func TestTheThreeWritersOfATenantDoNotCollide(t *testing.T) {
	g := NewWithT(t)
	tenant := create(t, sample(t, "Tenant", "threefold"))
	applyAll := func() *crmv1.Tenant {
		for owner, part := range tenantWriters {
			g.Expect(operator.Status().Apply(t.Context(), crmac.Tenant("threefold", accounts).WithStatus(part()), client.FieldOwner(owner))).To(Succeed())
		}
		live := &crmv1.Tenant{}
		g.Expect(admin.Get(t.Context(), client.ObjectKeyFromObject(tenant), live)).To(Succeed())
		return live
	}

	first := applyAll()
	g.Expect(first.Status.Conditions).To(HaveLen(4))
	g.Expect(first.Status.Instance.State).To(Equal(crmv1.InstanceRunning))
	g.Expect(first.Status.Instance.LicenceSerial).To(BeEquivalentTo(3))
	g.Expect(first.Status.Standing.Billing).To(Equal(crmv1.BillingCurrent))
	g.Expect(applyAll().ResourceVersion).To(Equal(first.ResourceVersion), "saying the same again is no change")
}
