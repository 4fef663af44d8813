package simulation_test

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// date reads a civil date of a test.
func date(t testing.TB, text string) contract.Date {
	t.Helper()
	d, err := contract.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// local reads a wall-clock time of the contract's default zone, or a date that
// stands for its first instant.
func local(t testing.TB, text string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation(contract.DefaultZoneName)
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, text, zone); err == nil {
			return at
		}
	}
	t.Fatalf("%q is not a time of a test", text)
	return time.Time{}
}

// payment is money received on the first day it pays for.
func payment(t testing.TB, id, from, to string) contract.Payment {
	t.Helper()
	return contract.Payment{ID: id, ReceivedAt: local(t, from+" 11:00"), From: date(t, from), To: date(t, to)}
}

var team = contract.Agreement{Plan: "team", Tier: contract.TierPaid, Support: true, Interval: contract.Monthly}

// acme is the tenant of contract.md 4: monthly, paid through 30 Jan 2027.
func acme(t testing.TB) contract.Facts {
	t.Helper()
	return contract.Facts{
		Policy: contract.DefaultPolicy(),
		Registration: contract.Registration{
			AddressConfirmedAt: local(t, "2026-12-31 09:00"),
			AdultDeclaredAt:    local(t, "2026-12-31 08:58"),
			HumanVerified:      true,
			Accepted: []contract.Document{
				{Kind: contract.TermsOfService, Version: "2026-01", Digest: "sha256:9f"},
				{Kind: contract.PrivacyPolicy, Version: "2026-01", Digest: "sha256:60"},
			},
		},
		Anchor:    date(t, "2026-12-31"),
		Requested: team,
		Payments:  []contract.Payment{payment(t, "pay-0001", "2026-12-31", "2027-01-30")},
	}
}

// told is what the simulation tells, a line an event, in local time.
func told(t testing.TB, f contract.Facts, from, until string, a simulation.Assumptions) []string {
	t.Helper()
	var lines []string
	for _, e := range simulation.Run("acme", f, date(t, from), date(t, until), a) {
		lines = append(lines, f.Policy.Zone.Local(e.At).Format("2006-01-02 15:04:05 ")+string(e.Kind))
	}
	return lines
}
