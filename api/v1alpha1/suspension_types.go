package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Suspension is a case of breach by a tenant: a warning, a suspension, or the
// end for good (contract.md 8). Written by compliance.
//
// It is read from files by `kubectl salexops simulate`. The operator doesn't
// carry it out yet, so the API server doesn't know it.
//
// +kubebuilder:object:root=true
// +kubebuilder:ac:generate=false
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=susp,categories=salexops
type Suspension struct {
	metav1.TypeMeta `json:",inline"`
	PlannedKind     `json:",inline"` // no CustomResourceDefinition is generated

	// Spec is the case.
	// +required
	Spec SuspensionSpec `json:"spec"`

	// Status is what the tenant was told, and what came of it.
	// +optional
	Status SuspensionStatus `json:"status,omitempty,omitzero"`
}

// SuspensionAction is what a case of breach leads to (contract.md 8).
// +kubebuilder:validation:Enum=Warn;Suspend;Disable
type SuspensionAction string

// The actions of contract.md 8.
const (
	// SuspensionWarn is a notice with the reason; nothing else changes.
	SuspensionWarn SuspensionAction = "Warn"
	// SuspensionSuspend stops the instance until the case is resolved.
	SuspensionSuspend SuspensionAction = "Suspend"
	// SuspensionDisable ends the contract for good.
	SuspensionDisable SuspensionAction = "Disable"
)

// SuspensionReason is what the tenant is held to have done (contract.md 8).
// +kubebuilder:validation:Enum=UnlawfulOrBreach;CommitmentsNotMet;FraudOrMalice;IdentityUnverified;Interference
type SuspensionReason string

// The reasons of contract.md 8.
const (
	// SuspensionUnlawfulOrBreach is an unlawful act or a breach of the terms.
	SuspensionUnlawfulOrBreach SuspensionReason = "UnlawfulOrBreach"
	// SuspensionCommitmentsNotMet is a commitment that was not met.
	SuspensionCommitmentsNotMet SuspensionReason = "CommitmentsNotMet"
	// SuspensionFraudOrMalice is malicious or fraudulent conduct.
	SuspensionFraudOrMalice SuspensionReason = "FraudOrMalice"
	// SuspensionIdentityUnverified is an identity that can't be verified, or
	// false data.
	SuspensionIdentityUnverified SuspensionReason = "IdentityUnverified"
	// SuspensionInterference is interference with the platform.
	SuspensionInterference SuspensionReason = "Interference"
)

// SuspensionException lets a case take effect at once (contract.md 8).
// +kubebuilder:validation:Enum=Harm;LawOrCourt;PlatformSecurity
type SuspensionException string

// The exceptions of contract.md 8.
const (
	// SuspensionExceptionHarm is harm that waiting would do.
	SuspensionExceptionHarm SuspensionException = "Harm"
	// SuspensionExceptionLawOrCourt is a law, or an order of a court.
	SuspensionExceptionLawOrCourt SuspensionException = "LawOrCourt"
	// SuspensionExceptionPlatformSecurity is the security of the platform.
	SuspensionExceptionPlatformSecurity SuspensionException = "PlatformSecurity"
)

// SuspensionSpec is a case of breach.
//
// +kubebuilder:validation:XValidation:rule="!has(self.exceptionReason) || self.action != 'Warn'",message="a warning takes effect at once anyway: it has no exceptionReason"
type SuspensionSpec struct {
	// TenantRef is the tenant in question. It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",message="a case never moves to another tenant; open one for that tenant"
	TenantRef TenantReference `json:"tenantRef"`

	// Action is what the case leads to.
	// +required
	Action SuspensionAction `json:"action"`

	// Reason of the case. It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the reason of a case never changes: it is what the tenant was told; open another case"
	Reason SuspensionReason `json:"reason"`

	// ExceptionReason lets the case take effect at `openedAt`, without cure
	// period. It never changes.
	// +optional
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the exceptionReason of a case never changes; open another case"
	ExceptionReason SuspensionException `json:"exceptionReason,omitempty"`

	// Explanation is what the tenant is told, in its own language.
	// +optional
	Explanation LocalizedText `json:"explanation,omitempty,omitzero"`

	// OpenedAt is the instant at which the case was opened. Absent: the
	// object's creation.
	// +optional
	OpenedAt *metav1.Time `json:"openedAt,omitempty"`

	// CureDays is how many whole days the tenant has to mend the breach after
	// the notice was delivered, in days. Absent: those of the policy.
	// +optional
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=365
	CureDays int32 `json:"cureDays,omitempty"`

	// ResolvedAt is the instant at which the breach was mended, or the case
	// dropped: what billing allows is restored. A `Disable` that has taken
	// effect can't be resolved.
	// +optional
	ResolvedAt *metav1.Time `json:"resolvedAt,omitempty"`
}

// LocalizedText is a short text in the languages of the CRM.
type LocalizedText struct {
	// Spanish text.
	// +optional
	// +kubebuilder:validation:MaxLength=4000
	Spanish string `json:"es,omitempty"`

	// English text.
	// +optional
	// +kubebuilder:validation:MaxLength=4000
	English string `json:"en,omitempty"`
}

// SuspensionStatus is what the tenant was told, and what came of it. Written by
// the operator.
type SuspensionStatus struct {
	// NoticeDeliveredAt is the instant at which the owner's mail server took
	// the notice with the reason and the cure date.
	// +optional
	NoticeDeliveredAt *metav1.Time `json:"noticeDeliveredAt,omitempty"`

	// Effective is when the case takes effect, unless it is resolved before.
	// +optional
	Effective *Deadline `json:"effective,omitempty"`

	// Conditions of the case.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// SuspensionList is a list of Suspensions.
// +kubebuilder:object:root=true
type SuspensionList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Suspension `json:"items"`
}
