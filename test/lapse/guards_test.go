package lapse_test

import (
	"context"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/smtpserver"
	"github.com/grupobizopps/salexops/test/story"
)

// untouched says that nothing of a tenant's documents has gone.
func untouched(ctx context.Context, name string) {
	GinkgoHelper()
	settles(ctx, name)
	documents := claim(ctx, name, "documents")
	Expect(documents).NotTo(BeNil())
	Expect(documents.DeletionTimestamp).To(BeNil())
	Expect(hasKey(ctx, name)).To(BeTrue())
	Expect(lapse(ctx, name).Purge).To(BeNil())
}

var _ = Describe("No harm on doubtful data", func() {
	It("a stale feed holds every boundary back, and harm comes when it is complete", func(ctx SpecContext) {
		name := acme(ctx)
		Expect(world.Live(ctx, "2027-02-03 12:00")).To(Succeed())
		Expect(world.Travel(ctx, "2027-02-06 12:00")).To(Succeed())
		Eventually(ctx, func() string { return heldBy(ctx, name) }).Should(Equal("FeedComplete"))
		Expect(tenant(ctx, name).Status.Standing.Billing).To(Equal(v1alpha1.BillingGrace))
		Expect(running(ctx, name)).To(BeTrue())

		By("telling up to just before the boundary")
		Expect(world.Tell(ctx, "2027-02-03 23:59:59")).To(Succeed())
		settles(ctx, name)
		Expect(running(ctx, name)).To(BeTrue())

		By("telling up to the boundary")
		Expect(world.Tell(ctx, "2027-02-04")).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingDisabled)
		Expect(heldBy(ctx, name)).To(BeEmpty())

		By("notices harm nobody: the owner is told on a stale feed, too")
		Expect(world.Travel(ctx, "2027-02-20")).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingPurgeScheduled)

		By("the purge waits for the feed")
		Expect(world.Travel(ctx, "2027-03-05")).To(Succeed())
		Eventually(ctx, func() string { return heldBy(ctx, name) }).Should(Equal("FeedComplete"))
		untouched(ctx, name)
		Expect(world.Tell(ctx, "2027-03-02 23:59:59")).To(Succeed())
		untouched(ctx, name)
		Expect(world.Tell(ctx, "2027-03-03")).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingPurged)
	})

	It("a freeze keeps the documents until it ends", func(ctx SpecContext) {
		name := acme(ctx)
		lapses(ctx, name)
		Expect(world.Policy(ctx, `{"spec":{"freeze":true}}`)).To(Succeed())
		DeferCleanup(func(ctx SpecContext) { Expect(world.Policy(ctx, `{"spec":{"freeze":false}}`)).To(Succeed()) })
		Expect(world.Live(ctx, "2027-03-10")).To(Succeed())
		Eventually(ctx, func() string { return heldBy(ctx, name) }).Should(Equal("NotFrozen"))
		untouched(ctx, name)
		Expect(world.Policy(ctx, `{"spec":{"freeze":false}}`)).To(Succeed())
		becomes(ctx, name, v1alpha1.BillingPurged)
	})

	It("a hold keeps one tenant's documents, and nobody else's", func(ctx SpecContext) {
		held, other := acme(ctx), acme(ctx)
		lapses(ctx, held)
		becomes(ctx, other, v1alpha1.BillingPurgeScheduled)
		Expect(world.Tenant(ctx, held, `{"spec":{"hold":true}}`)).To(Succeed())
		DeferCleanup(func(ctx SpecContext) { Expect(world.Tenant(ctx, held, `{"spec":{"hold":false}}`)).To(Succeed()) })
		lives(ctx, other, "2027-03-03", v1alpha1.BillingPurged)
		Eventually(ctx, func() string { return heldBy(ctx, held) }).Should(Equal("NotHeld"))
		untouched(ctx, held)
		Expect(world.Tenant(ctx, held, `{"spec":{"hold":false}}`)).To(Succeed())
		becomes(ctx, held, v1alpha1.BillingPurged)
	})

	It("a policy that is shortened in the middle of a lapse hurts nobody who is in one", func(ctx SpecContext) {
		name := acme(ctx)
		lives(ctx, name, "2027-02-01", v1alpha1.BillingGrace)
		Expect(world.Policy(ctx, `{"spec":{"lapse":{"disableAfterDays":1,"purgeNoticeAfterDays":2,"purgeNoticeDays":1,"purgeAfterDays":{"Monthly":3}}}}`)).To(Succeed())
		DeferCleanup(func(ctx SpecContext) {
			Expect(world.Policy(ctx, `{"spec":{"lapse":{"disableAfterDays":3,"purgeNoticeAfterDays":20,"purgeNoticeDays":5,"purgeAfterDays":{"Monthly":30}}}}`)).To(Succeed())
		})
		lives(ctx, name, "2027-02-03 23:59:59", v1alpha1.BillingGrace)
		lives(ctx, name, "2027-02-04", v1alpha1.BillingDisabled)
		lives(ctx, name, "2027-02-20", v1alpha1.BillingPurgeScheduled)
		lives(ctx, name, "2027-03-02 23:59:59", v1alpha1.BillingPurgeScheduled)
		untouched(ctx, name)
	})

	It("a clock that is set back undoes nothing, and repeats nothing", func(ctx SpecContext) {
		name := acme(ctx)
		lapses(ctx, name)
		letters := len(told(name))
		Expect(world.Travel(ctx, "2027-01-20")).To(Succeed())
		settles(ctx, name)
		Expect(tenant(ctx, name).Status.Standing.Billing).To(Equal(v1alpha1.BillingPurgeScheduled))
		Expect(running(ctx, name)).To(BeFalse())
		Expect(world.Live(ctx, "2027-02-21")).To(Succeed())
		settles(ctx, name)
		Expect(told(name)).To(HaveLen(letters))
		lives(ctx, name, "2027-03-03", v1alpha1.BillingPurged)
		purged := lapse(ctx, name).Purge

		By("going back to before the purge")
		Expect(world.Travel(ctx, "2027-02-21")).To(Succeed())
		settles(ctx, name)
		Expect(tenant(ctx, name).Status.Standing.Billing).To(Equal(v1alpha1.BillingPurged))
		Expect(lapse(ctx, name).Purge).To(Equal(purged))
	})

	It("an operator that was away deletes nothing before the owner has had the days of a notice", func(ctx SpecContext) {
		name := acme(ctx)
		lives(ctx, name, "2027-02-04", v1alpha1.BillingDisabled)
		lives(ctx, name, "2027-02-19 23:59:59", v1alpha1.BillingDisabled)
		settles(ctx, name)
		Expect(subject.Stop()).To(Succeed())
		Expect(world.Live(ctx, "2027-03-10 09:00")).To(Succeed())
		start()
		becomes(ctx, name, v1alpha1.BillingPurgeScheduled)
		untouched(ctx, name)
		Expect(lapse(ctx, name).NoticeDeliveredAt.Time).To(BeTemporally("==", story.At("2027-03-10 09:00")))
		Expect(lapse(ctx, name).PurgeAt.Time).To(BeTemporally("==", story.At("2027-03-16")))
		Expect(lastMessage()).To(ContainSubstring("16 de marzo de 2027"))
		lives(ctx, name, "2027-03-15 23:59:59", v1alpha1.BillingPurgeScheduled)
		untouched(ctx, name)
		lives(ctx, name, "2027-03-16", v1alpha1.BillingPurged)
	})
})

var _ = Describe("A notice that can't be delivered", func() {
	It("is refused, taken, comes back, and reaches the alternate contact: the days begin with that", func(ctx SpecContext) {
		name := acme(ctx)
		lives(ctx, name, "2027-02-04", v1alpha1.BillingDisabled)
		Eventually(ctx, func() []string { return told(name) }).Should(HaveLen(1))
		DeferCleanup(func() { post.Behave(smtpserver.Accept) })

		By("20 February: the mail server refuses for now")
		post.Behave(smtpserver.RefuseTemporarily)
		Expect(world.Live(ctx, "2027-02-20")).To(Succeed())
		Eventually(ctx, func() int32 { return notice(ctx, name).Status.AttemptCount }).Should(BeEquivalentTo(1))
		settles(ctx, name)
		Expect(tenant(ctx, name).Status.Standing.Billing).To(Equal(v1alpha1.BillingDisabled))

		By("21 February: it takes the message")
		post.Behave(smtpserver.Accept)
		lives(ctx, name, "2027-02-21", v1alpha1.BillingPurgeScheduled)
		Expect(lapse(ctx, name).PurgeAt.Time).To(BeTemporally("==", story.At("2027-03-03")))

		By("28 February: it comes back, and the alternate contact is told")
		Expect(world.Live(ctx, "2027-02-28 10:00")).To(Succeed())
		Expect(world.Bounce(ctx, notice(ctx, name).Name, "2027-02-28 10:00")).To(Succeed())
		Eventually(ctx, func() []smtpserver.Message { return post.MessagesTo("cuentas@" + name + ".example") }).Should(HaveLen(1))
		becomes(ctx, name, v1alpha1.BillingPurgeScheduled)
		Eventually(ctx, func() bool {
			at := lapse(ctx, name).PurgeAt
			return at != nil && at.Time.Equal(story.At("2027-03-06"))
		}).Should(BeTrue(), "28 Feb + 6")
		Expect(lastMessage()).To(ContainSubstring("6 de marzo de 2027"))
		lives(ctx, name, "2027-03-05 23:59:59", v1alpha1.BillingPurgeScheduled)
		untouched(ctx, name)

		By("5 March: that comes back, too: nothing is deleted on the 6th")
		post.Behave(smtpserver.RefuseTemporarily)
		Expect(world.Bounce(ctx, notice(ctx, name).Name, "2027-03-05 23:59:59")).To(Succeed())
		lives(ctx, name, "2027-03-06", v1alpha1.BillingDisabled)
		untouched(ctx, name)
	})
})

var _ = Describe("Property 17", func() {
	It("the operator's writes change nothing that the billing system owns", func(ctx SpecContext) {
		name := acme(ctx)
		before := subscription(ctx, name)
		lapses(ctx, name)
		lives(ctx, name, "2027-03-03", v1alpha1.BillingPurged)
		after := subscription(ctx, name)
		Expect(after.Status.Billing).To(Equal(before.Status.Billing))
		for _, entry := range after.ManagedFields {
			if entry.Manager == v1alpha1.StandingFieldOwner || entry.Manager == v1alpha1.StorageFieldOwner {
				Expect(entry.FieldsV1.GetRawString()).NotTo(ContainSubstring(`"f:billing"`), entry.Manager)
			}
		}
	})
})
