package storage

import (
	"context"

	"k8s.io/apimachinery/pkg/api/equality"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/index"
)

// +kubebuilder:rbac:groups="",resources=persistentvolumeclaims,verbs=get;list;watch;delete
// +kubebuilder:rbac:groups="",resources=persistentvolumes,verbs=get;list
// +kubebuilder:rbac:groups="",resources=secrets,verbs=get;delete
// +kubebuilder:rbac:groups=apps,resources=statefulsets,verbs=get;list;watch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=subscriptions;plans;notices,verbs=get;list;watch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=subscriptions/status,verbs=patch

// SetupWithManager registers the reconciler with lapses, and with everything
// that may hold a purge back or let it go on.
func (r *PurgeReconciler) SetupWithManager(mgr ctrl.Manager) error {
	return ctrl.NewControllerManagedBy(mgr).
		Named("purge").
		For(&v1alpha1.Subscription{}, builder.WithPredicates(lapsesChanged())).
		Watches(&v1alpha1.Tenant{}, handler.EnqueueRequestsFromMapFunc(r.subscriptionsOf),
			builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		Watches(&v1alpha1.PlatformPolicy{}, handler.EnqueueRequestsFromMapFunc(r.awaitingPurge)).
		Complete(r)
}

// lapsesChanged lets through what a purge depends on of a Subscription; its
// feed counts only while something is held back, and then standing's own change
// of the lapse or the next look comes.
func lapsesChanged() predicate.Predicate {
	return predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		before, okBefore := e.ObjectOld.(*v1alpha1.Subscription)
		after, okAfter := e.ObjectNew.(*v1alpha1.Subscription)
		return !okBefore || !okAfter || before.ResourceVersion == after.ResourceVersion ||
			!equality.Semantic.DeepEqual(before.Status.Lapses, after.Status.Lapses) ||
			!purgeAt(facts.OpenLapse(after)).IsZero()
	}}
}

// subscriptionsOf brings back what a purge is to come for. A tenant whose
// Subscription is gone comes under the name that it most likely had: nobody may
// have seen it go.
func (r *PurgeReconciler) subscriptionsOf(ctx context.Context, object client.Object) []reconcile.Request {
	tenant, ok := object.(*v1alpha1.Tenant)
	if !ok {
		return nil
	}
	if forgotten, err := r.forgotten(ctx, tenant); err == nil && forgotten {
		return []reconcile.Request{{NamespacedName: client.ObjectKeyFromObject(tenant)}}
	}
	return r.requests(ctx, client.MatchingFields{index.SubscriptionByTenant: tenant.Name})
}

// awaitingPurge brings back the lapses of which a purge is to come.
func (r *PurgeReconciler) awaitingPurge(ctx context.Context, _ client.Object) []reconcile.Request {
	return r.requests(ctx)
}

func (r *PurgeReconciler) requests(ctx context.Context, options ...client.ListOption) []reconcile.Request {
	options = append(options, client.InNamespace(r.Options.AccountsNamespace), client.UnsafeDisableDeepCopy)
	var subscriptions v1alpha1.SubscriptionList
	if err := r.Client.List(ctx, &subscriptions, options...); err != nil {
		return nil
	}
	var requests []reconcile.Request
	for i := range subscriptions.Items {
		if s := &subscriptions.Items[i]; !purgeAt(facts.OpenLapse(s)).IsZero() {
			requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(s)})
		}
	}
	return requests
}
