package standing

import (
	"context"
	"fmt"

	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/index"
)

// PlanReconciler counts the tenants on each Plan; admission refuses to delete a
// plan that somebody is on.
type PlanReconciler struct {
	Client  client.Client
	Options Options
}

// Reconcile counts who is on one plan, or has subscribed to it for later.
func (r *PlanReconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var plan v1alpha1.Plan
	if err := r.Client.Get(ctx, request.NamespacedName, &plan); err != nil {
		if client.IgnoreNotFound(err) == nil {
			return ctrl.Result{}, nil
		}
		return ctrl.Result{}, fmt.Errorf("reading Plan %s: %w", request.Name, err)
	}
	count, err := r.count(ctx, plan.Name)
	if err != nil {
		return ctrl.Result{}, err
	}
	if plan.Status.Tenants == count && plan.Status.ObservedGeneration == plan.Generation {
		return ctrl.Result{}, nil
	}
	status := acv1.PlanStatus().WithObservedGeneration(plan.Generation).WithTenants(count)
	configuration := acv1.Plan(plan.Name).WithUID(plan.UID).WithStatus(status)
	if err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.StandingFieldOwner), client.ForceOwnership); err != nil {
		return ctrl.Result{}, fmt.Errorf("applying the status of Plan %s: %w", plan.Name, err)
	}
	return ctrl.Result{}, nil
}

func (r *PlanReconciler) count(ctx context.Context, plan string) (int32, error) {
	namespace := client.InNamespace(r.Options.AccountsNamespace)
	var tenants v1alpha1.TenantList
	if err := r.Client.List(ctx, &tenants, namespace, client.MatchingFields{index.TenantByPlan: plan}, client.UnsafeDisableDeepCopy); err != nil {
		return 0, fmt.Errorf("listing the Tenants on Plan %s: %w", plan, err)
	}
	var subscriptions v1alpha1.SubscriptionList
	if err := r.Client.List(ctx, &subscriptions, namespace, client.MatchingFields{index.SubscriptionByPlan: plan}, client.UnsafeDisableDeepCopy); err != nil {
		return 0, fmt.Errorf("listing the Subscriptions to Plan %s: %w", plan, err)
	}
	names := map[string]struct{}{}
	for i := range tenants.Items {
		names[tenants.Items[i].Name] = struct{}{}
	}
	for i := range subscriptions.Items {
		names[subscriptions.Items[i].Spec.TenantRef.Name] = struct{}{}
	}
	return int32(min(len(names), 1<<31-1)), nil
}
