package operator_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/instance"
)

var _ = Describe("The exchange", func() {
	It("carries the licence to a running instance and brings its report back", func(ctx SpecContext) {
		name := newName("talker")
		register(ctx, name, "free")
		becomesReady(ctx, name)
		becomes(ctx, name, "Reachable", "Unreachable")

		By("an instance that answers")
		house.open(name, string(secretData(ctx, inside(name, "crm-keys"))["exchange-token"]))
		becomes(ctx, name, "Reachable", "LicenceInForce")
		Eventually(ctx, func(g Gomega) {
			status := read(ctx, name).Status
			g.Expect(status.RunningVersion).To(Equal("v1.2.3"))
			g.Expect(status.Instance.LicenceSerial).To(BeEquivalentTo(1))
			g.Expect(status.Instance.ExchangedAt).NotTo(BeNil())
			g.Expect(status.Instance.OwnerPasswordChangedAt).To(BeNil())
		}).Should(Succeed())

		By("nothing new: nothing is written")
		calls := house.look(name).calls
		version := read(ctx, name).ResourceVersion
		Eventually(ctx, func() int { return house.look(name).calls }).Should(BeNumerically(">", calls+1))
		Expect(read(ctx, name).ResourceVersion).To(Equal(version))

		By("documents and seats, which the contract looks at, are written at once")
		house.change(name, func(i *anInstance) {
			i.report.Usage = instance.Usage{DocumentBytes: 1 << 20, RecordsBytes: 4096, Contacts: 3, Companies: 1, Users: 1}
			i.report.Holders = []instance.Holder{{UserID: 1, Name: "Lucía Moreno", Email: "lucia@" + name + ".example"}}
		})
		Eventually(ctx, func(g Gomega) {
			usage := read(ctx, name).Status.Usage
			g.Expect(usage).NotTo(BeNil())
			g.Expect(usage.DocumentBytes).To(BeEquivalentTo(1 << 20))
			g.Expect(usage.Users).To(BeEquivalentTo(1))
			var licence v1alpha1.License
			g.Expect(admin.Get(ctx, key(name+"-free"), &licence)).To(Succeed())
			g.Expect(licence.Status.Holders).To(HaveLen(1))
			g.Expect(licence.Status.Holders[0].UserID).To(Equal("1"))
		}).Should(Succeed())
	})

	It("removes the first password when the owner has one of their own, and never makes another", func(ctx SpecContext) {
		name := newName("owner")
		register(ctx, name, "free")
		becomesReady(ctx, name)
		first := secretData(ctx, inside(name, "crm-initial-password"))["password"]

		By("a restart of the operator: it stays the same")
		Expect(subject.Stop()).To(Succeed())
		startOperator()
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.DisplayName = "Otra" })
		Eventually(ctx, func() int64 { t := read(ctx, name); return t.Generation - t.Status.ObservedGeneration }).Should(BeZero())
		Expect(secretData(ctx, inside(name, "crm-initial-password"))["password"]).To(Equal(first))

		By("the owner changing it")
		house.open(name, string(secretData(ctx, inside(name, "crm-keys"))["exchange-token"]))
		house.change(name, func(i *anInstance) { i.report.OwnerPasswordChanged = true })
		absent(ctx, inside(name, "crm-initial-password"), &corev1.Secret{})
		Expect(read(ctx, name).Status.Instance.OwnerPasswordChangedAt).NotTo(BeNil())

		By("another restart: none comes back")
		Expect(subject.Stop()).To(Succeed())
		startOperator()
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.DisplayName = "Y otra" })
		Eventually(ctx, func() int64 { t := read(ctx, name); return t.Generation - t.Status.ObservedGeneration }).Should(BeZero())
		nothingThere(ctx, inside(name, "crm-initial-password"), &corev1.Secret{})
	})

	It("happens at once when the licence changes", func(ctx SpecContext) {
		name := newName("swift")
		register(ctx, name, "free")
		becomesReady(ctx, name)
		house.open(name, string(secretData(ctx, inside(name, "crm-keys"))["exchange-token"]))
		becomes(ctx, name, "Reachable", "LicenceInForce")
		change(ctx, key(name), &v1alpha1.Tenant{}, func(t *v1alpha1.Tenant) { t.Spec.DisplayName = "Nombre nuevo" })
		Eventually(ctx, func() int64 { return house.look(name).report.Serial }).WithTimeout(10 * time.Second).Should(BeEquivalentTo(2))
		Eventually(ctx, func() int64 { return read(ctx, name).Status.Instance.LicenceSerial }).Should(BeEquivalentTo(2))
	})

	It("says when an instance holds on to a newer licence, and what helps", func(ctx SpecContext) {
		name := newName("ahead")
		register(ctx, name, "free")
		becomesReady(ctx, name)
		house.open(name, string(secretData(ctx, inside(name, "crm-keys"))["exchange-token"]))
		becomes(ctx, name, "Reachable", "LicenceInForce")
		Eventually(ctx, func() int64 { return read(ctx, name).Status.Instance.LicenceSerial }).Should(BeEquivalentTo(1))
		house.change(name, func(i *anInstance) { i.report.Serial = 41 })
		Expect(becomes(ctx, name, "Reachable", "LicenceRefused").Message).To(ContainSubstring("41"))
	})
})
