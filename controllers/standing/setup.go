package standing

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/util/workqueue"
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

// +kubebuilder:rbac:groups=crm.salexops.com,resources=tenants;subscriptions;plans;platformpolicies,verbs=get;list;watch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=licenses,verbs=get;list;watch;create
// +kubebuilder:rbac:groups=crm.salexops.com,resources=notices,verbs=get;list;watch;create;patch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=notices/status,verbs=patch
// +kubebuilder:rbac:groups=crm.salexops.com,resources=tenants/status;subscriptions/status;licenses/status;plans/status;platformpolicies/status,verbs=patch
// +kubebuilder:rbac:groups="",namespace=salexops-system,resources=secrets,verbs=create
// +kubebuilder:rbac:groups="",namespace=salexops-system,resources=secrets,resourceNames=salexops-licence-keys,verbs=get;update
// +kubebuilder:rbac:groups=events.k8s.io,resources=events,verbs=create;patch

// countingDelay gathers the changes of a fleet in motion into one count.
const countingDelay = 2 * time.Second

type queue = workqueue.TypedRateLimitingInterface[reconcile.Request]

// SetupWithManager registers the reconciler with everything that facts are read
// from.
func (r *Reconciler) SetupWithManager(mgr ctrl.Manager) error {
	return ctrl.NewControllerManagedBy(mgr).
		Named("standing").
		For(&v1alpha1.Tenant{}, builder.WithPredicates(factsChanged())).
		// Without a predicate: a payment changes the status and not the
		// generation, and it must be seen.
		Watches(&v1alpha1.Subscription{}, handler.EnqueueRequestsFromMapFunc(tenantOfSubscription)).
		Watches(&v1alpha1.License{}, handler.EnqueueRequestsFromMapFunc(tenantOfLicense)).
		Watches(&v1alpha1.Plan{}, handler.EnqueueRequestsFromMapFunc(r.tenantsOfPlan),
			builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		Watches(&v1alpha1.Notice{}, handler.EnqueueRequestsFromMapFunc(tenantOfNotice)).
		Watches(&v1alpha1.PlatformPolicy{}, handler.EnqueueRequestsFromMapFunc(r.everyTenant),
			builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		Watches(&v1alpha1.PlatformPolicy{}, handler.EnqueueRequestsFromMapFunc(r.tenantsHeld),
			builder.WithPredicates(feedChanged())).
		WithOptions(controller.Options{MaxConcurrentReconciles: r.Options.Concurrency}).
		Complete(r)
}

// SetupWithManager registers the reconciler of the PlatformPolicy.
func (r *PolicyReconciler) SetupWithManager(mgr ctrl.Manager) error {
	name := func(client.Object) string { return v1alpha1.PlatformPolicyName }
	return ctrl.NewControllerManagedBy(mgr).
		Named("policy").
		For(&v1alpha1.PlatformPolicy{}).
		Watches(&v1alpha1.Tenant{}, countLater(name), builder.WithPredicates(countChanged())).
		Complete(r)
}

// SetupWithManager registers the reconciler of Plans.
func (r *PlanReconciler) SetupWithManager(mgr ctrl.Manager) error {
	return ctrl.NewControllerManagedBy(mgr).
		Named("plan").
		For(&v1alpha1.Plan{}).
		Watches(&v1alpha1.Tenant{}, countLater(planOfTenant), builder.WithPredicates(countChanged())).
		Watches(&v1alpha1.Subscription{}, countLater(planOfSubscription), builder.WithPredicates(predicate.GenerationChangedPredicate{})).
		Complete(r)
}

// factsChanged lets a Tenant's facts through, and its standing, so that one that
// somebody overwrote is written again; what others write doesn't matter here.
func factsChanged() predicate.Predicate {
	return predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		before, okBefore := e.ObjectOld.(*v1alpha1.Tenant)
		after, okAfter := e.ObjectNew.(*v1alpha1.Tenant)
		return !okBefore || !okAfter ||
			before.ResourceVersion == after.ResourceVersion ||
			before.Generation != after.Generation ||
			!equality.Semantic.DeepEqual(ownPart(before.Status), ownPart(after.Status))
	}}
}

// feedChanged lets through that the billing system has told more. Only tenants
// of whom something is held back wait for that: a heartbeat costs no look at the
// rest of the fleet.
func feedChanged() predicate.Predicate {
	return predicate.Funcs{
		CreateFunc: func(event.CreateEvent) bool { return false },
		DeleteFunc: func(event.DeleteEvent) bool { return false },
		UpdateFunc: func(e event.UpdateEvent) bool {
			before, okBefore := e.ObjectOld.(*v1alpha1.PlatformPolicy)
			after, okAfter := e.ObjectNew.(*v1alpha1.PlatformPolicy)
			return okBefore && okAfter && !equality.Semantic.DeepEqual(before.Status.BillingFeed, after.Status.BillingFeed)
		},
	}
}

// countChanged lets through what moves a Tenant from one count to another.
func countChanged() predicate.Predicate {
	counted := func(object client.Object) (plan string, running bool) {
		tenant, ok := object.(*v1alpha1.Tenant)
		if !ok || tenant.Status.Standing == nil {
			return "", false
		}
		return tenant.Status.Standing.Plan, tenant.Status.Standing.MayRun
	}
	return predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		planBefore, runningBefore := counted(e.ObjectOld)
		planAfter, runningAfter := counted(e.ObjectNew)
		return planBefore != planAfter || runningBefore != runningAfter
	}}
}

func planOfTenant(object client.Object) string {
	if tenant, ok := object.(*v1alpha1.Tenant); ok && tenant.Status.Standing != nil {
		return tenant.Status.Standing.Plan
	}
	return ""
}

func planOfSubscription(object client.Object) string {
	if subscription, ok := object.(*v1alpha1.Subscription); ok {
		return subscription.Spec.PlanRef.Name
	}
	return ""
}

// countLater enqueues a count for both sides of a change, a little later.
func countLater(name func(client.Object) string) handler.EventHandler {
	add := func(q queue, objects ...client.Object) {
		for _, object := range objects {
			if key := name(object); key != "" {
				q.AddAfter(reconcile.Request{NamespacedName: types.NamespacedName{Name: key}}, countingDelay)
			}
		}
	}
	return handler.Funcs{
		CreateFunc: func(_ context.Context, e event.CreateEvent, q queue) { add(q, e.Object) },
		UpdateFunc: func(_ context.Context, e event.UpdateEvent, q queue) { add(q, e.ObjectOld, e.ObjectNew) },
		DeleteFunc: func(_ context.Context, e event.DeleteEvent, q queue) { add(q, e.Object) },
	}
}

func tenantOfSubscription(_ context.Context, object client.Object) []reconcile.Request {
	subscription, ok := object.(*v1alpha1.Subscription)
	if !ok {
		return nil
	}
	return []reconcile.Request{{NamespacedName: types.NamespacedName{
		Namespace: subscription.Namespace, Name: subscription.Spec.TenantRef.Name,
	}}}
}

func tenantOfLicense(_ context.Context, object client.Object) []reconcile.Request {
	licence, ok := object.(*v1alpha1.License)
	if !ok {
		return nil
	}
	return []reconcile.Request{{NamespacedName: types.NamespacedName{
		Namespace: licence.Namespace, Name: licence.Spec.TenantRef.Name,
	}}}
}

func tenantOfNotice(_ context.Context, object client.Object) []reconcile.Request {
	notice, ok := object.(*v1alpha1.Notice)
	if !ok {
		return nil
	}
	return []reconcile.Request{{NamespacedName: types.NamespacedName{
		Namespace: notice.Namespace, Name: notice.Spec.TenantRef.Name,
	}}}
}

// tenantsHeld brings back those of whom something is due and held back.
func (r *Reconciler) tenantsHeld(ctx context.Context, _ client.Object) []reconcile.Request {
	var tenants v1alpha1.TenantList
	if err := r.Client.List(ctx, &tenants, client.InNamespace(r.Options.AccountsNamespace), client.UnsafeDisableDeepCopy); err != nil {
		return nil
	}
	var requests []reconcile.Request
	for i := range tenants.Items {
		if meta.IsStatusConditionTrue(tenants.Items[i].Status.Conditions, conditionActsHeld) {
			requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&tenants.Items[i])})
		}
	}
	return requests
}

// tenantsOfPlan brings back who is on a plan and who has subscribed to it, even
// if it did not exist until now.
func (r *Reconciler) tenantsOfPlan(ctx context.Context, plan client.Object) []reconcile.Request {
	var tenants v1alpha1.TenantList
	requests := r.requests(ctx, &tenants, client.MatchingFields{index.TenantByPlan: plan.GetName()})
	var subscriptions v1alpha1.SubscriptionList
	err := r.Client.List(ctx, &subscriptions, client.InNamespace(r.Options.AccountsNamespace),
		client.MatchingFields{index.SubscriptionByPlan: plan.GetName()}, client.UnsafeDisableDeepCopy)
	if err != nil {
		return requests
	}
	for i := range subscriptions.Items {
		requests = append(requests, tenantOfSubscription(ctx, &subscriptions.Items[i])...)
	}
	return requests
}

func (r *Reconciler) everyTenant(ctx context.Context, _ client.Object) []reconcile.Request {
	return r.requests(ctx, &v1alpha1.TenantList{})
}

// requests lists tenants from the cache. A cache that can't answer has stopped,
// and with it everything that would act on the answer.
func (r *Reconciler) requests(ctx context.Context, tenants *v1alpha1.TenantList, options ...client.ListOption) []reconcile.Request {
	options = append(options, client.InNamespace(r.Options.AccountsNamespace), client.UnsafeDisableDeepCopy)
	if err := r.Client.List(ctx, tenants, options...); err != nil {
		return nil
	}
	requests := make([]reconcile.Request, 0, len(tenants.Items))
	for i := range tenants.Items {
		requests = append(requests, reconcile.Request{NamespacedName: client.ObjectKeyFromObject(&tenants.Items[i])})
	}
	return requests
}
