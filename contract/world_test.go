package contract_test

import (
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

// date reads a civil date of a test.
func date(t testing.TB, text string) Date {
	t.Helper()
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// local reads a wall-clock time of the contract's default zone, or a date that
// stands for its first instant.
func local(t testing.TB, text string) time.Time {
	t.Helper()
	hermosillo, err := time.LoadLocation("America/Hermosillo")
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if at, err := time.ParseInLocation(layout, text, hermosillo); err == nil {
			return at
		}
	}
	t.Fatalf("%q is not a time of a test", text)
	return time.Time{}
}

func usd(t testing.TB, text string) Amount {
	t.Helper()
	a, err := ParseAmount(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// payment is money received on the first day it pays for.
func payment(t testing.TB, id, from, to string) Payment {
	t.Helper()
	return Payment{
		ID:         id,
		ReceivedAt: local(t, from+" 11:00"),
		From:       date(t, from),
		To:         date(t, to),
		AmountUSD:  usd(t, "27.10"),
	}
}

// registered is an owner who has shown and accepted everything.
func registered(t testing.TB) Registration {
	return Registration{
		AddressConfirmedAt: local(t, "2026-12-31 09:00"),
		AdultDeclaredAt:    local(t, "2026-12-31 08:58"),
		HumanVerified:      true,
		Accepted: []Document{
			{Kind: TermsOfService, Version: "2026-01", Digest: "sha256:9f"},
			{Kind: PrivacyPolicy, Version: "2026-01", Digest: "sha256:60"},
		},
	}
}

var (
	team = Agreement{Plan: "team", Tier: TierPaid, Support: true, Interval: Monthly}
	free = Agreement{Plan: "free", Tier: TierFree, Interval: Monthly}
)

// sure is a machine on which every guard has been seen to hold.
var sure = Assurances{
	DisableBreakerClosed: true,
	PurgeBreakerClosed:   true,
	ClockAgrees:          true,
	ReadLive:             true,
}

// acme is the tenant of contract.md 4: monthly, paid through 30 Jan 2027, so
// that D is 31 Jan 2027. Its billing feed is complete and every guard holds.
func acme(t testing.TB, now string) Facts {
	t.Helper()
	at := local(t, now)
	return Facts{
		Now:          at,
		Policy:       DefaultPolicy(),
		Registration: registered(t),
		Anchor:       date(t, "2026-12-31"),
		Requested:    team,
		Payments:     []Payment{payment(t, "pay-0001", "2026-12-31", "2027-01-30")},
		Feed:         Feed{FleetAsOf: at},
		Assurances:   sure,
	}
}
