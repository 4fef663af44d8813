// Package lapse_test lives through what follows when payment fails to come
// (contract.md 4): the whole operator, with the rights of its service account,
// between a real API server and a real mail server, on the contract's test
// clock.
package lapse_test

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
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/mail"
	"github.com/grupobizopps/salexops/test/controlplane"
	"github.com/grupobizopps/salexops/test/smtpserver"
	"github.com/grupobizopps/salexops/test/story"
)

const password = "correct horse battery staple"

var (
	plane    *controlplane.Plane
	admin    client.Client
	world    story.World
	post     *smtpserver.Server
	sender   *mail.Sender
	subject  *controlplane.Operator
	names    atomic.Int64
	suiteCtx context.Context
)

func TestLapse(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "A lapse")
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
	admin, world = plane.Admin, story.World{Client: plane.Admin}
	Expect(plane.StartStandIn(suiteCtx)).To(Succeed())
	Expect(admin.Create(suiteCtx, controlplane.Policy())).To(Succeed())
	Expect(admin.Create(suiteCtx, controlplane.PaidPlan("team"))).To(Succeed())

	post, err = smtpserver.Start(smtpserver.Options{Username: "salexops", Password: password})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(post.Close)
	sender, err = mail.NewSender(mail.Settings{
		Server: post.Addr(), From: "SaleXops <avisos@salexops.example>", CredentialsDir: credentials(),
	})
	Expect(err).NotTo(HaveOccurred())

	EnforceDefaultTimeoutsWhenUsingContexts()
	SetDefaultEventuallyTimeout(30 * time.Second)
	SetDefaultEventuallyPollingInterval(25 * time.Millisecond)
	start()
	DeferCleanup(func() error { return subject.Stop() })
})

// credentials writes what a mounted Secret would hold.
func credentials() string {
	dir := GinkgoT().TempDir()
	for name, content := range map[string][]byte{"username": []byte("salexops"), "password": []byte(password), "ca.crt": post.CA()} {
		Expect(os.WriteFile(filepath.Join(dir, name), content, 0o600)).To(Succeed())
	}
	return dir
}

// start starts the operator, or starts it again.
func start() {
	GinkgoHelper()
	options := controlplane.OperatorOptions(testingclock.NewFakePassiveClock(controlplane.Now), controlplane.Silence{})
	options.ExchangeInterval = time.Hour // Nobody answers here.
	options.Transport, options.NoticeConcurrency, options.MailDomain = sender, 4, "salexops.example"
	var err error
	subject, err = controlplane.StartOperator(suiteCtx, plane.OperatorConfig, options)
	Expect(err).NotTo(HaveOccurred())
}

// acme registers a tenant who has paid from 31 December to 30 January, on 15
// January, and waits until its CRM runs. It goes when its test is over.
func acme(ctx context.Context) string {
	GinkgoHelper()
	name := fmt.Sprintf("acme-%d", names.Add(1))
	Expect(world.Live(ctx, "2027-01-15 11:00")).To(Succeed())
	tenant := controlplane.Tenant(name)
	tenant.Spec.Owner.AlternateEmail = v1alpha1.Email("cuentas@" + name + ".example")
	Expect(admin.Create(ctx, tenant)).To(Succeed())
	Expect(admin.Create(ctx, controlplane.Subscription(name, "team"))).To(Succeed())
	Expect(world.Pay(ctx, name, "pay-0001", "2026-12-31 11:00", "2026-12-31", "2027-01-30")).To(Succeed())
	DeferCleanup(func(ctx SpecContext) {
		Expect(world.Delete(ctx, name)).To(Succeed())
		Eventually(ctx, func() bool { return !found(ctx, key(name), &v1alpha1.Tenant{}) }).Should(BeTrue())
		var left v1alpha1.NoticeList
		Expect(admin.List(ctx, &left, client.MatchingLabels{v1alpha1.TenantLabel: name})).To(Succeed())
		Expect(left.Items).To(BeEmpty(), "a deleted tenant leaves no notice, and so no address")
	})
	Eventually(ctx, func(g Gomega) {
		g.Expect(claim(ctx, name, "documents")).NotTo(BeNil())
		g.Expect(claim(ctx, name, "documents").Spec.VolumeName).NotTo(BeEmpty())
		g.Expect(running(ctx, name)).To(BeTrue())
	}).Should(Succeed())
	return name
}

// lives travels to an instant up to which billing has told everything, and
// waits until the tenant stands as it should.
func lives(ctx context.Context, name, to string, billing v1alpha1.BillingState) {
	GinkgoHelper()
	Expect(world.Live(ctx, to)).To(Succeed())
	becomes(ctx, name, billing)
}

func becomes(ctx context.Context, name string, billing v1alpha1.BillingState) {
	GinkgoHelper()
	Eventually(ctx, func() v1alpha1.BillingState { return tenant(ctx, name).Status.Standing.Billing }).Should(Equal(billing))
}

// lapses lives to 20 February, on which the owner is told that the documents
// are deleted on 3 March.
func lapses(ctx context.Context, name string) {
	GinkgoHelper()
	lives(ctx, name, "2027-02-01", v1alpha1.BillingGrace)
	lives(ctx, name, "2027-02-04", v1alpha1.BillingDisabled)
	lives(ctx, name, "2027-02-20", v1alpha1.BillingPurgeScheduled)
}

func key(name string) client.ObjectKey {
	return client.ObjectKey{Namespace: controlplane.Accounts, Name: name}
}

func found(ctx context.Context, key client.ObjectKey, object client.Object) bool {
	GinkgoHelper()
	err := admin.Get(ctx, key, object)
	if !apierrors.IsNotFound(err) {
		Expect(err).NotTo(HaveOccurred())
	}
	return err == nil
}

func tenant(ctx context.Context, name string) *v1alpha1.Tenant {
	GinkgoHelper()
	var tenant v1alpha1.Tenant
	Expect(admin.Get(ctx, key(name), &tenant)).To(Succeed())
	if tenant.Status.Standing == nil {
		tenant.Status.Standing = &v1alpha1.Standing{}
	}
	return &tenant
}

func subscription(ctx context.Context, name string) *v1alpha1.Subscription {
	GinkgoHelper()
	var subscription v1alpha1.Subscription
	Expect(admin.Get(ctx, key(name), &subscription)).To(Succeed())
	return &subscription
}

// lapse is the open lapse, or the latest one.
func lapse(ctx context.Context, name string) *v1alpha1.Lapse {
	GinkgoHelper()
	s := subscription(ctx, name)
	if open := facts.OpenLapse(s); open != nil {
		return open
	}
	if len(s.Status.Lapses) == 0 {
		return nil
	}
	return &s.Status.Lapses[len(s.Status.Lapses)-1]
}

// claim is a claim of a tenant; nil where there is none.
func claim(ctx context.Context, name, which string) *corev1.PersistentVolumeClaim {
	GinkgoHelper()
	var claim corev1.PersistentVolumeClaim
	if !found(ctx, client.ObjectKey{Namespace: "crm-" + name, Name: which}, &claim) {
		return nil
	}
	return &claim
}

func running(ctx context.Context, name string) bool {
	GinkgoHelper()
	replicas, err := replicas(ctx, name)
	Expect(err).NotTo(HaveOccurred())
	return replicas == 1
}
