package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// PlatformPolicy holds every default of the contract, for all tenants. There
// is one, named `default`, written by the platform engineers. A lapse keeps
// the policy that was in force when it opened (contract.md 4), so shortening
// a period never hurts a tenant who is already in one.
//
// +kubebuilder:object:root=true
// +kubebuilder:subresource:status
// +kubebuilder:resource:scope=Cluster,shortName=policy,categories=salexops
// +kubebuilder:printcolumn:name="Zone",type=string,JSONPath=`.spec.timeZone`
// +kubebuilder:printcolumn:name="Frozen",type=boolean,JSONPath=`.spec.freeze`
// +kubebuilder:printcolumn:name="Feed As Of",type=string,JSONPath=`.status.billingFeed.asOf`
// +kubebuilder:printcolumn:name="Breaker",type=string,JSONPath=`.status.breaker.state`
// +kubebuilder:printcolumn:name="Tenants",type=integer,JSONPath=`.status.tenants.total`
// +kubebuilder:printcolumn:name="Running",type=integer,JSONPath=`.status.tenants.running`
// +kubebuilder:printcolumn:name="Age",type=date,JSONPath=`.metadata.creationTimestamp`
// +kubebuilder:validation:XValidation:rule="self.metadata.name == 'default'",message="there is exactly one PlatformPolicy and its name is \"default\"; edit that one"
// +genclient
// +genclient:nonNamespaced
type PlatformPolicy struct {
	metav1.TypeMeta `json:",inline"`
	// +optional
	metav1.ObjectMeta `json:"metadata,omitempty,omitzero"`

	// Spec is the policy the platform engineers want.
	// +optional
	// +kubebuilder:default={}
	Spec PlatformPolicySpec `json:"spec,omitempty,omitzero"`

	// Status is what the billing system and the operator report.
	// +optional
	// +kubebuilder:default={}
	Status PlatformPolicyStatus `json:"status,omitempty,omitzero"`
}

// PlatformPolicySpec has a value for every default of contract.md. A field
// left out gets the contract's own figure.
type PlatformPolicySpec struct {
	// TimeZone is the contract's zone, by its IANA name, such as
	// `America/Hermosillo`: every civil date of every tenant is a date in it
	// (contract.md 1). Offsets such as `UTC-7` are refused, since they don't
	// know daylight saving.
	// +optional
	// +kubebuilder:default="America/Hermosillo"
	// +kubebuilder:validation:MaxLength=64
	// +kubebuilder:validation:XValidation:rule="self == 'UTC' || self.matches('^[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}$')",message="must be the IANA name of a time zone, such as America/Hermosillo, and not an offset"
	TimeZone string `json:"timeZone,omitempty"`

	// Freeze stops every destructive act of the operator, whoever it concerns,
	// for as long as it is true (contract.md 4, "Freeze"). Access and notices
	// go on as usual.
	// +optional
	// +kubebuilder:default=false
	Freeze bool `json:"freeze,omitempty"`

	// Lapse says what follows when payment fails to come (contract.md 4).
	// +optional
	// +kubebuilder:default={}
	Lapse LapsePolicy `json:"lapse,omitempty,omitzero"`

	// OverQuota says what becomes of a free tenant whose documents stay over
	// the quota (contract.md 5).
	// +optional
	// +kubebuilder:default={}
	OverQuota OverQuotaPolicy `json:"overQuota,omitempty,omitzero"`

	// Terms says how much notice a revision of the terms needs
	// (contract.md 10).
	// +optional
	// +kubebuilder:default={}
	Terms TermsPolicy `json:"terms,omitempty,omitzero"`

	// Suspension says how long a tenant has to mend a breach (contract.md 8).
	// +optional
	// +kubebuilder:default={}
	Suspension SuspensionPolicy `json:"suspension,omitempty,omitzero"`

	// ProviderBreach says how long the provider has to mend a failure of its
	// own (contract.md 9).
	// +optional
	// +kubebuilder:default={}
	ProviderBreach ProviderBreachPolicy `json:"providerBreach,omitempty,omitzero"`

	// Termination says how long an ended tenant may still take its data away
	// (contract.md 9).
	// +optional
	// +kubebuilder:default={}
	Termination TerminationPolicy `json:"termination,omitempty,omitzero"`

	// BusinessCalendar says which days are no business days (contract.md 1).
	// +optional
	// +kubebuilder:default={}
	BusinessCalendar BusinessCalendar `json:"businessCalendar,omitempty,omitzero"`

	// Liability says how the liability cap of a subscription is computed
	// (contract.md 3.8).
	// +optional
	// +kubebuilder:default={}
	Liability LiabilityPolicy `json:"liability,omitempty,omitzero"`

	// Breaker bounds how much harm may be done to the whole fleet in a short
	// time (contract.md 4, "Circuit breaker").
	// +optional
	// +kubebuilder:default={}
	Breaker BreakerPolicy `json:"breaker,omitempty,omitzero"`

	// Passwords says how initial passwords are treated (contract.md 2.4).
	// +optional
	// +kubebuilder:default={}
	Passwords PasswordPolicy `json:"passwords,omitempty,omitzero"`

	// TestClock replaces the contract's clock, in staging and in tests. It
	// counts only when the operator runs with `--allow-test-clock`; without
	// that flag a condition says that it is ignored.
	// +optional
	TestClock *TestClock `json:"testClock,omitempty"`
}

// TestClock is a clock that stands still until it is set again.
type TestClock struct {
	// Now is the instant that the contract takes for the present.
	// +required
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	Now metav1.Time `json:"now"`
}

// PlatformPolicyList is a list of PlatformPolicies; it never holds more than
// one.
// +kubebuilder:object:root=true
type PlatformPolicyList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []PlatformPolicy `json:"items"`
}
