// Package plugin_test runs the compiled kubectl-salexops against a real API
// server, as the people and programs who use it.
package plugin_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-logr/logr"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

const root = "../.."

// Who asks. The accounts but the billing system's are bound by this suite.
const (
	billing  = "system:serviceaccount:salexops-accounts:salexops-billing"
	viewer   = "viewer@platform.example"
	engineer = "engineer@platform.example"
	// half may write the status of subscriptions, and not what billing owns.
	half = "half@platform.example"
)

var (
	admin client.Client
	// programs is a folder with the plugin and its completion helper.
	programs string
	// kubeconfig is an administrator's, who may act as anybody.
	kubeconfig string
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	ctrllog.SetLogger(logr.Discard())
	ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
	defer cancel()
	folder, err := os.MkdirTemp("", "kubectl-salexops-")
	if err != nil {
		return failed("making a folder", err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	programs, kubeconfig = folder, filepath.Join(folder, "kubeconfig")
	if err := build(ctx); err != nil {
		return failed("building the plugin", err)
	}
	plane, err := controlplane.Start(ctx)
	if err != nil {
		return failed("starting the API server", err)
	}
	defer func() { _ = plane.Stop() }()
	admin = plane.Admin
	if err := writeKubeconfig(plane.AdminConfig); err != nil {
		return failed("writing a kubeconfig", err)
	}
	if err := prepare(ctx); err != nil {
		return failed("preparing the API server", err)
	}
	return m.Run()
}

func failed(doing string, err error) int {
	fmt.Fprintf(os.Stderr, "%s: %v\n", doing, err)
	return 1
}

// build compiles the plugin, and puts its completion helper next to it.
func build(ctx context.Context) error {
	command := exec.CommandContext(ctx, "go", "build", "-ldflags", "-X main.version=v0-test",
		"-o", filepath.Join(programs, "kubectl-salexops"), "./cmd/kubectl-salexops")
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	helper, err := os.ReadFile(filepath.Join(root, "cmd/kubectl-salexops/kubectl_complete-salexops"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(programs, "kubectl_complete-salexops"), helper, 0o700)
}

func writeKubeconfig(config *rest.Config) error {
	return clientcmd.WriteToFile(clientcmdapi.Config{
		CurrentContext: "test",
		Contexts:       map[string]*clientcmdapi.Context{"test": {Cluster: "test", AuthInfo: "admin"}},
		Clusters: map[string]*clientcmdapi.Cluster{"test": {
			Server: config.Host, CertificateAuthorityData: config.CAData,
		}},
		AuthInfos: map[string]*clientcmdapi.AuthInfo{"admin": {
			ClientCertificateData: config.CertData, ClientKeyData: config.KeyData,
		}},
	}, kubeconfig)
}

// prepare installs the roles of config/rbac that people are bound to, binds
// them, and creates the plans.
func prepare(ctx context.Context) error {
	for _, file := range []string{"billing_role", "billing_role_binding", "billing_service_account", "viewer_role", "platform_engineer_role"} {
		objects, err := controlplane.Read(filepath.Join(root, "config/rbac", file+".yaml"))
		if err != nil {
			return err
		}
		for _, object := range objects {
			if err := admin.Create(ctx, object); err != nil && !apierrors.IsAlreadyExists(err) {
				return fmt.Errorf("creating the %s %s: %w", object.GetKind(), object.GetName(), err)
			}
		}
	}
	objects := []client.Object{
		controlplane.FreePlan("free"), controlplane.PaidPlan("team"),
		&v1alpha1.PlatformPolicy{ObjectMeta: metav1.ObjectMeta{Name: v1alpha1.PlatformPolicyName}},
		&rbacv1.ClusterRole{ObjectMeta: metav1.ObjectMeta{Name: "half-billing"}, Rules: []rbacv1.PolicyRule{
			{APIGroups: []string{v1alpha1.GroupVersion.Group}, Resources: []string{"subscriptions/status"}, Verbs: []string{"patch"}},
		}},
	}
	for user, role := range map[string]string{viewer: "salexops-viewer", engineer: "salexops-platform-engineer", half: "salexops-viewer"} {
		objects = append(objects, bind(user, role))
	}
	objects = append(objects, bind(half, "half-billing"))
	for _, object := range objects {
		if err := admin.Create(ctx, object); err != nil {
			return fmt.Errorf("creating %T %s: %w", object, object.GetName(), err)
		}
	}
	return nil
}

func bind(user, role string) *rbacv1.ClusterRoleBinding {
	return &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{GenerateName: role + "-"},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: role},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: user}},
	}
}

// namespace makes an accounts namespace of a test's own, in which the billing
// system may bill.
func namespace(t *testing.T, name string) string {
	t.Helper()
	create(t, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}})
	create(t, &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Namespace: name, Name: "salexops-billing"},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "salexops-billing"},
		Subjects:   []rbacv1.Subject{{Kind: rbacv1.ServiceAccountKind, Namespace: controlplane.Accounts, Name: "salexops-billing"}},
	})
	return name
}

func create(t *testing.T, object client.Object) {
	t.Helper()
	if err := admin.Create(t.Context(), object); err != nil {
		t.Fatalf("creating %T %s: %v", object, object.GetName(), err)
	}
}
