package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract/simulation"
)

// By time, then tenant, then event (contract.md 13).
func TestEventsAreToldInOneOrder(t *testing.T) {
	early, late := local(t, "2027-02-01"), local(t, "2027-02-04")
	ordered := []simulation.Event{
		{At: early, Tenant: "botica", Kind: simulation.UsersDisabled},
		{At: late, Tenant: "acme", Kind: simulation.ContractEnded},
		{At: late, Tenant: "acme", Kind: simulation.DataDeleted},
		{At: late, Tenant: "acme", Kind: simulation.Warned, Detail: "case-1"},
		{At: late, Tenant: "acme", Kind: simulation.Warned, Detail: "case-2"},
		{At: late, Tenant: "botica", Kind: simulation.AccessRestored},
	}
	events := slices.Clone(ordered)
	slices.Reverse(events)
	if simulation.Sort(events); !slices.Equal(events, ordered) {
		t.Errorf("%v", events)
	}
}
