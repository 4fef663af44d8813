package simulation_test

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/contract/simulation"
)

// paidAllYear is acme with one payment for 2027.
func paidAllYear(t testing.TB) contract.Facts {
	f := acme(t)
	f.Payments = []contract.Payment{payment(t, "pay-1", "2026-12-31", "2027-12-30")}
	return f
}

// What the ledger recorded as delivered was delivered then, be it late; and a
// case that is resolved while no mail goes out needs none.
func TestANoticeOfACaseIsDeliveredOnce(t *testing.T) {
	opened := contract.Suspension{Name: "case", Action: contract.ActionSuspend, OpenedAt: local(t, "2027-05-10 10:00")}
	late := opened
	late.Notice.AcceptedAt = local(t, "2027-05-12 08:00")
	bounced := opened
	bounced.Notice = contract.Delivery{AcceptedAt: local(t, "2027-05-10 10:00"), BouncedAt: local(t, "2027-05-10 11:00")}
	resolved := opened
	resolved.ResolvedAt = local(t, "2027-05-11 10:00")
	outage := simulation.Assumptions{NoticeOutages: []contract.Period{{From: date(t, "2027-05-10"), To: date(t, "2027-05-12")}}}
	for name, c := range map[string]struct {
		breach contract.Suspension
		assume simulation.Assumptions
		want   []string
	}{
		"at once":                 {opened, simulation.Assumptions{}, []string{"2027-05-10 10:00:00 SuspensionNoticeDelivered", "2027-05-16 00:00:00 Suspended"}},
		"late, as recorded":       {late, simulation.Assumptions{}, []string{"2027-05-12 08:00:00 SuspensionNoticeDelivered", "2027-05-18 00:00:00 Suspended"}},
		"recorded as bounced":     {bounced, simulation.Assumptions{}, []string{"2027-05-10 10:00:00 SuspensionNoticeDelivered", "2027-05-16 00:00:00 Suspended"}},
		"resolved in the outage":  {resolved, outage, nil},
		"recorded in the outage":  {late, outage, []string{"2027-05-12 08:00:00 SuspensionNoticeDelivered", "2027-05-18 00:00:00 Suspended"}},
		"delivered after all":     {opened, outage, []string{"2027-05-13 00:00:00 SuspensionNoticeDelivered", "2027-05-19 00:00:00 Suspended"}},
		"a warning in the outage": {contract.Suspension{Action: contract.ActionWarn, OpenedAt: opened.OpenedAt}, outage, []string{"2027-05-10 10:00:00 Warned"}},
	} {
		f := paidAllYear(t)
		f.Suspensions = []contract.Suspension{c.breach}
		if got := told(t, f, "2027-05-01", "2027-06-01", c.assume); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
