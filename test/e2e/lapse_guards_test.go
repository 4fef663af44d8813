//go:build e2e

package e2e

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Two customers under an operator that is away from 20 February to 10 March, a
// billing system that falls silent before each boundary, and a freeze.
var _ = Describe("A lapse on doubtful data", Label("lapse"), Ordered, Serial, SpecPriority(1), func() {
	var roble, cedro volume

	BeforeAll(func(ctx SpecContext) {
		rehearse(ctx)
		rent(ctx, "roble", "cedro")
		roble, cedro = volumeOf(ctx, "roble", "documents"), volumeOf(ctx, "cedro", "documents")
	})

	It("a stale feed disables nobody, until it reaches the boundary", func(ctx SpecContext) {
		live(ctx, "2027-02-03 12:00")
		Expect(world().Travel(ctx, "2027-02-06 12:00")).To(Succeed())
		for _, name := range []string{"roble", "cedro"} {
			Eventually(func() string { return heldBy(ctx, name) }).Should(Equal("FeedComplete"))
		}
		tell(ctx, "2027-02-03 23:59:59")
		stays(ctx, v1alpha1.BillingGrace, "roble")
		podOf(ctx, "roble")
		tell(ctx, "2027-02-04")
		becomes(ctx, v1alpha1.BillingDisabled, "roble", "cedro")
		hasNoPod(ctx, "roble")
	})

	It("an operator that was away deletes nothing before a notice has had its days", func(ctx SpecContext) {
		live(ctx, "2027-02-19 23:59:59")
		becomes(ctx, v1alpha1.BillingDisabled, "roble", "cedro")
		scaleOperator(ctx, 0)
		live(ctx, "2027-03-10 09:00")
		scaleOperator(ctx, 2)
		becomes(ctx, v1alpha1.BillingPurgeScheduled, "roble", "cedro")
		Expect(letter("owner@roble.example")).To(ContainSubstring("16 de marzo de 2027"))
		purgeIsOn(ctx, "roble", "2027-03-16")
		keepsDocuments(ctx, "roble", roble)
		live(ctx, "2027-03-15 23:59:59")
		stays(ctx, v1alpha1.BillingPurgeScheduled, "roble")
		keepsDocuments(ctx, "roble", roble)
	})

	It("neither a stale feed nor a freeze lets documents go", func(ctx SpecContext) {
		Expect(world().Travel(ctx, "2027-03-17")).To(Succeed())
		Eventually(func() string { return heldBy(ctx, "cedro") }).Should(Equal("FeedComplete"))
		stays(ctx, v1alpha1.BillingPurgeScheduled, "cedro")
		keepsDocuments(ctx, "cedro", cedro)
		Expect(world().Policy(ctx, `{"spec":{"freeze":true}}`)).To(Succeed())
		tell(ctx, "2027-03-17")
		Eventually(func() string { return heldBy(ctx, "cedro") }).Should(Equal("NotFrozen"))
		stays(ctx, v1alpha1.BillingPurgeScheduled, "cedro")
		keepsDocuments(ctx, "cedro", cedro)
		keepsDocuments(ctx, "roble", roble)
		Expect(world().Policy(ctx, `{"spec":{"freeze":false}}`)).To(Succeed())
		becomes(ctx, v1alpha1.BillingPurged, "roble", "cedro")
		Expect(onDisk(roble.file)).To(BeFalse())
		Expect(onDisk(cedro.file)).To(BeFalse())
	})
})

// A customer whose platform shortens its periods in the middle of a lapse, and
// whose clock is set back.
var _ = Describe("A lapse under a changing policy and clock", Label("lapse"), Ordered, Serial, SpecPriority(1), func() {
	var pino volume

	BeforeAll(func(ctx SpecContext) {
		rehearse(ctx)
		rent(ctx, "pino")
		pino = volumeOf(ctx, "pino", "documents")
		DeferCleanup(func(ctx SpecContext) {
			Expect(world().Policy(ctx, `{"spec":{"lapse":{"disableAfterDays":3,"purgeNoticeAfterDays":20,"purgeNoticeDays":5,"purgeAfterDays":{"Monthly":30}}}}`)).To(Succeed())
		})
	})

	It("keeps the policy that it opened with", func(ctx SpecContext) {
		live(ctx, "2027-02-01")
		becomes(ctx, v1alpha1.BillingGrace, "pino")
		Expect(world().Policy(ctx, `{"spec":{"lapse":{"disableAfterDays":1,"purgeNoticeAfterDays":2,"purgeNoticeDays":1,"purgeAfterDays":{"Monthly":3}}}}`)).To(Succeed())
		live(ctx, "2027-02-03 23:59:59")
		stays(ctx, v1alpha1.BillingGrace, "pino")
		podOf(ctx, "pino")
		live(ctx, "2027-02-04")
		becomes(ctx, v1alpha1.BillingDisabled, "pino")
		Expect(lapseOf(ctx, "pino").Policy.DisableAfterDays).To(BeEquivalentTo(3))
		live(ctx, "2027-02-19 23:59:59")
		stays(ctx, v1alpha1.BillingDisabled, "pino")
		live(ctx, "2027-02-20")
		becomes(ctx, v1alpha1.BillingPurgeScheduled, "pino")
		purgeIsOn(ctx, "pino", "2027-03-03")
	})

	It("is not undone, and tells nothing twice, when the clock is set back", func(ctx SpecContext) {
		hasNoPod(ctx, "pino")
		letters := len(post.MessagesTo("owner@pino.example"))
		Expect(world().Travel(ctx, "2027-01-20")).To(Succeed())
		stays(ctx, v1alpha1.BillingPurgeScheduled, "pino")
		hasNoPod(ctx, "pino")
		live(ctx, "2027-02-21")
		stays(ctx, v1alpha1.BillingPurgeScheduled, "pino")
		Expect(post.MessagesTo("owner@pino.example")).To(HaveLen(letters))
		Expect(lapseOf(ctx, "pino").OpenedOn).To(Equal(v1alpha1.Date("2027-02-01")))
		purgeIsOn(ctx, "pino", "2027-03-03")
	})

	It("is purged once, on the day that its notice named", func(ctx SpecContext) {
		live(ctx, "2027-03-02 23:59:59")
		stays(ctx, v1alpha1.BillingPurgeScheduled, "pino")
		keepsDocuments(ctx, "pino", pino)
		live(ctx, "2027-03-03")
		becomes(ctx, v1alpha1.BillingPurged, "pino")
		Expect(onDisk(pino.file)).To(BeFalse(), "the file of the volume is off the disk")
		purge := lapseOf(ctx, "pino").Purge

		By("going back to before the purge")
		Expect(world().Travel(ctx, "2027-02-21")).To(Succeed())
		stays(ctx, v1alpha1.BillingPurged, "pino")
		Expect(lapseOf(ctx, "pino").Purge).To(Equal(purge))
	})
})
