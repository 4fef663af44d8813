//go:build e2e

package e2e

import (
	"context"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/smtpserver"
	"github.com/grupobizopps/salexops/test/story"
)

const smtpPassword = "correct horse battery staple"

// post is the mail server of all walks; it runs in this process and is reached
// from the operator's pod.
var post *smtpserver.Server

// world is the cluster as registrar, billing and platform engineer write to it.
func world() story.World { return story.World{Client: k8s} }

// rehearse gives the operator a mail server and sets the contract's clock to 15
// January 2027, which concerns every tenant there is: so there is none. The real
// time comes back when the walk is over.
func rehearse(ctx context.Context) {
	GinkgoHelper()
	if !localCluster {
		Skip("left out on a cluster of your own: it moves the contract's clock of every tenant, " +
			"looks at the volumes on this machine's disk and receives mail on this machine")
	}
	evictAll(ctx)
	if post == nil {
		startPost(ctx)
	}
	post.Behave(smtpserver.Accept)
	ensure(ctx, paidPlan())
	DeferCleanup(func(ctx SpecContext) {
		Expect(world().Policy(ctx, `{"spec":{"testClock":null,"freeze":false}}`)).To(Succeed())
		mustKubectl(ctx, "", "patch", "platformpolicy", "default", "--subresource=status", "--type=merge", "-p",
			`{"status":{"billingFeed":{"asOf":"`+time.Now().UTC().Format(time.RFC3339)+`"}}}`)
	})
	live(ctx, "2027-01-15 11:00")
}

// evictAll ends every tenant of the cluster: what other tests left behind, or a
// walk that was cut short, would lapse with the clock of the next one.
func evictAll(ctx context.Context) {
	GinkgoHelper()
	for _, kind := range []string{"tenant", "subscription"} {
		for name := range strings.FieldsSeq(mustKubectl(ctx, "", "-n", accounts, "get", kind, "-o", `jsonpath={.items[*].metadata.name}`)) {
			deleteForGood(ctx, kind, name)
		}
	}
}

func startPost(ctx context.Context) {
	GinkgoHelper()
	listen := os.Getenv("SMTP_LISTEN")
	host, _, err := net.SplitHostPort(listen)
	Expect(err).NotTo(HaveOccurred(), "SMTP_LISTEN says where pods reach this machine; hack/e2e.sh sets it")
	post, err = smtpserver.Start(smtpserver.Options{Listen: listen, Hosts: []string{host}, Username: "salexops", Password: smtpPassword})
	Expect(err).NotTo(HaveOccurred())
	account := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Namespace: "salexops-system", Name: "salexops-smtp"},
		Data:       map[string][]byte{"username": []byte("salexops"), "password": []byte(smtpPassword), "ca.crt": post.CA()},
	}
	Expect(client.IgnoreNotFound(k8s.Delete(ctx, account.DeepCopy()))).To(Succeed())
	Expect(k8s.Create(ctx, account)).To(Succeed())
	restartOperator(ctx)
}

// live travels to an instant up to which billing has told everything. Admission
// takes a moment to notice that the clock has moved.
func live(ctx context.Context, to string) {
	GinkgoHelper()
	Eventually(func() error { return world().Live(ctx, to) }).Should(Succeed())
}

func tell(ctx context.Context, upTo string) {
	GinkgoHelper()
	Eventually(func() error { return world().Tell(ctx, upTo) }).Should(Succeed())
}

func receive(ctx context.Context, tenant, id, received, from, to string) {
	GinkgoHelper()
	Eventually(func() error { return world().Pay(ctx, tenant, id, received, from, to) }).Should(Succeed())
}

// rent registers tenants who have paid from 31 December to 30 January, and waits
// until their CRMs run. They go when the walk is over.
func rent(ctx context.Context, names ...string) {
	GinkgoHelper()
	confirmed := metav1.NewTime(story.At("2026-12-31 09:00"))
	for _, name := range names {
		tenant, of := registered(name), subscription(name, "e2e-team")
		tenant.Spec.Owner.EmailConfirmedAt, tenant.Spec.Owner.AdultDeclaredAt = &confirmed, &confirmed
		tenant.Spec.Owner.AlternateEmail = v1alpha1.Email("cuentas@" + name + ".example")
		of.Spec.AnchorDate = "2026-12-31"
		ensure(ctx, tenant, of)
		receive(ctx, name, "pay-0001", "2026-12-31 11:00", "2026-12-31", "2027-01-30")
	}
	DeferCleanup(func(ctx SpecContext) {
		for _, name := range names {
			Expect(world().Delete(ctx, name)).To(Succeed())
		}
		for _, name := range names {
			Eventually(func() bool { return gone(ctx, accounts, name, &v1alpha1.Tenant{}) }).Should(BeTrue(), "tenant %s is still there", name)
		}
	})
	for _, name := range names {
		eventuallyReady(ctx, name)
	}
}

// scaleOperator changes how many managers run, and waits until so many do.
func scaleOperator(ctx context.Context, replicas int32) {
	GinkgoHelper()
	key := client.ObjectKey{Namespace: "salexops-system", Name: "salexops-manager"}
	var manager appsv1.Deployment
	Expect(k8s.Get(ctx, key, &manager)).To(Succeed())
	before := manager.DeepCopy()
	manager.Spec.Replicas = &replicas
	Expect(k8s.Patch(ctx, &manager, client.MergeFrom(before))).To(Succeed())
	Eventually(func() int {
		var pods corev1.PodList
		Expect(k8s.List(ctx, &pods, client.InNamespace(key.Namespace), client.MatchingLabels{"app.kubernetes.io/component": "manager"})).To(Succeed())
		return len(pods.Items)
	}).Should(BeEquivalentTo(replicas))
}

// finalize adds a finalizer to the claim of a tenant's documents, as a pod that
// uses it would hold it back, or takes it.
func finalize(ctx context.Context, tenant, finalizer string, add bool) {
	GinkgoHelper()
	var claim corev1.PersistentVolumeClaim
	if gone(ctx, "crm-"+tenant, "documents", &claim) && !add {
		return
	}
	before := claim.DeepCopy()
	claim.Finalizers = slices.DeleteFunc(claim.Finalizers, func(f string) bool { return f == finalizer })
	if add {
		claim.Finalizers = append(claim.Finalizers, finalizer)
	}
	Expect(k8s.Patch(ctx, &claim, client.MergeFrom(before))).To(Succeed())
}
