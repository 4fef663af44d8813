package lapse_test

import (
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/story"
)

var _ = Describe("A tenant whose payment fails to come", func() {
	It("goes through grace, is disabled, told and purged, and comes back with its records", func(ctx SpecContext) {
		name := acme(ctx)
		records, documents := claim(ctx, name, "records").UID, claim(ctx, name, "documents")

		By("31 January: money received today is on time")
		lives(ctx, name, "2027-01-31 23:59:59", v1alpha1.BillingCurrent)
		Expect(told(name)).To(BeEmpty())

		By("1 February: grace begins, support ends, the owner is reminded")
		lives(ctx, name, "2027-02-01", v1alpha1.BillingGrace)
		Expect(tenant(ctx, name).Status.Standing.SupportEntitled).To(BeFalse())
		Eventually(ctx, func() []string { return told(name) }).Should(HaveLen(1))
		Eventually(ctx, func() *metav1.Time { return lapse(ctx, name).RemindedAt }).ShouldNot(BeNil())
		Expect(lapse(ctx, name).RemindedAt.Time).To(BeTemporally("==", story.At("2027-02-01")))

		By("3 February, 23:59: it works")
		lives(ctx, name, "2027-02-03 23:59:59", v1alpha1.BillingGrace)
		Expect(running(ctx, name)).To(BeTrue())

		By("4 February: users are disabled")
		lives(ctx, name, "2027-02-04", v1alpha1.BillingDisabled)
		Eventually(ctx, func() bool { return running(ctx, name) }).Should(BeFalse())
		Expect(lapse(ctx, name).DisabledAt.Time).To(BeTemporally("==", story.At("2027-02-04")))
		Expect(tenant(ctx, name).Status.Standing.Access).To(Equal(v1alpha1.AccessClosed))

		By("20 February: the owner is told of 3 March")
		lives(ctx, name, "2027-02-19 23:59:59", v1alpha1.BillingDisabled)
		Expect(told(name)).To(HaveLen(1))
		lives(ctx, name, "2027-02-20", v1alpha1.BillingPurgeScheduled)
		Expect(told(name)).To(HaveLen(2))
		Expect(lastMessage()).To(ContainSubstring("3 de marzo de 2027"))
		Expect(lapse(ctx, name).PurgeAt.Time).To(BeTemporally("==", story.At("2027-03-03")))

		By("2 March, 23:59: everything is still there")
		lives(ctx, name, "2027-03-02 23:59:59", v1alpha1.BillingPurgeScheduled)
		settles(ctx, name)
		Expect(claim(ctx, name, "documents").UID).To(Equal(documents.UID))
		Expect(hasKey(ctx, name)).To(BeTrue())

		By("3 March: the documents go, and only they")
		lives(ctx, name, "2027-03-03", v1alpha1.BillingPurged)
		Expect(claim(ctx, name, "documents")).To(BeNil())
		Expect(found(ctx, client.ObjectKey{Name: documents.Spec.VolumeName}, &corev1.PersistentVolume{})).To(BeFalse())
		Expect(hasKey(ctx, name)).To(BeFalse())
		Expect(claim(ctx, name, "records").UID).To(Equal(records))
		purge := lapse(ctx, name).Purge
		Expect(purge.ClaimUID).To(Equal(documents.UID))
		Expect(purge.KeyDestroyedAt).NotTo(BeNil())
		Expect(purge.CompletedAt).NotTo(BeNil())
		settles(ctx, name)
		Expect(claim(ctx, name, "documents")).To(BeNil(), "nothing makes it again while the tenant may not run")

		By("5 March: a payment brings everything back but the documents")
		Expect(world.Live(ctx, "2027-03-05")).To(Succeed())
		Expect(world.Pay(ctx, name, "pay-0002", "2027-03-05", "2027-02-28", "2027-03-30")).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingCurrent)
		Eventually(ctx, func() bool { return running(ctx, name) }).Should(BeTrue())
		Eventually(ctx, func() *corev1.PersistentVolumeClaim { return claim(ctx, name, "documents") }).ShouldNot(BeNil())
		Expect(claim(ctx, name, "documents").UID).NotTo(Equal(documents.UID))
		Expect(hasKey(ctx, name)).To(BeTrue())
		Expect(claim(ctx, name, "records").UID).To(Equal(records))
		Expect(condition(ctx, name, "DocumentsPurged").Message).To(ContainSubstring("2027-03-03"))
		closed := lapse(ctx, name)
		Expect(closed.ClosedBy).To(Equal("pay-0002"))
		Expect(closed.Purge.CompletedAt).To(Equal(purge.CompletedAt), "the record stays")
	})

	It("loses the key of its documents, though somebody took the labels off it", func(ctx SpecContext) {
		name := acme(ctx)
		lapses(ctx, name)
		secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Namespace: "crm-" + name, Name: "crm-documents-key"}}
		Expect(admin.Patch(ctx, secret, client.RawPatch(types.MergePatchType, []byte(`{"metadata":{"labels":null}}`)))).To(Succeed())
		settles(ctx, name)
		lives(ctx, name, "2027-03-03", v1alpha1.BillingPurged)
		Expect(hasKey(ctx, name)).To(BeFalse())
		Expect(lapse(ctx, name).Purge.KeyUID).To(Equal(secret.UID))
	})

	It("is restored at once by a payment on day 2.9, and nobody noticed", func(ctx SpecContext) {
		name := acme(ctx)
		lives(ctx, name, "2027-02-03 21:36", v1alpha1.BillingGrace) // sod(1 Feb) + 2.9 days
		Expect(world.Pay(ctx, name, "pay-0002", "2027-02-03 21:36", "2027-01-31", "2027-02-27")).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingCurrent)
		lives(ctx, name, "2027-02-04", v1alpha1.BillingCurrent)
		settles(ctx, name)
		Expect(running(ctx, name)).To(BeTrue())
		Expect(lapse(ctx, name).DisabledAt).To(BeNil())
		Expect(lapse(ctx, name).ClosedBy).To(Equal("pay-0002"))
	})

	It("keeps everything when it pays on day 29.9, and the notice is void", func(ctx SpecContext) {
		name := acme(ctx)
		documents := claim(ctx, name, "documents").UID
		lapses(ctx, name)
		Expect(world.Live(ctx, "2027-03-02 21:36")).To(Succeed())
		Expect(world.Pay(ctx, name, "pay-0002", "2027-03-02 21:36", "2027-02-28", "2027-03-30")).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingCurrent)
		Eventually(ctx, func() bool { return running(ctx, name) }).Should(BeTrue())
		lives(ctx, name, "2027-03-03", v1alpha1.BillingCurrent)
		settles(ctx, name)
		Expect(claim(ctx, name, "documents").UID).To(Equal(documents))
		var notice v1alpha1.Notice
		Expect(admin.Get(ctx, key(name+"-purge-notice-2027-02-20"), &notice)).To(Succeed())
		Expect(notice.Status.ClosedAt).NotTo(BeNil())
		Expect(notice.Labels).NotTo(HaveKey(v1alpha1.OpenNoticeLabel), "closed notices stay out of the cache")

		By("lapsing anew: the next lapse needs a notice of its own")
		lives(ctx, name, "2027-04-01", v1alpha1.BillingGrace)
		lives(ctx, name, "2027-04-04", v1alpha1.BillingDisabled)
		Expect(lapse(ctx, name).NoticeDeliveredAt).To(BeNil())
	})

	It("is restored when billing tells late of money that came in time", func(ctx SpecContext) {
		name := acme(ctx)
		lives(ctx, name, "2027-02-04", v1alpha1.BillingDisabled)
		Expect(world.Live(ctx, "2027-02-10 09:00")).To(Succeed())
		Expect(world.Pay(ctx, name, "pay-0002", "2027-01-29 12:00", "2027-01-31", "2027-02-27")).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingCurrent)
		Eventually(ctx, func() bool { return running(ctx, name) }).Should(BeTrue())
		Expect(subscription(ctx, name).Status.PaidThrough).To(Equal(v1alpha1.Date("2027-02-27")))
	})

	It("pays while the purge runs: the purge finishes, then everything else comes back", func(ctx SpecContext) {
		name := acme(ctx)
		records, documents := claim(ctx, name, "records").UID, claim(ctx, name, "documents")
		lapses(ctx, name)
		keep(ctx, name)
		lives(ctx, name, "2027-03-03", v1alpha1.BillingPurging)
		Eventually(ctx, func() *metav1.Time { return claim(ctx, name, "documents").DeletionTimestamp }).ShouldNot(BeNil())
		Expect(world.Live(ctx, "2027-03-03 00:01")).To(Succeed())
		Expect(world.Pay(ctx, name, "pay-0002", "2027-03-03 00:01", "2027-03-03", "2027-04-02")).To(Succeed())
		settles(ctx, name)
		Expect(tenant(ctx, name).Status.Standing.Billing).To(Equal(v1alpha1.BillingPurging))
		Expect(running(ctx, name)).To(BeFalse())

		By("letting the volume go")
		letGo(ctx, name)
		becomes(ctx, name, v1alpha1.BillingCurrent)
		Eventually(ctx, func() bool { return running(ctx, name) }).Should(BeTrue())
		Expect(claim(ctx, name, "records").UID).To(Equal(records))
		Eventually(ctx, func() bool {
			c := claim(ctx, name, "documents")
			return c != nil && c.UID != documents.UID
		}).Should(BeTrue())
		Expect(lapse(ctx, name).Purge.CompletedAt).NotTo(BeNil())
	})

	It("has its whole time again when an old payment is reversed months later", func(ctx SpecContext) {
		name := acme(ctx)
		Expect(world.Pay(ctx, name, "pay-0002", "2027-01-15 10:00", "2027-01-31", "2027-06-29")).To(Succeed())
		lives(ctx, name, "2027-05-10 12:00", v1alpha1.BillingCurrent)
		documents := claim(ctx, name, "documents").UID
		Expect(world.Reverse(ctx, name, 1, "2027-05-10 12:00")).To(Succeed())
		settles(ctx, name)
		Expect(tenant(ctx, name).Status.Standing.Billing).To(Equal(v1alpha1.BillingCurrent), "the lapse counts from today (contract.md 3.5)")
		lives(ctx, name, "2027-05-11", v1alpha1.BillingGrace)
		lives(ctx, name, "2027-05-13 23:59:59", v1alpha1.BillingGrace)
		lives(ctx, name, "2027-05-14", v1alpha1.BillingDisabled)
		lives(ctx, name, "2027-05-30", v1alpha1.BillingPurgeScheduled)
		Expect(lapse(ctx, name).PurgeAt.Time).To(BeTemporally("==", story.At("2027-06-10")))
		Expect(claim(ctx, name, "documents").UID).To(Equal(documents))
	})
})

var _ = Describe("The licence of a tenant that lapses", func() {
	It("ends with its grace, and rises by a serial when it is paid again", func(ctx SpecContext) {
		name := acme(ctx)
		licence := func() *v1alpha1.License {
			var l v1alpha1.License
			Expect(admin.Get(ctx, key(name+"-team"), &l)).To(Succeed())
			return &l
		}
		Expect(licence().Status.ValidUntil.Time).To(BeTemporally("==", story.At("2027-02-04")))
		first := licence().Status.Serial
		lives(ctx, name, "2027-02-04", v1alpha1.BillingDisabled)
		Eventually(ctx, func() int64 { return licence().Status.Serial }).Should(BeNumerically(">", first))
		disabled := licence().Status.Serial
		Expect(licence().Status.ValidUntil.Time).To(BeTemporally("==", story.At("2027-02-04")))
		Expect(world.Pay(ctx, name, "pay-0002", "2027-02-04", "2027-01-31", "2027-02-27")).To(Succeed())
		Eventually(ctx, func() time.Time { return licence().Status.ValidUntil.Time }).Should(BeTemporally("==", story.At("2027-03-04")))
		Expect(licence().Status.Serial).To(BeNumerically(">", disabled))
	})
})
