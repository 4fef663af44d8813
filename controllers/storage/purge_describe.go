package storage

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

// conditionPurgeBlocked is present, and true, while a purge that is due waits
// for somebody.
const conditionPurgeBlocked = "PurgeBlocked"

// purgePart is what the purge writes of a Tenant's status. It has an owner of
// its own: the fence of a final deletion, which may be written at the same
// moment, is none of its business.
func purgePart(status v1alpha1.TenantStatus) v1alpha1.TenantStatus {
	return v1alpha1.TenantStatus{Conditions: tenantstatus.Conditions(status.Conditions, conditionPurgeBlocked)}
}

// remedies says what to do about a guard that does not hold.
var remedies = map[contract.Guard]string{
	contract.GuardFeedComplete:    "the billing system has not told everything up to the deadline yet: look whether its feed runs (PlatformPolicy.status.billingFeed.asOf)",
	contract.GuardNoticeDelivered: "the owner has not been told: the notice came back or was never taken; it is tried again, and its days begin anew",
	contract.GuardNotFrozen:       "PlatformPolicy default has spec.freeze: true, which stops every destructive act",
	contract.GuardNotHeld:         "the Tenant has spec.hold: true; kubectl salexops release ends the hold",
	contract.GuardBreakerClosed:   "the circuit breaker has tripped: look at the billing export, then kubectl salexops acknowledge",
	contract.GuardClockAgrees:     "the clocks of this machine and of the API server are more than two minutes apart: mend the time synchronisation",
	contract.GuardReadLive:        "the facts could not be read live",
}

// withoutPolicy is why the breaker stays open where nobody could acknowledge a
// trip.
const withoutPolicy = "there is no PlatformPolicy default, and without it nobody could acknowledge a trip of the circuit breaker: create it"

func blockedBy(guard contract.Guard, tenant string) *blockedError {
	return keptBecause(guard, tenant, remedies[guard])
}

func keptBecause(guard contract.Guard, tenant, why string) *blockedError {
	return &blockedError{string(guard), fmt.Sprintf(
		"the documents of tenant %s are due to be deleted and are kept: %s (contract.md 4)", tenant, why)}
}

// recordPurgeBlock says what a purge waits for, when that has changed.
func (r *PurgeReconciler) recordPurgeBlock(ctx context.Context, name string, blocked *blockedError) error {
	return r.setPurgeBlock(ctx, name, &metav1.Condition{
		Type: conditionPurgeBlocked, Status: metav1.ConditionTrue, Reason: blocked.reason, Message: blocked.message,
		LastTransitionTime: metav1.NewTime(r.Clock.Now().UTC().Truncate(1e9)),
	})
}

// clearPurgeBlock says that a purge waits for nobody any more.
func (r *PurgeReconciler) clearPurgeBlock(ctx context.Context, name string) error {
	return r.setPurgeBlock(ctx, name, nil)
}

// clearForgotten says so of tenants who have no Subscription any more: without
// one nothing is due, and nobody else comes by.
func (r *PurgeReconciler) clearForgotten(ctx context.Context) error {
	var tenants v1alpha1.TenantList
	if err := r.Client.List(ctx, &tenants, client.InNamespace(r.Options.AccountsNamespace), client.UnsafeDisableDeepCopy); err != nil {
		return fmt.Errorf("listing the Tenants: %w", err)
	}
	for i := range tenants.Items {
		forgotten, err := r.forgotten(ctx, &tenants.Items[i])
		if err != nil {
			return err
		}
		if forgotten {
			if err := r.clearPurgeBlock(ctx, tenants.Items[i].Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// forgotten tells whether a purge of the tenant's is said to wait, and there is
// no Subscription that it could be due for.
func (r *PurgeReconciler) forgotten(ctx context.Context, tenant *v1alpha1.Tenant) (bool, error) {
	if !meta.IsStatusConditionTrue(tenant.Status.Conditions, conditionPurgeBlocked) {
		return false, nil
	}
	var subscriptions v1alpha1.SubscriptionList
	err := r.Client.List(ctx, &subscriptions, client.InNamespace(r.Options.AccountsNamespace),
		client.MatchingFields{index.SubscriptionByTenant: tenant.Name}, client.UnsafeDisableDeepCopy)
	if err != nil {
		return false, fmt.Errorf("listing the Subscriptions of Tenant %s: %w", tenant.Name, err)
	}
	return len(subscriptions.Items) == 0, nil
}

func (r *PurgeReconciler) setPurgeBlock(ctx context.Context, name string, condition *metav1.Condition) error {
	var tenant v1alpha1.Tenant
	if err := r.Client.Get(ctx, client.ObjectKey{Namespace: r.Options.AccountsNamespace, Name: name}, &tenant); err != nil {
		return client.IgnoreNotFound(err)
	}
	after := tenant.DeepCopy()
	if condition == nil {
		meta.RemoveStatusCondition(&after.Status.Conditions, conditionPurgeBlocked)
	} else {
		condition.ObservedGeneration = tenant.Generation
		meta.SetStatusCondition(&after.Status.Conditions, *condition)
	}
	wrote, err := tenantstatus.Save(ctx, r.Client, v1alpha1.PurgeFieldOwner, purgePart, &tenant, after)
	if err != nil || !wrote || condition == nil {
		return err
	}
	if condition.Reason != string(contract.GuardBreakerClosed) { // A trip has told so itself, once.
		r.Recorder.Eventf(after, nil, corev1.EventTypeWarning, condition.Reason, "Purge", "%s", condition.Message)
	}
	return nil
}
