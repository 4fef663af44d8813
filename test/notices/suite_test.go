// Package notices_test runs the reconciler of notices, with the rights and the
// cache of the operator, between a real API server and a real mail server.
package notices_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-logr/logr"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	testingclock "k8s.io/utils/clock/testing"
	"k8s.io/utils/ptr"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrlconfig "sigs.k8s.io/controller-runtime/pkg/config"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/cmd/manager/operator"
	"github.com/grupobizopps/salexops/controllers/notices"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/mail"
	"github.com/grupobizopps/salexops/test/controlplane"
	"github.com/grupobizopps/salexops/test/smtpserver"
)

const password = "correct horse battery staple"

// due is the deadline of every notice here: 20 February, 00:00 in Hermosillo.
var due = time.Date(2027, 2, 20, 7, 0, 0, 0, time.UTC)

var (
	plane    *controlplane.Plane
	admin    client.Client
	now      = testingclock.NewFakePassiveClock(due)
	post     *smtpserver.Server
	sender   *mail.Sender
	subject  *process
	names    atomic.Int64
	suiteCtx context.Context
)

func TestNotices(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Notices")
}

var _ = BeforeSuite(func() {
	ctrllog.SetLogger(logr.Discard())
	var cancel context.CancelFunc
	suiteCtx, cancel = context.WithCancel(context.Background())

	var err error
	plane, err = controlplane.Start(suiteCtx)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(plane.Stop)
	DeferCleanup(cancel)
	admin = plane.Admin
	Expect(admin.Create(suiteCtx, &v1alpha1.PlatformPolicy{ObjectMeta: metav1.ObjectMeta{Name: "default"}})).To(Succeed())

	post, err = smtpserver.Start(smtpserver.Options{Username: "salexops", Password: password})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(post.Close)
	sender, err = mail.NewSender(mail.Settings{
		Server: post.Addr(), From: "SaleXops <avisos@salexops.example>", CredentialsDir: secret(),
	})
	Expect(err).NotTo(HaveOccurred())

	EnforceDefaultTimeoutsWhenUsingContexts()
	SetDefaultEventuallyTimeout(30 * time.Second)
	SetDefaultEventuallyPollingInterval(50 * time.Millisecond)
	SetDefaultConsistentlyDuration(time.Second)

	subject = start(plane.OperatorConfig, sender)
	DeferCleanup(func() error { return subject.stop() })
})

// secret is the mail server's Secret, as it is mounted.
func secret() string {
	GinkgoHelper()
	dir := GinkgoT().TempDir()
	for name, content := range map[string]string{"username": "salexops", "password": password, "ca.crt": string(post.CA())} {
		Expect(os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600)).To(Succeed())
	}
	return dir
}

// process is one life of the operator, as far as notices are concerned.
type process struct {
	cancel context.CancelFunc
	ended  chan error
}

func start(config *rest.Config, transport notices.Transport) *process {
	GinkgoHelper()
	mgr, err := ctrl.NewManager(config, ctrl.Options{
		Scheme:     operator.NewScheme(),
		Cache:      operator.CacheOptions(operator.Options{AccountsNamespace: controlplane.Accounts}),
		Metrics:    metricsserver.Options{BindAddress: "0"},
		Controller: ctrlconfig.Controller{SkipNameValidation: ptr.To(true)},
	})
	Expect(err).NotTo(HaveOccurred())
	Expect(index.Register(suiteCtx, mgr.GetFieldIndexer(), "localhost")).To(Succeed())
	Expect((&notices.Reconciler{
		Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: now, Transport: transport,
		Recorder: mgr.GetEventRecorder("salexops-notices"),
		Options: notices.Options{
			AccountsNamespace: controlplane.Accounts, AllowTestClock: true, Concurrency: 4, Domain: "salexops.example",
		},
	}).SetupWithManager(mgr)).To(Succeed())
	ctx, cancel := context.WithCancel(suiteCtx)
	p := &process{cancel: cancel, ended: make(chan error, 1)}
	go func() { p.ended <- mgr.Start(ctx) }()
	Expect(mgr.GetCache().WaitForCacheSync(ctx)).To(BeTrue())
	return p
}

func (p *process) stop() error {
	p.cancel()
	err := <-p.ended
	p.ended <- err
	return err
}

// newName returns a tenant that no other test has.
func newName() string { return fmt.Sprintf("acme-%d", names.Add(1)) }

// owe registers a tenant and writes down that it must be told.
func owe(ctx context.Context, name string, change ...func(*v1alpha1.Tenant, *v1alpha1.Notice)) *v1alpha1.Notice {
	GinkgoHelper()
	tenant := controlplane.Tenant(name)
	tenant.Spec.Owner.AlternateEmail = v1alpha1.Email("cuentas@" + name + ".example")
	notice := &v1alpha1.Notice{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: controlplane.Accounts, Name: name + "-purge-notice-2027-02-20",
			Labels: map[string]string{v1alpha1.OpenNoticeLabel: "true", v1alpha1.TenantLabel: name},
		},
		Spec: v1alpha1.NoticeSpec{
			TenantRef: v1alpha1.TenantReference{Name: name},
			Purpose:   v1alpha1.NoticePurge,
			Deadline:  v1alpha1.Deadline{At: &metav1.Time{Time: due}, From: "2027-01-31"},
			Recipient: v1alpha1.NoticeRecipient{
				Name: tenant.Spec.Owner.Name, Email: tenant.Spec.Owner.Email, AlternateEmail: tenant.Spec.Owner.AlternateEmail,
				Locale: v1alpha1.LocaleSpanish, Company: tenant.Spec.DisplayName, URL: "https://" + name + ".example",
			},
			Lapse: &v1alpha1.NoticeLapse{
				PaidThrough: "2027-01-30", DueDate: "2027-01-31", DisableOn: "2027-02-04", PurgeNotBefore: "2027-03-03", NoticeDays: 5,
			},
		},
	}
	for _, c := range change {
		c(tenant, notice)
	}
	Expect(admin.Create(ctx, tenant)).To(Succeed())
	Expect(admin.Create(ctx, notice)).To(Succeed())
	DeferCleanup(func(ctx SpecContext) { Expect(admin.Delete(ctx, notice)).To(Succeed()) })
	return notice
}

func lucia(name string) string   { return "lucia@" + name + ".example" }
func cuentas(name string) string { return "cuentas@" + name + ".example" }
