//go:build e2e

package e2e

import (
	"context"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

const chosenPassword = "girasol-caminante-42"

// A seller's first day, and what may happen to the machines under it.
var _ = Describe("A tenant's own CRM", Ordered, func() {
	var page *browser

	BeforeAll(func(ctx SpecContext) {
		rentedOut(ctx)
		page = newBrowser()
	})

	It("asks for the initial password and then for one of the owner's own", func(ctx SpecContext) {
		initial := firstPassword(ctx, "acme")
		page.open("acme.localhost", "/")
		page.signIn("owner@acme.example", initial)
		page.arrives("/password")
		page.open("acme.localhost", "/contacts")
		page.arrives("/password") // nothing else is open until it is changed

		page.fill("current", initial)
		page.fill("new", chosenPassword)
		page.fill("again", chosenPassword)
		page.submit("new")
		page.sees("Contactos")
	})

	It("keeps a contact and a company with accents and ñ in their names", func() {
		page.open("acme.localhost", "/companies/new")
		page.fill("name", "Cañón del Yaqui Güemes")
		page.submit("name")
		page.sees("Cañón del Yaqui Güemes")

		page.open("acme.localhost", "/contacts/new")
		page.fill("givenName", "José Ángel")
		page.fill("familyName", "Núñez Íñiguez")
		page.submit("givenName")
		page.sees("José Ángel Núñez Íñiguez")
	})

	It("finds both typed without accents", func() {
		page.findsBoth()
	})

	It("forgives a deletion", func() {
		page.open("acme.localhost", "/contacts/new")
		page.fill("givenName", "Borrada")
		page.fill("familyName", "Por Error")
		page.submit("givenName")
		page.sees("Borrada Por Error")
		page.deleteRecord()
		page.press("Deshacer")
		page.sees("Borrada Por Error")
	})

	It("delivers the initial password only once", func(ctx SpecContext) {
		Eventually(func() bool {
			err := k8s.Get(ctx, client.ObjectKey{Namespace: "crm-acme", Name: "crm-initial-password"}, &corev1.Secret{})
			return apierrors.IsNotFound(err)
		}).Should(BeTrue(), "the Secret goes when the owner has a password of their own")
	})

	It("loses nothing when the pod is killed", func(ctx SpecContext) {
		var pod corev1.Pod
		key := client.ObjectKey{Namespace: "crm-acme", Name: "crm-0"}
		Expect(k8s.Get(ctx, key, &pod)).To(Succeed())
		Expect(k8s.Delete(ctx, &pod, client.GracePeriodSeconds(0))).To(Succeed())
		killed := pod.UID
		Eventually(func(g Gomega) {
			var next corev1.Pod
			g.Expect(k8s.Get(ctx, key, &next)).To(Succeed())
			g.Expect(next.UID).NotTo(Equal(killed))
			g.Expect(podReady(&next)).To(BeTrue())
		}).Should(Succeed())
		page.findsBoth()
	})

	It("takes the changed password after the operator was restarted", func(ctx SpecContext) {
		restartOperator(ctx)
		eventuallyReady(ctx, "acme")
		other := newBrowser()
		other.open("acme.localhost", "/")
		other.signIn("owner@acme.example", chosenPassword)
		other.sees("Contactos")

		By("telling the first browser that a second sign-in ended its session")
		page.open("acme.localhost", "/contacts")
		page.arrives("/sign-in")
		page.sees("entraste desde otro lugar")
	})

	It("complained about nothing in the console", func() {
		Expect(page.complaints()).To(BeEmpty(), "scripts, styles and their policy are in order")
	})
})

var _ = Describe("The operator", func() {
	BeforeEach(func(ctx SpecContext) { rentedOut(ctx) })

	It("brings back what someone deleted or edited", func(ctx SpecContext) {
		service := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: "crm-globex", Name: "crm"}}
		Expect(k8s.Delete(ctx, service)).To(Succeed())
		var quota corev1.ResourceQuota
		quotaKey := client.ObjectKey{Namespace: "crm-globex", Name: "crm"}
		Expect(k8s.Get(ctx, quotaKey, &quota)).To(Succeed())
		wanted := quota.Spec.DeepCopy()
		mustKubectl(ctx, "", "-n", "crm-globex", "patch", "resourcequota", "crm", "--type=json",
			"-p", `[{"op":"replace","path":"/spec/hard/pods","value":"99"}]`)

		Eventually(func(g Gomega) {
			g.Expect(k8s.Get(ctx, client.ObjectKeyFromObject(service), &corev1.Service{})).To(Succeed())
			g.Expect(k8s.Get(ctx, quotaKey, &quota)).To(Succeed())
			g.Expect(quota.Spec.Hard.Pods().Cmp(*wanted.Hard.Pods())).To(BeZero())
		}).Should(Succeed())
	})

	It("deletes a customer only when told so by name, and then leaves nothing", func(ctx SpecContext) {
		ensure(ctx, registered("initech"), subscription("initech", "e2e-free"))
		eventuallyReady(ctx, "initech")

		said, err := kubectl(ctx, "", "-n", accounts, "delete", "tenant", "initech")
		Expect(err).To(HaveOccurred())
		Expect(said).To(ContainSubstring("crm.salexops.com/confirm-deletion"))

		deleteForGood(ctx, "tenant", "initech")
		err = k8s.Get(ctx, client.ObjectKey{Name: "crm-initech"}, &corev1.Namespace{})
		Expect(apierrors.IsNotFound(err)).To(BeTrue(), "its namespace is gone: %v", err)
		var volumes corev1.PersistentVolumeList
		Expect(k8s.List(ctx, &volumes)).To(Succeed())
		for _, volume := range volumes.Items {
			if volume.Spec.ClaimRef != nil {
				Expect(volume.Spec.ClaimRef.Namespace).NotTo(Equal("crm-initech"), "its volumes are gone")
			}
		}
		deleteForGood(ctx, "subscription", "initech")
	})

	It("says what is wrong with a tenant, makes nothing by halves, and goes on when it is mended", func(ctx SpecContext) {
		taken := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "crm-umbrella"}}
		ensure(ctx, taken, registered("umbrella"), subscription("umbrella", "e2e-free"))
		eventuallyCondition(ctx, "umbrella", "Provisioned", metav1.ConditionFalse, "NamespaceTaken")
		var sets appsv1.StatefulSetList
		Expect(k8s.List(ctx, &sets, client.InNamespace("crm-umbrella"))).To(Succeed())
		Expect(sets.Items).To(BeEmpty())

		Expect(k8s.Delete(ctx, taken)).To(Succeed())
		eventuallyReady(ctx, "umbrella")
		deleteForGood(ctx, "tenant", "umbrella")
		deleteForGood(ctx, "subscription", "umbrella")
	})

	It("shows the daily answer in one line", func(ctx SpecContext) {
		said := mustKubectl(ctx, "", "-n", accounts, "get", "tenants")
		Expect(said).To(MatchRegexp(`NAME\s+PLAN\s+STANDING\s+ACCESS\s+READY\s+PAID THROUGH\s+NEXT\s+WHEN\s+AGE`))
		Expect(said).To(MatchRegexp(`acme\s+e2e-team\s+Current\s+Open\s+True\s+\d{4}-\d\d-\d\d\s+payment due\s+\d{4}-\d\d-\d\d`))
		Expect(said).To(MatchRegexp(`globex\s+e2e-free\s+Free\s+Open\s+True`))
	})
})

// signIn fills the sign-in page and sends it.
func (b *browser) signIn(email, password string) {
	GinkgoHelper()
	b.fill("email", email)
	b.fill("password", password)
	b.submit("password")
}

// findsBoth looks for the contact and the company as a hurried person types.
func (b *browser) findsBoth() {
	GinkgoHelper()
	b.open("acme.localhost", "/search?q=nunez+iniguez")
	b.sees("José Ángel Núñez Íñiguez")
	b.open("acme.localhost", "/search?q=canon+guemes")
	b.sees("Cañón del Yaqui Güemes")
}

// deleteRecord presses the record's own delete button.
func (b *browser) deleteRecord() {
	GinkgoHelper()
	b.press("Más acciones")
	b.press("Eliminar")
}

// deleteForGood deletes an object of the ledger as one who means it.
func deleteForGood(ctx context.Context, kind, name string) {
	GinkgoHelper()
	mustKubectl(ctx, "", "-n", accounts, "annotate", kind, name, v1alpha1.ConfirmDeletionAnnotation+"="+name)
	mustKubectl(ctx, "", "-n", accounts, "delete", kind, name, "--timeout=90s")
}

// restartOperator ends the manager's pods and waits for the next ones.
func restartOperator(ctx context.Context) {
	GinkgoHelper()
	var manager appsv1.Deployment
	key := client.ObjectKey{Namespace: "salexops-system", Name: "salexops-manager"}
	Expect(k8s.Get(ctx, key, &manager)).To(Succeed())
	before := manager.DeepCopy()
	if manager.Spec.Template.Annotations == nil {
		manager.Spec.Template.Annotations = map[string]string{}
	}
	manager.Spec.Template.Annotations["e2e/restarted-at"] = time.Now().UTC().Format(time.RFC3339Nano)
	Expect(k8s.Patch(ctx, &manager, client.MergeFrom(before))).To(Succeed())
	mustKubectl(ctx, "", "-n", "salexops-system", "rollout", "status", "deployment/salexops-manager", "--timeout=90s")
}
