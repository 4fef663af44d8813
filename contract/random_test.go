package contract_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// hermosillo is the zone of the default policy.
var hermosillo = DefaultPolicy().Zone

// origin is the day about which random histories play.
var origin = func() Date {
	d, err := ParseDate("2026-12-31")
	if err != nil {
		panic(err)
	}
	return d
}()

func anyDate(t *rapid.T, label string) Date {
	return origin.AddDays(rapid.IntRange(-40, 200).Draw(t, label))
}

// anyInstant prefers the instants at which things happen: midnights, and just
// before and after.
func anyInstant(t *rapid.T, label string) time.Time {
	midnight := hermosillo.StartOfDay(anyDate(t, label+" date"))
	switch rapid.IntRange(0, 3).Draw(t, label+" kind") {
	case 0:
		return midnight
	case 1:
		return midnight.Add(-time.Nanosecond)
	case 2:
		return midnight.Add(time.Nanosecond)
	default:
		return midnight.Add(time.Duration(rapid.IntRange(1, 86399).Draw(t, label+" second")) * time.Second)
	}
}

func anyPayment(t *rapid.T, id string) Payment {
	p := Payment{ID: id, ReceivedAt: anyInstant(t, id+" received"), From: anyDate(t, id+" from")}
	p.To = p.From.AddDays(rapid.SampledFrom([]int{0, 1, 6, 27, 29, 30, 89, 364}).Draw(t, id+" days"))
	p.AmountUSD = anyAmount(t, id+" amount")
	if rapid.IntRange(0, 3).Draw(t, id+" reversed") == 0 {
		p.ReversedAt = p.ReceivedAt.Add(time.Duration(rapid.IntRange(0, 120*24).Draw(t, id+" reversed after")) * time.Hour)
	}
	return p
}

func anyAmount(t *rapid.T, label string) Amount {
	cents := rapid.IntRange(0, 100_000).Draw(t, label)
	a, err := ParseAmount(fmt.Sprintf("%d.%02d", cents/100, cents%100))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func anyPayments(t *rapid.T) []Payment {
	payments := make([]Payment, rapid.IntRange(0, 8).Draw(t, "payments"))
	for i := range payments {
		payments[i] = anyPayment(t, fmt.Sprintf("pay-%02d", i))
	}
	return payments
}

func anyAgreement(t *rapid.T) Agreement {
	a := Agreement{Plan: "team", Tier: TierPaid, Support: true}
	if rapid.IntRange(0, 5).Draw(t, "free") == 0 {
		a = Agreement{Plan: "free", Tier: TierFree}
	}
	a.Interval = rapid.SampledFrom(Intervals()).Draw(t, "interval")
	a.DocumentQuota = int64(rapid.IntRange(0, 2).Draw(t, "quota"))
	return a
}

// anyCancellations ends one tenant in four, or tries to.
func anyCancellations(t *rapid.T) []Cancellation {
	if rapid.IntRange(0, 3).Draw(t, "cancelled") > 0 {
		return nil
	}
	words := make([]Cancellation, rapid.IntRange(1, 2).Draw(t, "cancellations"))
	for i := range words {
		cause := rapid.SampledFrom([]Cause{CauseOwnerRequest, CauseProviderBreach, CauseTermsObjection}).Draw(t, "cause")
		words[i] = Cancellation{Cause: cause, Revision: "terms", ReceivedAt: anyInstant(t, "cancellation received")}
		words[i].VerifiedAt = words[i].ReceivedAt.Add(time.Duration(rapid.IntRange(0, 48).Draw(t, "verified after")) * time.Hour)
		if cause == CauseProviderBreach && rapid.Bool().Draw(t, "corrected") {
			words[i].CorrectedAt = anyInstant(t, "corrected at")
		}
	}
	return words
}

// anyTerms announces new terms to one tenant in four.
func anyTerms(t *rapid.T) []Terms {
	if rapid.IntRange(0, 3).Draw(t, "terms") > 0 {
		return nil
	}
	return []Terms{{Name: "terms", Revision: Revision{AnnouncedOn: anyDate(t, "announced"), PostedOn: anyDate(t, "posted")}}}
}

// anyFacts is a registered tenant with any payments, cancellations and terms at
// any instant, and any assurances. Nothing has been recorded about it yet.
func anyFacts(t *rapid.T) Facts {
	now := anyInstant(t, "now")
	return Facts{
		Now:    now,
		Policy: DefaultPolicy(),
		Registration: Registration{
			AddressConfirmedAt: now,
			AdultDeclaredAt:    now,
			HumanVerified:      true,
			Accepted: []Document{
				{Kind: TermsOfService, Version: "2026-01", Digest: "sha256:9f"},
				{Kind: PrivacyPolicy, Version: "2026-01", Digest: "sha256:60"},
			},
		},
		Anchor:    origin,
		Requested: anyAgreement(t),
		Payments:  anyPayments(t),
		Feed:      Feed{FleetAsOf: anyInstant(t, "feed"), SubscriptionAsOf: anyInstant(t, "subscription feed")},
		Documents: Documents{Bytes: int64(rapid.IntRange(0, 2).Draw(t, "bytes"))},

		Cancellations: anyCancellations(t),
		Terms:         anyTerms(t),

		Hold:       rapid.Bool().Draw(t, "hold"),
		Assurances: anyAssurances(t),
	}
}

func anyAssurances(t *rapid.T) Assurances {
	if rapid.Bool().Draw(t, "sure") {
		return sure
	}
	return Assurances{
		DisableBreakerClosed: rapid.Bool().Draw(t, "disable breaker"),
		PurgeBreakerClosed:   rapid.Bool().Draw(t, "purge breaker"),
		ClockAgrees:          rapid.Bool().Draw(t, "clock"),
		ReadLive:             rapid.Bool().Draw(t, "live"),
	}
}
