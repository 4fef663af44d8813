package storage

import (
	"context"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/layout"
)

// +kubebuilder:rbac:groups="",resources=namespaces,verbs=get;list;watch;delete
// +kubebuilder:rbac:groups="",resources=persistentvolumes,verbs=list
// +kubebuilder:rbac:groups=crm.salexops.com,resources=tenants,verbs=get;list;watch;patch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=tenants/status,verbs=patch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=licenses;notices,verbs=list;delete
// +kubebuilder:rbac:groups=crm.salexops.com,resources=platformpolicies,verbs=get;list;watch

// SetupWithManager registers the reconciler with Tenants that are being deleted
// and with the namespaces that go with them.
func (r *Reconciler) SetupWithManager(mgr ctrl.Manager) error {
	deleting := predicate.NewPredicateFuncs(func(object client.Object) bool { return object.GetDeletionTimestamp() != nil })
	return ctrl.NewControllerManagedBy(mgr).
		Named("storage").
		For(&v1alpha1.Tenant{}, builder.WithPredicates(deleting)).
		WatchesMetadata(&corev1.Namespace{}, handler.EnqueueRequestsFromMapFunc(r.tenantOfNamespace)).
		Watches(&v1alpha1.PlatformPolicy{}, handler.EnqueueRequestsFromMapFunc(r.tenantsBeingDeleted),
			builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		Complete(r)
}

func (r *Reconciler) tenantOfNamespace(_ context.Context, object client.Object) []reconcile.Request {
	tenant, ok := strings.CutPrefix(object.GetName(), layout.Namespace(""))
	if !ok {
		return nil
	}
	return []reconcile.Request{{NamespacedName: types.NamespacedName{Namespace: r.Options.AccountsNamespace, Name: tenant}}}
}

// tenantsBeingDeleted brings back what a freeze held up.
func (r *Reconciler) tenantsBeingDeleted(ctx context.Context, _ client.Object) []reconcile.Request {
	var tenants v1alpha1.TenantList
	if err := r.Client.List(ctx, &tenants, client.InNamespace(r.Options.AccountsNamespace), client.UnsafeDisableDeepCopy); err != nil {
		return nil
	}
	var requests []reconcile.Request
	for i := range tenants.Items {
		if beingDeleted(&tenants.Items[i]) {
			requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&tenants.Items[i])})
		}
	}
	return requests
}
