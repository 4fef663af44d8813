package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Lapse is a due payment that failed to come, and what followed
// (contract.md 4).
type Lapse struct {
	// OpenedOn is the date at whose start grace began. It names the lapse, and
	// stays when a late payment for days gone by moves the rest.
	// +required
	OpenedOn Date `json:"openedOn"`

	// CountsFrom is the date from which its days count: the due date D or,
	// where a reversal caused the lapse, the local date of the reversal if that
	// is later (contract.md 3.5).
	// +optional
	CountsFrom Date `json:"countsFrom,omitempty"`

	// DueDate is D: the day after the last paid one.
	// +optional
	DueDate Date `json:"dueDate,omitempty"`

	// Policy that was in force when the lapse opened. It holds to its end.
	// +optional
	Policy *PinnedLapsePolicy `json:"policy,omitempty"`

	// GraceAt is when grace begins and technical support ends.
	// +optional
	GraceAt *metav1.Time `json:"graceAt,omitempty"`

	// DisableAt is when users are disabled.
	// +optional
	DisableAt *metav1.Time `json:"disableAt,omitempty"`

	// PurgeNoticeAt is when the owner is told of the deletion to come. Absent:
	// the documents are not deleted.
	// +optional
	PurgeNoticeAt *metav1.Time `json:"purgeNoticeAt,omitempty"`

	// PurgeAt is when the documents are deleted; it moves later when the notice
	// was delivered late. Absent: they are not, or the notice is not delivered
	// yet.
	// +optional
	PurgeAt *metav1.Time `json:"purgeAt,omitempty"`

	// DisabledAt is the instant at which the users were disabled.
	// +optional
	DisabledAt *metav1.Time `json:"disabledAt,omitempty"`

	// RemindedAt is the instant at which the mail server took the reminder that
	// grace has begun.
	// +optional
	RemindedAt *metav1.Time `json:"remindedAt,omitempty"`

	// NoticeName is the name of the Notice that tells the owner of the deletion.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	NoticeName string `json:"noticeName,omitempty"`

	// NoticeDeliveredAt is the instant at which the owner's mail server took
	// that notice.
	// +optional
	NoticeDeliveredAt *metav1.Time `json:"noticeDeliveredAt,omitempty"`

	// Purge is the fence and the record of the deletion. Written by `storage`.
	// +optional
	Purge *PurgeStatus `json:"purge,omitempty"`

	// ClosedAt is the instant at which a payment ended the lapse. Absent: it is
	// open.
	// +optional
	ClosedAt *metav1.Time `json:"closedAt,omitempty"`

	// ClosedBy is the id of that payment.
	// +optional
	// +kubebuilder:validation:MaxLength=64
	ClosedBy string `json:"closedBy,omitempty"`
}

// PinnedLapsePolicy is the part of the policy that a lapse keeps
// (contract.md 4).
type PinnedLapsePolicy struct {
	// DisableAfterDays as it was, in days.
	// +required
	DisableAfterDays int32 `json:"disableAfterDays"`

	// PurgeNoticeAfterDays as it was, in days.
	// +required
	PurgeNoticeAfterDays int32 `json:"purgeNoticeAfterDays"`

	// PurgeNoticeDays as it was, in days.
	// +required
	PurgeNoticeDays int32 `json:"purgeNoticeDays"`

	// PurgeAfterDays as it was for the subscription's interval, in days.
	// Absent: the documents are never deleted.
	// +optional
	PurgeAfterDays *int32 `json:"purgeAfterDays,omitempty"`
}

// PurgeStatus is the fence and the record of a purge of documents. The intent
// is saved first; what follows happens in the order of the fields
// (architecture, "Deciding and doing").
type PurgeStatus struct {
	// IntentAt is the instant at which the purge was decided. From then on it
	// runs to its end, even when a payment arrives (contract.md 4).
	// +optional
	IntentAt *metav1.Time `json:"intentAt,omitempty"`

	// ClaimUID is the UID of the claim `documents` to be deleted: only that one
	// is.
	// +optional
	// +kubebuilder:validation:Type=string
	// +kubebuilder:validation:MaxLength=64
	ClaimUID types.UID `json:"claimUID,omitempty"`

	// KeyUID is the UID of the Secret with the key of the documents. Absent: there
	// was none.
	// +optional
	// +kubebuilder:validation:Type=string
	// +kubebuilder:validation:MaxLength=64
	KeyUID types.UID `json:"keyUID,omitempty"`

	// VolumeName is the volume that has to be gone with it.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	VolumeName string `json:"volumeName,omitempty"`

	// KeyDestroyedAt is the instant at which the key of the documents was
	// destroyed.
	// +optional
	KeyDestroyedAt *metav1.Time `json:"keyDestroyedAt,omitempty"`

	// CompletedAt is the instant at which claim and volume were seen to be
	// gone.
	// +optional
	CompletedAt *metav1.Time `json:"completedAt,omitempty"`
}
