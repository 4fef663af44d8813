// Package admission tests what the API server accepts and refuses: the CRDs'
// schemas and rules, and the policies of config/admission, on a real API
// server, with the words that a person gets to read.
package admission

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/runtime"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/envtest"
	"sigs.k8s.io/controller-runtime/pkg/log"

	crmv1 "github.com/grupobizopps/salexops/api/v1alpha1"
)

const (
	root     = "../.."
	accounts = "salexops-accounts"
	system   = "salexops-system"
	// patience bounds every wait for something that the API server does in its
	// own time, such as noticing a new policy.
	patience = 60 * time.Second
)

var (
	environment *envtest.Environment
	// admin administers the cluster.
	admin client.Client
	// billing is the billing system, with the roles of config/rbac.
	billing client.Client
	// operator may write the status of subscriptions and policies, as the
	// operator may.
	operator client.Client
)

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	log.SetLogger(logr.Discard())
	if os.Getenv("KUBEBUILDER_ASSETS") == "" {
		fmt.Fprintln(os.Stderr, "KUBEBUILDER_ASSETS must name the folder that holds kube-apiserver, etcd and kubectl; `make test-integration` sets it")
		return 1
	}
	environment = &envtest.Environment{
		CRDDirectoryPaths:     []string{filepath.Join(root, "config/crd/bases")},
		ErrorIfCRDPathMissing: true,
	}
	if _, err := environment.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "starting the API server:", err)
		return 1
	}
	defer func() {
		if err := environment.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stopping the API server:", err)
		}
	}()
	if err := prepare(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "preparing the API server:", err)
		return 1
	}
	return m.Run()
}

// prepare makes the clients, and applies what config/admission and config/rbac
// hold for these tests.
func prepare(ctx context.Context) error {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{clientgoscheme.AddToScheme, crmv1.AddToScheme} {
		if err := add(scheme); err != nil {
			return err
		}
	}
	var err error
	if admin, err = client.New(environment.Config, client.Options{Scheme: scheme}); err != nil {
		return err
	}
	if billing, err = client.New(as(accounts, "salexops-billing"), client.Options{Scheme: scheme}); err != nil {
		return err
	}
	billing = client.WithFieldOwner(billing, "billing")
	if operator, err = client.New(as(system, "salexops-manager"), client.Options{Scheme: scheme}); err != nil {
		return err
	}
	operator = client.WithFieldOwner(operator, "salexops-manager")
	if err := createAll(ctx, "testdata/cluster.yaml"); err != nil {
		return err
	}
	for _, pattern := range []string{"config/rbac/*.yaml", "config/admission/*.yaml"} {
		if err := createAll(ctx, filepath.Join(root, pattern)); err != nil {
			return err
		}
	}
	return waitForPolicies(ctx)
}

// as is the API server's address together with the identity of a
// ServiceAccount.
func as(namespace, name string) *rest.Config {
	config := rest.CopyConfig(environment.Config)
	config.Impersonate = rest.ImpersonationConfig{
		UserName: "system:serviceaccount:" + namespace + ":" + name,
		Groups:   []string{"system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"},
	}
	return config
}
