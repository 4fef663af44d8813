// Package operator_test runs the whole operator, with the rights of its service
// account, against a real API server.
package operator_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-logr/logr"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

var (
	plane    *controlplane.Plane
	admin    client.Client
	now      = testingclock.NewFakePassiveClock(controlplane.Now)
	house    = newHouse()
	subject  *controlplane.Operator
	names    atomic.Int64
	suiteCtx context.Context
)

func TestOperator(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Operator")
}

var _ = BeforeSuite(func() {
	ctrllog.SetLogger(logr.Discard())
	var cancel context.CancelFunc
	suiteCtx, cancel = context.WithCancel(context.Background())

	var err error
	plane, err = controlplane.Start(suiteCtx)
	Expect(err).NotTo(HaveOccurred())
	// In the reverse order: first everything that watches ends, then what it
	// watches.
	DeferCleanup(plane.Stop)
	DeferCleanup(cancel)
	admin = plane.Admin
	Expect(plane.StartStandIn(suiteCtx)).To(Succeed())

	Expect(admin.Create(suiteCtx, controlplane.Policy())).To(Succeed())
	Expect(admin.Create(suiteCtx, controlplane.FreePlan("free"))).To(Succeed())
	Expect(admin.Create(suiteCtx, controlplane.PaidPlan("team"))).To(Succeed())

	startOperator()
	DeferCleanup(func() error { return subject.Stop() })

	EnforceDefaultTimeoutsWhenUsingContexts()
	SetDefaultEventuallyTimeout(30 * time.Second)
	SetDefaultEventuallyPollingInterval(50 * time.Millisecond)
})

func startOperator() {
	GinkgoHelper()
	options := controlplane.OperatorOptions(now, house)
	var err error
	subject, err = controlplane.StartOperator(suiteCtx, plane.OperatorConfig, options)
	Expect(err).NotTo(HaveOccurred())
}

// newName returns a name that no other test uses: deleting a tenant is a story
// of its own, so tests leave theirs behind.
func newName(stem string) string { return fmt.Sprintf("%s-%d", stem, names.Add(1)) }

// register creates a Tenant of whom nothing is missing, with a Subscription.
func register(ctx context.Context, name, plan string, change ...func(*v1alpha1.Tenant)) *v1alpha1.Tenant {
	GinkgoHelper()
	tenant := controlplane.Tenant(name)
	for _, c := range change {
		c(tenant)
	}
	Expect(admin.Create(ctx, tenant)).To(Succeed())
	Expect(admin.Create(ctx, controlplane.Subscription(name, plan))).To(Succeed())
	return tenant
}

func read(ctx context.Context, name string) *v1alpha1.Tenant {
	GinkgoHelper()
	var tenant v1alpha1.Tenant
	Expect(admin.Get(ctx, key(name), &tenant)).To(Succeed())
	return &tenant
}

func key(name string) client.ObjectKey {
	return client.ObjectKey{Namespace: controlplane.Accounts, Name: name}
}

func inside(tenant, name string) client.ObjectKey {
	return client.ObjectKey{Namespace: "crm-" + tenant, Name: name}
}

// becomes waits until a condition of a Tenant has a reason.
func becomes(ctx context.Context, name, kind, reason string) *metav1.Condition {
	GinkgoHelper()
	var found *metav1.Condition
	Eventually(ctx, func() string {
		found = meta.FindStatusCondition(read(ctx, name).Status.Conditions, kind)
		if found == nil {
			return ""
		}
		return found.Reason
	}).Should(Equal(reason), "condition %s of Tenant %s", kind, name)
	return found
}

func becomesReady(ctx context.Context, name string) {
	GinkgoHelper()
	becomes(ctx, name, "Provisioned", "Provisioned")
	becomes(ctx, name, "Ready", "Answers")
}

// absent waits until an object is gone; nothingThere says that it isn't there.
func absent(ctx context.Context, key client.ObjectKey, object client.Object) {
	GinkgoHelper()
	Eventually(ctx, func() bool { return apierrors.IsNotFound(admin.Get(ctx, key, object)) }).Should(BeTrue(), "%T %s is still there", object, key)
}

func nothingThere(ctx context.Context, key client.ObjectKey, object client.Object) {
	GinkgoHelper()
	err := admin.Get(ctx, key, object)
	Expect(apierrors.IsNotFound(err)).To(BeTrue(), "%T %s: %v", object, key, err)
}

// change applies a change to an object as somebody else would.
func change[T client.Object](ctx context.Context, key client.ObjectKey, object T, mutate func(T)) {
	GinkgoHelper()
	Eventually(ctx, func() error {
		if err := admin.Get(ctx, key, object); err != nil {
			return err
		}
		mutate(object)
		return admin.Update(ctx, object)
	}).Should(Succeed())
}

func pay(ctx context.Context, name, patch string) {
	GinkgoHelper()
	subscription := controlplane.Subscription(name, "")
	Expect(admin.Status().Patch(ctx, subscription, client.RawPatch(types.JSONPatchType, []byte(patch)))).To(Succeed())
}

func secretData(ctx context.Context, key client.ObjectKey) map[string][]byte {
	GinkgoHelper()
	var secret corev1.Secret
	Expect(admin.Get(ctx, key, &secret)).To(Succeed())
	return secret.Data
}
