package ledger

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/cli-runtime/pkg/genericclioptions"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestEveryKindIsKnownWithoutDiscovery(t *testing.T) {
	for kind, want := range map[string]struct {
		resource string
		scope    meta.RESTScope
	}{
		"PlatformPolicy": {"platformpolicies", meta.RESTScopeRoot},
		"Plan":           {"plans", meta.RESTScopeRoot},
		"Tenant":         {"tenants", meta.RESTScopeNamespace},
		"Subscription":   {"subscriptions", meta.RESTScopeNamespace},
		"Notice":         {"notices", meta.RESTScopeNamespace},
	} {
		mapping, err := mapper().RESTMapping(v1alpha1.GroupVersion.WithKind(kind).GroupKind(), v1alpha1.GroupVersion.Version)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		if mapping.Resource.Resource != want.resource || mapping.Scope.Name() != want.scope.Name() {
			t.Errorf("%s is served as %s, %s", kind, mapping.Resource.Resource, mapping.Scope.Name())
		}
	}
}

func TestAContextThatThereIsNotIsNamed(t *testing.T) {
	t.Setenv("KUBECONFIG", t.TempDir()+"/none")
	flags := genericclioptions.NewConfigFlags(false)
	*flags.Context = "nowhere"
	_, err := Connect(flags, "test")
	if err == nil || !strings.Contains(err.Error(), "there is no cluster to ask") || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("got %v", err)
	}
}
