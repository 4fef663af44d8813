package notices_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/cmd/manager/operator"
	"github.com/grupobizopps/salexops/test/controlplane"
)

const gatewayName = "system:serviceaccount:salexops-accounts:mail-gateway"

var _ = Describe("The mail gateway", Ordered, func() {
	var gateway client.Client

	BeforeAll(func(ctx SpecContext) {
		objects, err := controlplane.Read("../../config/rbac/mail_gateway_role.yaml")
		Expect(err).NotTo(HaveOccurred())
		for _, object := range objects {
			Expect(admin.Create(ctx, object)).To(Succeed())
		}
		Expect(admin.Create(ctx, &rbacv1.RoleBinding{
			ObjectMeta: metav1.ObjectMeta{Namespace: controlplane.Accounts, Name: "salexops-mail-gateway"},
			RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "salexops-mail-gateway"},
			Subjects:   []rbacv1.Subject{{Kind: "ServiceAccount", Namespace: controlplane.Accounts, Name: "mail-gateway"}},
		})).To(Succeed())
		config := rest.CopyConfig(plane.AdminConfig)
		config.Impersonate = rest.ImpersonationConfig{UserName: gatewayName}
		gateway, err = client.New(config, client.Options{Scheme: operator.NewScheme()})
		Expect(err).NotTo(HaveOccurred())
		waitForThePolicy(ctx)
	})

	write := func(ctx context.Context, as client.Client, notice *v1alpha1.Notice, kind types.PatchType, patch string) error {
		return as.Status().Patch(ctx, notice.DeepCopy(), client.RawPatch(kind, []byte(patch)))
	}
	const report = `{"messageID":"<x@salexops.example>","kind":"Bounced","at":"2027-02-20T07:05:00Z"}`

	It("reports as the documentation shows it", func(ctx SpecContext) {
		notice := owe(ctx, "botica")
		status := becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		command := regexp.MustCompile(`<[^>]*@example.com>`).ReplaceAllString(documented(), status.Attempts[0].MessageID)
		said, err := shell(ctx, command+" --as="+gatewayName)
		Expect(err).NotTo(HaveOccurred(), said)
		becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Eventually(ctx, func() int { return len(post.MessagesTo(cuentas("botica"))) }).Should(Equal(1))
	})

	It("reports on a notice that nobody has touched yet", func(ctx SpecContext) {
		notice := owe(ctx, newName(), func(_ *v1alpha1.Tenant, n *v1alpha1.Notice) { delete(n.Labels, v1alpha1.OpenNoticeLabel) })
		Expect(write(ctx, gateway, notice, types.JSONPatchType, `[{"op":"add","path":"/status/reports/-","value":`+report+`}]`)).To(Succeed())
		Expect(read(ctx, notice).Status.Reports).To(HaveLen(1))
	})

	It("writes nothing else, and takes nothing back", func(ctx SpecContext) {
		notice := owe(ctx, newName())
		becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		for _, patch := range []string{
			`{"status":{"acceptedAt":null}}`,
			`{"status":{"bouncedAt":"2027-02-20T07:05:00Z"}}`,
			`{"status":{"closedAt":"2027-02-20T07:05:00Z"}}`,
			`{"status":{"reports":[` + report + `],"state":"Bounced"}}`,
		} {
			err := write(ctx, gateway, notice, types.MergePatchType, patch)
			Expect(apierrors.IsForbidden(err)).To(BeTrue(), "%s: %v", patch, err)
			Expect(err).To(MatchError(ContainSubstring("writes nothing else")))
		}
		Expect(gateway.Patch(ctx, notice.DeepCopy(), client.RawPatch(types.MergePatchType, []byte(`{"metadata":{"labels":null}}`)))).
			To(MatchError(ContainSubstring(`cannot patch resource "notices"`)))
		Expect(write(ctx, gateway, notice, types.MergePatchType, `{"status":{"reports":[`+report+`]}}`)).To(Succeed())
		Expect(write(ctx, gateway, notice, types.MergePatchType, `{"status":{"reports":[]}}`)).
			To(MatchError(ContainSubstring("a report is never removed or edited")))
	})

	It("is the only one who reports", func(ctx SpecContext) {
		itself, err := client.New(plane.OperatorConfig, client.Options{Scheme: operator.NewScheme()})
		Expect(err).NotTo(HaveOccurred())
		notice := owe(ctx, newName())
		becomes(ctx, notice, v1alpha1.NoticeAccepted, "Accepted")
		Expect(write(ctx, itself, notice, types.MergePatchType, `{"status":{"reports":[`+report+`]}}`)).
			To(MatchError(ContainSubstring("status.reports belongs to the mail gateway: system:serviceaccount:salexops-system:salexops-manager may not change it")))
	})
})

// documented is the command that a gateway's author copies.
func documented() string {
	GinkgoHelper()
	page, err := os.ReadFile("../../docs/notices.md")
	Expect(err).NotTo(HaveOccurred())
	for _, line := range strings.Split(string(page), "\n") {
		if strings.HasPrefix(line, "kubectl ") && strings.Contains(line, "--subresource=status") {
			return line
		}
	}
	Fail("docs/notices.md shows no command")
	return ""
}

// shell runs a command with the kubectl that goes with the API server.
func shell(ctx context.Context, command string) (string, error) {
	GinkgoHelper()
	kubeconfig := filepath.Join(GinkgoT().TempDir(), "kubeconfig")
	Expect(clientcmd.WriteToFile(administrator(), kubeconfig)).To(Succeed())
	run := exec.CommandContext(ctx, "sh", "-c", command)
	run.Env = append(os.Environ(), "KUBECONFIG="+kubeconfig, "PATH="+os.Getenv("KUBEBUILDER_ASSETS")+":"+os.Getenv("PATH"))
	said, err := run.CombinedOutput()
	return string(said), err
}

// administrator is who may do everything, as kubectl reads it.
func administrator() clientcmdapi.Config {
	config := clientcmdapi.NewConfig()
	config.Clusters["test"] = &clientcmdapi.Cluster{Server: plane.AdminConfig.Host, CertificateAuthorityData: plane.AdminConfig.CAData}
	config.AuthInfos["admin"] = &clientcmdapi.AuthInfo{
		ClientCertificateData: plane.AdminConfig.CertData, ClientKeyData: plane.AdminConfig.KeyData,
	}
	config.Contexts["test"] = &clientcmdapi.Context{Cluster: "test", AuthInfo: "admin"}
	config.CurrentContext = "test"
	return *config
}

// waitForThePolicy waits until the API server has noticed it: it takes its own
// time.
func waitForThePolicy(ctx context.Context) {
	GinkgoHelper()
	itself, err := client.New(plane.OperatorConfig, client.Options{Scheme: operator.NewScheme()})
	Expect(err).NotTo(HaveOccurred())
	notice := owe(ctx, newName(), func(_ *v1alpha1.Tenant, n *v1alpha1.Notice) { delete(n.Labels, v1alpha1.OpenNoticeLabel) })
	Eventually(ctx, func() error {
		patch := `{"status":{"reports":[{"messageID":"<x@x>","kind":"Delivered","at":"2027-02-20T07:05:00Z"}]}}`
		return itself.Status().Patch(ctx, notice.DeepCopy(), client.RawPatch(types.MergePatchType, []byte(patch)), client.DryRunAll)
	}).Should(MatchError(ContainSubstring("belongs to the mail gateway")))
}
