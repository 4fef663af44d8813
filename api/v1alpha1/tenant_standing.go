package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// BillingState is the first of the three axes of contract.md 11.
// +kubebuilder:validation:Enum=Pending;Free;Current;Grace;Disabled;PurgeScheduled;Purging;Purged
type BillingState string

// The states of billing.
const (
	// BillingPending has never paid.
	BillingPending BillingState = "Pending"
	// BillingFree is on a plan that costs nothing.
	BillingFree BillingState = "Free"
	// BillingCurrent has paid for today, or its payment is due today.
	BillingCurrent BillingState = "Current"
	// BillingGrace works on, without technical support.
	BillingGrace BillingState = "Grace"
	// BillingDisabled has its users disabled.
	BillingDisabled BillingState = "Disabled"
	// BillingPurgeScheduled has been told when its documents are deleted.
	BillingPurgeScheduled BillingState = "PurgeScheduled"
	// BillingPurging has its documents deleted right now.
	BillingPurging BillingState = "Purging"
	// BillingPurged has lost its documents; its records are kept.
	BillingPurged BillingState = "Purged"
)

// ConductState is the second of the three axes of contract.md 11.
// +kubebuilder:validation:Enum=Good;Warned;Suspended;Disabled
type ConductState string

// The states of conduct.
const (
	// ConductGood has no breach on record that counts.
	ConductGood ConductState = "Good"
	// ConductWarned has been told of a breach; nothing else changes.
	ConductWarned ConductState = "Warned"
	// ConductSuspended may not run until the breach is resolved.
	ConductSuspended ConductState = "Suspended"
	// ConductDisabled is disabled for good.
	ConductDisabled ConductState = "Disabled"
)

// LifecycleState is the third of the three axes of contract.md 11.
// +kubebuilder:validation:Enum=Pending;Active;Exporting;Deleting;Deleted
type LifecycleState string

// The states of the lifecycle.
const (
	// LifecyclePending is not provisioned yet.
	LifecyclePending LifecycleState = "Pending"
	// LifecycleActive has a contract that runs.
	LifecycleActive LifecycleState = "Active"
	// LifecycleExporting has ended; the owner may take the data away.
	LifecycleExporting LifecycleState = "Exporting"
	// LifecycleDeleting has its data deleted right now.
	LifecycleDeleting LifecycleState = "Deleting"
	// LifecycleDeleted has no data left.
	LifecycleDeleted LifecycleState = "Deleted"
)

// Access is what follows from the three axes for a browser at the door.
// +kubebuilder:validation:Enum=Open;ExportOnly;Closed
type Access string

// The kinds of access.
const (
	// AccessOpen lets every user in.
	AccessOpen Access = "Open"
	// AccessExportOnly lets the owner in, to download everything.
	AccessExportOnly Access = "ExportOnly"
	// AccessClosed lets nobody in; the door says why.
	AccessClosed Access = "Closed"
)

// Standing is what the contract says about a tenant (contract.md 11): a
// function of the facts and of one reading of the clock.
type Standing struct {
	// ObservedGeneration is the generation of the Tenant's spec it was worked
	// out from.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// Plan in force: the name of a Plan.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	Plan string `json:"plan,omitempty"`

	// PlanTier is the tier of the plan in force.
	// +optional
	PlanTier PlanTier `json:"planTier,omitempty"`

	// Billing is where the tenant stands with its payments.
	// +required
	Billing BillingState `json:"billing"`

	// Conduct is where the tenant stands with the rules.
	// +required
	Conduct ConductState `json:"conduct"`

	// Lifecycle is where the contract itself stands.
	// +required
	Lifecycle LifecycleState `json:"lifecycle"`

	// Access is who may come in.
	// +required
	Access Access `json:"access"`

	// MayRun says whether the instance may run: exactly when lifecycle is
	// `Active`, billing is `Free`, `Current` or `Grace`, and conduct is `Good`
	// or `Warned`.
	// +required
	MayRun bool `json:"mayRun"`

	// SupportEntitled says whether technical support is due (contract.md 6.1).
	// +required
	SupportEntitled bool `json:"supportEntitled"`

	// PaidThrough is the last paid date, inclusive (contract.md 3.3). Absent:
	// never paid, or free.
	// +optional
	PaidThrough Date `json:"paidThrough,omitempty"`

	// Since is the instant at which the summary last became another.
	// +optional
	Since *metav1.Time `json:"since,omitempty"`

	// Next is what happens next if nothing else does. Absent: nothing.
	// +optional
	Next *NextStep `json:"next,omitempty"`

	// Summary is the one word for the STANDING column: the state of billing,
	// unless conduct or lifecycle has something more important to say.
	// +optional
	// +kubebuilder:validation:MaxLength=63
	Summary string `json:"summary,omitempty"`
}

// NextStep is what the contract has in store for a tenant, and when.
type NextStep struct {
	// At is the instant at which it happens.
	// +required
	At metav1.Time `json:"at"`

	// When is the same for the WHEN column, in the contract's zone: a date such
	// as `2027-03-31`, or a date and a time such as `2027-03-03 00:00`.
	// +optional
	// +kubebuilder:validation:MaxLength=32
	When string `json:"when,omitempty"`

	// What happens, in a few words, such as `payment due`.
	// +optional
	// +kubebuilder:validation:MaxLength=120
	What string `json:"what,omitempty"`

	// Reason for it, for people: the dates it was computed from and the section
	// of the contract.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Reason string `json:"reason,omitempty"`
}
