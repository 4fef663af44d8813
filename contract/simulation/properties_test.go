package simulation_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// Asking about a year at once, or about its parts one after the other, gives the
// same events: nothing depends on where one begins to look. (The two things that
// do are left out here: documents are first seen at the beginning.)
func TestALifeIsTheSameFromWhereverOneLooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, a := anyLife(t), anyAssumptions(t)
		f.Documents = contract.Documents{}
		first, last := origin.AddDays(-20), origin.AddDays(400)
		middle := anyDate(t, "middle")
		whole := simulation.Run("acme", f, first, last, a)
		parts := append(simulation.Run("acme", f, first, middle, a), simulation.Run("acme", f, middle, last, a)...)
		if !reflect.DeepEqual(whole, parts) && len(whole)+len(parts) > 0 {
			t.Fatalf("at once\n%v\nbefore and after %s\n%v", whole, middle, parts)
		}
	})
}

// Property 6 of contract.md 12: order and duplication of the records say nothing.
func TestTheOrderOfTheRecordsSaysNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, a := anyLife(t), anyAssumptions(t)
		once := simulation.Run("acme", f, origin, origin.AddDays(400), a)
		f.Payments = append(rapid.Permutation(f.Payments).Draw(t, "order"), f.Payments...)
		slices.Reverse(f.Cancellations)
		if again := simulation.Run("acme", f, origin, origin.AddDays(400), a); !reflect.DeepEqual(once, again) {
			t.Fatalf("once\n%v\nagain\n%v", once, again)
		}
	})
}

// times gives the instants of a kind.
func times(events []simulation.Event, kind simulation.Kind) []time.Time {
	var at []time.Time
	for _, e := range events {
		if e.Kind == kind {
			at = append(at, e.At)
		}
	}
	return at
}

// unpaid reports whether no payment that is known at an instant pays for any of
// the days before it, its own included.
func unpaid(f contract.Facts, at time.Time, days int) bool {
	today := hermosillo.DateOf(at)
	return !slices.ContainsFunc(f.Payments, func(p contract.Payment) bool {
		return !p.ReceivedAt.After(at) && !p.To.Before(today.AddDays(-days)) && !p.From.After(today)
	})
}

// Properties 1, 2 and 4 of contract.md 12, counted from the records: whoever is
// disabled has not paid for today or the four days before (D to D+4), and whose
// documents are deleted for the 31 before, and was told 6 days before.
func TestHarmNeverComesBeforeItsDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, a := anyLife(t), anyAssumptions(t)
		f.Payments = anyPayments(t, false)
		events := simulation.Run("acme", f, origin.AddDays(-20), origin.AddDays(400), a)
		for _, at := range times(events, simulation.UsersDisabled) {
			if !unpaid(f, at, 4) || !a.BillingAsOf.IsZero() && hermosillo.DateOf(at).After(hermosillo.DateOf(a.BillingAsOf).AddDays(1)) && !lateMoney(f, at) {
				t.Fatalf("disabled at %s with %v, feed to %s", at, f.Payments, a.BillingAsOf)
			}
		}
		told := times(events, simulation.PurgeNoticeDelivered)
		for _, at := range times(events, simulation.DocumentsPurged) {
			before := hermosillo.StartOfDay(hermosillo.DateOf(at).AddDays(-5))
			warned := slices.ContainsFunc(told, func(notice time.Time) bool { return notice.Before(before) })
			if !unpaid(f, at, 31) || f.Hold || !warned || f.Requested.Interval != contract.Monthly {
				t.Fatalf("purged at %s, told %v, hold %t, paid %v", at, told, f.Hold, f.Payments)
			}
		}
	})
}

// lateMoney reports whether a payment became known at an instant: one for days
// gone by may open a lapse that is long due.
func lateMoney(f contract.Facts, at time.Time) bool {
	return slices.ContainsFunc(f.Payments, func(p contract.Payment) bool { return p.ReceivedAt.Equal(at) })
}

// What holds of every life.
func TestEveryLifeIsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, a := anyLife(t), anyAssumptions(t)
		from, until := anyDate(t, "from"), origin.AddDays(400)
		events := simulation.Run("acme", f, from, until, a)
		ended, deleted := times(events, simulation.ContractEnded), times(events, simulation.DataDeleted)
		if len(ended) > 1 || len(deleted) > 1 || f.Hold && len(deleted) > 0 {
			t.Fatalf("ended %v, deleted %v, hold %t", ended, deleted, f.Hold)
		}
		if len(times(events, simulation.TermsAccepted))+len(times(events, simulation.TermsObjected)) > 1 {
			t.Fatalf("property 16: %v", events)
		}
		for i, e := range events {
			if e.At.Before(hermosillo.StartOfDay(from)) || !e.At.Before(hermosillo.StartOfDay(until)) || e.Tenant != "acme" {
				t.Fatalf("%+v", e)
			}
			if i > 0 && e.At.Before(events[i-1].At) {
				t.Fatalf("%+v comes after %+v", e, events[i-1])
			}
			if len(deleted) > 0 && e.At.After(deleted[0]) {
				t.Fatalf("property 11: %+v, after everything was deleted at %s", e, deleted[0])
			}
			if len(ended) > 0 && e.At.After(ended[0]) && ofRunningContract(e.Kind) {
				t.Fatalf("%+v, after the contract ended at %s", e, ended[0])
			}
			if f.Requested.Tier == contract.TierFree && (e.Kind == simulation.GraceStarted || e.Kind == simulation.UsersDisabled) {
				t.Fatalf("property 14: %+v", e)
			}
		}
	})
}

// ofRunningContract lists what happens only while a contract runs.
func ofRunningContract(kind simulation.Kind) bool {
	return slices.Contains([]simulation.Kind{
		simulation.GraceStarted, simulation.UsersDisabled, simulation.PurgeNoticeDelivered, simulation.DocumentsPurged,
		simulation.AccessRestored, simulation.OverQuotaNoticeDelivered, simulation.OverQuotaPurged, simulation.TermsAnnounced,
	}, kind)
}
