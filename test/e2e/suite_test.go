//go:build e2e

// Package e2e lives through what the three kinds of people do: on a real
// cluster, with the real programs in their images, through a real browser.
// hack/e2e.sh prepares the cluster and says where it is.
package e2e

import (
	"cmp"
	"os"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/config"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

const accounts = "salexops-accounts"

var (
	cluster       *rest.Config
	k8s           client.Client
	clientset     *kubernetes.Clientset
	probeImage    = os.Getenv("PROBE_IMAGE")
	frontDoorPort = cmp.Or(os.Getenv("FRONTDOOR_PORT"), "8080")
	localCluster  = os.Getenv("SALEXOPS_CLUSTER") != "existing"
)

func TestEndToEnd(t *testing.T) {
	RegisterFailHandler(Fail)
	ctrl.SetLogger(GinkgoLogr)
	SetDefaultEventuallyTimeout(90 * time.Second)
	SetDefaultEventuallyPollingInterval(200 * time.Millisecond)
	SetDefaultConsistentlyDuration(5 * time.Second)
	RunSpecs(t, "SaleXops, end to end")
}

var _ = BeforeSuite(func(ctx SpecContext) {
	var err error
	cluster, err = config.GetConfig()
	Expect(err).NotTo(HaveOccurred(), "KUBECONFIG must point to the cluster")
	Expect(v1alpha1.AddToScheme(scheme.Scheme)).To(Succeed())
	k8s, err = client.New(cluster, client.Options{Scheme: scheme.Scheme})
	Expect(err).NotTo(HaveOccurred())
	clientset, err = kubernetes.NewForConfig(cluster)
	Expect(err).NotTo(HaveOccurred())
	if !localCluster && probeImage == "" {
		AddReportEntry("PROBE_IMAGE is not set: specs that look from inside a pod fail; build test/e2e/probe into an image your cluster can read")
	}
	var ns corev1.Namespace
	Expect(k8s.Get(ctx, client.ObjectKey{Name: accounts}, &ns)).To(Succeed(), "the operator must be installed")
})

// What the cluster says is shown with a spec that failed, while it still is so.
var _ = JustAfterEach(func(ctx SpecContext) {
	if !CurrentSpecReport().Failed() {
		return
	}
	for _, question := range []string{
		"-n salexops-accounts get tenants,subscriptions,notices",
		"get platformpolicy default -o yaml",
		"get pods -A -o wide",
		"-n salexops-system logs -l app.kubernetes.io/component=manager --tail=40 --prefix",
	} {
		said, err := kubectl(ctx, "", strings.Fields(question)...)
		if err != nil {
			said += err.Error()
		}
		AddReportEntry("kubectl "+question, said)
	}
})
