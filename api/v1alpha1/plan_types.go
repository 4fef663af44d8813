package v1alpha1

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Plan is what a tenant can subscribe to: a price, and the means that come
// with it. Written by the platform engineers.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:scope=Cluster,categories=salexops
// +kubebuilder:printcolumn:name="Tier",type=string,JSONPath=`.spec.tier`
// +kubebuilder:printcolumn:name="Documents",type=string,JSONPath=`.spec.documentQuota`
// +kubebuilder:printcolumn:name="Records",type=string,JSONPath=`.spec.recordsSize`
// +kubebuilder:printcolumn:name="Seats",type=integer,JSONPath=`.spec.seats`
// +kubebuilder:printcolumn:name="Monthly",type=string,JSONPath=`.spec.prices.Monthly`
// +kubebuilder:printcolumn:name="Currency",type=string,JSONPath=`.spec.currency`
// +kubebuilder:printcolumn:name="Tenants",type=integer,JSONPath=`.status.tenants`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +genclient
// +genclient:nonNamespaced
type Plan struct {
	metav1.TypeMeta `json:",inline"`
	// +optional
	metav1.ObjectMeta `json:"metadata,omitempty,omitzero"`

	// Spec is the plan as it is sold.
	// +required
	Spec PlanSpec `json:"spec"`

	// Status is how much the plan is used.
	// +optional
	Status PlanStatus `json:"status,omitempty,omitzero"`
}

// PlanTier says whether a plan costs money.
// +kubebuilder:validation:Enum=Free;Paid
type PlanTier string

// The tiers of a plan.
const (
	// TierFree plans cost nothing and never lapse (contract.md 5).
	TierFree PlanTier = "Free"
	// TierPaid plans run as long as they are paid (contract.md 3 and 4).
	TierPaid PlanTier = "Paid"
)

// PlanSpec is a plan as it is sold.
//
// +kubebuilder:validation:XValidation:rule="self.tier != 'Paid' || (has(self.prices) && size(self.prices) > 0 && has(self.currency))",message="a Paid plan needs a currency and the price of at least one interval, such as prices: {Monthly: \"499.00\"}"
// +kubebuilder:validation:XValidation:rule="self.tier != 'Free' || !has(self.prices) || size(self.prices) == 0",message="a Free plan has no prices"
type PlanSpec struct {
	// DisplayName is the name customers see.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=100
	DisplayName string `json:"displayName"`

	// Tier is `Free` or `Paid`. It never changes: a tenant must not become one
	// that can lapse, or stop being one, by an edit of its plan.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the tier of a plan never changes; create another plan and let the subscriptions refer to it"
	Tier PlanTier `json:"tier"`

	// Currency of the prices.
	// +optional
	Currency Currency `json:"currency,omitempty"`

	// Prices for one period of each interval offered, in `currency`. An
	// interval that is absent is not offered.
	// +optional
	// +kubebuilder:validation:MaxProperties=4
	// +kubebuilder:validation:XValidation:rule="self.all(i, i in ['Monthly', 'Quarterly', 'SemiAnnual', 'Annual'])",message="the keys are intervals: Monthly, Quarterly, SemiAnnual, Annual"
	Prices map[Interval]Decimal `json:"prices,omitempty"`

	// DocumentQuota is how much the tenant's documents may take, in logical
	// bytes (contract.md 5.1). It also sizes the `documents` volume.
	// +required
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('1Mi')) >= 0 && quantity(string(self)).compareTo(quantity('100Ti')) <= 0",message="must be a size between 1Mi and 100Ti, such as 512Mi or 10Gi"
	DocumentQuota resource.Quantity `json:"documentQuota"`

	// RecordsSize is the size of the `records` volume, which holds the CRM's
	// database, in bytes.
	// +required
	// +kubebuilder:validation:XValidation:rule="isQuantity(string(self)) && quantity(string(self)).compareTo(quantity('1Mi')) >= 0 && quantity(string(self)).compareTo(quantity('100Ti')) <= 0",message="must be a size between 1Mi and 100Ti, such as 512Mi or 10Gi"
	RecordsSize resource.Quantity `json:"recordsSize"`

	// Seats is how many users a tenant may have, the owner included.
	// +required
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000
	Seats int32 `json:"seats"`

	// SessionsPerUser is how many live sessions one user may have at a time;
	// one more ends the oldest (contract.md 2.5).
	// +optional
	// +kubebuilder:default=1
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=100
	SessionsPerUser int32 `json:"sessionsPerUser,omitempty"`

	// SleepAfter is how long an instance is left running without activity
	// before it goes to sleep, such as `30m` or `4h`. Absent or `0s`: it never
	// sleeps.
	// +optional
	// +kubebuilder:validation:XValidation:rule="self.matches('^([0-9]+(h|m|s))+$') && (duration(self) == duration('0s') || (duration(self) >= duration('1m') && duration(self) <= duration('8760h')))",message="must be a time such as 30m or 4h, between 1m and 8760h; 0s means never"
	// +kubebuilder:validation:Type=string
	// +kubebuilder:validation:MaxLength=32
	SleepAfter *metav1.Duration `json:"sleepAfter,omitempty"`

	// Support says whether technical support comes with the plan. A tenant is
	// entitled to it while its payment is up to date (contract.md 6.1).
	// +optional
	Support bool `json:"support,omitempty"`

	// Resources are the CPU and memory of the instance's container.
	// +optional
	Resources PlanResources `json:"resources,omitempty,omitzero"`
}

// PlanResources are the CPU and memory of an instance.
type PlanResources struct {
	// Requests is what the scheduler reserves.
	// +optional
	// +kubebuilder:validation:MaxProperties=8
	Requests corev1.ResourceList `json:"requests,omitempty"`

	// Limits is what the instance can't exceed.
	// +optional
	// +kubebuilder:validation:MaxProperties=8
	Limits corev1.ResourceList `json:"limits,omitempty"`
}

// PlanStatus is how much a plan is used. Written by the operator.
type PlanStatus struct {
	// ObservedGeneration is the generation of the spec that the operator has
	// taken into account.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// Tenants is how many tenants are on the plan. While it is not zero,
	// admission refuses the plan's deletion.
	// +optional
	Tenants int32 `json:"tenants,omitempty"`

	// Conditions of the plan.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// PlanList is a list of Plans.
// +kubebuilder:object:root=true
type PlanList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Plan `json:"items"`
}
