package breaker

import (
	"context"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// latest is the newest trip of a kind: the cache may not show yet what was
// saved a moment ago.
func (b *Breaker) latest(kind contract.ActKind, policy *v1alpha1.PlatformPolicy) *contract.Trip {
	recorded := Recorded(policy, kind)
	remembered := b.trips[kind]
	if remembered == nil || recorded != nil && recorded.At.After(remembered.At) {
		return recorded
	}
	return remembered
}

// Recorded is the latest trip of a kind as the policy's status has it; nil when
// there was none.
func Recorded(policy *v1alpha1.PlatformPolicy, kind contract.ActKind) *contract.Trip {
	if policy == nil || policy.Status.Breaker == nil {
		return nil
	}
	trip := policy.Status.Breaker.Disable
	if kind == contract.ActPurge {
		trip = policy.Status.Breaker.Purge
	}
	if trip == nil {
		return nil
	}
	recorded := &contract.Trip{At: trip.TrippedAt.Time, Due: int(trip.Due), Limit: int(trip.Limit)}
	if trip.AcknowledgedAt != nil {
		recorded.AcknowledgedAt = trip.AcknowledgedAt.Time
	}
	return recorded
}

// distinct is the instant of a new trip of a kind, a second later where that is
// the name of the other kind's trip: one acknowledgement is about one trip.
func (b *Breaker) distinct(kind contract.ActKind, policy *v1alpha1.PlatformPolicy, at time.Time) time.Time {
	other := contract.ActDisable
	if kind == contract.ActDisable {
		other = contract.ActPurge
	}
	if trip := b.latest(other, policy); trip != nil && trip.At.Equal(at) {
		return at.Add(time.Second)
	}
	return at
}

// Holds reports whether a trip of the kind waits for an acknowledgement.
func Holds(policy *v1alpha1.PlatformPolicy, kind contract.ActKind) bool {
	trip := Recorded(policy, kind)
	if trip == nil || !trip.AcknowledgedAt.IsZero() {
		return false
	}
	acknowledged := policy.Spec.Breaker.AcknowledgedTrip
	return acknowledged == nil || !acknowledged.Time.Equal(trip.At)
}

// save writes PlatformPolicy.status.breaker, which nobody else writes.
func (b *Breaker) save(ctx context.Context, kind contract.ActKind, policy *v1alpha1.PlatformPolicy, trip *contract.Trip) error {
	latest := map[contract.ActKind]*contract.Trip{
		contract.ActDisable: b.latest(contract.ActDisable, policy),
		contract.ActPurge:   b.latest(contract.ActPurge, policy),
	}
	latest[kind] = trip
	status := acv1.BreakerStatus().WithState(v1alpha1.BreakerClosed)
	for _, t := range latest {
		if t != nil && t.AcknowledgedAt.IsZero() {
			status.WithState(v1alpha1.BreakerTripped)
		}
	}
	if t := latest[contract.ActDisable]; t != nil {
		status.WithDisable(tripConfiguration(t))
	}
	if t := latest[contract.ActPurge]; t != nil {
		status.WithPurge(tripConfiguration(t))
	}
	configuration := acv1.PlatformPolicy(policy.Name).WithUID(policy.UID).
		WithStatus(acv1.PlatformPolicyStatus().WithBreaker(status))
	if err := b.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.BreakerFieldOwner), client.ForceOwnership); err != nil {
		return fmt.Errorf("saving the trip of the breaker over %s: %w", kind, err)
	}
	if b.trips == nil {
		b.trips = map[contract.ActKind]*contract.Trip{}
	}
	b.trips[kind] = trip
	return nil
}

func tripConfiguration(trip *contract.Trip) *acv1.BreakerTripApplyConfiguration {
	configuration := acv1.BreakerTrip().
		WithTrippedAt(metav1.NewTime(trip.At)).
		WithDue(int32(min(trip.Due, 1<<31-1))).    //nolint:gosec // bounded on the same line
		WithLimit(int32(min(trip.Limit, 1<<31-1))) //nolint:gosec // bounded on the same line
	if !trip.AcknowledgedAt.IsZero() {
		configuration.WithAcknowledgedAt(metav1.NewTime(trip.AcknowledgedAt))
	}
	return configuration
}
