package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// NoticePurpose says what a notice is about, and so which text is sent.
// +kubebuilder:validation:Enum=PaymentReminder;PurgeNotice
type NoticePurpose string

// The purposes of notices.
const (
	// NoticePaymentReminder reminds the owner that grace has begun and support
	// has ended (contract.md 4).
	NoticePaymentReminder NoticePurpose = "PaymentReminder"
	// NoticePurge tells the owner that the documents will be deleted, and on
	// which date (contract.md 4).
	NoticePurge NoticePurpose = "PurgeNotice"
)

// Notice is something the owner of a tenant must be told. It is the intent,
// written before anything is sent, under a name that follows from tenant,
// purpose and deadline: nothing is sent twice, and nothing is skipped. Its
// status is the record of what was sent, and what became of it.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=ntc,categories=salexops
// +kubebuilder:printcolumn:name="Tenant",type=string,JSONPath=`.spec.tenantRef.name`
// +kubebuilder:printcolumn:name="Purpose",type=string,JSONPath=`.spec.purpose`
// +kubebuilder:printcolumn:name="State",type=string,JSONPath=`.status.state`
// +kubebuilder:printcolumn:name="Due",type=string,JSONPath=`.spec.deadline.at`
// +kubebuilder:printcolumn:name="Accepted",type=string,JSONPath=`.status.acceptedAt`
// +kubebuilder:printcolumn:name="Attempts",type=integer,JSONPath=`.status.attemptCount`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +genclient
type Notice struct {
	metav1.TypeMeta `json:",inline"`
	// +optional
	metav1.ObjectMeta `json:"metadata,omitempty,omitzero"`

	// Spec is what is to be told, to whom, and by when. None of it ever
	// changes. Written by `standing`.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="a notice never changes: it is the record of what the owner was told"
	Spec NoticeSpec `json:"spec"`

	// Status is what was sent, and what became of it.
	// +optional
	// +kubebuilder:default={}
	Status NoticeStatus `json:"status,omitempty,omitzero"`
}

// NoticeSpec is what is to be told, to whom, and by when.
type NoticeSpec struct {
	// TenantRef is the tenant whose owner is told.
	// +required
	TenantRef TenantReference `json:"tenantRef"`

	// Purpose chooses the text.
	// +required
	Purpose NoticePurpose `json:"purpose"`

	// Deadline is when it is due, and the date that was counted from.
	// +required
	Deadline Deadline `json:"deadline"`

	// Recipient is the owner as registered when the notice was written. An
	// address that is corrected afterwards is used in place of this one.
	// +required
	Recipient NoticeRecipient `json:"recipient"`

	// Lapse is what the text says about the lapse. Present for
	// `PaymentReminder` and `PurgeNotice`.
	// +optional
	Lapse *NoticeLapse `json:"lapse,omitempty"`
}

// NoticeRecipient is who is told.
type NoticeRecipient struct {
	// Name of the owner.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	Name string `json:"name"`

	// Email is the registered address.
	// +required
	Email Email `json:"email"`

	// AlternateEmail is tried when the registered address fails.
	// +optional
	AlternateEmail Email `json:"alternateEmail,omitempty"`

	// Locale is the language of the message.
	// +required
	Locale Locale `json:"locale"`

	// Company is the tenant's name as its users see it.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	Company string `json:"company"`

	// URL under which the tenant's CRM is reached.
	// +optional
	// +kubebuilder:validation:MaxLength=2048
	URL string `json:"url,omitempty"`
}

// NoticeLapse is what a notice says about a lapse. Dates are civil dates in the
// contract's zone.
type NoticeLapse struct {
	// PaidThrough is the last paid date.
	// +optional
	PaidThrough Date `json:"paidThrough,omitempty"`

	// DueDate is D, the date on which the payment was due (contract.md 3.4).
	// +required
	DueDate Date `json:"dueDate"`

	// DisableOn is the date at whose start users are disabled.
	// +required
	DisableOn Date `json:"disableOn"`

	// PurgeNotBefore is the earliest date at whose start the documents may be
	// deleted. The date named in the message is the later of this and the day
	// that leaves `noticeDays` whole days after the message is sent. Absent: the
	// documents are not deleted.
	// +optional
	PurgeNotBefore Date `json:"purgeNotBefore,omitempty"`

	// NoticeDays is how many whole days lie at least between the delivery and
	// the deletion, in days.
	// +optional
	NoticeDays int32 `json:"noticeDays,omitempty"`
}

// NoticeState is what has become of a notice, in one word.
// +kubebuilder:validation:Enum=Pending;Accepted;Bounced;InDoubt;Closed
type NoticeState string

// The states of a notice.
const (
	// NoticePending was not taken by a mail server yet.
	NoticePending NoticeState = "Pending"
	// NoticeAccepted was taken by the mail server, and has not come back: it is
	// delivered, as contract.md 4 has it.
	NoticeAccepted NoticeState = "Accepted"
	// NoticeBounced came back. It is tried again.
	NoticeBounced NoticeState = "Bounced"
	// NoticeInDoubt was being sent when the operator stopped: nobody knows
	// whether the server took it. It doesn't count as delivered.
	NoticeInDoubt NoticeState = "InDoubt"
	// NoticeClosed needs nothing any more: what it spoke of has come or was
	// called off.
	NoticeClosed NoticeState = "Closed"
)

// NoticeStatus is what was sent, and what became of it. Written by `notices`,
// except `reports`, which the mail gateway appends to, and `closedAt`, which
// `standing` writes.
type NoticeStatus struct {
	// State in one word.
	// +optional
	State NoticeState `json:"state,omitempty"`

	// AcceptedAt is the instant at which the mail server took the message that
	// counts: the latest one.
	// +optional
	AcceptedAt *metav1.Time `json:"acceptedAt,omitempty"`

	// BouncedAt is the instant at which that message came back. Absent: it has
	// not, and the notice counts as delivered once it is accepted.
	// +optional
	BouncedAt *metav1.Time `json:"bouncedAt,omitempty"`

	// NamedDate is the date that the accepted message named, such as that of
	// the deletion.
	// +optional
	NamedDate Date `json:"namedDate,omitempty"`

	// Attempts are the latest tries to send it, oldest first.
	// +optional
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=20
	Attempts []NoticeAttempt `json:"attempts,omitempty"`

	// AttemptCount is how many tries there have been in all.
	// +optional
	AttemptCount int32 `json:"attemptCount,omitempty"`

	// NextAttemptAt is the instant at which it is tried again.
	// +optional
	NextAttemptAt *metav1.Time `json:"nextAttemptAt,omitempty"`

	// Reports are what a mail gateway learnt later: bounces, and confirmations
	// of delivery. Appended to by the mail gateway, never edited.
	// +optional
	// +kubebuilder:default={}
	// +listType=atomic
	// +kubebuilder:validation:MaxItems=50
	// +kubebuilder:validation:XValidation:rule="self.size() >= oldSelf.size() && oldSelf.all(o, o in self)",message="a report is never removed or edited"
	Reports []NoticeReport `json:"reports,omitempty"`

	// ClosedAt is the instant at which the notice needed nothing any more.
	// +optional
	ClosedAt *metav1.Time `json:"closedAt,omitempty"`

	// ClosedBecause says why, for people.
	// +optional
	// +kubebuilder:validation:MaxLength=200
	ClosedBecause string `json:"closedBecause,omitempty"`

	// Conditions of the notice: `Delivered`.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=8
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// NoticeAttempt is one try to send a notice. It is saved before the message is
// handed over, so that a crash never sends twice.
type NoticeAttempt struct {
	// StartedAt is the instant at which it was saved.
	// +required
	StartedAt metav1.Time `json:"startedAt"`

	// Address it went to.
	// +required
	Address Email `json:"address"`

	// MessageID of the message, in angle brackets. The same for every try to
	// the same address, so that mailboxes recognise a repetition.
	// +required
	// +kubebuilder:validation:MaxLength=400
	MessageID string `json:"messageID"`

	// AcceptedAt is the instant at which the server took it.
	// +optional
	AcceptedAt *metav1.Time `json:"acceptedAt,omitempty"`

	// FailedAt is the instant at which it was refused or could not be handed
	// over.
	// +optional
	FailedAt *metav1.Time `json:"failedAt,omitempty"`

	// Permanent: the server said that trying again is of no use.
	// +optional
	Permanent bool `json:"permanent,omitempty"`

	// Error is what the server said.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Error string `json:"error,omitempty"`
}

// NoticeReportKind is what a mail gateway learnt.
// +kubebuilder:validation:Enum=Bounced;Delivered
type NoticeReportKind string

// The kinds of reports.
const (
	// NoticeReportBounced: the message came back.
	NoticeReportBounced NoticeReportKind = "Bounced"
	// NoticeReportDelivered: the recipient's server confirmed it.
	NoticeReportDelivered NoticeReportKind = "Delivered"
)

// NoticeReport is what a mail gateway learnt about one message after it was
// taken.
type NoticeReport struct {
	// MessageID of the message, as in `attempts`.
	// +required
	// +kubebuilder:validation:MinLength=3
	// +kubebuilder:validation:MaxLength=400
	MessageID string `json:"messageID"`

	// Kind of report.
	// +required
	Kind NoticeReportKind `json:"kind"`

	// At is the instant at which it came.
	// +required
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	At metav1.Time `json:"at"`

	// Diagnostic is the reporting server's own code and words.
	// +optional
	// +kubebuilder:validation:MaxLength=500
	Diagnostic string `json:"diagnostic,omitempty"`
}

// NoticeList is a list of Notices.
// +kubebuilder:object:root=true
type NoticeList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Notice `json:"items"`
}
