// Package controlplane runs a real API server and etcd for tests, with the
// project's kinds, policies and rights, and stands in for the few controllers of
// a cluster that the operator waits for.
package controlplane

import (
	"context"
	"fmt"
	"path/filepath"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/envtest"

	"github.com/grupobizopps/salexops/cmd/manager/operator"
)

// Names that every test uses.
const (
	Accounts = "salexops-accounts"
	System   = "salexops-system"
)

// Plane is a running API server. The binaries come from KUBEBUILDER_ASSETS.
type Plane struct {
	// Admin may do everything.
	Admin client.Client
	// AdminConfig is what Admin was made of.
	AdminConfig *rest.Config
	// OperatorConfig has the rights of the operator's service account, as
	// config/rbac gives them, and no others.
	OperatorConfig *rest.Config

	environment *envtest.Environment
}

// Start starts an API server and installs config/crd, config/admission,
// config/rbac and the namespaces.
func Start(ctx context.Context) (*Plane, error) {
	root := repository
	environment := &envtest.Environment{
		CRDDirectoryPaths:     []string{filepath.Join(root, "config", "crd", "bases")},
		ErrorIfCRDPathMissing: true,
	}
	config, err := environment.Start()
	if err != nil {
		return nil, fmt.Errorf("starting the API server (is KUBEBUILDER_ASSETS set? hack/localcluster.sh assets prints it): %w", err)
	}
	p := &Plane{AdminConfig: config, environment: environment}
	if p.Admin, err = client.New(config, client.Options{Scheme: operator.NewScheme()}); err != nil {
		return nil, fmt.Errorf("making a client: %w", err)
	}
	for _, file := range []string{"manager/namespaces.yaml", "rbac/role.yaml", "rbac/role_binding.yaml", "admission/*.yaml"} {
		if err := p.install(ctx, filepath.Join(root, "config", file)); err != nil {
			return nil, err
		}
	}
	user, err := environment.AddUser(envtest.User{
		Name:   "system:serviceaccount:" + System + ":salexops-manager",
		Groups: []string{"system:serviceaccounts", "system:serviceaccounts:" + System, "system:authenticated"},
	}, &rest.Config{QPS: 1000, Burst: 2000})
	if err != nil {
		return nil, fmt.Errorf("making the operator's account: %w", err)
	}
	p.OperatorConfig = user.Config()
	return p, nil
}

// Stop ends the API server.
func (p *Plane) Stop() error { return p.environment.Stop() }

// install applies the manifests in files; kustomizations and empty documents
// are passed over.
func (p *Plane) install(ctx context.Context, pattern string) error {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no file matches %s: %w", pattern, err)
	}
	for _, file := range files {
		if filepath.Base(file) == "kustomization.yaml" {
			continue
		}
		objects, err := Read(file)
		if err != nil {
			return err
		}
		for _, object := range objects {
			if err := p.Admin.Create(ctx, object); err != nil && !apierrors.IsAlreadyExists(err) {
				return fmt.Errorf("creating the %s %s of %s: %w", object.GetKind(), object.GetName(), file, err)
			}
		}
	}
	return nil
}

// repository is the root of this repository, from where a test of test/… runs:
// its own folder.
const repository = "../.."
