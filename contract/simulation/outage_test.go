package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// Both ends of an outage belong to it, and outages that touch are one.
func TestANoticeWaitsForTheFirstDateAfterAnOutage(t *testing.T) {
	for _, c := range []struct {
		outages []contract.Period
		told    string
	}{
		{[]contract.Period{{From: date(t, "2027-02-20"), To: date(t, "2027-02-20")}}, "2027-02-21"},
		{[]contract.Period{{From: date(t, "2027-02-21"), To: date(t, "2027-02-28")}}, "2027-02-20"},
		{[]contract.Period{{From: date(t, "2027-02-10"), To: date(t, "2027-02-19")}}, "2027-02-20"},
		{[]contract.Period{{From: date(t, "2027-02-22"), To: date(t, "2027-02-24")}, {From: date(t, "2027-02-18"), To: date(t, "2027-02-22")}}, "2027-02-25"},
	} {
		got := told(t, acme(t), "2027-02-05", "2027-03-01", simulation.Assumptions{NoticeOutages: c.outages})
		if want := []string{c.told + " 00:00:00 PurgeNoticeDelivered"}; !slices.Equal(got, want) {
			t.Errorf("%v: got %q, want %q", c.outages, got, want)
		}
	}
}
