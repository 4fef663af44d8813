package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// TermsRevision is a new version of one of the two documents a tenant agrees to
// (contract.md 10). Written by the legal department; none of it ever changes.
//
// It is read from files by `kubectl salexops simulate`. The operator doesn't
// carry it out yet, so the API server doesn't know it.
//
// +kubebuilder:object:root=true
// +kubebuilder:ac:generate=false
// +kubebuilder:subresource:status
// +kubebuilder:resource:scope=Cluster,shortName=terms,categories=salexops
type TermsRevision struct {
	metav1.TypeMeta `json:",inline"`
	PlannedKind     `json:",inline"` // no CustomResourceDefinition is generated

	// Spec is the revision.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="a revision never changes: it is what the tenants were told; announce another one"
	Spec TermsRevisionSpec `json:"spec"`

	// Status is how far it has rolled out.
	// +optional
	Status TermsRevisionStatus `json:"status,omitempty,omitzero"`
}

// TermsException is why a revision may take effect at shorter notice
// (contract.md 10).
// +kubebuilder:validation:Enum=NewService;Emergency;Legal
type TermsException string

// The exceptions of contract.md 10.
const (
	// TermsExceptionNewService is about a service that is new.
	TermsExceptionNewService TermsException = "NewService"
	// TermsExceptionEmergency answers an emergency.
	TermsExceptionEmergency TermsException = "Emergency"
	// TermsExceptionLegal is demanded by law.
	TermsExceptionLegal TermsException = "Legal"
)

// TermsRevisionSpec is a new version of a document. Dates are civil dates in
// the contract's zone.
type TermsRevisionSpec struct {
	// Kind of the document.
	// +required
	Kind DocumentKind `json:"kind"`

	// Version of the document, such as `2027-03`.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=63
	Version string `json:"version"`

	// AnnouncedOn is A, the date from which tenants are told. The revision takes
	// effect at 00:00 of the 16th day after it at the earliest.
	// +required
	AnnouncedOn Date `json:"announcedOn"`

	// PostedOn is P, the date on which the text was posted. The revision takes
	// effect at 00:00 of the 11th day after it at the earliest, and a tenant may
	// object until then.
	// +required
	PostedOn Date `json:"postedOn"`

	// Exception lets the revision take effect without the days of
	// announcement. The days to object stay.
	// +optional
	Exception TermsException `json:"exception,omitempty"`

	// AffectsPersonalData: each tenant's own days to object begin only when its
	// mail was delivered.
	// +optional
	AffectsPersonalData bool `json:"affectsPersonalData,omitempty"`

	// Text of the document.
	// +optional
	Text TermsText `json:"text,omitempty,omitzero"`

	// Digest of the text.
	// +required
	Digest Digest `json:"digest"`
}

// TermsText says where the text of a document is, in each language.
type TermsText struct {
	// Spanish text.
	// +optional
	Spanish *TermsTextSource `json:"es,omitempty"`

	// English text.
	// +optional
	English *TermsTextSource `json:"en,omitempty"`
}

// TermsTextSource says where one text is.
type TermsTextSource struct {
	// ConfigMapKeyRef is a key of a ConfigMap in the accounts namespace.
	// +required
	ConfigMapKeyRef TermsTextKey `json:"configMapKeyRef"`
}

// TermsTextKey is a key of a ConfigMap.
type TermsTextKey struct {
	// Name of the ConfigMap.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Name string `json:"name"`

	// Key in it.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Key string `json:"key"`
}

// TermsRevisionStatus is how far a revision has rolled out. Written by `terms`.
type TermsRevisionStatus struct {
	// EffectiveAt is when it takes effect for tenants that were told in time.
	// +optional
	EffectiveAt *metav1.Time `json:"effectiveAt,omitempty"`

	// Told is how many tenants' mail servers have taken the announcement.
	// +optional
	Told int32 `json:"told,omitempty"`

	// Accepted is how many tenants have accepted it, by silence or explicitly.
	// +optional
	Accepted int32 `json:"accepted,omitempty"`

	// Objected is how many tenants have objected to it.
	// +optional
	Objected int32 `json:"objected,omitempty"`

	// Conditions of the revision.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// TermsRevisionList is a list of TermsRevisions.
// +kubebuilder:object:root=true
type TermsRevisionList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []TermsRevision `json:"items"`
}
