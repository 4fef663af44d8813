package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// SubscriptionStatus has two writers: `billing` is the billing system's and
// nobody else's, the rest is the operator's (`standing`; `storage` for the
// fence of a purge).
type SubscriptionStatus struct {
	// ObservedGeneration is the generation of the spec that the operator has
	// taken into account.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// Billing is what the billing system tells: every payment, and up to when
	// it has told everything.
	// +optional
	// +kubebuilder:default={}
	Billing Billing `json:"billing,omitempty,omitzero"`

	// PaidThrough is the last date of the unbroken run of paid dates that
	// reaches today, or of the last run before it (contract.md 3.3), inclusive.
	// Absent: never paid.
	// +optional
	PaidThrough Date `json:"paidThrough,omitempty"`

	// DueDate is the day after `paidThrough`: what comes next is due then, and
	// money received on that day is on time (contract.md 3.4).
	// +optional
	DueDate Date `json:"dueDate,omitempty"`

	// LiabilityCapUSD is what the provider is liable for at most, in US dollars
	// (contract.md 3.8).
	// +optional
	LiabilityCapUSD Decimal `json:"liabilityCapUSD,omitempty"`

	// PlanPeriods are the plans and intervals that have been in force, oldest
	// first: a change of the spec adds one that begins with the next period
	// (contract.md 3.6). There is room for as many as there are payments.
	// +optional
	// +listType=map
	// +listMapKey=from
	// +kubebuilder:validation:MaxItems=640
	PlanPeriods []PlanPeriod `json:"planPeriods,omitempty"`

	// Lapses are the times when a due payment failed to come (contract.md 4).
	// At most one is open. The policy in force when one opened stays pinned to
	// it. There is room for as many as there are payments: one ends each.
	// +optional
	// +listType=map
	// +listMapKey=openedOn
	// +kubebuilder:validation:MaxItems=640
	// +kubebuilder:validation:XValidation:rule="self.filter(l, !has(l.closedAt)).size() <= 1",message="at most one lapse is open at a time (contract 12.3)"
	Lapses []Lapse `json:"lapses,omitempty"`

	// Conditions of the subscription.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// PlanPeriod is a plan and an interval, from a date on.
type PlanPeriod struct {
	// From is the date on which they take effect.
	// +required
	From Date `json:"from"`

	// PlanRef is the plan in force from then on.
	// +required
	PlanRef PlanReference `json:"planRef"`

	// Interval in force from then on.
	// +required
	Interval Interval `json:"interval"`
}
