package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// TermsDecision is what a tenant has been told of a revision, and what it
// decided (contract.md 10). There is one decision a revision, and it stands.
//
// +kubebuilder:validation:XValidation:rule="!has(oldSelf.decision) || (has(self.decision) && self.decision == oldSelf.decision)",message="a tenant has one decision per revision, and it stands (contract 10)"
type TermsDecision struct {
	// Revision is the name of the TermsRevision.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Revision string `json:"revision"`

	// Kind of the document.
	// +optional
	Kind DocumentKind `json:"kind,omitempty"`

	// Version of the document.
	// +optional
	// +kubebuilder:validation:MaxLength=63
	Version string `json:"version,omitempty"`

	// Digest of the text that was decided about.
	// +optional
	Digest Digest `json:"digest,omitempty"`

	// AnnouncedAt is the instant from which the tenant has been told in the
	// CRM and on the front door.
	// +optional
	AnnouncedAt *metav1.Time `json:"announcedAt,omitempty"`

	// DeliveredAt is the instant at which the tenant's mail server took the
	// announcement.
	// +optional
	DeliveredAt *metav1.Time `json:"deliveredAt,omitempty"`

	// EffectiveAt is the instant at which the revision takes effect for this
	// tenant.
	// +optional
	EffectiveAt *metav1.Time `json:"effectiveAt,omitempty"`

	// Decision is `Accepted` or `Objected`; absent while it is open.
	// +optional
	// +kubebuilder:validation:Enum=Accepted;Objected
	Decision string `json:"decision,omitempty"`

	// Mode is how it was decided: `Explicit`, or by `Silence`.
	// +optional
	// +kubebuilder:validation:Enum=Explicit;Silence
	Mode string `json:"mode,omitempty"`

	// DecidedAt is the instant of the decision.
	// +optional
	DecidedAt *metav1.Time `json:"decidedAt,omitempty"`

	// Evidence of the decision.
	// +optional
	Evidence *Evidence `json:"evidence,omitempty"`
}

// OverQuotaStatus follows a free tenant whose documents fill its quota
// (contract.md 5.3).
type OverQuotaStatus struct {
	// Since is the instant at which usage was first seen at or over the quota.
	// +optional
	Since *metav1.Time `json:"since,omitempty"`

	// NoticeDeliveredAt is the instant at which the owner's mail server took
	// the notice.
	// +optional
	NoticeDeliveredAt *metav1.Time `json:"noticeDeliveredAt,omitempty"`

	// Act is when the policy is applied, if the documents still fill the quota
	// then.
	// +optional
	Act *Deadline `json:"act,omitempty"`

	// IntentAt is the fence: the instant at which deleting documents was
	// decided. Written by `storage`.
	// +optional
	IntentAt *metav1.Time `json:"intentAt,omitempty"`

	// ActedAt is the instant at which the policy had been carried out. Written
	// by `storage`.
	// +optional
	ActedAt *metav1.Time `json:"actedAt,omitempty"`
}

// TerminationCause is why a contract ends (contract.md 9).
// +kubebuilder:validation:Enum=OwnerRequest;ProviderBreach;TermsObjection;PermanentDisable
type TerminationCause string

// The causes of contract.md 9.
const (
	// CauseOwnerRequest is the owner's own wish.
	CauseOwnerRequest TerminationCause = "OwnerRequest"
	// CauseProviderBreach is a proven failure of the provider, not corrected in
	// time.
	CauseProviderBreach TerminationCause = "ProviderBreach"
	// CauseTermsObjection is an objection to a revision of the terms.
	CauseTermsObjection TerminationCause = "TermsObjection"
	// CausePermanentDisable is a breach by the tenant.
	CausePermanentDisable TerminationCause = "PermanentDisable"
)

// TerminationStatus is how a contract ends (contract.md 9).
type TerminationStatus struct {
	// Cause of the end.
	// +optional
	Cause TerminationCause `json:"cause,omitempty"`

	// Cancellation or suspension that brought it about, by name.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	Source string `json:"source,omitempty"`

	// Ends is when the contract ends.
	// +optional
	Ends *Deadline `json:"ends,omitempty"`

	// ExportUntil is the last date on which the owner may take the data away,
	// inclusive. Absent: there is no such window.
	// +optional
	ExportUntil Date `json:"exportUntil,omitempty"`

	// Delete is when everything is deleted.
	// +optional
	Delete *Deadline `json:"delete,omitempty"`
}

// DeletionStatus is the fence and the record of the final deletion. The
// intent is saved first; what follows happens in the order of the fields
// (architecture, "Deciding and doing").
type DeletionStatus struct {
	// IntentAt is the instant at which the deletion was decided.
	// +optional
	IntentAt *metav1.Time `json:"intentAt,omitempty"`

	// Reason of the deletion: a cause of contract.md 9, or `TenantDeleted` when
	// the Tenant itself was deleted with its confirmation.
	// +optional
	// +kubebuilder:validation:MaxLength=63
	Reason string `json:"reason,omitempty"`

	// EvidenceDigest identifies the evidence without repeating it.
	// +optional
	EvidenceDigest Digest `json:"evidenceDigest,omitempty"`

	// NamespaceUID is the UID of the namespace to be deleted: only that one
	// is.
	// +optional
	// +kubebuilder:validation:Type=string
	// +kubebuilder:validation:MaxLength=64
	NamespaceUID types.UID `json:"namespaceUID,omitempty"`

	// KeyDestroyedAt is the instant at which the key of the documents was
	// destroyed: no copy can be read from then on, wherever it lies.
	// +optional
	KeyDestroyedAt *metav1.Time `json:"keyDestroyedAt,omitempty"`

	// VolumesGoneAt is the instant at which claims and volumes were seen to be
	// gone.
	// +optional
	VolumesGoneAt *metav1.Time `json:"volumesGoneAt,omitempty"`

	// CompletedAt is the instant at which nothing of the tenant was left.
	// +optional
	CompletedAt *metav1.Time `json:"completedAt,omitempty"`
}
