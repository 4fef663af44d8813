package simulate

import (
	"errors"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
	"github.com/grupobizopps/salexops/facts"
)

// events lives the life of every tenant of the ledger.
func (l *ledger) events(zone contract.Zone, span contract.Period, assume simulation.Assumptions) ([]simulation.Event, error) {
	var events []simulation.Event
	var problems []problem
	for i := range l.tenants {
		f, err := l.facts(i, zone.StartOfDay(span.From))
		if err != nil {
			problems = append(problems, l.locate(err))
			continue
		}
		events = append(events, simulation.Run(l.tenants[i].Name, f, span.From, span.To, assume)...)
	}
	if err := usage(problems); err != nil {
		return nil, err
	}
	simulation.Sort(events)
	return events, nil
}

// facts are those of one tenant.
func (l *ledger) facts(tenant int, now time.Time) (contract.Facts, error) {
	objects := facts.Objects{Policy: l.policy, Tenant: &l.tenants[tenant], Subscriptions: l.subscriptions, Plans: l.plans}
	account, err := facts.From(objects, now)
	if err != nil {
		return contract.Facts{}, err
	}
	cases := facts.Cases{Suspensions: l.suspensions, Cancellations: l.cancellations, Revisions: l.revisions}
	if err := account.WithCases(cases); err != nil {
		return contract.Facts{}, err
	}
	account.Facts.Registration = verified
	return account.Facts, nil
}

// verified is an owner who has shown and accepted everything: in a simulation,
// every one counts as that (contract.md 13).
var verified = contract.Registration{
	AddressConfirmedAt: time.Unix(0, 0),
	AdultDeclaredAt:    time.Unix(0, 0),
	HumanVerified:      true,
	Accepted: []contract.Document{
		{Kind: contract.TermsOfService, Version: "any", Digest: "any"},
		{Kind: contract.PrivacyPolicy, Version: "any", Digest: "any"},
	},
}

// locate finds out where a field that can't be read was written.
func (l *ledger) locate(err error) problem {
	var field *facts.FieldError
	if !errors.As(err, &field) {
		return problem{says: err.Error()}
	}
	p := problem{object: field.Object, field: field.Field, says: field.Err.Error()}
	for _, o := range l.objects {
		if o.label() == field.Object {
			p.at = o.at
			break
		}
	}
	return p
}
