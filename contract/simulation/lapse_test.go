package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// The example of contract.md 4: D = 31 Jan; +1, +4, +20 and +31 days.
func TestTheTableOfSection4ComesTrue(t *testing.T) {
	want := []string{
		"2027-02-01 00:00:00 GraceStarted",
		"2027-02-04 00:00:00 UsersDisabled",
		"2027-02-20 00:00:00 PurgeNoticeDelivered",
		"2027-03-03 00:00:00 DocumentsPurged",
	}
	if got := told(t, acme(t), "2027-01-01", "2027-04-01", simulation.Assumptions{}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// What the ledger recorded happened when it was recorded, even a little late;
// what it hasn't recorded is done when it is due.
func TestARecordedLapseIsLivedAsItWasRecorded(t *testing.T) {
	f := acme(t)
	f.Lapse = &contract.Lapse{
		CountsFrom:  date(t, "2027-01-31"),
		OpenedAt:    local(t, "2027-02-01"),
		Terms:       f.Policy.Lapse.For(contract.Monthly),
		RemindedAt:  local(t, "2027-02-01 00:00:09"),
		DisabledAt:  local(t, "2027-02-04 00:00:02"),
		PurgeNotice: contract.Delivery{AcceptedAt: local(t, "2027-02-27 10:00")},
	}
	f.Recorded = contract.Recorded{Billing: contract.BillingPurgeScheduled, Lifecycle: contract.LifecycleActive, PaidThrough: date(t, "2027-01-30")}
	want := []string{
		"2027-02-01 00:00:00 GraceStarted",
		"2027-02-04 00:00:02 UsersDisabled",
		"2027-02-27 10:00:00 PurgeNoticeDelivered",
		"2027-03-05 00:00:00 DocumentsPurged", // 27 Feb + 6
	}
	if got := told(t, f, "2027-01-01", "2027-04-01", simulation.Assumptions{}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := told(t, f, "2027-02-28", "2027-04-01", simulation.Assumptions{}); !slices.Equal(got, want[3:]) {
		t.Errorf("from 28 Feb: got %q\nwant %q", got, want[3:])
	}
}
