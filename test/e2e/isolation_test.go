//go:build e2e

package e2e

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

var _ = Describe("Tenants are isolated", func() {
	BeforeEach(func(ctx SpecContext) { rentedOut(ctx) })

	It("lets a tenant's pod reach no other tenant, no API server and nothing outside", func(ctx SpecContext) {
		var api corev1.Service
		Expect(k8s.Get(ctx, client.ObjectKey{Namespace: "default", Name: "kubernetes"}, &api)).To(Succeed())
		var endpoints corev1.NodeList
		Expect(k8s.List(ctx, &endpoints)).To(Succeed())
		node := ""
		for _, address := range endpoints.Items[0].Status.Addresses {
			if address.Type == corev1.NodeInternalIP {
				node = address.Address
			}
		}
		targets := []string{
			podAddress(ctx, "crm-globex", "crm-0", 8080),
			podAddress(ctx, "crm-globex", "crm-0", 9090),
			api.Spec.ClusterIP + ":443",
			node + ":6443",
			node + ":10250",
			"192.0.2.1:443", // an address for documentation: nothing outside may even be tried
		}
		said := insidePod(ctx, "crm-acme", "crm-0", nil, append([]string{"dial"}, targets...)...)
		lines := strings.Split(said, "\n")
		Expect(lines).To(HaveLen(len(targets)))
		for i, line := range lines {
			Expect(line).To(HavePrefix(targets[i]+" closed"), "what acme's pod can reach:\n%s", said)
		}
	})

	It("lets no pod of another namespace in, and answers where nothing forbids it", func(ctx SpecContext) {
		neighbour := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "e2e-neighbour"}}
		Expect(client.IgnoreAlreadyExists(k8s.Create(ctx, neighbour))).To(Succeed())
		DeferCleanup(func(ctx SpecContext) { Expect(client.IgnoreNotFound(k8s.Delete(ctx, neighbour))).To(Succeed()) })
		eventuallyServiceAccount(ctx, neighbour.Name)

		// A server beside the caller shows that a closed line is the policy's
		// doing and not the network's.
		beside := probeServer(ctx, neighbour.Name)
		public, private := podAddress(ctx, "crm-acme", "crm-0", 8080), podAddress(ctx, "crm-acme", "crm-0", 9090)
		said := probePod(ctx, neighbour.Name, nil, "dial", public, private, beside)
		Expect(said).To(ContainSubstring(public+" closed"), said)
		Expect(said).To(ContainSubstring(private+" closed"), said)
		Expect(said).To(ContainSubstring(beside+" open"), said)
	})

	It("lets the front door in", func() {
		page := newBrowser()
		page.open("acme.localhost", "/")
		page.sees("Ferretería acme")
	})

	It("lets the operator in on the private port", func(ctx SpecContext) {
		eventuallyCondition(ctx, "acme", "Reachable", metav1.ConditionTrue, "")
	})
})

var _ = Describe("A tenant's volumes", func() {
	BeforeEach(func(ctx SpecContext) { rentedOut(ctx) })

	It("are full at their own size, and the machine does not notice", func(ctx SpecContext) {
		documents := []corev1.VolumeMount{{Name: "documents", MountPath: "/data/documents"}}
		said := insidePod(ctx, "crm-globex", "crm-0", documents, "fill", "/data/documents/e2e-fill", "209715200")
		Expect(said).To(MatchRegexp(`^full after \d+ bytes: no space left on device$`))

		var node corev1.NodeList
		Expect(k8s.List(ctx, &node)).To(Succeed())
		for _, condition := range node.Items[0].Status.Conditions {
			if condition.Type == corev1.NodeDiskPressure {
				Expect(condition.Status).To(Equal(corev1.ConditionFalse))
			}
		}
		var pod corev1.Pod
		Expect(k8s.Get(ctx, client.ObjectKey{Namespace: "crm-globex", Name: "crm-0"}, &pod)).To(Succeed())
		Expect(podReady(&pod)).To(BeTrue(), "the instance goes on while its volume is full")
	})
})
