package notices_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"k8s.io/client-go/rest"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/notices"
	"github.com/grupobizopps/salexops/mail"
	"github.com/grupobizopps/salexops/test/smtpserver"
)

var errDead = errors.New("the process is dead")

// life is whether a process still reaches anybody. A dead one stays dead.
type life struct{ ended atomic.Bool }

// of makes a config whose requests fail once the process is dead.
func (l *life) of(config *rest.Config) *rest.Config {
	mortal := rest.CopyConfig(config)
	mortal.Wrap(func(next http.RoundTripper) http.RoundTripper { return &mortalTransport{l, next} })
	return mortal
}

type mortalTransport struct {
	life *life
	next http.RoundTripper
}

func (m *mortalTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if m.life.ended.Load() {
		return nil, errDead
	}
	return m.next.RoundTrip(request)
}

// fatal is a transport over which the process dies while it sends: before the
// message has left, or after the server has taken it.
type fatal struct {
	*life
	sends bool
	real  notices.Transport
}

func (f *fatal) Dial(ctx context.Context) (mail.Session, error) {
	session, err := f.real.Dial(ctx)
	return &fatalSession{session, f}, err
}

type fatalSession struct {
	mail.Session
	*fatal
}

func (f *fatalSession) Send(ctx context.Context, message mail.Message) error {
	if f.sends {
		Expect(f.Session.Send(ctx, message)).To(Succeed())
	}
	f.ended.Store(true)
	return errDead
}

var _ = Describe("A process that dies", Serial, func() {
	var restarted bool
	restart := func() {
		GinkgoHelper()
		subject = start(plane.OperatorConfig, sender)
		restarted = true
	}
	BeforeEach(func() {
		Expect(subject.stop()).To(Succeed())
		restarted = false
		DeferCleanup(func() {
			if !restarted {
				restart()
			}
		})
	})
	// dies lets a process of its own live until it is dead, over one notice.
	dies := func(ctx context.Context, name string, sends bool) *v1alpha1.Notice {
		GinkgoHelper()
		l := &life{}
		mortal := start(l.of(plane.OperatorConfig), &fatal{l, sends, sender})
		notice := owe(ctx, name)
		Eventually(ctx, l.ended.Load).Should(BeTrue(), "it never began to send")
		Expect(mortal.stop()).To(Succeed())
		status := read(ctx, notice).Status
		Expect(status.Attempts).To(HaveLen(1))
		Expect(status.Attempts[0].AcceptedAt).To(BeNil())
		Expect(status.Attempts[0].FailedAt).To(BeNil())
		return notice
	}

	for what, sends := range map[string]bool{"right after its intent is saved": false, "right after the server took the message": true} {
		It(what+" sends nothing twice", func(ctx SpecContext) {
			name := newName()
			notice := dies(ctx, name, sends)
			restart()
			status := becomes(ctx, notice, v1alpha1.NoticeInDoubt, "InDoubt")
			Expect(status.AcceptedAt).To(BeNil())
			Expect(status.NextAttemptAt.Time).To(BeTemporally("==", due.Add(24*time.Hour)))
			passes(ctx, notice, 23*time.Hour)
			sent := map[bool]int{false: 0, true: 1}[sends]
			Consistently(ctx, func() int { return len(post.MessagesTo(lucia(name))) + len(post.MessagesTo(cuentas(name))) }).Should(Equal(sent))
			Eventually(ctx, func() []string { return told(ctx, name) }).Should(ConsistOf("NoticeInDoubt"))

			By("trying again after a day without a report")
			passes(ctx, notice, time.Hour)
			becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
			Expect(post.MessagesTo(cuentas(name))).To(HaveLen(1))
			Expect(post.MessagesTo(lucia(name))).To(HaveLen(sent))
		})
	}

	It("leaves a doubt that a report ends", func(ctx SpecContext) {
		name := newName()
		notice := dies(ctx, name, true)
		restart()
		becomes(ctx, notice, v1alpha1.NoticeInDoubt, "InDoubt")
		reported(ctx, notice, v1alpha1.NoticeReportDelivered, due.Add(time.Minute))
		status := becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(status.AcceptedAt.Time).To(BeTemporally("==", due.Add(time.Minute)))
		passes(ctx, notice, 48*time.Hour)
		Consistently(ctx, func() int { return len(post.MessagesTo(lucia(name))) + len(post.MessagesTo(cuentas(name))) }).Should(Equal(1))
	})

	It("is not needed for a doubt: the server may hang up, too", func(ctx SpecContext) {
		restart()
		name := newName()
		post.BehaveTo(lucia(name), smtpserver.DropAfterData)
		notice := owe(ctx, name)
		status := becomes(ctx, notice, v1alpha1.NoticeInDoubt, "InDoubt")
		Expect(status.Attempts[0].Error).To(ContainSubstring("waiting until"))
		Expect(post.MessagesTo(lucia(name))).To(HaveLen(1))
	})
})
