package plugin_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// state is a tenant in one state of billing, and what is said of it on the
// morning of 24 February 2027.
type state struct {
	plan     string
	standing *v1alpha1.Standing
	status   *v1alpha1.SubscriptionStatus
	explains string
	follows  string
}

// states has every state of billing.
func states(t *testing.T) map[string]state {
	t.Helper()
	paid := firstMonth(t)
	current := firstMonth(t)
	current.Payments = append(current.Payments, v1alpha1.Payment{
		ID: "pay-0002", ReceivedAt: *at(t, "2027-01-30T18:00:00Z"), Amount: "499.00", Currency: "MXN", AmountUSD: "27.35",
		PeriodFrom: "2027-01-31", PeriodTo: "2027-02-27",
	})
	grace := firstMonth(t)
	grace.Payments[0].PeriodTo = "2027-02-21"
	disabled := func(l *v1alpha1.Lapse) { l.DisabledAt = at(t, "2027-02-04T07:00:02Z") }
	told := func(l *v1alpha1.Lapse) { disabled(l); l.NoticeDeliveredAt = at(t, "2027-02-10T07:00:41Z") }
	earlier := firstMonth(t)
	earlier.Payments[0].PeriodTo = "2027-01-20"
	purge := func(purge v1alpha1.PurgeStatus) func(*v1alpha1.Lapse) {
		return func(l *v1alpha1.Lapse) {
			told(l)
			l.OpenedOn, l.CountsFrom, l.DueDate, l.GraceAt = "2027-01-22", "2027-01-21", "2027-01-21", at(t, "2027-01-22T07:00:00Z")
			l.Purge = &purge
		}
	}
	fell := func(billing v1alpha1.BillingState) *v1alpha1.Standing {
		standing := paidStanding(billing, false)
		standing.PaidThrough = "2027-01-20"
		return standing
	}
	return map[string]state{
		"pending": {"team", nil, nil, "registration is not complete", "nothing, by the passing of time alone"},
		"free": {"free", &v1alpha1.Standing{
			Plan: "free", PlanTier: v1alpha1.TierFree, Billing: v1alpha1.BillingFree, Conduct: v1alpha1.ConductGood,
			Lifecycle: v1alpha1.LifecycleActive, Access: v1alpha1.AccessOpen, MayRun: true, Summary: "Free",
		}, nil, "costs nothing", "nothing, by the passing of time alone"},
		"current": {"team", paidStanding(v1alpha1.BillingCurrent, true), &v1alpha1.SubscriptionStatus{Billing: current},
			"it is paid through 27 Feb 2027", "unless a payment covers 28 Feb"},
		"grace": {"team", paidStanding(v1alpha1.BillingGrace, true), &v1alpha1.SubscriptionStatus{
			Billing: grace, Lapses: lapse(t, func(l *v1alpha1.Lapse) {
				l.OpenedOn, l.CountsFrom, l.DueDate = "2027-02-23", "2027-02-22", "2027-02-22"
				l.GraceAt, l.RemindedAt = at(t, "2027-02-23T07:00:00Z"), nil
			}),
		}, "it is in grace, without technical support; its payment was due 22 Feb 2027", "2027-02-26 00:00   users are disabled"},
		"disabled": {"team", paidStanding(v1alpha1.BillingDisabled, false), &v1alpha1.SubscriptionStatus{Billing: paid, Lapses: lapse(t, disabled)},
			"its payment has lapsed", "owner is told of the deletion (due, not sent yet)"},
		"purgescheduled": {"team", paidStanding(v1alpha1.BillingPurgeScheduled, false), &v1alpha1.SubscriptionStatus{Billing: paid, Lapses: lapse(t, told)},
			"in 6 days: max(31 Jan + 31, 10 Feb + 6)", "2027-03-03 00:00   documents are deleted"},
		"purging": {"team", fell(v1alpha1.BillingPurging), &v1alpha1.SubscriptionStatus{
			Billing: earlier, Lapses: lapse(t, purge(v1alpha1.PurgeStatus{IntentAt: at(t, "2027-02-21T07:00:10Z")})),
		}, "its documents are being deleted", "documents are being deleted"},
		"purged": {"team", fell(v1alpha1.BillingPurged), &v1alpha1.SubscriptionStatus{
			Billing: earlier, Lapses: lapse(t, purge(v1alpha1.PurgeStatus{
				IntentAt: at(t, "2027-02-21T07:00:10Z"), CompletedAt: at(t, "2027-02-21T07:01:00Z"),
			})),
		}, "deleted 21 Feb 00:01:00", "nothing, by the passing of time alone"},
	}
}

func TestEveryStateOfBillingIsExplained(t *testing.T) {
	ns := namespace(t, "states")
	policyAt(t, "2027-02-24T16:00:00Z", nil)
	all := states(t)
	for name, s := range all {
		registered(t, ns, name, s.plan, s.standing, s.status)
	}
	for name, s := range all {
		t.Run(name, func(t *testing.T) {
			salexops(t, viewer, "", "explain", name, "-n", ns).succeeds(t, name+" may ", s.explains)
			salexops(t, viewer, "", "timeline", name, "-n", ns).succeeds(t, "\nNOW    2027-02-24 09:00   ", s.follows)
		})
	}
	t.Run("on one screen", func(t *testing.T) {
		salexops(t, viewer, "", "status", "-n", ns).succeeds(t, "8 tenants in states", "24 Feb 2027 09:00 America/Hermosillo, by the test clock",
			"1   PurgeScheduled", "billing feed   complete to 24 Feb 09:00 (now)", "No tenant needs attention.")
	})
	t.Run("what is due", func(t *testing.T) {
		a := salexops(t, viewer, "", "due", "-n", ns, "--within", "7d")
		a.out = strings.Join(strings.Fields(a.out), " ")
		a.succeeds(t,
			"2027-02-26 00:00 grace users are disabled due 22 Feb, unpaid -",
			"from 2027-03-03 00:00 disabled documents are deleted due 31 Jan, owner not told yet notice not delivered",
			"2027-03-03 00:00 purgescheduled documents are deleted due 31 Jan, told 10 Feb -")
		var due struct {
			Disables int `json:"disables"`
			Breaker  struct {
				RunningPaid int `json:"runningPaid"`
			} `json:"breaker"`
		}
		a = salexops(t, viewer, "", "due", "-n", ns, "-o", "json")
		if err := json.Unmarshal([]byte(a.out), &due); err != nil || due.Disables != 1 || due.Breaker.RunningPaid != 2 {
			t.Errorf("%v: %+v", err, due)
		}
	})
}
