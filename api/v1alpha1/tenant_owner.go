package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// OwnerType says for whom the owner acts.
// +kubebuilder:validation:Enum=Person;Organization
type OwnerType string

// The types of owner.
const (
	// OwnerPerson acts in their own name.
	OwnerPerson OwnerType = "Person"
	// OwnerOrganization acts for a company.
	OwnerOrganization OwnerType = "Organization"
)

// Owner is the human who answers for an account (contract.md 2). Who it is,
// that is personID, type and name, never changes: a licence can't move to
// another person. How to reach them may change; the change is an edit of this
// object and so stands in the cluster's audit log with its author.
//
// +kubebuilder:validation:XValidation:rule="self.email == oldSelf.email || !has(self.emailConfirmedAt) || !has(oldSelf.emailConfirmedAt) || self.emailConfirmedAt > oldSelf.emailConfirmedAt",message="the new e-mail address has not been confirmed: in the same edit, set emailConfirmedAt to the time it was confirmed, or remove emailConfirmedAt until it is"
type Owner struct {
	// PersonID identifies the person for good, in the registrar's records.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:XValidation:rule="self.matches('^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$')",message="must be an identifier of letters, digits, dots, colons, hyphens and underscores, such as a UUID"
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the holder never changes: an account can't move to another person (contract 2.6); register a new Tenant"
	PersonID string `json:"personID"`

	// Type says for whom the person acts. It never changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the holder never changes: an account can't move between a person and an organization (contract 2.6); register a new Tenant"
	Type OwnerType `json:"type"`

	// Name of the person. It never changes.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="the holder never changes: an account can't move to another person (contract 2.6); register a new Tenant"
	Name string `json:"name"`

	// Email is the registered address: where notices go, and from where a
	// cancellation counts (contract.md 9). A typing error in it may be
	// corrected; the new address needs its own confirmation.
	// +required
	Email Email `json:"email"`

	// AlternateEmail is tried when the registered address bounces
	// (contract.md 4).
	// +optional
	AlternateEmail Email `json:"alternateEmail,omitempty"`

	// EmailConfirmedAt is the instant at which somebody answered from the
	// registered address. Nothing is provisioned before (contract.md 2.2).
	// +optional
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	EmailConfirmedAt *metav1.Time `json:"emailConfirmedAt,omitempty"`

	// AdultDeclaredAt is the instant at which the owner declared to be of age.
	// No birth date is stored (contract.md 2.1).
	// +optional
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	AdultDeclaredAt *metav1.Time `json:"adultDeclaredAt,omitempty"`

	// HumanVerification says how the registrar made sure that a human
	// registered (contract.md 2.1).
	// +optional
	HumanVerification *HumanVerification `json:"humanVerification,omitempty"`
}

// HumanVerification is the registrar's attestation that a human registered.
type HumanVerification struct {
	// Method used, such as `altcha`.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=63
	Method string `json:"method"`

	// Reference of the proof in the registrar's records.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	Reference string `json:"reference"`

	// VerifiedAt is the instant of the verification.
	// +optional
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	VerifiedAt *metav1.Time `json:"verifiedAt,omitempty"`
}
