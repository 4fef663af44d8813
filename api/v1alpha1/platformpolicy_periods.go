package v1alpha1

import metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

// LapsePolicy counts days from D, the due date: the day after the last paid
// one (contract.md 4). "N days after D" always leaves the tenant N whole
// local days, so the act itself falls at 00:00 of D+N+1.
//
// +kubebuilder:validation:XValidation:rule="!has(self.purgeAfterDays) || !has(self.disableAfterDays) || self.purgeAfterDays.all(i, self.purgeAfterDays[i] > self.disableAfterDays)",message="purgeAfterDays must be greater than disableAfterDays: documents are never deleted while users still work"
type LapsePolicy struct {
	// DisableAfterDays is how many whole days of grace a tenant has after D,
	// in days. Users are disabled at 00:00 of D + disableAfterDays + 1.
	// +optional
	// +kubebuilder:default=3
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=365
	DisableAfterDays int32 `json:"disableAfterDays,omitempty"`

	// PurgeNoticeAfterDays says when the owner is told that the documents will
	// be deleted, in days: the notice is due at 00:00 of
	// D + purgeNoticeAfterDays. (The one period here that names the day
	// itself.)
	// +optional
	// +kubebuilder:default=20
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	PurgeNoticeAfterDays int32 `json:"purgeNoticeAfterDays,omitempty"`

	// PurgeNoticeDays is how many whole days lie at least between the delivery
	// of that notice and the deletion, in days.
	// +optional
	// +kubebuilder:default=5
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=3650
	PurgeNoticeDays int32 `json:"purgeNoticeDays,omitempty"`

	// PurgeAfterDays is how many whole days after D the documents are kept, in
	// days, by interval of the subscription. A subscription whose interval is
	// absent is never purged: the terms give that right over monthly ones
	// only.
	// +optional
	// +kubebuilder:default={Monthly: 30}
	// +kubebuilder:validation:MaxProperties=4
	// +kubebuilder:validation:XValidation:rule="self.all(i, i in ['Monthly', 'Quarterly', 'SemiAnnual', 'Annual'])",message="the keys are intervals: Monthly, Quarterly, SemiAnnual, Annual"
	// +kubebuilder:validation:XValidation:rule="self.all(i, self[i] >= 1 && self[i] <= 3650)",message="each number of days lies between 1 and 3650"
	PurgeAfterDays map[Interval]int32 `json:"purgeAfterDays,omitempty"`
}

// OverQuotaAction is what is done with the documents of a free tenant that
// stays over its quota (contract.md 5.3).
// +kubebuilder:validation:Enum=ReadOnly;OldestFirst;All
type OverQuotaAction string

// The actions of contract.md 5.3.
const (
	// OverQuotaReadOnly deletes nothing; uploads stay refused.
	OverQuotaReadOnly OverQuotaAction = "ReadOnly"
	// OverQuotaOldestFirst deletes the oldest documents until usage is below
	// the quota.
	OverQuotaOldestFirst OverQuotaAction = "OldestFirst"
	// OverQuotaAll deletes all documents.
	OverQuotaAll OverQuotaAction = "All"
)

// OverQuotaPolicy concerns free tenants only: nothing is ever deleted from a
// paid one for its size (contract.md 5).
type OverQuotaPolicy struct {
	// Policy is what happens to a tenant that is still full when the notice
	// has run out: `ReadOnly` deletes nothing, `OldestFirst` deletes the oldest
	// documents until usage is below the quota, `All` deletes all of them.
	// +optional
	// +kubebuilder:default=ReadOnly
	Policy OverQuotaAction `json:"policy,omitempty"`

	// NoticeDays is how many whole days the tenant has after a delivered
	// notice, in days.
	// +optional
	// +kubebuilder:default=5
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=365
	NoticeDays int32 `json:"noticeDays,omitempty"`
}

// TermsPolicy may lengthen the notice of contract.md 10, never shorten it.
type TermsPolicy struct {
	// AnnounceDays is how many whole days lie between the announcement of a
	// revision and its taking effect, in days.
	// +optional
	// +kubebuilder:default=15
	// +kubebuilder:validation:Minimum=15
	// +kubebuilder:validation:Maximum=365
	AnnounceDays int32 `json:"announceDays,omitempty"`

	// ObjectionDays is how many whole days a tenant may object after the text
	// was posted, in days.
	// +optional
	// +kubebuilder:default=10
	// +kubebuilder:validation:Minimum=10
	// +kubebuilder:validation:Maximum=365
	ObjectionDays int32 `json:"objectionDays,omitempty"`
}

// SuspensionPolicy concerns suspensions that state no cure period of their
// own (contract.md 8).
type SuspensionPolicy struct {
	// CureDays is how many whole days a tenant has, after the notice was
	// delivered, to mend a breach, in days.
	// +optional
	// +kubebuilder:default=5
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=365
	CureDays int32 `json:"cureDays,omitempty"`
}

// ProviderBreachPolicy may shorten the provider's own time of contract.md 9,
// never lengthen it.
type ProviderBreachPolicy struct {
	// BusinessDays is how long the provider has to correct a proven failure,
	// in business days; the day of receipt is not counted.
	// +optional
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=30
	BusinessDays int32 `json:"businessDays,omitempty"`
}

// TerminationPolicy concerns contracts that end otherwise than by the owner's
// own request (contract.md 9).
type TerminationPolicy struct {
	// ExportDays is how many whole days the owner may sign in and download
	// everything after the contract has ended, in days.
	// +optional
	// +kubebuilder:default=30
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=365
	ExportDays int32 `json:"exportDays,omitempty"`
}

// Weekday is a day of the week by its English name.
// +kubebuilder:validation:Enum=Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday
type Weekday string

// BusinessCalendar says which days don't count as business days. The
// mandatory holidays of Mexican federal labour law (article 74) are built in
// and can't be removed (contract.md 1).
type BusinessCalendar struct {
	// Weekend lists the days of the week that are no business days.
	// +optional
	// +kubebuilder:default={Saturday,Sunday}
	// +kubebuilder:validation:MaxItems=6
	// +listType=set
	Weekend []Weekday `json:"weekend,omitempty"`

	// ExtraHolidays lists further dates that are no business days, such as
	// election days.
	// +optional
	// +kubebuilder:default={}
	// +kubebuilder:validation:MaxItems=366
	// +listType=set
	ExtraHolidays []Date `json:"extraHolidays,omitempty"`
}

// LiabilityPolicy may raise the liability cap of contract.md 3.8, never lower
// it: the greater of floorUSD and percent of what was received within months.
type LiabilityPolicy struct {
	// FloorUSD is the least the cap can be, in US dollars.
	// +optional
	// +kubebuilder:default="500"
	// +kubebuilder:validation:XValidation:rule="!self.matches('^[0-9.]+$') || double(self) >= 500.0",message="the contract promises a cap of at least 500 US dollars"
	FloorUSD Decimal `json:"floorUSD,omitempty"`

	// Percent of the payments received, in percent.
	// +optional
	// +kubebuilder:default=125
	// +kubebuilder:validation:Minimum=125
	// +kubebuilder:validation:Maximum=1000
	Percent int32 `json:"percent,omitempty"`

	// Months is how far back payments are counted, in months before now.
	// +optional
	// +kubebuilder:default=12
	// +kubebuilder:validation:Minimum=12
	// +kubebuilder:validation:Maximum=120
	Months int32 `json:"months,omitempty"`
}

// BreakerPolicy bounds what the operator may do to the fleet by itself
// (contract.md 4). Past a bound the breaker trips, and nothing of that kind is
// carried out until a platform engineer acknowledges the trip.
type BreakerPolicy struct {
	// MaxDisabledPercent is the share of the running paid tenants that may be
	// disabled within an hour, in percent.
	// +optional
	// +kubebuilder:default=10
	// +kubebuilder:validation:Minimum=0
	// +kubebuilder:validation:Maximum=100
	MaxDisabledPercent *int32 `json:"maxDisabledPercent,omitempty"`

	// MinDisabled is the number of tenants disabled within an hour up to which
	// the breaker never trips, whatever the share: it keeps a small fleet from
	// tripping over a handful.
	// +optional
	// +kubebuilder:default=20
	// +kubebuilder:validation:Minimum=0
	MinDisabled *int32 `json:"minDisabled,omitempty"`

	// MaxPurgedPerDay is how many tenants' documents may be deleted within a
	// local day. Zero means that nothing is ever deleted unasked.
	// +optional
	// +kubebuilder:default=50
	// +kubebuilder:validation:Minimum=0
	MaxPurgedPerDay *int32 `json:"maxPurgedPerDay,omitempty"`

	// AcknowledgedTrip acknowledges one trip of the breaker: set it to
	// `status.breaker.disable.trippedAt` or `status.breaker.purge.trippedAt`. It
	// says nothing about later trips.
	// +optional
	// +kubebuilder:validation:XValidation:rule="self >= timestamp('2000-01-01T00:00:00Z')",message="must be an instant of this century, such as 2027-01-31T18:00:00Z, with a capital T and a capital Z or an offset"
	AcknowledgedTrip *metav1.Time `json:"acknowledgedTrip,omitempty"`
}

// PasswordPolicy concerns initial passwords (contract.md 2.4).
type PasswordPolicy struct {
	// ChangeAtFirstLogin makes a user replace the initial password before
	// anything else.
	// +optional
	// +kubebuilder:default=true
	ChangeAtFirstLogin *bool `json:"changeAtFirstLogin,omitempty"`
}
