package operator_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

var _ = Describe("A tenant who has registered and paid", func() {
	It("gets an isolated instance, a licence and an initial password", func(ctx SpecContext) {
		name := newName("acme")
		register(ctx, name, "team")
		becomes(ctx, name, "Registered", "NeverPaid")
		becomes(ctx, name, "Provisioned", "NotRegistered")
		nothingThere(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{})

		By("paying")
		pay(ctx, name, controlplane.FirstMonth)
		becomesReady(ctx, name)

		tenant := read(ctx, name)
		Expect(tenant.Finalizers).To(ContainElement(v1alpha1.InstanceFinalizer))
		standing := tenant.Status.Standing
		Expect(standing.Billing).To(Equal(v1alpha1.BillingCurrent))
		Expect(standing.Summary).To(Equal("Current"))
		Expect(standing.PaidThrough).To(Equal(v1alpha1.Date("2027-01-30")))
		Expect(standing.Next.What).To(Equal("payment due"))
		Expect(standing.Next.When).To(Equal("2027-01-31"))
		Expect(tenant.Status.URL).To(Equal("http://" + name + ".localhost:8080"))
		Expect(tenant.Status.Namespace).To(Equal("crm-" + name))
		Expect(tenant.Status.Instance.State).To(Equal(v1alpha1.InstanceRunning))
		Expect(tenant.Status.Instance.Ready).To(Equal("True"))
		Expect(tenant.Status.ObservedGeneration).To(Equal(tenant.Generation))
		Expect(meta.FindStatusCondition(tenant.Status.Conditions, "Stalled")).To(BeNil())
		Expect(meta.FindStatusCondition(tenant.Status.Conditions, "Reconciling")).To(BeNil())

		By("being isolated")
		var namespace corev1.Namespace
		Expect(admin.Get(ctx, client.ObjectKey{Name: "crm-" + name}, &namespace)).To(Succeed())
		Expect(namespace.Labels).To(HaveKeyWithValue("pod-security.kubernetes.io/enforce", "restricted"))
		Expect(namespace.OwnerReferences).To(BeEmpty())
		for _, policy := range []string{"default-deny", "from-frontdoor", "from-operator"} {
			Expect(admin.Get(ctx, inside(name, policy), &networkingv1.NetworkPolicy{})).To(Succeed(), policy)
		}
		var account corev1.ServiceAccount
		Expect(admin.Get(ctx, inside(name, "crm"), &account)).To(Succeed())
		Expect(*account.AutomountServiceAccountToken).To(BeFalse())

		By("having volumes of the plan's size that nothing owns")
		for claim, size := range map[string]string{"records": "2Gi", "documents": "11328Mi"} {
			var object corev1.PersistentVolumeClaim
			Expect(admin.Get(ctx, inside(name, claim), &object)).To(Succeed())
			request := object.Spec.Resources.Requests[corev1.ResourceStorage]
			Expect(request.String()).To(Equal(size), claim)
			Expect(object.OwnerReferences).To(BeEmpty())
		}
		var workload appsv1.StatefulSet
		Expect(admin.Get(ctx, inside(name, "crm"), &workload)).To(Succeed())
		Expect(*workload.Spec.Replicas).To(BeEquivalentTo(1))
		Expect(workload.Spec.VolumeClaimTemplates).To(BeEmpty())

		By("holding a licence that the CRM accepts")
		var licence v1alpha1.License
		Expect(admin.Get(ctx, key(name+"-team"), &licence)).To(Succeed())
		Expect(licence.Status.Serial).To(BeEquivalentTo(1))
		Expect(licence.Status.Seats).To(BeEquivalentTo(10))
		verified, err := verify(name, licence.Status.Token)
		Expect(err).NotTo(HaveOccurred())
		Expect(verified.Claims.DocumentQuotaBytes).To(BeEquivalentTo(10 << 30))
		Expect(string(secretData(ctx, inside(name, "crm-licence"))["licence.jws"])).To(Equal(licence.Status.Token))

		By("having a first password")
		password := secretData(ctx, inside(name, "crm-initial-password"))
		Expect(string(password["email"])).To(Equal("lucia@" + name + ".example"))
		Expect(string(password["password"])).To(MatchRegexp(`^[a-z2-9]{5}(-[a-z2-9]{5}){3}$`))
		Expect(tenant.Status.Instance.InitialPasswordIssuedAt).NotTo(BeNil())
	})

	It("is told the figures of its subscription, and the operator owns none of the billing system's fields", func(ctx SpecContext) {
		name := newName("ledger")
		register(ctx, name, "team")
		pay(ctx, name, controlplane.FirstMonth)
		becomesReady(ctx, name)
		var subscription v1alpha1.Subscription
		Eventually(ctx, func(g Gomega) {
			g.Expect(admin.Get(ctx, key(name), &subscription)).To(Succeed())
			g.Expect(subscription.Status.DueDate).To(Equal(v1alpha1.Date("2027-01-31")))
		}).Should(Succeed())
		Expect(subscription.Status.LiabilityCapUSD).To(Equal(v1alpha1.Decimal("500.00")))
		Expect(subscription.Status.PlanPeriods).To(HaveLen(1))
		Expect(subscription.Status.Billing.Payments).To(HaveLen(1))
		var operators int
		for _, entry := range subscription.ManagedFields {
			if entry.Manager == v1alpha1.StandingFieldOwner {
				operators++
				Expect(entry.FieldsV1.GetRawString()).NotTo(ContainSubstring(`"f:billing"`))
			}
		}
		Expect(operators).To(Equal(1))
	})
})

var _ = Describe("A free tenant", func() {
	It("is provisioned without a payment", func(ctx SpecContext) {
		name := newName("globex")
		register(ctx, name, "free")
		becomesReady(ctx, name)
		tenant := read(ctx, name)
		Expect(tenant.Status.Standing.Billing).To(Equal(v1alpha1.BillingFree))
		Expect(tenant.Status.Standing.Next).To(BeNil())
		registered := meta.FindStatusCondition(tenant.Status.Conditions, "Registered")
		Expect(registered.Status).To(Equal(metav1.ConditionTrue))
	})

	It("gets another licence and larger volumes with a larger plan, under a higher serial", func(ctx SpecContext) {
		name := newName("grower")
		register(ctx, name, "free")
		becomesReady(ctx, name)
		change(ctx, key(name), &v1alpha1.Subscription{}, func(s *v1alpha1.Subscription) { s.Spec.PlanRef.Name = "team" })
		pay(ctx, name, controlplane.FirstMonth)
		Eventually(ctx, func(g Gomega) {
			var licence v1alpha1.License
			g.Expect(admin.Get(ctx, key(name+"-team"), &licence)).To(Succeed())
			g.Expect(licence.Status.Serial).To(BeNumerically(">", 1))
			g.Expect(string(secretData(ctx, inside(name, "crm-licence"))["licence.jws"])).To(Equal(licence.Status.Token))
		}).Should(Succeed())
	})
})
