package ledger

import (
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// FieldManager is the name under which the plugin writes.
const FieldManager = "kubectl-salexops"

// A command makes a few dozen requests at most, and a person waits for them.
const (
	requestsPerSecond = 100
	requestsAtOnce    = 300
)

// Connect makes a client for the cluster that kubectl's flags choose.
func Connect(flags genericclioptions.RESTClientGetter, userAgent string) (client.Client, error) {
	config, err := flags.ToRESTConfig()
	if err != nil {
		return nil, noCluster(err)
	}
	config = rest.CopyConfig(config)
	config.QPS, config.Burst = requestsPerSecond, requestsAtOnce
	config.UserAgent = userAgent
	c, err := client.New(config, client.Options{Scheme: Scheme(), Mapper: mapper()})
	if err != nil {
		return nil, noCluster(err)
	}
	return client.WithFieldOwner(c, FieldManager), nil
}

// Scheme knows the kinds of crm.salexops.com.
func Scheme() *runtime.Scheme {
	scheme := runtime.NewScheme()
	utilruntime.Must(v1alpha1.AddToScheme(scheme))
	return scheme
}

// mapper knows where the kinds are served, which spares the discovery that
// would come before every first request.
func mapper() meta.RESTMapper {
	m := meta.NewDefaultRESTMapper([]schema.GroupVersion{v1alpha1.GroupVersion})
	for kind, scope := range map[string]meta.RESTScope{
		"PlatformPolicy": meta.RESTScopeRoot,
		"Plan":           meta.RESTScopeRoot,
		"Tenant":         meta.RESTScopeNamespace,
		"Subscription":   meta.RESTScopeNamespace,
		"License":        meta.RESTScopeNamespace,
		"Notice":         meta.RESTScopeNamespace,
	} {
		m.Add(v1alpha1.GroupVersion.WithKind(kind), scope)
	}
	return m
}
