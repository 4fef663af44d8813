package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// License is a tenant's right to use the CRM under one plan (contract.md 3.7).
// Written by the operator, which signs it; the CRM verifies it offline. What
// it is a right to, and whose, never changes: another plan is another License.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:shortName=lic,categories=salexops
// +kubebuilder:printcolumn:name="Tenant",type=string,JSONPath=`.spec.tenantRef.name`
// +kubebuilder:printcolumn:name="Plan",type=string,JSONPath=`.spec.planRef.name`
// +kubebuilder:printcolumn:name="Seats",type=integer,JSONPath=`.status.seats`
// +kubebuilder:printcolumn:name="Valid From",type=string,JSONPath=`.status.validFrom`
// +kubebuilder:printcolumn:name="Valid Until",type=string,JSONPath=`.status.validUntil`
// +kubebuilder:printcolumn:name="Serial",type=integer,JSONPath=`.status.serial`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:printcolumn:name="Key",type=string,JSONPath=`.status.keyID`,priority=1
// +genclient
type License struct {
	metav1.TypeMeta `json:",inline"`
	// +optional
	metav1.ObjectMeta `json:"metadata,omitempty,omitzero"`

	// Spec is whose right it is, and to what. None of it ever changes.
	// +required
	// +kubebuilder:validation:XValidation:rule="self == oldSelf",message="a licence never changes: it can't move to another person, tenant or plan (contract 2.6); the operator issues a new one"
	Spec LicenseSpec `json:"spec"`

	// Status is the licence as it is signed.
	// +optional
	Status LicenseStatus `json:"status,omitempty,omitzero"`
}

// LicenseSpec is whose right it is, and to what. None of it ever changes.
type LicenseSpec struct {
	// TenantRef is the tenant.
	// +required
	TenantRef TenantReference `json:"tenantRef"`

	// Holder is the person the licence was issued to.
	// +required
	Holder LicenseHolder `json:"holder"`

	// PlanRef is the plan.
	// +required
	PlanRef PlanReference `json:"planRef"`
}

// LicenseHolder is the person a licence was issued to: the identity of the
// Tenant's owner.
type LicenseHolder struct {
	// PersonID of the owner.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=64
	PersonID string `json:"personID"`

	// Type of the owner.
	// +required
	Type OwnerType `json:"type"`

	// Name of the owner.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=200
	Name string `json:"name"`
}

// LicenseStatus is the licence as it is signed. Written by `standing`, except
// `holders`, which `observer` writes.
type LicenseStatus struct {
	// ObservedGeneration is the generation of the spec that was signed.
	// +optional
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`

	// ValidFrom is the instant from which the licence is valid: the beginning
	// of the first paid date, or of the free account.
	// +optional
	ValidFrom *metav1.Time `json:"validFrom,omitempty"`

	// ValidUntil is the instant at which it ends, exclusive: the end of
	// `paidThrough` plus the grace. Absent: it has no end, as a free one.
	// +optional
	ValidUntil *metav1.Time `json:"validUntil,omitempty"`

	// Seats is how many users may hold a seat.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Seats int32 `json:"seats,omitempty"`

	// Holders are the users who hold a seat, as the instance last reported.
	// +optional
	// +listType=map
	// +listMapKey=userID
	// +kubebuilder:validation:MaxItems=1000
	Holders []SeatHolder `json:"holders,omitempty"`

	// Serial of the claims last signed. It rises by one whenever they change,
	// over all licences of the tenant, and an instance never goes back to a
	// lower one.
	// +optional
	// +kubebuilder:validation:Minimum=0
	Serial int64 `json:"serial,omitempty"`

	// KeyID names the key it was signed with.
	// +optional
	// +kubebuilder:validation:MaxLength=128
	KeyID string `json:"keyID,omitempty"`

	// Token is the signed licence: a compact JWS (EdDSA). It is no secret, since
	// it grants rights to one tenant's instance only.
	// +optional
	// +kubebuilder:validation:MaxLength=65536
	Token string `json:"token,omitempty"`

	// ClaimsDigest identifies the claims that were signed, apart from the
	// serial: equal digests need no new serial.
	// +optional
	ClaimsDigest Digest `json:"claimsDigest,omitempty"`

	// IssuedAt is the instant at which the token was signed.
	// +optional
	IssuedAt *metav1.Time `json:"issuedAt,omitempty"`

	// Conditions of the licence.
	// +optional
	// +listType=map
	// +listMapKey=type
	// +kubebuilder:validation:MaxItems=32
	Conditions []metav1.Condition `json:"conditions,omitempty"`
}

// SeatHolder is a user who holds a seat, by an identifier that means something
// inside the tenant's CRM only.
type SeatHolder struct {
	// UserID of the user in the CRM.
	// +required
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=64
	UserID string `json:"userID"`

	// Since is the instant from which the user has held it.
	// +optional
	Since *metav1.Time `json:"since,omitempty"`
}

// LicenseList is a list of Licenses.
// +kubebuilder:object:root=true
type LicenseList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []License `json:"items"`
}
