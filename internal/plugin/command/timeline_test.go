package command_test

import (
	"testing"
	"time"

	"sigs.k8s.io/controller-runtime/pkg/client"

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

func TestATimelineKnowsEverythingTheLedgerRecords(t *testing.T) {
	newHouse(t,
		subscription("botica", func(s *v1alpha1.Subscription) {
			s.Status.Billing.Payments[0].ReversedAt = at(t, "2027-02-22T17:00:00Z")
			s.Status.PlanPeriods = append(s.Status.PlanPeriods, v1alpha1.PlanPeriod{
				From: "2027-01-31", PlanRef: v1alpha1.PlanReference{Name: "team"}, Interval: "Annual",
			})
			days := int32(30)
			s.Status.Lapses = []v1alpha1.Lapse{{
				OpenedOn: "2027-01-02", CountsFrom: "2027-01-01", ClosedAt: at(t, "2027-02-08T17:00:00Z"), ClosedBy: "pay-0001",
				Policy:  &v1alpha1.PinnedLapsePolicy{DisableAfterDays: 3, PurgeNoticeAfterDays: 20, PurgeNoticeDays: 5, PurgeAfterDays: &days},
				GraceAt: at(t, "2027-01-02T07:00:00Z"), DisabledAt: at(t, "2027-01-05T07:00:02Z"),
				NoticeName: "botica-purge-notice-2027-02-20", NoticeDeliveredAt: at(t, "2027-01-21T08:00:00Z"),
				Purge: &v1alpha1.PurgeStatus{IntentAt: at(t, "2027-02-01T07:00:09Z"), CompletedAt: at(t, "2027-02-01T07:00:50Z")},
			}}
		}),
		func(object client.Object) {
			if n, is := object.(*v1alpha1.Notice); is {
				n.Status = v1alpha1.NoticeStatus{State: v1alpha1.NoticeAccepted, BouncedAt: at(t, "2027-01-21T07:30:00Z"), AcceptedAt: at(t, "2027-01-21T08:00:00Z"),
					Attempts: []v1alpha1.NoticeAttempt{
						{Address: "luz@botica.example", FailedAt: at(t, "2027-01-21T07:00:40Z"), Error: "451 try\r\nlater"},
						{Address: "cuentas@botica.example", AcceptedAt: at(t, "2027-01-21T08:00:00Z")},
					}}
			}
		},
		tenant("botica", func(tenant *v1alpha1.Tenant) {
			tenant.Status.Terms = []v1alpha1.TermsDecision{
				{Revision: "a", Kind: v1alpha1.TermsOfService, Version: "2027-01", AnnouncedAt: at(t, "2027-01-05T07:00:00Z"), EffectiveAt: at(t, "2027-01-21T07:00:00Z"), Decision: "Accepted", Mode: "Silence", DecidedAt: at(t, "2027-01-21T07:00:00Z")},
				{Revision: "b", Kind: v1alpha1.PrivacyPolicy, Version: "2027-01", Decision: "Accepted", Mode: "Explicit", DecidedAt: at(t, "2027-01-20T18:00:00Z")},
				{Revision: "c", Kind: v1alpha1.PrivacyPolicy, Version: "2027-02", Decision: "Objected", DecidedAt: at(t, "2027-02-20T18:00:00Z")},
			}
			tenant.Status.OverQuota = &v1alpha1.OverQuotaStatus{
				Since: at(t, "2027-02-10T18:00:00Z"), NoticeDeliveredAt: at(t, "2027-02-10T18:00:05Z"), ActedAt: at(t, "2027-02-16T07:00:00Z"),
			}
			tenant.Status.Termination = &v1alpha1.TerminationStatus{
				Cause: v1alpha1.CauseTermsObjection, Ends: &v1alpha1.Deadline{At: at(t, "2027-02-21T07:00:00Z")}, Delete: &v1alpha1.Deadline{At: at(t, "2027-03-24T07:00:00Z")},
			}
		}),
	).prints("timeline-everything", "timeline", "botica", "--ahead", "20d")
}
