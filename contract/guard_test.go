package contract_test

import (
	"slices"
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

func TestWithoutAssurancesALapsedTenantStaysInGrace(t *testing.T) {
	acme := lapsed(t)
	acme.facts.Assurances = Assurances{}
	for _, now := range []string{"2027-02-04", "2027-03-03", "2028-01-01"} {
		s := acme.work(local(t, now))
		if s.Billing != BillingGrace || !s.MayRun || s.SupportEntitled {
			t.Fatalf("%s: %s, may run %t, support %t", now, s.Billing, s.MayRun, s.SupportEntitled)
		}
		// The standing says what it would have done, and since when.
		if len(s.Due) != 1 || s.Due[0].Kind != ActDisable || s.Due[0].Permitted() {
			t.Fatalf("%s: due %+v", now, s.Due)
		}
		if !s.Due[0].Deadline.At.Equal(local(t, "2027-02-04")) || !slices.Equal(s.Due[0].BlockedBy, []Guard{GuardBreakerClosed}) {
			t.Errorf("%s: due %+v", now, s.Due[0])
		}
		if s.Next.What != EventDisable || !s.Next.At.Equal(local(t, "2027-02-04")) {
			t.Errorf("%s: next %+v", now, s.Next)
		}
		if !s.WakeAt.After(s.At) {
			t.Errorf("%s: wakes at %s", now, s.WakeAt)
		}
	}
}

func TestNobodyIsDisabledOnAStaleFeed(t *testing.T) {
	deadline := local(t, "2027-02-04")
	for _, c := range []struct {
		because string
		feed    Feed
		want    Billing
	}{
		{"the feed was never heard of", Feed{}, BillingGrace},
		{"complete to just before", Feed{FleetAsOf: deadline.Add(-time.Nanosecond)}, BillingGrace},
		{"complete to the instant", Feed{FleetAsOf: deadline}, BillingDisabled},
		{"the subscription's own word counts as well", Feed{SubscriptionAsOf: deadline}, BillingDisabled},
		{"the later of the two counts", Feed{FleetAsOf: deadline, SubscriptionAsOf: local(t, "2026-12-31")}, BillingDisabled},
	} {
		f := acme(t, "2027-02-10")
		f.Feed = c.feed
		if s := Evaluate(f); s.Billing != c.want {
			t.Errorf("%s: %s, not %s", c.because, s.Billing, c.want)
		}
	}
}

func TestAFeedThatGoesStaleAfterwardsUndoesNothing(t *testing.T) {
	acme := lapsed(t)
	acme.work(local(t, "2027-02-04"))
	acme.facts.Feed = Feed{}
	if s := acme.work(local(t, "2027-02-10")); s.Billing != BillingDisabled {
		t.Errorf("a stale feed keeps the last state, not %s (contract.md 11)", s.Billing)
	}
}

func TestAPurgeNeedsEveryGuardAtOnce(t *testing.T) {
	for guard, spoil := range map[Guard]func(*Facts){
		GuardFeedComplete:  func(f *Facts) { f.Feed = Feed{FleetAsOf: local(t, "2027-03-02 23:59:59")} },
		GuardNotFrozen:     func(f *Facts) { f.Policy.Freeze = true },
		GuardNotHeld:       func(f *Facts) { f.Hold = true },
		GuardBreakerClosed: func(f *Facts) { f.Assurances.PurgeBreakerClosed = false },
		GuardClockAgrees:   func(f *Facts) { f.Assurances.ClockAgrees = false },
		GuardReadLive:      func(f *Facts) { f.Assurances.ReadLive = false },
	} {
		acme := lapsed(t)
		acme.work(local(t, "2027-02-04"))
		acme.work(local(t, "2027-02-20"))
		mended := acme.facts
		spoil(&acme.facts)
		s := acme.work(local(t, "2027-03-03"))
		if s.Billing != BillingPurgeScheduled || len(acme.purged) != 0 {
			t.Errorf("without %s: %s, purged %v", guard, s.Billing, acme.purged)
		}
		if len(s.Due) != 1 || s.Due[0].Kind != ActPurge || !slices.Equal(s.Due[0].BlockedBy, []Guard{guard}) {
			t.Errorf("without %s: due %+v", guard, s.Due)
		}
		acme.facts = mended
		if s := acme.work(local(t, "2027-03-05")); s.Billing != BillingPurged {
			t.Errorf("%s again: %s; what was due stays due", guard, s.Billing)
		}
	}
}

func TestFreezeAndHoldStopNothingButDestruction(t *testing.T) {
	acme := lapsed(t)
	acme.facts.Policy.Freeze, acme.facts.Hold = true, true
	if s := acme.work(local(t, "2027-02-04")); s.Billing != BillingDisabled {
		t.Errorf("frozen and held: %s", s.Billing)
	}
	if s := acme.work(local(t, "2027-02-20")); s.Billing != BillingPurgeScheduled {
		t.Errorf("frozen and held: %s", s.Billing)
	}
}
