package facts_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/facts"
)

func TestWhatCannotBeReadNamesObjectAndField(t *testing.T) {
	subscription := func(o *facts.Objects) *v1alpha1.Subscription { return &o.Subscriptions[0] }
	payment := func(o *facts.Objects) *v1alpha1.Payment { return &subscription(o).Status.Billing.Payments[0] }
	lapse := func(o *facts.Objects, l v1alpha1.Lapse) { subscription(o).Status.Lapses = []v1alpha1.Lapse{l} }

	for _, c := range []struct {
		spoil func(*facts.Objects)
		want  string
	}{
		{func(o *facts.Objects) { o.Policy.Spec.TimeZone = "UTC-7" },
			`PlatformPolicy default: spec.timeZone: "UTC-7" is not an IANA time zone`},
		{func(o *facts.Objects) { o.Policy.Spec.Liability.FloorUSD = "much" },
			`PlatformPolicy default: spec.liability.floorUSD: "much" is not an amount`},
		{func(o *facts.Objects) { o.Policy.Spec.BusinessCalendar.Weekend = []v1alpha1.Weekday{"Domingo"} },
			`PlatformPolicy default: spec.businessCalendar.weekend[0]: "Domingo" is not a day of the week`},
		{func(o *facts.Objects) { o.Policy.Spec.BusinessCalendar.ExtraHolidays = []v1alpha1.Date{"6 June"} },
			`PlatformPolicy default: spec.businessCalendar.extraHolidays[0]: "6 June" is not a date`},
		{func(o *facts.Objects) {
			o.Policy.Spec.BusinessCalendar.Weekend = []v1alpha1.Weekday{
				"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
		}, `PlatformPolicy default: spec.businessCalendar.weekend: a weekend of all seven days`},
		{func(o *facts.Objects) { subscription(o).Spec.AnchorDate = "2027-02-29" },
			`Subscription acme: spec.anchorDate: "2027-02-29" is not a date`},
		{func(o *facts.Objects) { subscription(o).Spec.Interval = "Weekly" },
			`Subscription acme: spec.interval: "Weekly" is not a billing interval`},
		{func(o *facts.Objects) { payment(o).PeriodTo = "2026-12-30" },
			`Subscription acme: status.billing.payments[0].periodTo (payment pay-0001): 2026-12-30 lies before periodFrom 2026-12-31`},
		{func(o *facts.Objects) { payment(o).PeriodFrom = "" },
			`Subscription acme: status.billing.payments[0].periodFrom (payment pay-0001): "" is not a date`},
		{func(o *facts.Objects) { payment(o).ReceivedAt = metav1.Time{} },
			`Subscription acme: status.billing.payments[0].receivedAt (payment pay-0001): is missing`},
		{func(o *facts.Objects) { payment(o).AmountUSD = "-27.10" },
			`Subscription acme: status.billing.payments[0].amountUSD (payment pay-0001): "-27.10" is not an amount`},
		{func(o *facts.Objects) { lapse(o, v1alpha1.Lapse{CountsFrom: "2027-01-31"}) },
			`Subscription acme: status.lapses[0].graceAt: is missing`},
		{func(o *facts.Objects) {
			lapse(o, v1alpha1.Lapse{CountsFrom: "2027-01-31", GraceAt: &metav1.Time{Time: time.Unix(1, 0)}})
		}, `Subscription acme: status.lapses[0].policy: is missing`},
		{func(o *facts.Objects) { subscription(o).Status.PlanPeriods = []v1alpha1.PlanPeriod{{From: "now"}} },
			`Subscription acme: status.planPeriods[0].from: "now" is not a date`},
	} {
		objects := ledger(t)
		c.spoil(&objects)
		_, err := facts.From(objects, at(t, "2027-01-15T17:00:00Z"))
		var field *facts.FieldError
		if !errors.As(err, &field) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("got  %v\nwant %s…", err, c.want)
			continue
		}
		if errors.Unwrap(err) == nil || !strings.HasPrefix(c.want, field.Object+": "+field.Field+": ") {
			t.Errorf("%q names %q and %q", err, field.Object, field.Field)
		}
	}
}
