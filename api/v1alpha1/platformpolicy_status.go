package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// PlatformPolicyStatus is written by two hands: `billingFeed` is the billing
// system's and nobody else's, the rest is the operator's.
type PlatformPolicyStatus struct {
	// ObservedGeneration is the generation of the spec that the operator has
	// taken into account.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// BillingFeed says how far the billing system has told everything.
	// Written by the billing system.
	// +optional
	// +kubebuilder:default={}
	BillingFeed BillingFeed `json:"billingFeed,omitempty,omitzero"`

	// Breaker is the state of the circuit breaker (contract.md 4). Written by
	// the operator.
	// +optional
	Breaker *BreakerStatus `json:"breaker,omitempty"`

	// Tenants counts the tenants of the fleet. Written by the operator.
	// +optional
	Tenants *TenantCounts `json:"tenants,omitempty"`

	// Conditions of the policy: `Ready`, and `TestClockRefused` while a test
	// clock is set that the operator may not follow. Written by the operator.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// BillingFeed is the billing system's word on its own completeness.
type BillingFeed struct {
	// AsOf is the instant up to which the billing system has reported every
	// payment and every reversal of every tenant. Nobody is disabled or purged
	// at an instant that the feed hasn't reached (contract.md 4, "No harm on
	// doubtful data").
	// +optional
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	AsOf *metav1.Time `json:"asOf,omitempty"`
}

// BreakerState is the state of the circuit breaker.
// +kubebuilder:validation:Enum=Closed;Tripped
type BreakerState string

// The states of the circuit breaker.
const (
	// BreakerClosed lets due acts through.
	BreakerClosed BreakerState = "Closed"
	// BreakerTripped holds acts of the kind that tripped it.
	BreakerTripped BreakerState = "Tripped"
)

// BreakerStatus is the state of the circuit breaker (contract.md 4), which looks
// at each kind of act by itself.
type BreakerStatus struct {
	// State is `Closed` while acts are let through, `Tripped` while those of at
	// least one kind wait for a platform engineer.
	// +optional
	State BreakerState `json:"state,omitempty"`

	// Disable is the latest trip over the disabling of users. Absent: there was
	// none.
	// +optional
	Disable *BreakerTrip `json:"disable,omitempty"`

	// Purge is the latest trip over the deletion of documents. Absent: there was
	// none.
	// +optional
	Purge *BreakerTrip `json:"purge,omitempty"`
}

// BreakerTrip is one trip of the breaker.
type BreakerTrip struct {
	// TrippedAt is the instant of the trip. Copy it to
	// `spec.breaker.acknowledgedTrip` to acknowledge it.
	// +required
	TrippedAt metav1.Time `json:"trippedAt"`

	// Due is how many acts would have been carried out within the window: those
	// that were due, and those already done.
	// +required
	Due int32 `json:"due"`

	// Limit is how many would have been let through.
	// +required
	Limit int32 `json:"limit"`

	// AcknowledgedAt is the instant at which the operator saw the
	// acknowledgement. For one window from then on, as many acts are let through
	// as were due at the trip.
	// +optional
	AcknowledgedAt *metav1.Time `json:"acknowledgedAt,omitempty"`
}

// TenantCounts counts the tenants of the fleet.
type TenantCounts struct {
	// Total is the number of Tenants.
	// +optional
	Total int32 `json:"total,omitempty"`

	// Running is the number of tenants whose instance may run.
	// +optional
	Running int32 `json:"running,omitempty"`

	// RunningPaid is the number of those on a paid plan: what the breaker's
	// percentage is taken of.
	// +optional
	RunningPaid int32 `json:"runningPaid,omitempty"`
}
