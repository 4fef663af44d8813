package command_test

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestATimelineHasPastPresentAndFuture(t *testing.T) {
	for _, name := range []string{"acme", "botica", "globex", "minera"} {
		t.Run(name, func(t *testing.T) { newHouse(t).prints("timeline-"+name, "timeline", name) })
	}
}

func TestATimelineSaysWhatIsHeldBack(t *testing.T) {
	h := newHouse(t, tenant("botica", func(tenant *v1alpha1.Tenant) { tenant.Spec.Hold = true }))
	h.prints("timeline-held", "timeline", "botica")
	overdue := newHouse(t)
	overdue.now = time.Date(2027, 2, 24, 16, 0, 0, 0, time.UTC)
	overdue.prints("timeline-overdue", "timeline", "minera")
}

func TestTheDeletionComesLaterWhenTheOwnerIsToldLate(t *testing.T) {
	newHouse(t, openLapse(func(l *v1alpha1.Lapse) { l.NoticeDeliveredAt, l.NoticeName = nil, "" })).
		prints("timeline-untold", "timeline", "botica")
}

func TestATimelineKnowsAChangeOfPlan(t *testing.T) {
	newHouse(t, subscription("acme", func(s *v1alpha1.Subscription) { s.Spec.PlanRef.Name = "free" })).
		prints("timeline-plan", "timeline", "acme")
}

func TestATimelineLooksAsFarAsItIsTold(t *testing.T) {
	newHouse(t).prints("timeline-10d", "timeline", "minera", "--ahead", "10d")
	newHouse(t).fails(2, `--ahead: "far" is not a length of time`, "timeline", "minera", "--ahead", "far")
}

func TestNothingComesOfDataThatAreMissing(t *testing.T) {
	newHouse(t, openLapse(func(l *v1alpha1.Lapse) { l.Purge = &v1alpha1.PurgeStatus{IntentAt: at(t, "2027-02-23T07:00:10Z")} }),
		tenant("botica", func(tenant *v1alpha1.Tenant) { tenant.Status.Standing.PaidThrough = "2027-03-30" })).
		prints("timeline-data-lost", "timeline", "botica")
}

func TestATimelineAsYAML(t *testing.T) {
	newHouse(t).prints("timeline-yaml", "timeline", "botica", "-o", "yaml")
}
