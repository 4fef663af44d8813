package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Cancellation is somebody's word that a contract is to end (contract.md 9).
// Written by the mail gateway, the CRM's exchange or support.
//
// It is read from files by `kubectl salexops simulate`. The operator doesn't
// carry it out yet, so the API server doesn't know it.
//
// +kubebuilder:object:root=true
// +kubebuilder:ac:generate=false
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=cancel,categories=salexops
type Cancellation struct {
	metav1.TypeMeta `json:",inline"`
	PlannedKind     `json:",inline"` // no CustomResourceDefinition is generated

	// Spec is who wants what, and the proof.
	// +required
	Spec CancellationSpec `json:"spec"`

	// Status is what became of it.
	// +optional
	Status CancellationStatus `json:"status,omitempty,omitzero"`
}

// CancellationSpec is who wants a contract to end, and the proof.
//
// +kubebuilder:validation:XValidation:rule="(self.cause == 'TermsObjection') == has(self.termsRevisionRef)",message="a TermsObjection names the revision it objects to in termsRevisionRef, and nothing else does"
// +kubebuilder:validation:XValidation:rule="!has(self.correctedAt) || self.cause == 'ProviderBreach'",message="only a ProviderBreach can be corrected"
type CancellationSpec struct {
	// TenantRef is the tenant whose contract is to end. It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self.name == oldSelf.name",message="a cancellation never moves to another tenant"
	TenantRef TenantReference `json:"tenantRef"`

	// Cause why it is to end. It never changes. `PermanentDisable` records that
	// a Suspension did so: it ends nothing by itself.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the cause of a cancellation never changes"
	Cause TerminationCause `json:"cause"`

	// ReceivedAt is the instant at which it reached us. It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="receivedAt never changes: deadlines are counted from it"
	ReceivedAt metav1.Time `json:"receivedAt"`

	// Evidence says where the proof is kept. It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the evidence never changes"
	Evidence Evidence `json:"evidence"`

	// CorrectedAt is the instant at which the provider had mended its failure.
	// For a `ProviderBreach` only.
	// +optional
	CorrectedAt *metav1.Time `json:"correctedAt,omitempty"`

	// TermsRevisionRef is the revision that is objected to. For a
	// `TermsObjection`.
	// +optional
	TermsRevisionRef *TermsRevisionReference `json:"termsRevisionRef,omitempty"`
}

// TermsRevisionReference names a TermsRevision. They are cluster-wide.
type TermsRevisionReference struct {
	// Name of the TermsRevision.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Name string `json:"name"`
}

// CancellationStatus is what became of a cancellation. Written by the operator.
type CancellationStatus struct {
	// VerifiedAt is the instant at which it was certain to come from the owner:
	// the mail passed the checks of contract.md 9, or the owner confirmed it.
	// +optional
	VerifiedAt *metav1.Time `json:"verifiedAt,omitempty"`

	// EndsAt is when the contract ends because of it.
	// +optional
	EndsAt *metav1.Time `json:"endsAt,omitempty"`

	// CompletedAt is the instant at which everything that follows was done.
	// +optional
	CompletedAt *metav1.Time `json:"completedAt,omitempty"`

	// Conditions of the cancellation.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// CancellationList is a list of Cancellations.
// +kubebuilder:object:root=true
type CancellationList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Cancellation `json:"items"`
}
