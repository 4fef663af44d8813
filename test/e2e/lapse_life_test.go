//go:build e2e

package e2e

import (
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/smtpserver"
)

// Seven customers who paid through 30 January 2027, and what became of each:
// encino pays on 5 March; fresno at day 2.9; nogal at day 29.9; mezquite's money
// came in time and is told late; palo pays while its documents are being
// deleted; sauce's payment is reversed months later; huizache can't be told.
var _ = Describe("A lapse, from 15 January to May", Label("lapse"), Ordered, Serial, SpecPriority(1), func() {
	var (
		page                                *browser
		encino, records, nogal, palo, sauce volume
		huizache                            volume
		fresno                              types.UID
	)

	BeforeAll(func(ctx SpecContext) {
		rehearse(ctx)
		rent(ctx, "encino", "fresno", "nogal", "mezquite", "palo", "sauce", "huizache")
		receive(ctx, "sauce", "pay-0002", "2027-01-15 10:00", "2027-01-31", "2027-06-29")
		encino, records = volumeOf(ctx, "encino", "documents"), volumeOf(ctx, "encino", "records")
		nogal, palo = volumeOf(ctx, "nogal", "documents"), volumeOf(ctx, "palo", "documents")
		sauce, huizache = volumeOf(ctx, "sauce", "documents"), volumeOf(ctx, "huizache", "documents")
		Expect(os.WriteFile(filepath.Join(encino.data, "contrato.pdf"), []byte("un documento"), 0o600)).To(Succeed())

		fresno = podOf(ctx, "fresno")
		DeferCleanup(func(ctx SpecContext) { finalize(ctx, "palo", "e2e/kept", false) })

		page = newBrowser()
		initial := firstPassword(ctx, "encino")
		page.open("encino.localhost", "/")
		page.signIn("owner@encino.example", initial)
		page.arrives("/password")
		page.fill("current", initial)
		page.fill("new", chosenPassword)
		page.fill("again", chosenPassword)
		page.submit("new")
		page.sees("Contactos")
		page.open("encino.localhost", "/contacts/new")
		page.fill("givenName", "María José")
		page.fill("familyName", "Yáñez Peña")
		page.submit("givenName")
		page.sees("María José Yáñez Peña")
	})

	It("3 February, 23:59: the browser works, and says that the payment is due", func(ctx SpecContext) {
		live(ctx, "2027-02-01")
		becomes(ctx, v1alpha1.BillingGrace, "encino", "fresno", "nogal", "mezquite", "palo", "huizache")
		Eventually(func() string { return letter("owner@encino.example") }).Should(ContainSubstring("Subject:"), "the owner is reminded")

		live(ctx, "2027-02-03 21:36")
		receive(ctx, "fresno", "pay-0002", "2027-02-03 21:36", "2027-01-31", "2027-06-29")
		becomes(ctx, v1alpha1.BillingCurrent, "fresno")

		live(ctx, "2027-02-03 23:59:59")
		page.open("encino.localhost", "/contacts")
		page.sees("María José Yáñez Peña")
		page.sees("El pago venció")
		page.shoot("lapse-grace")
	})

	It("4 February, 00:00: there is no pod, and the address explains", func(ctx SpecContext) {
		live(ctx, "2027-02-04")
		becomes(ctx, v1alpha1.BillingDisabled, "encino", "nogal", "mezquite", "palo", "huizache")
		hasNoPod(ctx, "encino")
		page.open("encino.localhost", "/contacts")
		page.sees("en pausa por falta de pago")
		page.sees("30 de enero")
		page.shoot("lapse-disabled")
		becomes(ctx, v1alpha1.BillingCurrent, "fresno", "sauce")
		Expect(podOf(ctx, "fresno")).To(Equal(fresno), "who paid on day 2.9 noticed nothing")
	})

	It("10 February: money that came in time and is told late brings a tenant back", func(ctx SpecContext) {
		live(ctx, "2027-02-10 09:00")
		receive(ctx, "mezquite", "pay-0002", "2027-01-29 12:00", "2027-01-31", "2027-06-29")
		becomes(ctx, v1alpha1.BillingCurrent, "mezquite")
		eventuallyReady(ctx, "mezquite")
	})

	It("20 February: a mail names 3 March; one is refused", func(ctx SpecContext) {
		live(ctx, "2027-02-19 23:59:59")
		stays(ctx, v1alpha1.BillingDisabled, "encino")
		Expect(post.MessagesTo("owner@encino.example")).To(HaveLen(1), "the reminder, and nothing more")
		post.BehaveTo("owner@huizache.example", smtpserver.RefuseTemporarily)
		live(ctx, "2027-02-20")
		becomes(ctx, v1alpha1.BillingPurgeScheduled, "encino", "nogal", "palo")
		Expect(letter("owner@encino.example")).To(ContainSubstring("3 de marzo de 2027"))
		purgeIsOn(ctx, "encino", "2027-03-03")
		Eventually(post.Tries).Should(ContainElement("owner@huizache.example"))
		stays(ctx, v1alpha1.BillingDisabled, "huizache")
		page.open("encino.localhost", "/")
		page.sees("Ya hay una fecha para borrar los documentos")
		page.shoot("lapse-told")
	})

	It("28 February: the mail that was taken on the 21st comes back, and the alternate contact is told", func(ctx SpecContext) {
		post.BehaveTo("owner@huizache.example", smtpserver.Accept)
		live(ctx, "2027-02-21")
		becomes(ctx, v1alpha1.BillingPurgeScheduled, "huizache")
		purgeIsOn(ctx, "huizache", "2027-03-03")
		live(ctx, "2027-02-28 10:00")
		Expect(world().Bounce(ctx, "huizache-purge-notice-2027-02-20", "2027-02-28 10:00")).To(Succeed())
		Eventually(func() string { return letter("cuentas@huizache.example") }).Should(ContainSubstring("6 de marzo de 2027"))
		purgeIsOn(ctx, "huizache", "2027-03-06")
	})

	It("day 29.9: a payment keeps everything", func(ctx SpecContext) {
		live(ctx, "2027-03-02 21:36")
		receive(ctx, "nogal", "pay-0002", "2027-03-02 21:36", "2027-02-28", "2027-06-29")
		becomes(ctx, v1alpha1.BillingCurrent, "nogal")
		eventuallyReady(ctx, "nogal")
	})

	It("3 March, 00:00: claim and volume file are gone, the records are not", func(ctx SpecContext) {
		finalize(ctx, "palo", "e2e/kept", true)
		live(ctx, "2027-03-02 23:59:59")
		stays(ctx, v1alpha1.BillingPurgeScheduled, "encino")
		keepsDocuments(ctx, "encino", encino)
		Expect(onDisk(filepath.Join(encino.data, "contrato.pdf"))).To(BeTrue())
		live(ctx, "2027-03-03")
		becomes(ctx, v1alpha1.BillingPurged, "encino")
		Expect(gone(ctx, "crm-encino", "documents", &corev1.PersistentVolumeClaim{})).To(BeTrue())
		Expect(onDisk(encino.file)).To(BeFalse(), "the file of the volume is off the disk")
		Expect(gone(ctx, "crm-encino", "crm-documents-key", &corev1.Secret{})).To(BeTrue())
		Expect(volumeOf(ctx, "encino", "records")).To(Equal(records))
		hasNoPod(ctx, "encino")
		page.open("encino.localhost", "/")
		page.sees("Los documentos se borraron")
		page.shoot("lapse-purged")
		keepsDocuments(ctx, "nogal", nogal)
		keepsDocuments(ctx, "huizache", huizache)
	})

	It("a payment during the purge lets it finish, and then restores", func(ctx SpecContext) {
		becomes(ctx, v1alpha1.BillingPurging, "palo")
		receive(ctx, "palo", "pay-0002", "2027-03-03", "2027-03-03", "2027-06-29")
		Eventually(func() bool {
			var claim corev1.PersistentVolumeClaim
			Expect(k8s.Get(ctx, client.ObjectKey{Namespace: "crm-palo", Name: "documents"}, &claim)).To(Succeed())
			return claim.DeletionTimestamp != nil
		}).Should(BeTrue(), "the claim is on its way out")
		stays(ctx, v1alpha1.BillingPurging, "palo")
		hasNoPod(ctx, "palo")
		finalize(ctx, "palo", "e2e/kept", false)
		becomes(ctx, v1alpha1.BillingCurrent, "palo")
		eventuallyReady(ctx, "palo")
		Eventually(func() bool { return onDisk(palo.file) }).Should(BeFalse(), "the file of the old volume is off the disk")
		Expect(volumeOf(ctx, "palo", "documents").claim).NotTo(Equal(palo.claim))
	})

	It("5 March: a payment brings everything back but the documents", func(ctx SpecContext) {
		live(ctx, "2027-03-05")
		receive(ctx, "encino", "pay-0002", "2027-03-05", "2027-02-28", "2027-06-29")
		becomes(ctx, v1alpha1.BillingCurrent, "encino")
		eventuallyReady(ctx, "encino")
		eventuallyCondition(ctx, "encino", "DocumentsPurged", "True", "PaymentLapsed")
		Expect(volumeOf(ctx, "encino", "records")).To(Equal(records))
		Expect(onDisk(filepath.Join(volumeOf(ctx, "encino", "documents").data, "contrato.pdf"))).To(BeFalse())
		page.open("encino.localhost", "/contacts")
		page.sees("María José Yáñez Peña")
		page.shoot("lapse-restored")
	})

	It("6 March: what was not delivered deletes nothing", func(ctx SpecContext) {
		post.BehaveTo("owner@huizache.example", smtpserver.RefuseTemporarily)
		post.BehaveTo("cuentas@huizache.example", smtpserver.RefuseTemporarily)
		Expect(world().Bounce(ctx, "huizache-purge-notice-2027-02-20", "2027-03-05")).To(Succeed())
		becomes(ctx, v1alpha1.BillingDisabled, "huizache")
		live(ctx, "2027-03-06")
		stays(ctx, v1alpha1.BillingDisabled, "huizache")
		keepsDocuments(ctx, "huizache", huizache)
	})

	It("May: a payment that is reversed after months gives its tenant the whole time again", func(ctx SpecContext) {
		live(ctx, "2027-05-10 12:00")
		Eventually(func() error { return world().Reverse(ctx, "sauce", 1, "2027-05-10 12:00") }).Should(Succeed())
		stays(ctx, v1alpha1.BillingCurrent, "sauce")
		live(ctx, "2027-05-11")
		becomes(ctx, v1alpha1.BillingGrace, "sauce")
		live(ctx, "2027-05-13 23:59:59")
		stays(ctx, v1alpha1.BillingGrace, "sauce")
		eventuallyReady(ctx, "sauce")
		live(ctx, "2027-05-14")
		becomes(ctx, v1alpha1.BillingDisabled, "sauce")
		hasNoPod(ctx, "sauce")
		purgeIsOn(ctx, "sauce", "2027-06-10")
		keepsDocuments(ctx, "sauce", sauce)
	})
})
