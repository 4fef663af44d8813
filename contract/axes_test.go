package contract_test

import (
	"slices"
	"testing"
	"time"

	. "github.com/grupobizopps/salexops/contract"
)

// TestTheAxesDecideTogether is the table of contract.md 11 over all 32 pairs of
// billing and conduct and all lifecycles. What is disabled for good is not Active
// any more (contract.md 9).
func TestTheAxesDecideTogether(t *testing.T) {
	december := payment(t, "pay-1", "2026-12-31", "2027-01-30")
	warn := Suspension{Action: ActionWarn, OpenedAt: local(t, "2027-01-01")}
	suspend := Suspension{Action: ActionSuspend, Exception: true, OpenedAt: local(t, "2027-01-01")}
	disable := Suspension{Action: ActionDisable, Exception: true}

	billings := map[Billing]func() Facts{
		BillingPending: func() Facts { return paid(t, "2027-01-15") },
		BillingFree: func() Facts {
			f := paid(t, "2027-01-15")
			f.Requested = free
			return f
		},
		BillingCurrent:        func() Facts { return paid(t, "2027-01-15", december) },
		BillingGrace:          func() Facts { return paid(t, "2027-02-01", december) },
		BillingDisabled:       func() Facts { return paid(t, "2027-02-04", december) },
		BillingPurgeScheduled: func() Facts { return lapsedAt(t, "2027-02-20", Lapse{}) },
		BillingPurging: func() Facts {
			return lapsedAt(t, "2027-03-03", Lapse{PurgeStartedAt: local(t, "2027-03-03")})
		},
		BillingPurged: func() Facts {
			return lapsedAt(t, "2027-03-03", Lapse{PurgeStartedAt: local(t, "2027-03-03"), PurgedAt: local(t, "2027-03-03")})
		},
	}
	conducts := map[Conduct][]Suspension{
		ConductGood: nil, ConductWarned: {warn}, ConductSuspended: {suspend}, ConductDisabled: {disable},
	}
	for billing, facts := range billings {
		for conduct, cases := range conducts {
			for _, lifecycle := range []Lifecycle{LifecycleActive, LifecycleExporting, LifecycleDeleting, LifecycleDeleted} {
				f := facts()
				f.Suspensions, f.Recorded.Lifecycle = slices.Clone(cases), lifecycle
				if conduct == ConductDisabled { // For good, from a minute after on.
					f.Now = f.Now.Add(time.Minute)
					f.Suspensions[0].OpenedAt = f.Now
					if lifecycle == LifecycleActive {
						lifecycle = LifecycleExporting
					}
				}
				s := Evaluate(f)
				if s.Billing != billing || s.Conduct != conduct || s.Lifecycle != lifecycle {
					t.Fatalf("%s, %s, %s became %s, %s, %s", billing, conduct, lifecycle, s.Billing, s.Conduct, s.Lifecycle)
				}
				runs := lifecycle == LifecycleActive &&
					(billing == BillingFree || billing == BillingCurrent || billing == BillingGrace) &&
					(conduct == ConductGood || conduct == ConductWarned)
				access := AccessClosed
				switch {
				case runs:
					access = AccessOpen
				case lifecycle == LifecycleExporting:
					access = AccessExportOnly
				}
				if s.MayRun != runs || s.Access != access {
					t.Errorf("%s, %s, %s: may run %t, %s", billing, conduct, lifecycle, s.MayRun, s.Access)
				}
			}
		}
	}
}

// lapsedAt is acme in the lapse of contract.md 4, told on 20 Feb, with what a
// test adds to its record.
func lapsedAt(t testing.TB, now string, added Lapse) Facts {
	f := acme(t, now)
	f.Lapse = &Lapse{
		CountsFrom:     date(t, "2027-01-31"),
		OpenedAt:       local(t, "2027-02-01"),
		Terms:          f.Policy.Lapse.For(Monthly),
		DisabledAt:     local(t, "2027-02-04"),
		PurgeNotice:    Delivery{AcceptedAt: local(t, "2027-02-20")},
		PurgeStartedAt: added.PurgeStartedAt,
		PurgedAt:       added.PurgedAt,
	}
	return f
}

func TestWhatHasEndedNeverBeginsAgain(t *testing.T) {
	for _, ended := range []Lifecycle{LifecycleExporting, LifecycleDeleting, LifecycleDeleted} {
		f := acme(t, "2027-01-15")
		f.Recorded.Lifecycle = ended
		if s := Evaluate(f); s.Lifecycle != ended || s.MayRun || s.SupportEntitled {
			t.Errorf("%s became %s, may run %t, support %t", ended, s.Lifecycle, s.MayRun, s.SupportEntitled)
		}
	}
}
