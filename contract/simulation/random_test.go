package simulation_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

var (
	hermosillo = contract.DefaultPolicy().Zone
	// origin is the day about which random lives play.
	origin = func() contract.Date {
		d, err := contract.ParseDate("2026-12-31")
		if err != nil {
			panic(err)
		}
		return d
	}()
)

func anyDate(t *rapid.T, label string) contract.Date {
	return origin.AddDays(rapid.IntRange(-10, 150).Draw(t, label))
}

// anyInstant prefers midnights, and what lies just before them.
func anyInstant(t *rapid.T, label string) time.Time {
	midnight := hermosillo.StartOfDay(anyDate(t, label))
	switch rapid.IntRange(0, 3).Draw(t, label+" kind") {
	case 0:
		return midnight
	case 1:
		return midnight.Add(-time.Second)
	default:
		return midnight.Add(time.Duration(rapid.IntRange(1, 86399).Draw(t, label+" second")) * time.Second)
	}
}

func anyPayments(t *rapid.T, reversals bool) []contract.Payment {
	payments := make([]contract.Payment, rapid.IntRange(0, 6).Draw(t, "payments"))
	for i := range payments {
		id := fmt.Sprintf("pay-%02d", i)
		from := anyDate(t, id+" from")
		payments[i] = contract.Payment{
			ID: id, ReceivedAt: anyInstant(t, id+" received"), From: from,
			To: from.AddDays(rapid.SampledFrom([]int{0, 6, 27, 30, 89}).Draw(t, id+" days")),
		}
		if reversals && rapid.IntRange(0, 3).Draw(t, id+" reversed") == 0 {
			payments[i].ReversedAt = payments[i].ReceivedAt.Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, id+" hours")) * time.Hour)
		}
	}
	return payments
}

func anyCases(t *rapid.T) []contract.Suspension {
	cases := make([]contract.Suspension, rapid.IntRange(0, 2).Draw(t, "cases"))
	for i := range cases {
		id := fmt.Sprintf("case-%d", i)
		cases[i] = contract.Suspension{
			Name:      id,
			Action:    rapid.SampledFrom([]contract.SuspensionAction{contract.ActionWarn, contract.ActionSuspend, contract.ActionDisable}).Draw(t, id+" action"),
			Exception: rapid.Bool().Draw(t, id+" exception"),
			OpenedAt:  anyInstant(t, id+" opened"),
		}
		if rapid.Bool().Draw(t, id+" resolved") {
			cases[i].ResolvedAt = cases[i].OpenedAt.Add(time.Duration(rapid.IntRange(0, 20*24).Draw(t, id+" hours")) * time.Hour)
		}
	}
	return cases
}

func anyCancellations(t *rapid.T) []contract.Cancellation {
	words := make([]contract.Cancellation, rapid.IntRange(0, 3).Draw(t, "cancellations"))
	for i := range words {
		id := fmt.Sprintf("word-%d", i)
		words[i] = contract.Cancellation{
			Cause: rapid.SampledFrom([]contract.Cause{
				contract.CauseOwnerRequest, contract.CauseProviderBreach, contract.CauseTermsObjection,
			}).Draw(t, id+" cause"),
			ReceivedAt: anyInstant(t, id+" received"),
		}
		words[i].VerifiedAt = words[i].ReceivedAt.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, id+" verified after")) * time.Hour)
		switch words[i].Cause {
		case contract.CauseTermsObjection:
			words[i].Revision = "terms"
		case contract.CauseProviderBreach:
			if rapid.Bool().Draw(t, id+" corrected") {
				words[i].CorrectedAt = words[i].ReceivedAt.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, id+" days")) * 24 * time.Hour)
			}
		case contract.CauseOwnerRequest, contract.CausePermanentDisable:
		}
	}
	return words
}

func anyTerms(t *rapid.T) []contract.Terms {
	if rapid.Bool().Draw(t, "no terms") {
		return nil
	}
	terms := contract.Terms{Name: "terms", Revision: contract.Revision{
		AnnouncedOn: anyDate(t, "announced"), PostedOn: anyDate(t, "posted"),
		Exception: rapid.Bool().Draw(t, "exception"), AffectsPersonalData: rapid.Bool().Draw(t, "personal data"),
	}}
	if rapid.IntRange(0, 2).Draw(t, "decided") == 0 {
		terms.Decision = contract.Decision{Outcome: contract.TermsAccepted, Mode: contract.ModeExplicit, At: anyInstant(t, "decided at")}
	}
	return []contract.Terms{terms}
}

// anyLife is a tenant to whom anything may happen.
func anyLife(t *rapid.T) contract.Facts {
	f := contract.Facts{
		Policy: contract.DefaultPolicy(),
		Registration: contract.Registration{
			AddressConfirmedAt: time.Unix(0, 0), AdultDeclaredAt: time.Unix(0, 0), HumanVerified: true,
			Accepted: []contract.Document{
				{Kind: contract.TermsOfService, Version: "1", Digest: "1"}, {Kind: contract.PrivacyPolicy, Version: "1", Digest: "1"},
			},
		},
		Anchor:        origin,
		Requested:     team,
		Payments:      anyPayments(t, true),
		Suspensions:   anyCases(t),
		Cancellations: anyCancellations(t),
		Terms:         anyTerms(t),
		Hold:          rapid.IntRange(0, 4).Draw(t, "hold") == 0,
	}
	f.Policy.OverQuota = rapid.SampledFrom([]contract.OverQuotaAction{contract.OverQuotaReadOnly, contract.OverQuotaAll}).Draw(t, "over quota")
	if rapid.IntRange(0, 3).Draw(t, "free") == 0 {
		f.Requested = contract.Agreement{Plan: "free", Tier: contract.TierFree, Interval: contract.Monthly, DocumentQuota: 100}
		f.Documents.Bytes = int64(rapid.IntRange(99, 100).Draw(t, "bytes"))
	} else {
		f.Requested.Interval = rapid.SampledFrom(contract.Intervals()).Draw(t, "interval")
	}
	return f
}

func anyAssumptions(t *rapid.T) simulation.Assumptions {
	var a simulation.Assumptions
	for range rapid.IntRange(0, 2).Draw(t, "outages") {
		from := anyDate(t, "outage")
		a.NoticeOutages = append(a.NoticeOutages, contract.Period{From: from, To: from.AddDays(rapid.IntRange(0, 30).Draw(t, "outage days"))})
	}
	if rapid.IntRange(0, 3).Draw(t, "stale") == 0 {
		a.BillingAsOf = anyInstant(t, "billing as of")
	}
	return a
}
