package notices_test

import (
	"context"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/smtpserver"
)

var _ = Describe("A notice", func() {
	It("is delivered once, and says so", func(ctx SpecContext) {
		name := newName()
		notice := owe(ctx, name)
		status := becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(status.AcceptedAt.Time).To(BeTemporally("==", due))
		Expect(status.NamedDate).To(BeEquivalentTo("2027-03-03"))
		Expect(status.Attempts).To(HaveLen(1))

		passes(ctx, notice, time.Hour)
		Consistently(ctx, func() int { return len(post.MessagesTo(lucia(name))) }).Should(Equal(1))
		message, err := post.MessagesTo(lucia(name))[0].Parse()
		Expect(err).NotTo(HaveOccurred())
		Expect(message.Header.Get("Message-Id")).To(Equal(status.Attempts[0].MessageID))
		Expect(message.Header.Date()).To(BeTemporally("==", due))
		Eventually(ctx, func() []string { return told(ctx, name) }).Should(ConsistOf("NoticeAccepted"))
	})

	It("is tried again when the server says later", func(ctx SpecContext) {
		name := newName()
		post.BehaveTo(lucia(name), smtpserver.RefuseTemporarily)
		notice := owe(ctx, name)
		status := becomes(ctx, notice, v1alpha1.NoticePending, "Failed")
		Expect(status.NextAttemptAt.Sub(due)).To(And(BeNumerically(">=", time.Minute), BeNumerically("<", 70*time.Second)))
		Expect(status.Conditions[0].Message).To(ContainSubstring("greylisted"))

		post.BehaveTo(lucia(name), smtpserver.Accept)
		passes(ctx, notice, 2*time.Minute)
		status = becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(status.AttemptCount).To(BeEquivalentTo(2))
		Expect(status.Attempts[0].MessageID).To(Equal(status.Attempts[1].MessageID))
		Expect(post.MessagesTo(lucia(name))).To(HaveLen(1))
	})

	It("goes to the alternate address when the registered one is refused", func(ctx SpecContext) {
		name := newName()
		post.BehaveTo(lucia(name), smtpserver.RefusePermanently)
		notice := owe(ctx, name)
		status := becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(status.Attempts).To(HaveLen(2))
		Expect(status.Attempts[0].Permanent).To(BeTrue())
		Expect(post.MessagesTo(cuentas(name))).To(HaveLen(1))
		Eventually(ctx, func() []string { return told(ctx, name) }).Should(ConsistOf("NoticeFailed", "NoticeAccepted"))
	})

	It("goes to the alternate address when it comes back", func(ctx SpecContext) {
		name := newName()
		notice := owe(ctx, name)
		becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		post.BehaveTo(cuentas(name), smtpserver.RefuseTemporarily)
		reported(ctx, notice, v1alpha1.NoticeReportBounced, due.Add(5*time.Minute))
		status := becomes(ctx, notice, v1alpha1.NoticeBounced, "Failed")
		Expect(status.BouncedAt.Time).To(BeTemporally("==", due.Add(5*time.Minute)))

		post.BehaveTo(cuentas(name), smtpserver.Accept)
		passes(ctx, notice, 6*time.Minute)
		status = becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(status.BouncedAt).To(BeNil())
		Expect(status.AcceptedAt.Time).To(BeTemporally("==", due.Add(6*time.Minute)))
		Expect(status.Reports).To(HaveLen(1))
		Expect(post.MessagesTo(cuentas(name))).To(HaveLen(1))
	})

	It("goes to the address that the tenant has now", func(ctx SpecContext) {
		name := newName()
		owe(ctx, name, func(_ *v1alpha1.Tenant, n *v1alpha1.Notice) {
			n.Spec.Recipient.Email = "lusia@" + v1alpha1.Email(name) + ".example"
		})
		Eventually(ctx, func() int { return len(post.MessagesTo(lucia(name))) }).Should(Equal(1))
	})

	It("goes to a corrected address as soon as it is corrected", func(ctx SpecContext) {
		name := newName()
		post.BehaveTo("typo@"+name+".example", smtpserver.RefusePermanently)
		notice := owe(ctx, name, func(t *v1alpha1.Tenant, _ *v1alpha1.Notice) {
			t.Spec.Owner.Email, t.Spec.Owner.AlternateEmail = v1alpha1.Email("typo@"+name+".example"), ""
		})
		status := becomes(ctx, notice, v1alpha1.NoticePending, "Refused")
		Expect(status.Conditions[0].Message).To(ContainSubstring("spec.owner.email"))

		correction := `{"spec":{"owner":{"email":"` + lucia(name) + `","emailConfirmedAt":"2027-02-20T08:00:00Z"}}}`
		tenant := &v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Namespace: notice.Namespace, Name: name}}
		Expect(admin.Patch(ctx, tenant, client.RawPatch(types.MergePatchType, []byte(correction)))).To(Succeed())
		becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(post.MessagesTo(lucia(name))).To(HaveLen(1))
	})

	It("is left alone once it is closed", func(ctx SpecContext) {
		name := newName()
		notice := owe(ctx, name, func(_ *v1alpha1.Tenant, n *v1alpha1.Notice) { delete(n.Labels, v1alpha1.OpenNoticeLabel) })
		Consistently(ctx, func() []string { return post.Tries() }).ShouldNot(ContainElement(lucia(name)))
		Expect(read(ctx, notice).Status.State).To(BeEmpty())
	})

	It("lives on the contract's clock, which stands still in a rehearsal", func(ctx SpecContext) {
		rehearse := func(ctx context.Context, at string) {
			GinkgoHelper()
			clock := `{"spec":{"testClock":` + at + `}}`
			policy := &v1alpha1.PlatformPolicy{ObjectMeta: metav1.ObjectMeta{Name: "default"}}
			Expect(admin.Patch(ctx, policy, client.RawPatch(types.MergePatchType, []byte(clock)))).To(Succeed())
		}
		DeferCleanup(func(ctx SpecContext) { rehearse(ctx, "null") })
		rehearse(ctx, `{"now":"2027-02-19T12:00:00Z"}`)
		name := newName()
		post.BehaveTo(lucia(name), smtpserver.RefuseTemporarily)
		notice := owe(ctx, name)
		becomes(ctx, notice, v1alpha1.NoticePending, "NotDue")
		rehearse(ctx, `{"now":"2027-04-10T12:00:00Z"}`)
		becomes(ctx, notice, v1alpha1.NoticePending, "Failed")
		post.BehaveTo(lucia(name), smtpserver.Accept)
		rehearse(ctx, `{"now":"2027-04-10T13:00:00Z"}`)
		status := becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(status.AcceptedAt.Time).To(BeTemporally("==", time.Date(2027, 4, 10, 13, 0, 0, 0, time.UTC)))
		Expect(status.NamedDate).To(BeEquivalentTo("2027-04-16"))
	})
})
