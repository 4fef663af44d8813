//go:build e2e

package e2e

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/test/story"
)

// patience is how long something that must not happen is given to happen.
const patience = 2 * time.Second

// becomes waits until tenants stand as they should.
func becomes(ctx context.Context, billing v1alpha1.BillingState, names ...string) {
	GinkgoHelper()
	for _, name := range names {
		Eventually(func() v1alpha1.BillingState { return tenantOf(ctx, name).Status.Standing.Billing }).
			Should(Equal(billing), func() string { return howItStands(ctx, name) })
	}
}

// stays says that a tenant stands as it should, and goes on to.
func stays(ctx context.Context, billing v1alpha1.BillingState, name string) {
	GinkgoHelper()
	becomes(ctx, billing, name)
	Consistently(func() v1alpha1.BillingState { return tenantOf(ctx, name).Status.Standing.Billing }).
		WithTimeout(patience).Should(Equal(billing), func() string { return howItStands(ctx, name) })
}

// howItStands is what a failure shows of a tenant.
func howItStands(ctx context.Context, name string) string {
	var lines strings.Builder
	tenant := tenantOf(ctx, name)
	fmt.Fprintf(&lines, "%s: %s\n", name, tenant.Status.Standing.Summary)
	for _, c := range tenant.Status.Conditions {
		fmt.Fprintf(&lines, "  %s=%s %s: %s\n", c.Type, c.Status, c.Reason, c.Message)
	}
	fmt.Fprintf(&lines, "  its open lapse: %+v", *lapseOf(ctx, name))
	return lines.String()
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

// podOf is the pod that runs for a tenant, by its UID: another one has another.
func podOf(ctx context.Context, name string) types.UID {
	GinkgoHelper()
	var pod corev1.Pod
	Expect(k8s.Get(ctx, client.ObjectKey{Namespace: "crm-" + name, Name: "crm-0"}, &pod)).To(Succeed())
	Expect(podReady(&pod)).To(BeTrue(), "the pod of %s is ready", name)
	return pod.UID
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

// letter is the latest message to an address, its lines unfolded; empty while
// there is none.
func letter(address string) string {
	messages := post.MessagesTo(address)
	if len(messages) == 0 {
		return ""
	}
	return strings.ReplaceAll(string(messages[len(messages)-1].Data), "=\r\n", "")
}
