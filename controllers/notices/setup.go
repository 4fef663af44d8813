package notices

import (
	"context"

	"k8s.io/apimachinery/pkg/api/equality"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/handler"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/index"
)

// +kubebuilder:rbac:groups=crm.salexops.com,resources=notices,verbs=get;list;watch;create;patch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=notices/status,verbs=patch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=tenants;platformpolicies,verbs=get;list;watch
// +kubebuilder:rbac:groups=events.k8s.io,resources=events,verbs=create;patch

// SetupWithManager registers the reconciler with open Notices, whose reports
// change the status and not the generation; with Tenants, whose owner's address
// may be corrected; and with the policy, whose test clock stands still until it
// is set again.
func (r *Reconciler) SetupWithManager(mgr ctrl.Manager) error {
	return ctrl.NewControllerManagedBy(mgr).
		Named("notices").
		For(&v1alpha1.Notice{}).
		Watches(&v1alpha1.Tenant{}, handler.EnqueueRequestsFromMapFunc(r.noticesOfTenant), builder.WithPredicates(contactChanged())).
		Watches(&v1alpha1.PlatformPolicy{}, handler.EnqueueRequestsFromMapFunc(r.everyNotice), builder.WithPredicates(clockChanged())).
		WithOptions(controller.Options{MaxConcurrentReconciles: r.Options.Concurrency}).
		Complete(r)
}

func (r *Reconciler) noticesOfTenant(ctx context.Context, tenant client.Object) []reconcile.Request {
	return r.requests(ctx, client.MatchingFields{index.NoticeByTenant: tenant.GetName()})
}

func (r *Reconciler) everyNotice(ctx context.Context, _ client.Object) []reconcile.Request {
	return r.requests(ctx)
}

// requests lists open notices from the cache. A cache that can't answer has
// stopped, and with it everything that would act on the answer.
func (r *Reconciler) requests(ctx context.Context, options ...client.ListOption) []reconcile.Request {
	var list v1alpha1.NoticeList
	options = append(options, client.InNamespace(r.Options.AccountsNamespace), client.UnsafeDisableDeepCopy)
	if err := r.Client.List(ctx, &list, options...); err != nil {
		return nil
	}
	requests := make([]reconcile.Request, 0, len(list.Items))
	for i := range list.Items {
		requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&list.Items[i])})
	}
	return requests
}

// contactChanged lets a Tenant through whose owner is reached elsewhere now. A
// notice looks at its Tenant by itself when it is new.
func contactChanged() predicate.Predicate {
	return predicate.Funcs{
		CreateFunc: func(event.CreateEvent) bool { return false },
		DeleteFunc: func(event.DeleteEvent) bool { return false },
		UpdateFunc: func(e event.UpdateEvent) bool {
			before, okBefore := e.ObjectOld.(*v1alpha1.Tenant)
			after, okAfter := e.ObjectNew.(*v1alpha1.Tenant)
			return !okBefore || !okAfter ||
				before.Spec.Owner.Email != after.Spec.Owner.Email ||
				before.Spec.Owner.AlternateEmail != after.Spec.Owner.AlternateEmail
		},
	}
}

// clockChanged lets the policy through when its test clock, or the zone that
// dates are written in, became another.
func clockChanged() predicate.Predicate {
	return predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		before, okBefore := e.ObjectOld.(*v1alpha1.PlatformPolicy)
		after, okAfter := e.ObjectNew.(*v1alpha1.PlatformPolicy)
		return !okBefore || !okAfter ||
			before.Spec.TimeZone != after.Spec.TimeZone ||
			!equality.Semantic.DeepEqual(before.Spec.TestClock, after.Spec.TestClock)
	}}
}
