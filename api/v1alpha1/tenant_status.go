package v1alpha1

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// TenantStatus is how a tenant stands. Its parts have different writers, each
// with a field owner of its own; a part is absent until its writer has
// something to say. Nothing in it changes while a tenant rests.
type TenantStatus struct {
	// ObservedGeneration is the generation of the spec that the operator has
	// carried out. Written by `runtime`.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// Namespace in which the tenant's CRM runs. Written by `runtime`.
	// +optional
	// +kubebuilder:validation:MaxLength=63
	Namespace string `json:"namespace,omitempty"`

	// URL under which browsers reach the CRM. Written by `runtime`.
	// +optional
	// +kubebuilder:validation:MaxLength=2048
	URL string `json:"url,omitempty"`

	// RunningVersion is the version of the CRM that runs, or last ran. Written
	// by `observer`.
	// +optional
	// +kubebuilder:validation:MaxLength=128
	RunningVersion string `json:"runningVersion,omitempty"`

	// Standing is what the contract says about the tenant right now. Written
	// by `standing`, which alone interprets the contract.
	// +optional
	Standing *Standing `json:"standing,omitempty"`

	// Instance is what runs, or rests, for the tenant. Written by `runtime`
	// and `observer`, each its own fields.
	// +optional
	Instance *InstanceStatus `json:"instance,omitempty"`

	// Usage is what the tenant uses, as its CRM last reported. Written by
	// `observer`.
	// +optional
	Usage *Usage `json:"usage,omitempty"`

	// Terms are the tenant's decisions about revisions of the documents, one a
	// revision (contract.md 10). Written by `terms`.
	// +optional
	// +listType=map
	// +listMapKey=revision
	// +kubebuilder:validation:MaxItems=240
	Terms []TermsDecision `json:"terms,omitempty"`

	// OverQuota is present while a free tenant's documents fill its quota
	// (contract.md 5.3). Written by `standing` and `storage`.
	// +optional
	OverQuota *OverQuotaStatus `json:"overQuota,omitempty"`

	// Termination is present once the contract has ended, or is going to
	// (contract.md 9). Written by `standing`.
	// +optional
	Termination *TerminationStatus `json:"termination,omitempty"`

	// Deletion is the fence of the final deletion: the intent, saved before
	// anything is destroyed, and what has been done since. Written by
	// `storage`, and by `runtime` when a Tenant is deleted.
	// +optional
	Deletion *DeletionStatus `json:"deletion,omitempty"`

	// Conditions of the tenant. `Registered` is written by `standing`,
	// `Provisioned`, `Ready`, `Reconciling` and `Stalled` by `runtime`,
	// `Reachable` by `observer`. Messages say what to do next.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// InstanceState is what an instance is doing.
// +kubebuilder:validation:Enum=Stopped;Provisioning;Starting;Running;Asleep;Stopping;Unreachable
type InstanceState string

// The states of an instance.
const (
	// InstanceStopped may not run, and doesn't.
	InstanceStopped InstanceState = "Stopped"
	// InstanceProvisioning has not all that it needs to start.
	InstanceProvisioning InstanceState = "Provisioning"
	// InstanceStarting has a pod that doesn't answer yet.
	InstanceStarting InstanceState = "Starting"
	// InstanceRunning answers.
	InstanceRunning InstanceState = "Running"
	// InstanceAsleep may run, but nobody needs it; the next visit wakes it.
	InstanceAsleep InstanceState = "Asleep"
	// InstanceStopping still has a pod, which is on its way out.
	InstanceStopping InstanceState = "Stopping"
	// InstanceUnreachable has a pod that should answer and doesn't.
	InstanceUnreachable InstanceState = "Unreachable"
)

// InstanceStatus is what runs, or rests, for a tenant.
type InstanceStatus struct {
	// State is what the instance is doing. Written by `runtime`.
	// +optional
	State InstanceState `json:"state,omitempty"`

	// Ready is the same for the READY column: `True`, `False`, `Asleep`, or
	// `-` where nothing is supposed to run. Written by `runtime`.
	// +optional
	// +kubebuilder:validation:MaxLength=32
	Ready string `json:"ready,omitempty"`

	// NamespaceUID is the UID of the tenant's namespace: a namespace of the
	// same name with another UID is not the tenant's. Written by `runtime`.
	// +optional
	// +kubebuilder:validation:Type=string
	// +kubebuilder:validation:MaxLength=64
	NamespaceUID types.UID `json:"namespaceUID,omitempty"`

	// InitialPasswordIssuedAt is the instant at which the owner's initial
	// password was made. It is made once; nothing ever resets it
	// (contract.md 2.4). Written by `runtime`.
	// +optional
	InitialPasswordIssuedAt *metav1.Time `json:"initialPasswordIssuedAt,omitempty"`

	// OwnerPasswordChangedAt is the instant at which the instance was seen to
	// have an owner's password that is no longer the initial one; the Secret
	// that held it is deleted then. Written by `observer`.
	// +optional
	OwnerPasswordChangedAt *metav1.Time `json:"ownerPasswordChangedAt,omitempty"`

	// LicenceSerial is the serial of the licence in force in the instance, as
	// the instance reported it. Written by `observer`.
	// +optional
	LicenceSerial int64 `json:"licenceSerial,omitempty"`

	// ExchangedAt is the instant of the last exchange that brought news. An
	// exchange that finds everything unchanged leaves it alone. Written by
	// `observer`.
	// +optional
	ExchangedAt *metav1.Time `json:"exchangedAt,omitempty"`
}

// Usage is what a tenant uses, as its CRM last reported. Only figures leave
// the instance, never what they count (contract.md 7).
type Usage struct {
	// DocumentBytes is the size of all documents, in logical bytes: what the
	// quota of the plan is compared with (contract.md 5.1).
	// +optional
	// +kubebuilder:validation:Minimum=0
	DocumentBytes int64 `json:"documentBytes,omitempty"`

	// RecordsBytes is the size of the CRM's database, in bytes.
	// +optional
	// +kubebuilder:validation:Minimum=0
	RecordsBytes int64 `json:"recordsBytes,omitempty"`

	// Contacts is the number of contacts, without those in the recycle bin.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Contacts int64 `json:"contacts,omitempty"`

	// Companies is the number of companies, without those in the recycle bin.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Companies int64 `json:"companies,omitempty"`

	// Users is the number of users who hold a seat.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Users int32 `json:"users,omitempty"`

	// LastActivityAt is the instant of the last request of a signed-in user.
	// +optional
	LastActivityAt *metav1.Time `json:"lastActivityAt,omitempty"`

	// ReportedAt is the instant at which these figures last changed.
	// +optional
	ReportedAt *metav1.Time `json:"reportedAt,omitempty"`
}
