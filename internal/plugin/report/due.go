package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/plugin/ledger"
)

// Due is everything that will be disabled, purged or deleted by an instant.
type Due struct {
	// Now is the contract's present, Until the end of what is looked at.
	Now      time.Time `json:"now"`
	Until    time.Time `json:"until"`
	TimeZone string    `json:"timeZone"`
	// Acts are those of tenants whose payment is overdue, and deletions that
	// were asked for, soonest first.
	Acts []Act `json:"acts"`
	// Renewals are acts that a payment which is not overdue yet will prevent.
	Renewals []Act `json:"renewals"`
	// Disables, Purges and Deletions count Acts by kind.
	Disables  int `json:"disables"`
	Purges    int `json:"purges"`
	Deletions int `json:"deletions"`
	// Breaker compares Acts with what is let through.
	Breaker Load `json:"breaker"`
	// Unreadable are tenants about whom nothing can be said.
	Unreadable []Unreadable `json:"unreadable,omitempty"`
}

// Unreadable is a tenant whose objects hold something that can't be read.
type Unreadable struct {
	Tenant string `json:"tenant"`
	Error  string `json:"error"`
}

// GatherDue looks at every tenant of a fleet.
func GatherDue(fleet *ledger.Fleet, now, until time.Time) Due {
	zone := Zone(fleet.Policy)
	due := Due{
		Now: zone.Local(now), Until: zone.Local(until), TimeZone: zone.String(),
		Acts: []Act{}, Renewals: []Act{},
	}
	load := newLoad(fleet, zone, now)
	for i := range fleet.Tenants {
		subject, err := Judge(fleet.Objects(&fleet.Tenants[i]), now)
		if err != nil {
			due.Unreadable = append(due.Unreadable, Unreadable{Tenant: fleet.Tenants[i].Name, Error: err.Error()})
			continue
		}
		load.count(subject)
		for _, act := range subject.Acts() {
			due.take(act, load)
		}
	}
	sortActs(due.Acts)
	sortActs(due.Renewals)
	due.Breaker = load.result()
	return due
}

// take keeps what comes in time.
func (d *Due) take(act Act, load *load) {
	if act.At.After(d.Until) {
		return
	}
	if !act.UnlessPaidBy.IsZero() {
		d.Renewals = append(d.Renewals, act)
		return
	}
	d.Acts = append(d.Acts, act)
	load.add(act)
	switch act.Kind { //nolint:exhaustive // notices take nothing from anybody
	case contract.ActDisable:
		d.Disables++
	case contract.ActPurge:
		d.Purges++
	case actDelete:
		d.Deletions++
	}
}

func sortActs(acts []Act) {
	slices.SortFunc(acts, func(a, b Act) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.Kind, b.Kind))
	})
}

// policyOf is the policy as the contract reads it; the contract's own where it
// can't be read, which every tenant's error says then.
func policyOf(fleet *ledger.Fleet) contract.Policy {
	policy, err := facts.PolicyOf(fleet.Policy)
	if err != nil {
		return contract.DefaultPolicy()
	}
	return policy
}
