package facts

import (
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// PolicyOf reads the platform's policy; nil means the contract's own figures.
// The error is a *FieldError. What it leaves out has the contract's
// own figure, so that a manifest that never saw an API server means the same
// as one that did.
func PolicyOf(object *v1alpha1.PlatformPolicy) (contract.Policy, error) {
	policy := contract.DefaultPolicy()
	if object == nil {
		return policy, nil
	}
	r := reader{object: "PlatformPolicy " + object.Name}
	spec := &object.Spec
	policy.Freeze = spec.Freeze
	if spec.TimeZone != "" {
		zone, err := contract.LoadZone(spec.TimeZone)
		if err != nil {
			r.fail("spec.timeZone", err)
		}
		policy.Zone = zone
	}
	readLapse(&policy.Lapse, &spec.Lapse)
	set(&policy.OverQuotaNoticeDays, spec.OverQuota.NoticeDays)
	if action := spec.OverQuota.Policy; action != "" {
		policy.OverQuota = contract.OverQuotaAction(action)
	}
	set(&policy.AnnounceDays, spec.Terms.AnnounceDays)
	set(&policy.ObjectionDays, spec.Terms.ObjectionDays)
	set(&policy.CureDays, spec.Suspension.CureDays)
	set(&policy.ProviderBreachDays, spec.ProviderBreach.BusinessDays)
	set(&policy.ExportDays, spec.Termination.ExportDays)
	set(&policy.Liability.Percent, spec.Liability.Percent)
	set(&policy.Liability.Months, spec.Liability.Months)
	if floor := spec.Liability.FloorUSD; floor != "" {
		policy.Liability.FloorUSD = r.amount("spec.liability.floorUSD", string(floor))
	}
	setPointer(&policy.Breaker.MaxDisabledPercent, spec.Breaker.MaxDisabledPercent)
	setPointer(&policy.Breaker.MinDisabled, spec.Breaker.MinDisabled)
	setPointer(&policy.Breaker.MaxPurgedPerDay, spec.Breaker.MaxPurgedPerDay)
	if calendar := &spec.BusinessCalendar; calendar.Weekend != nil || len(calendar.ExtraHolidays) > 0 {
		policy.Calendar = r.calendar(calendar)
	}
	return policy, r.err
}

// set takes a figure of the object; zero is a field left out.
func set(figure *int, given int32) {
	if given != 0 {
		*figure = int(given)
	}
}

// setPointer takes a figure for which zero means zero.
func setPointer(figure *int, given *int32) {
	if given != nil {
		*figure = int(*given)
	}
}

func readLapse(lapse *contract.LapsePolicy, given *v1alpha1.LapsePolicy) {
	set(&lapse.DisableAfterDays, given.DisableAfterDays)
	set(&lapse.PurgeNoticeAfterDays, given.PurgeNoticeAfterDays)
	set(&lapse.PurgeNoticeDays, given.PurgeNoticeDays)
	if given.PurgeAfterDays == nil {
		return
	}
	lapse.PurgeAfterDays = make(map[contract.Interval]int, len(given.PurgeAfterDays))
	for interval, days := range given.PurgeAfterDays {
		lapse.PurgeAfterDays[contract.Interval(interval)] = int(days)
	}
}

var weekdays = map[v1alpha1.Weekday]time.Weekday{
	"Sunday":    time.Sunday,
	"Monday":    time.Monday,
	"Tuesday":   time.Tuesday,
	"Wednesday": time.Wednesday,
	"Thursday":  time.Thursday,
	"Friday":    time.Friday,
	"Saturday":  time.Saturday,
}

func (r *reader) calendar(given *v1alpha1.BusinessCalendar) contract.BusinessCalendar {
	weekend := []time.Weekday{time.Saturday, time.Sunday}
	if given.Weekend != nil {
		weekend = nil
	}
	for i, name := range given.Weekend {
		day, ok := weekdays[name]
		if !ok {
			r.fail(fmt.Sprintf("spec.businessCalendar.weekend[%d]", i),
				fmt.Errorf("%q is not a day of the week: write one like Saturday", name))
		}
		weekend = append(weekend, day)
	}
	var holidays []contract.Date
	for i, day := range given.ExtraHolidays {
		holidays = append(holidays, r.date(fmt.Sprintf("spec.businessCalendar.extraHolidays[%d]", i), string(day)))
	}
	calendar, err := contract.NewBusinessCalendar(weekend, holidays)
	if err != nil {
		r.fail("spec.businessCalendar.weekend", err)
	}
	return calendar
}
