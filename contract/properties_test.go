package contract_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	. "github.com/grupobizopps/salexops/contract"
)

// paidNow is contract.md 3.3, spelled out.
func paidNow(f Facts, now time.Time) bool {
	today := f.Policy.Zone.DateOf(now)
	return slices.ContainsFunc(f.Payments, func(p Payment) bool {
		stands := !p.ReceivedAt.After(now) && (p.ReversedAt.IsZero() || p.ReversedAt.After(now))
		return stands && !today.Before(p.From) && !today.After(p.To)
	})
}

// TestWhatMustAlwaysHold follows random histories, with the clock read forwards
// and backwards, and looks at the properties of contract.md 12 after each step.
func TestWhatMustAlwaysHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := anyHistory(t)
		if rapid.IntRange(0, 2).Draw(t, "clock goes forwards") > 0 {
			slices.SortFunc(h.readings, time.Time.Compare)
		}
		purgedLapses := map[time.Time]int{}
		var wakeAt time.Time
		for _, now := range h.readings {
			// Most faults hide at the instants for which the standing asks.
			if !wakeAt.IsZero() && rapid.IntRange(0, 2).Draw(t, "as asked") > 0 {
				now = wakeAt.Add(-time.Duration(rapid.IntRange(0, 1).Draw(t, "a moment before")))
			}
			h.learn(t, now)
			for acts, acted := 0, true; acted; acts++ {
				if acts > mostActs {
					t.Fatalf("acts for ever at %s", now)
				}
				before := h.facts
				s := h.evaluate(now)
				wakeAt = s.WakeAt
				alwaysHolds(t, s, h.facts)
				neverGoesBack(t, before, s)
				disablingWasAllowed(t, before, s)
				if purgeIsFenced(s) {
					purgeWasAllowed(t, s, h.facts)
				}
				purges := len(h.purged)
				if acted = h.act(s); len(h.purged) > purges {
					purgedLapses[h.facts.Lapse.OpenedAt]++
				}
			}
		}
		for opened, purges := range purgedLapses { // Property 3.
			if purges > 1 {
				t.Fatalf("the lapse of %s was purged %d times", opened, purges)
			}
		}
	})
}

// alwaysHolds are the properties of one standing.
func alwaysHolds(t *rapid.T, s Standing, f Facts) {
	conductAllows := s.Conduct == ConductGood || s.Conduct == ConductWarned
	if paidNow(f, s.At) && conductAllows && s.Lifecycle == LifecycleActive && s.Billing != BillingPurging && !s.MayRun {
		t.Fatalf("property 2: stopped as %s although today is paid", s.Billing)
	}
	if s.Billing == BillingGrace && (s.SupportEntitled || s.MayRun != (conductAllows && s.Lifecycle == LifecycleActive)) {
		t.Fatalf("property 12: in grace, may run %t, support %t", s.MayRun, s.SupportEntitled)
	}
	if s.Conduct == ConductSuspended && s.MayRun {
		t.Fatalf("property 13: suspended and running")
	}
	if s.Billing == BillingFree && s.Lapse != nil {
		t.Fatalf("property 14: free and lapsed: %+v", s.Lapse)
	}
	expired := !s.Licence.Until.IsZero() && !s.At.Before(s.Licence.Until)
	if s.MayRun && (!s.Licence.Granted || s.At.Before(s.Licence.From) || expired) {
		t.Fatalf("runs as %s at %s on licence %+v", s.Billing, s.At, s.Licence)
	}
	if !s.WakeAt.IsZero() && !s.WakeAt.After(s.At) {
		t.Fatalf("wakes at %s, not after %s", s.WakeAt, s.At)
	}
	if s.MayRun != (s.Access == AccessOpen) {
		t.Fatalf("may run %t, but access is %s", s.MayRun, s.Access)
	}
	endedInOrder(t, s, f)
	if s.Billing == BillingCurrent && s.Lapse != nil {
		t.Fatalf("property 3: current, with a lapse that is still open: %+v", s.Lapse)
	}
}

// disablingWasAllowed looks at the step to Disabled, counted from the facts.
func disablingWasAllowed(t *rapid.T, before Facts, s Standing) {
	if s.Lapse == nil || s.Lapse.DisabledAt.IsZero() {
		return
	}
	if before.Lapse != nil && before.Lapse.DisabledAt.Equal(s.Lapse.DisabledAt) {
		return // It was done before.
	}
	due := hermosillo.StartOfDay(s.Lapse.CountsFrom.AddDays(4))
	if s.At.Before(due) || before.Feed.CompleteTo().Before(due) || !before.Assurances.DisableBreakerClosed {
		t.Fatalf("disabled at %s, due %s, feed complete to %s, breaker closed %t",
			s.At, due, before.Feed.CompleteTo(), before.Assurances.DisableBreakerClosed)
	}
}

// neverGoesBack is property 19: what was recorded as done is not undone by a
// clock, and the standing is never evaluated before it.
func neverGoesBack(t *rapid.T, before Facts, s Standing) {
	if before.Lapse != nil && s.At.Before(before.Lapse.DisabledAt) {
		t.Fatalf("property 19: evaluated at %s, before users were disabled at %s", s.At, before.Lapse.DisabledAt)
	}
	if s.PaidThrough.Before(before.Recorded.PaidThrough) && !slices.ContainsFunc(before.Payments, func(p Payment) bool {
		return !p.ReversedAt.IsZero() && !p.ReversedAt.After(s.At)
	}) {
		t.Fatalf("property 19: paid through %s, and then through %s", before.Recorded.PaidThrough, s.PaidThrough)
	}
	over := !s.Ending.Ends.At.IsZero() && !s.At.Before(s.Ending.Ends.At)
	if before.Recorded.Lifecycle == LifecycleActive && s.Lifecycle != LifecycleActive && !over {
		t.Fatalf("property 19: active, and then %s", s.Lifecycle)
	}
	order := []Lifecycle{"", LifecyclePending, LifecycleActive, LifecycleExporting, LifecycleDeleting, LifecycleDeleted}
	if slices.Index(order, s.Lifecycle) < slices.Index(order, before.Recorded.Lifecycle) {
		t.Fatalf("property 11: %s, and then %s", before.Recorded.Lifecycle, s.Lifecycle)
	}
}

// purgeIsFenced reports whether the operator is about to write its fence.
func purgeIsFenced(s Standing) bool {
	return slices.ContainsFunc(s.Due, func(a Act) bool { return a.Kind == ActPurge && a.Permitted() })
}

// purgeWasAllowed are properties 1 and 4, counted from the facts.
func purgeWasAllowed(t *rapid.T, s Standing, f Facts) {
	notice := f.Lapse.PurgeNotice
	if notice.AcceptedAt.IsZero() || !notice.BouncedAt.IsZero() && !notice.BouncedAt.Before(notice.AcceptedAt) {
		t.Fatalf("property 4: purged after the notice %+v", notice)
	}
	floor := hermosillo.StartOfDay(f.Lapse.CountsFrom.AddDays(31))
	if afterNotice := hermosillo.StartOfDay(hermosillo.DateOf(notice.AcceptedAt).AddDays(6)); afterNotice.After(floor) {
		floor = afterNotice
	}
	if s.At.Before(floor) {
		t.Fatalf("property 1: purged at %s, before %s", s.At, floor)
	}
	if f.Feed.CompleteTo().Before(floor) || f.Policy.Freeze || f.Hold || f.Assurances != (Assurances{
		DisableBreakerClosed: f.Assurances.DisableBreakerClosed, PurgeBreakerClosed: true, ClockAgrees: true, ReadLive: true,
	}) {
		t.Fatalf("property 4: purged with feed %v, freeze %t, hold %t, %+v", f.Feed, f.Policy.Freeze, f.Hold, f.Assurances)
	}
	if f.Lapse.DisabledAt.IsZero() || f.Agreements[0].Interval != Monthly {
		t.Fatalf("purged out of turn: %+v", f.Lapse)
	}
}

// Property 7 of contract.md 12: an operator that was away does nothing earlier
// than one that was not, and tells the owner all the same.
func TestAnOutageOnlyEverDelaysHarm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		f.Feed, f.Hold, f.Assurances = Feed{FleetAsOf: hermosillo.StartOfDay(origin.AddDays(9999))}, false, sure
		start, end := hermosillo.StartOfDay(origin.AddDays(-40)), hermosillo.StartOfDay(origin.AddDays(400))

		present, absent := newOperator(f), newOperator(f)
		present.until(start, end, nil)
		away := anyInstant(t, "away")
		back := away.Add(time.Duration(rapid.IntRange(1, 90*24).Draw(t, "hours away")) * time.Hour)
		absent.until(start, away, nil)
		absent.until(back, end, nil)

		if len(absent.purged) > len(present.purged) {
			t.Fatalf("purged %v instead of %v", absent.purged, present.purged)
		}
		for i := range absent.purged {
			if len(absent.told) <= i || hermosillo.DateOf(absent.purged[i]).DaysSince(hermosillo.DateOf(absent.told[i])) < 6 {
				t.Fatalf("told %v, purged %v", absent.told, absent.purged)
			}
		}
		if len(absent.purged) > 0 && absent.purged[0].Before(present.purged[0]) {
			t.Fatalf("away, purged at %s; present, at %s", absent.purged[0], present.purged[0])
		}
	})
}

// The standing stays what it is until it says that it changes: whoever sleeps
// until WakeAt misses nothing.
func TestNothingChangesBeforeWakeAt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		f.Feed = Feed{FleetAsOf: hermosillo.StartOfDay(origin.AddDays(9999))}
		o := newOperator(f)
		o.work(f.Now)
		s := o.evaluate(f.Now) // Nothing is left to do.
		limit := s.WakeAt
		if limit.IsZero() {
			limit = s.At.AddDate(3, 0, 0)
		}
		between := s.At.Add(time.Duration(rapid.Int64Range(0, int64(limit.Sub(s.At))-1).Draw(t, "between")))
		now := s
		now.At = between.UTC()
		then := o.facts
		then.Now = between
		if got := Evaluate(then); !reflect.DeepEqual(got, now) {
			t.Fatalf("at %s, before %s, it has become\n%+v\nfrom\n%+v", between, limit, got, now)
		}
	})
}

// Property 9 of contract.md 12: the machine's zone plays no part.
func TestTwoMachinesInDifferentZonesAgree(t *testing.T) {
	machine := time.Local
	t.Cleanup(func() { time.Local = machine })
	zones := []string{"UTC", "America/Hermosillo", "Pacific/Kiritimati", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"}
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		var first Standing
		for i, name := range zones {
			location, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			time.Local = location
			here := f
			here.Now = f.Now.Local()
			here.Payments = slices.Clone(f.Payments)
			for j := range here.Payments {
				here.Payments[j].ReceivedAt = here.Payments[j].ReceivedAt.Local()
			}
			s := Evaluate(here)
			if i == 0 {
				first = s
			}
			if got, want := asText(s), asText(first); got != want {
				t.Fatalf("in %s:\n%s\nin %s:\n%s", name, got, zones[0], want)
			}
		}
	})
}
