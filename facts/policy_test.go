package facts_test

import (
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// The sample writes every default out, an empty policy none: both are the
// contract's own.
func TestAPolicyThatSaysNothingMeansTheDefaults(t *testing.T) {
	written := ledger(t)
	empty := ledger(t)
	empty.Policy = &v1alpha1.PlatformPolicy{}
	for name, objects := range map[string]*v1alpha1.PlatformPolicy{"written out": written.Policy, "empty": empty.Policy} {
		of := ledger(t)
		of.Policy = objects
		account, _ := standing(t, of, "2027-01-15T17:00:00Z")
		if got := account.Facts.Policy; !reflect.DeepEqual(got, contract.DefaultPolicy()) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestEveryFigureOfThePolicyCounts(t *testing.T) {
	objects := ledger(t)
	spec := &objects.Policy.Spec
	spec.TimeZone = "Pacific/Kiritimati"
	spec.Lapse = v1alpha1.LapsePolicy{
		DisableAfterDays: 4, PurgeNoticeAfterDays: 21, PurgeNoticeDays: 6,
		PurgeAfterDays: map[v1alpha1.Interval]int32{"Annual": 90},
	}
	spec.OverQuota.NoticeDays = 7
	spec.Terms = v1alpha1.TermsPolicy{AnnounceDays: 16, ObjectionDays: 11}
	spec.Suspension.CureDays = 8
	spec.ProviderBreach.BusinessDays = 29
	spec.Termination.ExportDays = 31
	spec.Liability = v1alpha1.LiabilityPolicy{FloorUSD: "600", Percent: 150, Months: 24}
	percent, least, purged := int32(0), int32(7), int32(0)
	spec.Breaker = v1alpha1.BreakerPolicy{MaxDisabledPercent: &percent, MinDisabled: &least, MaxPurgedPerDay: &purged}
	spec.BusinessCalendar = v1alpha1.BusinessCalendar{Weekend: []v1alpha1.Weekday{"Sunday"}, ExtraHolidays: []v1alpha1.Date{"2027-06-07"}}

	account, _ := standing(t, objects, "2027-01-15T17:00:00Z")
	got := account.Facts.Policy
	if got.Zone.String() != "Pacific/Kiritimati" || got.OverQuotaNoticeDays != 7 || got.AnnounceDays != 16 || got.ObjectionDays != 11 ||
		got.CureDays != 8 || got.ProviderBreachDays != 29 || got.ExportDays != 31 {
		t.Errorf("%+v", got)
	}
	if got.Lapse.DisableAfterDays != 4 || got.Lapse.PurgeNoticeAfterDays != 21 || got.Lapse.PurgeNoticeDays != 6 ||
		!reflect.DeepEqual(got.Lapse.PurgeAfterDays, map[contract.Interval]int{contract.Annual: 90}) {
		t.Errorf("%+v", got.Lapse)
	}
	if got.Liability.FloorUSD.String() != "600.00" || got.Liability.Percent != 150 || got.Liability.Months != 24 {
		t.Errorf("%+v", got.Liability)
	}
	if got.Breaker != (contract.BreakerPolicy{MinDisabled: 7}) {
		t.Errorf("%+v", got.Breaker)
	}
	for day, business := range map[string]bool{"2027-06-05": true, "2027-06-06": false, "2027-06-07": false, "2027-06-08": true} {
		d, err := contract.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got.Calendar.IsBusinessDay(d) != business {
			t.Errorf("%s: business day is not %t", day, business)
		}
	}
}

// An interval that the policy leaves out is never purged: an empty map means
// that none is.
func TestAnEmptyMapOfPurgesPurgesNobody(t *testing.T) {
	objects := ledger(t)
	objects.Policy.Spec.Lapse.PurgeAfterDays = map[v1alpha1.Interval]int32{}
	if _, s := standing(t, objects, "2027-01-15T17:00:00Z"); !s.Deadlines.Purge.At.IsZero() {
		t.Errorf("documents are deleted at %s", s.Deadlines.Purge.At)
	}
}

func TestWhatIsDoneOverTheQuotaIsRead(t *testing.T) {
	objects := ledger(t)
	for given, want := range map[v1alpha1.OverQuotaAction]contract.OverQuotaAction{
		"": contract.OverQuotaReadOnly, v1alpha1.OverQuotaOldestFirst: contract.OverQuotaOldestFirst, v1alpha1.OverQuotaAll: contract.OverQuotaAll,
	} {
		objects.Policy.Spec.OverQuota.Policy = given
		account, s := standing(t, objects, "2027-01-15T17:00:00Z")
		if account.Facts.Policy.OverQuota != want || s.Agreement.DocumentQuota != 10<<30 {
			t.Errorf("%q is read as %q, quota %d", given, account.Facts.Policy.OverQuota, s.Agreement.DocumentQuota)
		}
	}
}
