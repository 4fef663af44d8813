package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Subscription says which plan a tenant is on, how often it pays, and what
// has been paid. There is one a tenant. Written by the registrar; the billing
// system tells of payments through `status.billing`, and the operator adds
// what follows from them.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=sub,categories=salexops
// +kubebuilder:selectablefield:JSONPath=`.spec.tenantRef.name`
// +kubebuilder:printcolumn:name="Tenant",type=string,JSONPath=`.spec.tenantRef.name`
// +kubebuilder:printcolumn:name="Plan",type=string,JSONPath=`.spec.planRef.name`
// +kubebuilder:printcolumn:name="Interval",type=string,JSONPath=`.spec.interval`
// +kubebuilder:printcolumn:name="Paid Through",type=string,JSONPath=`.status.paidThrough`
// +kubebuilder:printcolumn:name="Due",type=string,JSONPath=`.status.dueDate`
// +kubebuilder:printcolumn:name="Cap USD",type=string,JSONPath=`.status.liabilityCapUSD`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:printcolumn:name="Anchor",type=string,JSONPath=`.spec.anchorDate`,priority=1
// +genclient
type Subscription struct {
	metav1.TypeMeta `json:",inline"`
	// +optional
	metav1.ObjectMeta `json:"metadata,omitempty,omitzero"`

	// Spec is what was agreed.
	// +required
	Spec SubscriptionSpec `json:"spec"`

	// Status is what was paid, and what follows from it.
	// +optional
	// +kubebuilder:default={}
	Status SubscriptionStatus `json:"status,omitempty,omitzero"`
}

// SubscriptionSpec is what was agreed.
type SubscriptionSpec struct {
	// TenantRef is the tenant that subscribes. It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",message="a subscription never moves to another tenant; create one for that tenant"
	TenantRef TenantReference `json:"tenantRef"`

	// PlanRef is the plan. A change takes effect at the next period
	// (contract.md 3.6).
	// +required
	PlanRef PlanReference `json:"planRef"`

	// Interval is how much time one payment buys. A change takes effect at the
	// next period (contract.md 3.6).
	// +required
	Interval Interval `json:"interval"`

	// AnchorDate is the first day of the first period: period k starts k
	// intervals after it, on the same day of the month or on the month's last
	// (contract.md 1, "billing periods"). It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the anchor date never changes: every billing period is counted from it (contract 1)"
	AnchorDate Date `json:"anchorDate"`
}

// SubscriptionList is a list of Subscriptions.
// +kubebuilder:object:root=true
type SubscriptionList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Subscription `json:"items"`
}
