package report

import (
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// Trip is one trip of the breaker that waits for somebody.
type Trip struct {
	// Kind is Disable or Purge.
	Kind contract.ActKind `json:"kind"`
	// TrippedAt names the trip, whatever zone it is told in.
	TrippedAt time.Time `json:"trippedAt"`
	// Due is how many acts there were, Limit how many would have been let
	// through.
	Due   int `json:"due"`
	Limit int `json:"limit"`
	// Acknowledged says that somebody has acknowledged it and the operator has
	// not seen that yet.
	Acknowledged bool `json:"acknowledged,omitempty"`
}

// OpenTrips are the trips of the breaker that wait for somebody, or for the
// operator to see their acknowledgement.
func OpenTrips(policy *v1alpha1.PlatformPolicy) []Trip {
	if policy == nil || policy.Status.Breaker == nil {
		return nil
	}
	var open []Trip
	for _, kind := range []struct {
		kind contract.ActKind
		trip *v1alpha1.BreakerTrip
	}{
		{contract.ActDisable, policy.Status.Breaker.Disable},
		{contract.ActPurge, policy.Status.Breaker.Purge},
	} {
		if kind.trip == nil || kind.trip.AcknowledgedAt != nil {
			continue
		}
		acknowledged := policy.Spec.Breaker.AcknowledgedTrip
		open = append(open, Trip{
			Kind: kind.kind, TrippedAt: Zone(policy).Local(kind.trip.TrippedAt.Time),
			Due: int(kind.trip.Due), Limit: int(kind.trip.Limit),
			Acknowledged: acknowledged != nil && acknowledged.Equal(&kind.trip.TrippedAt),
		})
	}
	return open
}

// assurances are those of an operator that works as it should: only the breaker
// may hold acts back.
func assurances(policy *v1alpha1.PlatformPolicy) contract.Assurances {
	all := contract.Assurances{DisableBreakerClosed: true, PurgeBreakerClosed: true, ClockAgrees: true, ReadLive: true}
	for _, trip := range OpenTrips(policy) {
		switch trip.Kind { //nolint:exhaustive // the breaker knows two kinds
		case contract.ActDisable:
			all.DisableBreakerClosed = false
		case contract.ActPurge:
			all.PurgeBreakerClosed = false
		}
	}
	return all
}
