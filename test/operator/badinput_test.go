package operator_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

var _ = Describe("Bad input", func() {
	It("an owner without a confirmed address: nothing is made until it is confirmed", func(ctx SpecContext) {
		name := newName("unconfirmed")
		register(ctx, name, "free", func(t *v1alpha1.Tenant) { t.Spec.Owner.EmailConfirmedAt = nil })
		Expect(becomes(ctx, name, "Registered", "AddressUnconfirmed").Message).To(ContainSubstring("spec.owner.emailConfirmedAt"))
		Expect(becomes(ctx, name, "Provisioned", "NotRegistered").Message).To(ContainSubstring("spec.owner.emailConfirmedAt"))
		Expect(becomes(ctx, name, "Stalled", "NotRegistered").Status).To(Equal(metav1.ConditionTrue))
		nothingThere(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{})
		nothingThere(ctx, key(name+"-free"), &v1alpha1.License{})
		Expect(read(ctx, name).Finalizers).To(BeEmpty())

		at := metav1.NewTime(controlplane.Now)
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.Owner.EmailConfirmedAt = &at })
		becomesReady(ctx, name)
		Expect(meta.FindStatusCondition(read(ctx, name).Status.Conditions, "Stalled")).To(BeNil())
	})

	It("a document that was not accepted", func(ctx SpecContext) {
		name := newName("undocumented")
		accepted := controlplane.Tenant("x").Spec.AcceptedDocuments
		register(ctx, name, "free", func(t *v1alpha1.Tenant) { t.Spec.AcceptedDocuments = accepted[:1] })
		Expect(becomes(ctx, name, "Registered", "DocumentNotAccepted").Message).To(ContainSubstring("PrivacyPolicy"))
		becomes(ctx, name, "Provisioned", "NotRegistered")
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.AcceptedDocuments = accepted })
		becomesReady(ctx, name)
	})

	It("a plan that does not exist: creating it heals", func(ctx SpecContext) {
		name, plan := newName("planless"), newName("gone")
		register(ctx, name, plan)
		Expect(becomes(ctx, name, "Registered", "PlanNotFound").Message).To(ContainSubstring(plan))
		becomes(ctx, name, "Provisioned", "NotRegistered")
		nothingThere(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{})
		Expect(admin.Create(ctx, controlplane.FreePlan(plan))).To(Succeed())
		becomesReady(ctx, name)
	})

	It("a tenant without a subscription, and with two", func(ctx SpecContext) {
		name := newName("sub")
		Expect(admin.Create(ctx, controlplane.Tenant(name))).To(Succeed())
		becomes(ctx, name, "Registered", "SubscriptionMissing")
		second := controlplane.Subscription(name, "free")
		second.Name += "-again"
		Expect(admin.Create(ctx, controlplane.Subscription(name, "free"))).To(Succeed())
		becomesReady(ctx, name)

		By("a second one: nothing is taken from the tenant")
		Expect(admin.Create(ctx, second)).To(Succeed())
		becomes(ctx, name, "Registered", "SubscriptionAmbiguous")
		becomesReady(ctx, name)
	})

	It("a foreign namespace of that name: it is never touched, and its going heals", func(ctx SpecContext) {
		name := newName("foreign")
		foreign := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "crm-" + name, Labels: map[string]string{"owner": "somebody"}}}
		Expect(admin.Create(ctx, foreign)).To(Succeed())
		version := foreign.ResourceVersion
		register(ctx, name, "free")
		Expect(becomes(ctx, name, "Provisioned", "NamespaceTaken").Message).To(ContainSubstring("crm-" + name))
		Expect(read(ctx, name).Status.Namespace).To(BeEmpty())
		nothingThere(ctx, inside(name, "crm"), &appsv1.StatefulSet{})
		nothingThere(ctx, inside(name, "records"), &corev1.PersistentVolumeClaim{})
		Expect(admin.Get(ctx, client.ObjectKeyFromObject(foreign), foreign)).To(Succeed())
		Expect(foreign.ResourceVersion).To(Equal(version))

		Expect(admin.Delete(ctx, foreign)).To(Succeed())
		becomesReady(ctx, name)
	})

	It("a host that another tenant has: the older keeps it, and choosing another heals", func(ctx SpecContext) {
		older, younger := newName("host-a"), newName("host-b")
		register(ctx, older, "free", func(t *v1alpha1.Tenant) { t.Spec.Host = older + ".example.com" })
		becomesReady(ctx, older)
		register(ctx, younger, "free", func(t *v1alpha1.Tenant) { t.Spec.Host = older + ".example.com" })
		Expect(becomes(ctx, younger, "Provisioned", "HostTaken").Message).To(ContainSubstring(older))
		nothingThere(ctx, client.ObjectKey{Name: "crm-" + younger}, &corev1.Namespace{})
		becomesReady(ctx, older)

		By("the older one giving it up")
		change(ctx, key(older), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.Host = older + ".example.org" })
		becomesReady(ctx, younger)
		Eventually(ctx, func() string { return read(ctx, older).Status.URL }).Should(Equal("http://" + older + ".example.org:8080"))
	})

	It("a plan that would shrink a claim: nothing changes, and growing it again heals", func(ctx SpecContext) {
		name, plan := newName("shrinker"), newName("shrinking")
		Expect(admin.Create(ctx, controlplane.FreePlan(plan))).To(Succeed())
		register(ctx, name, plan)
		becomesReady(ctx, name)
		var before corev1.ResourceQuota
		Expect(admin.Get(ctx, inside(name, "crm"), &before)).To(Succeed())

		change(ctx, client.ObjectKey{Name: plan}, &v1alpha1.Plan{}, func(p *v1alpha1.Plan) {
			p.Spec.DocumentQuota = resource.MustParse("256Mi")
		})
		Expect(becomes(ctx, name, "Provisioned", "VolumeCannotShrink").Message).To(And(
			ContainSubstring("documents"), ContainSubstring("documentQuota"), ContainSubstring(plan)))
		var after corev1.ResourceQuota
		Expect(admin.Get(ctx, inside(name, "crm"), &after)).To(Succeed())
		Expect(after.Spec).To(Equal(before.Spec))
		var workload appsv1.StatefulSet
		Expect(admin.Get(ctx, inside(name, "crm"), &workload)).To(Succeed())
		Expect(*workload.Spec.Replicas).To(BeEquivalentTo(1))

		change(ctx, client.ObjectKey{Name: plan}, &v1alpha1.Plan{}, func(p *v1alpha1.Plan) {
			p.Spec.DocumentQuota = resource.MustParse("512Mi")
		})
		becomesReady(ctx, name)
	})

	It("a namespace that was lost with its data: no empty CRM takes its place unasked", func(ctx SpecContext) {
		name := newName("lost")
		register(ctx, name, "free")
		becomesReady(ctx, name)
		lost := read(ctx, name).Status.Instance.NamespaceUID
		var namespace corev1.Namespace
		Expect(admin.Get(ctx, client.ObjectKey{Name: "crm-" + name}, &namespace)).To(Succeed())
		change(ctx, client.ObjectKeyFromObject(&namespace), &namespace, func(n *corev1.Namespace) {
			n.Annotations = map[string]string{v1alpha1.ConfirmDeletionAnnotation: n.Name}
		})
		Expect(admin.Delete(ctx, &namespace)).To(Succeed())
		Expect(becomes(ctx, name, "Provisioned", "NamespaceLost").Message).To(ContainSubstring(string(lost)))
		nothingThere(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{})

		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) {
			t.Annotations = map[string]string{"crm.salexops.com/accept-data-loss": string(lost)}
		})
		becomesReady(ctx, name)
		Expect(read(ctx, name).Status.Instance.NamespaceUID).NotTo(Equal(lost))
	})

	It("a write that the API server refuses: the condition has its words, and it is tried again", func(ctx SpecContext) {
		name, plan := newName("refused"), newName("odd")
		odd := controlplane.FreePlan(plan)
		odd.Spec.Resources.Requests = corev1.ResourceList{"example.com/half": resource.MustParse("500m")}
		Expect(admin.Create(ctx, odd)).To(Succeed())
		register(ctx, name, plan)
		Expect(becomes(ctx, name, "Provisioned", "ClusterRefused").Message).To(ContainSubstring("example.com/half"))
		change(ctx, client.ObjectKey{Name: plan}, &v1alpha1.Plan{}, func(p *v1alpha1.Plan) { p.Spec.Resources = v1alpha1.PlanResources{} })
		becomesReady(ctx, name)
	})
})
