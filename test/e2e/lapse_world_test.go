//go:build e2e

package e2e

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/facts"
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
// January 2027. The real time comes back when the walk is over.
func rehearse(ctx context.Context) {
	GinkgoHelper()
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

// becomes waits until tenants stand as they should.
func becomes(ctx context.Context, billing v1alpha1.BillingState, names ...string) {
	GinkgoHelper()
	for _, name := range names {
		Eventually(func() v1alpha1.BillingState { return tenantOf(ctx, name).Status.Standing.Billing }).
			Should(Equal(billing), "the billing state of %s", name)
	}
}

// hasNoPod waits until nothing runs for a tenant.
func hasNoPod(ctx context.Context, name string) {
	GinkgoHelper()
	Eventually(func() []corev1.Pod {
		var pods corev1.PodList
		Expect(k8s.List(ctx, &pods, client.InNamespace("crm-"+name))).To(Succeed())
		return pods.Items
	}).Should(BeEmpty(), "pods of %s", name)
}

func gone(ctx context.Context, namespace, name string, object client.Object) bool {
	GinkgoHelper()
	err := k8s.Get(ctx, client.ObjectKey{Namespace: namespace, Name: name}, object)
	if !apierrors.IsNotFound(err) {
		Expect(err).NotTo(HaveOccurred())
	}
	return err != nil
}

func tenantOf(ctx context.Context, name string) *v1alpha1.Tenant {
	GinkgoHelper()
	var tenant v1alpha1.Tenant
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: accounts, Name: name}, &tenant)).To(Succeed())
	if tenant.Status.Standing == nil {
		tenant.Status.Standing = &v1alpha1.Standing{}
	}
	return &tenant
}

// lapseOf is the open lapse of a tenant; an empty one where none is open.
func lapseOf(ctx context.Context, name string) *v1alpha1.Lapse {
	GinkgoHelper()
	var of v1alpha1.Subscription
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: accounts, Name: name}, &of)).To(Succeed())
	if open := facts.OpenLapse(&of); open != nil {
		return open
	}
	return &v1alpha1.Lapse{}
}

// purgeIsOn waits until the deletion is due at an instant.
func purgeIsOn(ctx context.Context, name, at string) {
	GinkgoHelper()
	Eventually(func() bool {
		due := lapseOf(ctx, name).PurgeAt
		return due != nil && due.Time.Equal(story.At(at))
	}).Should(BeTrue(), "the documents of %s are deleted on %s", name, at)
}

func heldBy(ctx context.Context, name string) string {
	GinkgoHelper()
	for _, condition := range tenantOf(ctx, name).Status.Conditions {
		if condition.Type == "ActsHeld" {
			return condition.Reason
		}
	}
	return ""
}

// volume is a tenant's volume: its claim, and its file on this machine's disk.
type volume struct {
	claim      types.UID
	data, file string
}

// volumeOf looks a volume up, as the cluster and the disk have it.
func volumeOf(ctx context.Context, tenant, claim string) volume {
	GinkgoHelper()
	var of corev1.PersistentVolumeClaim
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: "crm-" + tenant, Name: claim}, &of)).To(Succeed())
	var persistent corev1.PersistentVolume
	Expect(k8s.Get(ctx, client.ObjectKey{Name: of.Spec.VolumeName}, &persistent)).To(Succeed())
	v := volume{claim: of.UID, data: persistent.Spec.Local.Path}
	for dir := v.data; dir != "/"; dir = filepath.Dir(dir) {
		if file := filepath.Join(dir, "volume.img"); onDisk(file) {
			v.file = file
			break
		}
	}
	Expect(v.file).NotTo(BeEmpty(), "the file of %s's volume %s lies on the disk", tenant, claim)
	return v
}

func onDisk(file string) bool {
	GinkgoHelper()
	_, err := os.Stat(file)
	if !errors.Is(err, fs.ErrNotExist) {
		Expect(err).NotTo(HaveOccurred())
	}
	return err == nil
}

// keepsDocuments says that nothing of a tenant's documents has gone.
func keepsDocuments(ctx context.Context, tenant string, v volume) {
	GinkgoHelper()
	now := volumeOf(ctx, tenant, "documents")
	Expect(now).To(Equal(v))
	Expect(gone(ctx, "crm-"+tenant, "crm-documents-key", &corev1.Secret{})).To(BeFalse(), "the key of %s's documents", tenant)
	Expect(lapseOf(ctx, tenant).Purge).To(BeNil())
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

// finalize adds a finalizer to the claim of a tenant's documents, or takes it.
func finalize(ctx context.Context, tenant, finalizer string, add bool) {
	GinkgoHelper()
	var claim corev1.PersistentVolumeClaim
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: "crm-" + tenant, Name: "documents"}, &claim)).To(Succeed())
	before := claim.DeepCopy()
	claim.Finalizers = slices.DeleteFunc(claim.Finalizers, func(f string) bool { return f == finalizer })
	if add {
		claim.Finalizers = append(claim.Finalizers, finalizer)
	}
	Expect(k8s.Patch(ctx, &claim, client.MergeFrom(before))).To(Succeed())
}

// letter is the latest message to an address, its lines unfolded; empty while
// there is none.
func letter(address string) string {
	messages := post.MessagesTo(address)
	if len(messages) == 0 {
		return ""
	}
	return strings.ReplaceAll(string(messages[len(messages)-1].Data), "=\r\n", "")
}
