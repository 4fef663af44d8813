package operator

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/labels"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/layout"
)

// CacheOptions bounds what the operator holds in memory to what is its own: the
// ledger's namespace, and what carries the operator's label. Namespaces and
// Secrets are only ever watched as metadata, by the reconcilers. Nobody reads
// managedFields, which would be half of it.
func CacheOptions(o Options) cache.Options {
	ledger := cache.ByObject{Namespaces: map[string]cache.Config{o.AccountsNamespace: {}}}
	// Notices that need nothing any more stay out: there will be ever more of them.
	openNotices := ledger
	openNotices.Label = labels.SelectorFromSet(labels.Set{v1alpha1.OpenNoticeLabel: "true"})
	ours := cache.ByObject{Label: labels.SelectorFromSet(labels.Set{layout.LabelManagedBy: layout.ManagedBy})}
	return cache.Options{
		SyncPeriod:       o.Resync,
		DefaultTransform: cache.TransformStripManagedFields(),
		ByObject: map[client.Object]cache.ByObject{
			&v1alpha1.Tenant{}:              ledger,
			&v1alpha1.Subscription{}:        ledger,
			&v1alpha1.License{}:             ledger,
			&v1alpha1.Notice{}:              openNotices,
			&corev1.Secret{}:                ours,
			&corev1.Service{}:               ours,
			&corev1.ServiceAccount{}:        ours,
			&corev1.ResourceQuota{}:         ours,
			&corev1.LimitRange{}:            ours,
			&corev1.PersistentVolumeClaim{}: ours,
			&networkingv1.NetworkPolicy{}:   ours,
			&appsv1.StatefulSet{}:           ours,
			&discoveryv1.EndpointSlice{}:    ours,
		},
	}
}
