package standing

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/breaker"
	"github.com/grupobizopps/salexops/internal/contracttime"
)

// Conditions of the PlatformPolicy.
const (
	conditionPolicyReady      = "Ready"
	conditionTestClockRefused = "TestClockRefused"
)

// readPolicy returns the platform's policy; nil where there is none, which
// means the contract's own figures.
func readPolicy(ctx context.Context, reader client.Reader) (*v1alpha1.PlatformPolicy, error) {
	var policy v1alpha1.PlatformPolicy
	switch err := reader.Get(ctx, client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, &policy); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading PlatformPolicy %s: %w", v1alpha1.PlatformPolicyName, err)
	}
	return &policy, nil
}

// PolicyReconciler says on the PlatformPolicy whether its test clock counts, and
// counts the fleet.
type PolicyReconciler struct {
	Client  client.Client
	Clock   clock.PassiveClock
	Breaker *breaker.Breaker
	Options Options
}

// Reconcile records how the policy stands.
func (r *PolicyReconciler) Reconcile(ctx context.Context, _ ctrl.Request) (ctrl.Result, error) {
	policy, err := readPolicy(ctx, r.Client)
	if err != nil || policy == nil {
		return ctrl.Result{}, err
	}
	now := r.Clock.Now()
	contractNow, _ := contracttime.Now(policy, r.Options.AllowTestClock, now)
	if err := r.Breaker.Refresh(ctx, policy, contractNow); err != nil {
		return ctrl.Result{}, err
	}
	var tenants v1alpha1.TenantList
	if err := r.Client.List(ctx, &tenants, client.InNamespace(r.Options.AccountsNamespace), client.UnsafeDisableDeepCopy); err != nil {
		return ctrl.Result{}, fmt.Errorf("listing the Tenants: %w", err)
	}
	wanted := policyStatus(policy, countTenants(tenants.Items), r.Options.AllowTestClock, now)
	return ctrl.Result{}, r.save(ctx, policy, wanted)
}

// policyStatus is the operator's part of the status; the feed is the billing
// system's and the breaker writes its own, so both stay out of it.
func policyStatus(policy *v1alpha1.PlatformPolicy, counts v1alpha1.TenantCounts, allowed bool, now time.Time) v1alpha1.PlatformPolicyStatus {
	status := v1alpha1.PlatformPolicyStatus{
		ObservedGeneration: policy.Generation,
		Tenants:            &counts,
		Conditions:         append([]metav1.Condition(nil), policy.Status.Conditions...),
	}
	set := func(kind string, is metav1.ConditionStatus, reason, message string) {
		meta.SetStatusCondition(&status.Conditions, metav1.Condition{
			Type: kind, Status: is, Reason: reason, Message: message,
			ObservedGeneration: policy.Generation, LastTransitionTime: toSecond(now),
		})
	}
	if policy.Spec.TestClock != nil && !allowed {
		set(conditionTestClockRefused, metav1.ConditionTrue, "NotAllowed",
			"spec.testClock is ignored and the real time counts: the operator runs without --allow-test-clock; remove spec.testClock, or start the operator with the flag where no real tenant is")
	} else {
		meta.RemoveStatusCondition(&status.Conditions, conditionTestClockRefused)
	}
	set(conditionPolicyReady, metav1.ConditionTrue, "InForce", "the policy is in force")
	return status
}

// countTenants counts the fleet.
func countTenants(tenants []v1alpha1.Tenant) v1alpha1.TenantCounts {
	var counts v1alpha1.TenantCounts
	for i := range tenants {
		counts.Total++
		standing := tenants[i].Status.Standing
		if standing == nil || !standing.MayRun {
			continue
		}
		counts.Running++
		if standing.PlanTier == v1alpha1.TierPaid {
			counts.RunningPaid++
		}
	}
	return counts
}

func (r *PolicyReconciler) save(ctx context.Context, policy *v1alpha1.PlatformPolicy, wanted v1alpha1.PlatformPolicyStatus) error {
	before := policy.Status
	before.BillingFeed, before.Breaker = v1alpha1.BillingFeed{}, nil // Others write these.
	if equality.Semantic.DeepEqual(before, wanted) {
		return nil
	}
	status := acv1.PlatformPolicyStatus()
	data, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("encoding the status of the PlatformPolicy: %w", err)
	}
	if err := json.Unmarshal(data, status); err != nil {
		return fmt.Errorf("decoding the status of the PlatformPolicy: %w", err)
	}
	configuration := acv1.PlatformPolicy(policy.Name).WithUID(policy.UID).WithStatus(status)
	if err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.StandingFieldOwner), client.ForceOwnership); err != nil {
		return fmt.Errorf("applying the status of the PlatformPolicy: %w", err)
	}
	return nil
}
