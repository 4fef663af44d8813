package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// Where the ledger lost its subscription or its payments, the last that is known
// is all there is, and harms nobody.
func TestWhatIsMissingHarmsNobody(t *testing.T) {
	gap := acme(t)
	gap.Gaps = []contract.Reason{contract.SubscriptionMissing}
	gap.Recorded = contract.Recorded{Billing: contract.BillingCurrent, Lifecycle: contract.LifecycleActive, PaidThrough: date(t, "2027-01-30")}
	lost := acme(t)
	lost.Recorded = contract.Recorded{Billing: contract.BillingCurrent, Lifecycle: contract.LifecycleActive, PaidThrough: date(t, "2027-03-30")}
	for name, f := range map[string]contract.Facts{"no subscription": gap, "payments lost": lost} {
		if got := told(t, f, "2027-01-15", "2028-01-01", simulation.Assumptions{}); len(got) > 0 {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A change of plan that has not been recorded is asked for when one begins to
// look; those that were recorded came when they came.
func TestAPlanChangesWhenTheLedgerSaysOrWithTheNextPeriod(t *testing.T) {
	f := acme(t)
	f.Payments = []contract.Payment{payment(t, "pay-1", "2026-12-31", "2027-03-30")}
	annual, paidFor := team, team
	annual.Interval, annual.From, paidFor.From = contract.Annual, date(t, "2027-02-28"), date(t, "2026-12-31")

	f.Agreements, f.Requested = []contract.Agreement{paidFor}, annual
	inFebruary := told(t, f, "2027-02-10", "2027-06-01", simulation.Assumptions{})
	f.Agreements = []contract.Agreement{paidFor, annual}
	recorded := told(t, f, "2027-01-10", "2027-06-01", simulation.Assumptions{})
	// D = 31 Mar either way; an annual subscription is not purged.
	want := []string{"2027-04-01 00:00:00 GraceStarted", "2027-04-04 00:00:00 UsersDisabled"}
	if !slices.Equal(inFebruary, want) || !slices.Equal(recorded, want) {
		t.Errorf("got %q and %q, want %q", inFebruary, recorded, want)
	}
}
