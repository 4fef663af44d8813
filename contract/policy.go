package contract

import "time"

// Policy has a value for every default of docs/contract.md that a decision of
// this package depends on. DefaultPolicy has the contract's own figures.
type Policy struct {
	// Zone is where the contract's dates are meant (contract.md 1).
	Zone Zone
	// Freeze stops every destructive act (contract.md 4).
	Freeze bool
	// Lapse is what follows when payment fails to come (contract.md 4).
	Lapse LapsePolicy
	// CureDays is how many whole days a tenant has to mend a breach after the
	// notice, unless the case says otherwise (contract.md 8).
	CureDays int
	// Calendar says which days are business days (contract.md 1).
	Calendar BusinessCalendar
	// ProviderBreachDays is how many business days the provider has to correct
	// a failure of its own (contract.md 9).
	ProviderBreachDays int
	// ExportDays is how many whole days an owner may still download everything
	// after the contract has ended (contract.md 9).
	ExportDays int
	// AnnounceDays and ObjectionDays are the whole days that a revision of the
	// terms is announced, and posted, before it takes effect (contract.md 10).
	AnnounceDays, ObjectionDays int
	// OverQuotaNoticeDays is how many whole days a full free tenant has after
	// a delivered notice (contract.md 5.3).
	OverQuotaNoticeDays int
	// OverQuota is what is done about one that is still full then
	// (contract.md 5.3).
	OverQuota OverQuotaAction
	// Liability is how the liability cap is computed (contract.md 3.8).
	Liability LiabilityPolicy
	// Breaker bounds what may be done to the whole fleet unasked (contract.md 4).
	Breaker BreakerPolicy
}

// LapsePolicy counts days from the due date D (contract.md 4).
type LapsePolicy struct {
	// DisableAfterDays is how many whole days of grace there are after D.
	DisableAfterDays int
	// PurgeNoticeAfterDays names the day after D on which the owner is told
	// that the documents will be deleted.
	PurgeNoticeAfterDays int
	// PurgeNoticeDays is how many whole days there are between the delivery of
	// that notice and the deletion.
	PurgeNoticeDays int
	// PurgeAfterDays is how many whole days after D the documents are kept, by
	// interval. An interval that is absent is never purged.
	PurgeAfterDays map[Interval]int
}

// LiabilityPolicy says how the liability cap is computed (contract.md 3.8).
type LiabilityPolicy struct {
	FloorUSD Amount // the least it can be
	Percent  int    // of what was received
	Months   int    // how far back
}

// DefaultPolicy is the policy where nobody has set one.
func DefaultPolicy() Policy {
	zone, err := LoadZone(DefaultZoneName)
	if err != nil {
		panic("contract: the embedded tz database lacks " + DefaultZoneName)
	}
	calendar, err := NewBusinessCalendar([]time.Weekday{time.Saturday, time.Sunday}, nil)
	if err != nil {
		panic("contract: Saturday and Sunday are refused as a weekend")
	}
	return Policy{
		Zone: zone,
		Lapse: LapsePolicy{
			DisableAfterDays:     3,
			PurgeNoticeAfterDays: 20,
			PurgeNoticeDays:      5,
			PurgeAfterDays:       map[Interval]int{Monthly: 30},
		},
		CureDays:            5,
		Calendar:            calendar,
		ProviderBreachDays:  30,
		ExportDays:          30,
		AnnounceDays:        15,
		ObjectionDays:       10,
		OverQuotaNoticeDays: 5,
		OverQuota:           OverQuotaReadOnly,
		Liability:           LiabilityPolicy{FloorUSD: Amount{500_00}, Percent: 125, Months: 12},
		Breaker:             DefaultBreakerPolicy(),
	}
}
