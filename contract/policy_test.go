package contract_test

import (
	"testing"

	. "github.com/grupobizopps/salexops/contract"
)

// TestTheDefaultsAreTheContractsOwn spells out every default of docs/contract.md
// that this package depends on.
func TestTheDefaultsAreTheContractsOwn(t *testing.T) {
	p := DefaultPolicy()
	if p.Zone.String() != "America/Hermosillo" || p.Freeze {
		t.Errorf("zone %s, freeze %t", p.Zone, p.Freeze)
	}
	monthly := LapseTerms{DisableAfterDays: 3, PurgeNoticeAfterDays: 20, PurgeNoticeDays: 5, PurgeAfterDays: 30, Purges: true}
	if got := p.Lapse.For(Monthly); got != monthly {
		t.Errorf("a monthly lapse: %+v", got)
	}
	for _, interval := range []Interval{Quarterly, SemiAnnual, Annual} {
		if got := p.Lapse.For(interval); got.Purges || got.DisableAfterDays != 3 {
			t.Errorf("a lapse of %s: %+v", interval, got)
		}
	}
	if p.CureDays != 5 || p.ProviderBreachDays != 30 || p.ExportDays != 30 || p.OverQuotaNoticeDays != 5 {
		t.Errorf("%+v", p)
	}
	if p.AnnounceDays != 15 || p.ObjectionDays != 10 {
		t.Errorf("%+v", p)
	}
	if p.Liability.FloorUSD != usd(t, "500") || p.Liability.Percent != 125 || p.Liability.Months != 12 {
		t.Errorf("%+v", p.Liability)
	}
}

// A policy handed out is the caller's own: changing it changes no other.
func TestTheDefaultsCannotBeSpoilt(t *testing.T) {
	DefaultPolicy().Lapse.PurgeAfterDays[Annual] = 1
	if DefaultPolicy().Lapse.For(Annual).Purges {
		t.Error("one caller's policy is every caller's")
	}
}
