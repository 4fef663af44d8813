package lapse_test

import (
	"context"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

// replicas is how many pods are wanted for a tenant; none before there is a
// workload.
func replicas(ctx context.Context, name string) (int32, error) {
	var workload appsv1.StatefulSet
	err := admin.Get(ctx, client.ObjectKey{Namespace: "crm-" + name, Name: "crm"}, &workload)
	if err != nil {
		return 0, client.IgnoreNotFound(err)
	}
	return *workload.Spec.Replicas, nil
}

func condition(ctx context.Context, name, kind string) *metav1.Condition {
	GinkgoHelper()
	return meta.FindStatusCondition(tenant(ctx, name).Status.Conditions, kind)
}

// heldBy is the guard that holds back what is due; none where nothing is.
func heldBy(ctx context.Context, name string) string {
	GinkgoHelper()
	if held := condition(ctx, name, "ActsHeld"); held != nil {
		return held.Reason
	}
	return ""
}

func hasKey(ctx context.Context, name string) bool {
	GinkgoHelper()
	return found(ctx, client.ObjectKey{Namespace: "crm-" + name, Name: "crm-documents-key"}, &corev1.Secret{})
}

// told are the subjects of what the owner, or the alternate contact, received.
func told(name string) []string {
	var subjects []string
	for _, message := range post.Messages() {
		if strings.Contains(message.To, name+".example") {
			parsed, err := message.Parse()
			Expect(err).NotTo(HaveOccurred())
			subjects = append(subjects, parsed.Header.Get("Subject"))
		}
	}
	return subjects
}

// settles waits until nothing of the tenant has been written for a while: what
// was to be done is done.
func settles(ctx context.Context, name string) {
	GinkgoHelper()
	last, quiet := "", 0
	Eventually(ctx, func() int {
		now := tenant(ctx, name).ResourceVersion + "/" + subscription(ctx, name).ResourceVersion
		if now != last {
			last, quiet = now, 0
		}
		quiet++
		return quiet
	}).Should(BeNumerically(">", 20))
}

// keep holds the claim of the documents back, as a pod that uses it would.
func keep(ctx context.Context, name string) {
	GinkgoHelper()
	documents := claim(ctx, name, "documents")
	kept := documents.DeepCopy()
	kept.Finalizers = append(kept.Finalizers, controlplane.Kept)
	Expect(admin.Patch(ctx, kept, client.MergeFrom(documents))).To(Succeed())
}

// letGo ends what keep began.
func letGo(ctx context.Context, name string) {
	GinkgoHelper()
	documents := claim(ctx, name, "documents")
	free := documents.DeepCopy()
	free.Finalizers = slices.DeleteFunc(free.Finalizers, func(f string) bool { return f == controlplane.Kept })
	Expect(admin.Patch(ctx, free, client.MergeFrom(documents))).To(Succeed())
}

// lastMessage is the latest message as it was received, its lines unfolded.
func lastMessage() string {
	messages := post.Messages()
	return strings.ReplaceAll(string(messages[len(messages)-1].Data), "=\r\n", "")
}

// notice is the latest notice of a purge.
func notice(ctx context.Context, name string) *v1alpha1.Notice {
	GinkgoHelper()
	var notices v1alpha1.NoticeList
	Expect(admin.List(ctx, &notices, client.MatchingLabels{v1alpha1.TenantLabel: name})).To(Succeed())
	latest := &v1alpha1.Notice{}
	for i := range notices.Items {
		if notices.Items[i].Spec.Purpose == v1alpha1.NoticePurge && notices.Items[i].Name > latest.Name {
			latest = &notices.Items[i]
		}
	}
	return latest
}
