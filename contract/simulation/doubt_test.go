package simulation_test

import (
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// A ledger that has lost payments is doubtful at every step of a lapse: nothing
// is told of what nobody knows, and the life goes on.
func TestALedgerThatLostPaymentsEndsNoLife(t *testing.T) {
	for name, lapse := range map[string]*contract.Lapse{
		"before any lapse": nil,
		"disabled":         {DisabledAt: local(t, "2027-02-04")},
		"told":             {DisabledAt: local(t, "2027-02-04"), PurgeNotice: contract.Delivery{AcceptedAt: local(t, "2027-02-20")}},
		"past the fence": {
			DisabledAt: local(t, "2027-02-04"), PurgeNotice: contract.Delivery{AcceptedAt: local(t, "2027-02-20")},
			PurgeStartedAt: local(t, "2027-03-03"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := acme(t)
			f.Recorded = contract.Recorded{Billing: contract.BillingCurrent, Lifecycle: contract.LifecycleActive, PaidThrough: date(t, "2027-03-30")}
			if lapse != nil {
				lapse.CountsFrom, lapse.OpenedAt = date(t, "2027-01-31"), local(t, "2027-02-01")
				lapse.Terms = f.Policy.Lapse.For(contract.Monthly)
				f.Lapse, f.Recorded.Billing = lapse, contract.BillingDisabled
			}
			for _, e := range simulation.Run("acme", f, date(t, "2027-03-03"), date(t, "2027-12-31"), simulation.Assumptions{}) {
				if e.Kind == simulation.UsersDisabled || e.Kind == simulation.GraceStarted {
					t.Errorf("%s at %s, on data that are missing", e.Kind, e.At)
				}
			}
		})
	}
}
