package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Interval is how much time one payment of a subscription buys
// (contract.md 3.1). There are four, and no others.
// +kubebuilder:validation:Enum=Monthly;Quarterly;SemiAnnual;Annual
type Interval string

// The intervals of contract.md 3.1.
const (
	// IntervalMonthly is one month.
	IntervalMonthly Interval = "Monthly"
	// IntervalQuarterly is three months.
	IntervalQuarterly Interval = "Quarterly"
	// IntervalSemiAnnual is six months.
	IntervalSemiAnnual Interval = "SemiAnnual"
	// IntervalAnnual is twelve months.
	IntervalAnnual Interval = "Annual"
)

// Date is a civil date `YYYY-MM-DD` of the Gregorian calendar, in the
// contract's zone (PlatformPolicy.spec.timeZone). It must exist: 2027-02-29
// is refused. In an object, an absent date means that there is none.
// +kubebuilder:validation:Format=date
// +kubebuilder:validation:MaxLength=10
type Date string

// Decimal is an amount of money without a sign: at most twelve digits before
// the point and two after it, such as `499.00`. A string, since no float
// carries cents exactly.
// +kubebuilder:validation:MaxLength=15
// +kubebuilder:validation:XValidation:rule="self.matches('^(0|[1-9][0-9]{0,11})([.][0-9]{1,2})?$')",message="must be an amount such as \"499.00\": digits, and at most two of them after a point"
type Decimal string

// Digest is the SHA-256 of a text or file, written `sha256:` and 64
// hexadecimal digits in lower case.
// +kubebuilder:validation:MaxLength=71
// +kubebuilder:validation:XValidation:rule="self.matches('^sha256:[0-9a-f]{64}$')",message="must be \"sha256:\" followed by 64 hexadecimal digits in lower case"
type Digest string

// Email is one e-mail address and nothing around it, such as
// `lucia@acme.example`. The domain has at least two labels; write an
// internationalised one in its ASCII form (xn--…).
// +kubebuilder:validation:MaxLength=254
// +kubebuilder:validation:XValidation:rule="self.matches('^[\\\\p{L}\\\\p{N}!#$%&*+/=?^_{|}~`-]+([.][\\\\p{L}\\\\p{N}!#$%&*+/=?^_{|}~`-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?[.])+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$')",message="is not an e-mail address; write one such as lucia@acme.example, without a name or angle brackets around it"
type Email string

// DocumentKind is one of the two documents a tenant agrees to.
// +kubebuilder:validation:Enum=TermsOfService;PrivacyPolicy
type DocumentKind string

// The documents of contract.md 2.3 and 10.
const (
	// TermsOfService are the terms of business.
	TermsOfService DocumentKind = "TermsOfService"
	// PrivacyPolicy is the privacy notice.
	PrivacyPolicy DocumentKind = "PrivacyPolicy"
)

// TenantReference names a Tenant in the same namespace.
type TenantReference struct {
	// Name of the Tenant.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=40
	Name string `json:"name"`
}

// PlanReference names a Plan. Plans are cluster-wide.
type PlanReference struct {
	// Name of the Plan.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	Name string `json:"name"`
}

// Evidence says where the proof of an act is kept. It holds no personal data
// itself.
type Evidence struct {
	// Source is the way the act reached us: `Email` (a mail that passed the
	// checks of contract.md 9), `CRM` (the owner, signed in) or `Support` (a
	// ticket).
	// +optional
	// +kubebuilder:validation:Enum=Email;CRM;Support
	Source string `json:"source,omitempty"`

	// Reference identifies the proof at its source, such as a Message-ID.
	// +optional
	// +kubebuilder:validation:MaxLength=998
	Reference string `json:"reference,omitempty"`

	// Digest of the proof as it was received.
	// +optional
	Digest Digest `json:"digest,omitempty"`
}

// Deadline is an instant the contract computed, together with the civil date
// it was computed from (contract.md 1, "storage").
type Deadline struct {
	// At is the instant at which it falls.
	// +optional
	At *metav1.Time `json:"at,omitempty"`

	// From is the date it was computed from, in the contract's zone.
	// +optional
	From Date `json:"from,omitempty"`
}
