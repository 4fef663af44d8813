package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// Tenant is one customer: a person who answers for the account, and the CRM
// that runs for it in the namespace `crm-<name>`. Written by the registrar;
// which plan the tenant is on, and who paid, is told by its Subscription.
//
// Deleting a Tenant ends its CRM for good, so admission refuses it until the
// Tenant carries the annotation `crm.salexops.com/confirm-deletion` with the
// Tenant's own name.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=tn,categories=salexops
// +kubebuilder:printcolumn:name="Plan",type=string,JSONPath=`.status.standing.plan`
// +kubebuilder:printcolumn:name="Standing",type=string,JSONPath=`.status.standing.summary`
// +kubebuilder:printcolumn:name="Access",type=string,JSONPath=`.status.standing.access`
// +kubebuilder:printcolumn:name="Ready",type=string,JSONPath=`.status.instance.ready`
// +kubebuilder:printcolumn:name="Paid Through",type=string,JSONPath=`.status.standing.paidThrough`
// +kubebuilder:printcolumn:name="Next",type=string,JSONPath=`.status.standing.next.what`
// +kubebuilder:printcolumn:name="When",type=string,JSONPath=`.status.standing.next.when`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:printcolumn:name="URL",type=string,JSONPath=`.status.url`,priority=1
// +kubebuilder:printcolumn:name="Version",type=string,JSONPath=`.status.runningVersion`,priority=1
// +kubebuilder:printcolumn:name="Hold",type=boolean,JSONPath=`.spec.hold`,priority=1
// +kubebuilder:validation:XValidation:rule="self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",message="the name of a Tenant has at most 40 characters: lower-case letters, digits and hyphens; it starts with a letter and doesn't end with a hyphen, since it becomes the name of the namespace crm-<name>"
// +genclient
type Tenant struct {
	metav1.TypeMeta `json:",inline"`
	// +optional
	metav1.ObjectMeta `json:"metadata,omitempty,omitzero"`

	// Spec is who the tenant is and how its CRM is reached.
	// +required
	Spec TenantSpec `json:"spec"`

	// Status is how the tenant stands. Written by the operator.
	// +optional
	Status TenantStatus `json:"status,omitempty,omitzero"`
}

// Locale is a language of the CRM, by its BCP 47 tag.
// +kubebuilder:validation:Enum=es-MX;en
type Locale string

// The languages of the CRM.
const (
	// LocaleSpanish is Mexican Spanish.
	LocaleSpanish Locale = "es-MX"
	// LocaleEnglish is English.
	LocaleEnglish Locale = "en"
)

// TenantSpec is who the tenant is and how its CRM is reached.
type TenantSpec struct {
	// DisplayName is the company's name as its users see it.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	DisplayName string `json:"displayName"`

	// Host is the name under which browsers reach the CRM, without scheme,
	// port or path. Absent: `<name>.<domain>`, with the domain the operator was
	// started with. No two tenants share one; the later of two gets the
	// condition `Provisioned=False` with the reason `HostTaken`.
	// +optional
	// +kubebuilder:validation:MaxLength=253
	// +kubebuilder:validation:XValidation:rule="self.matches('^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?[.])*[a-z]([-a-z0-9]{0,61}[a-z0-9])?$')",message="must be a host name in lower case, such as acme.example.com, without https://, port or path"
	Host string `json:"host,omitempty"`

	// Locale is the language the CRM starts in; every user may choose another.
	// +optional
	// +kubebuilder:default=es-MX
	Locale Locale `json:"locale,omitempty"`

	// ReleaseChannel chooses which released versions of the CRM the tenant
	// gets: those of `stable` have been running on others for a while.
	// +optional
	// +kubebuilder:default=stable
	// +kubebuilder:validation:MaxLength=63
	// +kubebuilder:validation:XValidation:rule="self.matches('^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$')",message="must be the name of a release channel, such as stable: lower-case letters, digits and hyphens"
	ReleaseChannel string `json:"releaseChannel,omitempty"`

	// Hold stops every destructive act on this tenant for as long as it is
	// true (contract.md 4). Access and notices go on as usual.
	// +optional
	// +kubebuilder:default=false
	Hold bool `json:"hold,omitempty"`

	// Owner is the human who answers for the account (contract.md 2).
	// +required
	Owner Owner `json:"owner"`

	// AcceptedDocuments are the documents the owner accepted at registration,
	// each by version and digest. Nothing is provisioned before both documents
	// in force are here (contract.md 2.3).
	// +optional
	// +listType=map
	// +listMapKey=kind
	// +listMapKey=version
	// +kubebuilder:validation:MaxItems=64
	AcceptedDocuments []AcceptedDocument `json:"acceptedDocuments,omitempty"`
}

// AcceptedDocument is one document, as the owner saw and accepted it.
type AcceptedDocument struct {
	// Kind of the document.
	// +required
	Kind DocumentKind `json:"kind"`

	// Version of the document, such as `2026-01`.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=63
	Version string `json:"version"`

	// Digest of the text that was shown.
	// +required
	Digest Digest `json:"digest"`

	// AcceptedAt is the instant at which the owner accepted it.
	// +required
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	AcceptedAt metav1.Time `json:"acceptedAt"`
}

// TenantList is a list of Tenants.
// +kubebuilder:object:root=true
type TenantList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Tenant `json:"items"`
}
