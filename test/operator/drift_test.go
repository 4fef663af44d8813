package operator_test

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

var _ = Describe("Drift is repaired", Ordered, func() {
	var name string

	BeforeAll(func(ctx SpecContext) {
		name = newName("drift")
		register(ctx, name, "free")
		becomesReady(ctx, name)
	})

	comesBack := func(ctx context.Context, key client.ObjectKey, object client.Object) {
		GinkgoHelper()
		Expect(admin.Get(ctx, key, object)).To(Succeed())
		gone := object.GetUID()
		Expect(admin.Delete(ctx, object)).To(Succeed())
		Eventually(ctx, func() error { return admin.Get(ctx, key, object) }).Should(Succeed())
		Eventually(ctx, func(g Gomega) {
			g.Expect(admin.Get(ctx, key, object)).To(Succeed())
			g.Expect(object.GetUID()).NotTo(Equal(gone))
		}).Should(Succeed())
	}

	It("a deleted Service", func(ctx SpecContext) { comesBack(ctx, inside(name, "crm"), &corev1.Service{}) })
	It("a deleted StatefulSet", func(ctx SpecContext) {
		comesBack(ctx, inside(name, "crm"), &appsv1.StatefulSet{})
		becomesReady(ctx, name)
	})
	It("a deleted NetworkPolicy", func(ctx SpecContext) { comesBack(ctx, inside(name, "default-deny"), &networkingv1.NetworkPolicy{}) })
	It("a deleted quota", func(ctx SpecContext) { comesBack(ctx, inside(name, "crm"), &corev1.ResourceQuota{}) })
	It("a deleted LimitRange", func(ctx SpecContext) { comesBack(ctx, inside(name, "crm"), &corev1.LimitRange{}) })
	It("a deleted ServiceAccount", func(ctx SpecContext) { comesBack(ctx, inside(name, "crm"), &corev1.ServiceAccount{}) })
	It("a deleted licence Secret", func(ctx SpecContext) { comesBack(ctx, inside(name, "crm-licence"), &corev1.Secret{}) })

	It("an edited quota", func(ctx SpecContext) {
		change(ctx, inside(name, "crm"), &corev1.ResourceQuota{}, func(q *corev1.ResourceQuota) {
			q.Spec.Hard[corev1.ResourceRequestsStorage] = resource.MustParse("1Ti")
		})
		Eventually(ctx, func(g Gomega) {
			var quota corev1.ResourceQuota
			g.Expect(admin.Get(ctx, inside(name, "crm"), &quota)).To(Succeed())
			storage := quota.Spec.Hard[corev1.ResourceRequestsStorage]
			g.Expect(storage.String()).To(Equal("1140Mi"))
		}).Should(Succeed())
	})

	It("a rule slipped into a policy without rules", func(ctx SpecContext) {
		change(ctx, inside(name, "default-deny"), &networkingv1.NetworkPolicy{}, func(p *networkingv1.NetworkPolicy) {
			p.Spec.Egress = []networkingv1.NetworkPolicyEgressRule{{}}
		})
		Eventually(ctx, func(g Gomega) {
			var policy networkingv1.NetworkPolicy
			g.Expect(admin.Get(ctx, inside(name, "default-deny"), &policy)).To(Succeed())
			g.Expect(policy.Spec.Egress).To(BeEmpty())
		}).Should(Succeed())
	})

	It("a peer added to a rule", func(ctx SpecContext) {
		change(ctx, inside(name, "from-operator"), &networkingv1.NetworkPolicy{}, func(p *networkingv1.NetworkPolicy) {
			p.Spec.Ingress[0].From = append(p.Spec.Ingress[0].From, networkingv1.NetworkPolicyPeer{
				IPBlock: &networkingv1.IPBlock{CIDR: "0.0.0.0/0"},
			})
		})
		Eventually(ctx, func(g Gomega) {
			var policy networkingv1.NetworkPolicy
			g.Expect(admin.Get(ctx, inside(name, "from-operator"), &policy)).To(Succeed())
			g.Expect(policy.Spec.Ingress[0].From).To(HaveLen(1))
		}).Should(Succeed())
	})

	It("another number of replicas", func(ctx SpecContext) {
		change(ctx, inside(name, "crm"), &appsv1.StatefulSet{}, func(s *appsv1.StatefulSet) { *s.Spec.Replicas = 3 })
		Eventually(ctx, func(g Gomega) {
			var workload appsv1.StatefulSet
			g.Expect(admin.Get(ctx, inside(name, "crm"), &workload)).To(Succeed())
			g.Expect(*workload.Spec.Replicas).To(BeEquivalentTo(1))
		}).Should(Succeed())
	})

	It("a lowered security level of the namespace", func(ctx SpecContext) {
		change(ctx, client.ObjectKey{Name: "crm-" + name}, &corev1.Namespace{}, func(n *corev1.Namespace) {
			n.Labels["pod-security.kubernetes.io/enforce"] = "privileged"
		})
		Eventually(ctx, func(g Gomega) {
			var namespace corev1.Namespace
			g.Expect(admin.Get(ctx, client.ObjectKey{Name: "crm-" + name}, &namespace)).To(Succeed())
			g.Expect(namespace.Labels).To(HaveKeyWithValue("pod-security.kubernetes.io/enforce", "restricted"))
		}).Should(Succeed())
	})

	It("an edited licence Secret, though its content is never cached", func(ctx SpecContext) {
		right := secretData(ctx, inside(name, "crm-licence"))["licence.jws"]
		change(ctx, inside(name, "crm-licence"), &corev1.Secret{}, func(s *corev1.Secret) { s.Data["licence.jws"] = []byte("forged") })
		Eventually(ctx, func() []byte { return secretData(ctx, inside(name, "crm-licence"))["licence.jws"] }).Should(Equal(right))
	})

	It("a label taken off, which hides the object from the cache", func(ctx SpecContext) {
		change(ctx, inside(name, "crm"), &corev1.Service{}, func(s *corev1.Service) { s.Labels = nil })
		Eventually(ctx, func(g Gomega) {
			var service corev1.Service
			g.Expect(admin.Get(ctx, inside(name, "crm"), &service)).To(Succeed())
			g.Expect(service.Labels).To(HaveKeyWithValue("app.kubernetes.io/managed-by", "salexops"))
		}).Should(Succeed())
	})

	It("the exchange token is not made anew by any of this", func(ctx SpecContext) {
		before := secretData(ctx, inside(name, "crm-keys"))["exchange-token"]
		Expect(len(before)).To(BeNumerically(">=", 26))
		change(ctx, inside(name, "crm-keys"), &corev1.Secret{}, func(s *corev1.Secret) { s.Labels["x"] = "y" })
		Consistently(ctx, func() []byte { return secretData(ctx, inside(name, "crm-keys"))["exchange-token"] }, "1s").Should(Equal(before))
	})
})
