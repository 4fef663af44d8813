package operator_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

var _ = Describe("The contract", Serial, func() {
	It("a tenant whose payment has lapsed stays in grace, and a condition says what is held back", func(ctx SpecContext) {
		name := newName("lapsed")
		register(ctx, name, "team")
		pay(ctx, name, controlplane.FirstMonth)
		becomesReady(ctx, name)

		By("living to long after the deadline")
		travel(ctx, time.Date(2027, 3, 10, 18, 0, 0, 0, time.UTC))
		DeferCleanup(func(ctx SpecContext) { travel(ctx, controlplane.Now) })
		held := becomes(ctx, name, "ActsHeld", "FeedComplete")
		Expect(held.Status).To(Equal(metav1.ConditionTrue))
		Expect(held.Message).To(ContainSubstring("contract.md 4"))
		standing := read(ctx, name).Status.Standing
		Expect(standing.Billing).To(Equal(v1alpha1.BillingGrace))
		Expect(standing.MayRun).To(BeTrue())
		Expect(standing.SupportEntitled).To(BeFalse())
		var workload appsv1.StatefulSet
		Expect(admin.Get(ctx, inside(name, "crm"), &workload)).To(Succeed())
		Expect(*workload.Spec.Replicas).To(BeEquivalentTo(1))
	})

	It("a plan counts who is on it, and can't be deleted from under them", func(ctx SpecContext) {
		name, plan := newName("counted"), newName("counting")
		Expect(admin.Create(ctx, controlplane.FreePlan(plan))).To(Succeed())
		register(ctx, name, plan)
		becomesReady(ctx, name)
		Eventually(ctx, func() int32 {
			var p v1alpha1.Plan
			Expect(admin.Get(ctx, client.ObjectKey{Name: plan}, &p)).To(Succeed())
			return p.Status.Tenants
		}).Should(BeEquivalentTo(1))
		Expect(admin.Delete(ctx, controlplane.FreePlan(plan))).To(MatchError(ContainSubstring("in use by 1 tenant")))
	})
})

// travel sets the contract's clock.
func travel(ctx SpecContext, to time.Time) {
	GinkgoHelper()
	change(ctx, client.ObjectKey{Name: "default"}, &v1alpha1.PlatformPolicy{}, func(p *v1alpha1.PlatformPolicy) {
		p.Spec.TestClock = &v1alpha1.TestClock{Now: metav1.NewTime(to)}
	})
}
