package facts_test

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

// recorded is acme with a closed lapse of last year and an open one.
func recorded(t *testing.T) (facts.Objects, *v1alpha1.Lapse) {
	instant := func(text string) *metav1.Time { return &metav1.Time{Time: at(t, text)} }
	days := int32(30)
	policy := &v1alpha1.PinnedLapsePolicy{DisableAfterDays: 3, PurgeNoticeAfterDays: 20, PurgeNoticeDays: 5, PurgeAfterDays: &days}
	objects := ledger(t)
	objects.Subscriptions[0].Status.Lapses = []v1alpha1.Lapse{
		{OpenedOn: "2026-02-01", CountsFrom: "2026-01-31", GraceAt: instant("2026-02-01T07:00:00Z"), Policy: policy, ClosedAt: instant("2026-02-02T07:00:00Z")},
		{OpenedOn: "2027-02-01", CountsFrom: "2027-01-31", GraceAt: instant("2027-02-01T07:00:00Z"), Policy: policy,
			DisabledAt: instant("2027-02-04T07:00:00Z"), NoticeDeliveredAt: instant("2027-02-20T07:00:41Z")},
	}
	return objects, &objects.Subscriptions[0].Status.Lapses[1]
}

func TestTheOpenLapseGoesOnFromWhereItWas(t *testing.T) {
	objects, _ := recorded(t)
	account, s := standing(t, objects, "2027-02-21T07:00:00Z")
	if s.Billing != contract.BillingPurgeScheduled || account.When(s.Next) != "2027-03-03 00:00" {
		t.Errorf("%s, next %q on %s", s.Billing, s.Next.What, account.When(s.Next))
	}
	if want := (contract.LapseTerms{DisableAfterDays: 3, PurgeNoticeAfterDays: 20, PurgeNoticeDays: 5, PurgeAfterDays: 30, Purges: true}); s.Lapse.Terms != want {
		t.Errorf("pinned %+v", s.Lapse.Terms)
	}
}

func TestALapseWithoutPurgePeriodIsNeverPurged(t *testing.T) {
	objects, lapse := recorded(t)
	lapse.Policy.PurgeAfterDays = nil
	if _, s := standing(t, objects, "2028-02-21T07:00:00Z"); s.Billing != contract.BillingDisabled {
		t.Errorf("%s", s.Billing)
	}
}

func TestTheFenceAndTheRecordOfAPurgeAreSeen(t *testing.T) {
	objects, lapse := recorded(t)
	lapse.Purge = &v1alpha1.PurgeStatus{IntentAt: &metav1.Time{Time: at(t, "2027-03-03T07:00:00Z")}}
	if _, s := standing(t, objects, "2027-03-03T07:01:00Z"); s.Billing != contract.BillingPurging {
		t.Errorf("past the fence: %s", s.Billing)
	}
	lapse.Purge.CompletedAt = &metav1.Time{Time: at(t, "2027-03-03T07:02:00Z")}
	if _, s := standing(t, objects, "2027-03-03T07:03:00Z"); s.Billing != contract.BillingPurged {
		t.Errorf("done: %s", s.Billing)
	}
}

// What evaluation leaves behind is read again: an active tenant stays so.
func TestTheRecordedStandingIsRead(t *testing.T) {
	objects := ledger(t)
	objects.Tenant.Spec.Owner.EmailConfirmedAt = nil
	objects.Tenant.Status.Standing = &v1alpha1.Standing{Billing: "Current", Lifecycle: "Active", PaidThrough: "unreadable"}
	account, s := standing(t, objects, "2027-01-15T17:00:00Z")
	if s.Lifecycle != contract.LifecycleActive || !s.MayRun || !account.Facts.Recorded.PaidThrough.IsZero() {
		t.Errorf("%s, may run %t, recorded %+v", s.Lifecycle, s.MayRun, account.Facts.Recorded)
	}
}

// The record of a lapse that is closed keeps a clock that goes back from opening
// it again (contract.md 12.19).
func TestTheEndOfTheLastLapseIsRead(t *testing.T) {
	objects, lapse := recorded(t)
	account, _ := standing(t, objects, "2027-02-21T07:00:00Z")
	if got := account.Facts.LapseClosedAt; !got.Equal(at(t, "2026-02-02T07:00:00Z")) {
		t.Errorf("closed at %s", got)
	}
	lapse.ClosedAt = &metav1.Time{Time: at(t, "2027-02-25T17:00:00Z")}
	account, s := standing(t, objects, "2027-02-21T07:00:00Z")
	if got := account.Facts; !got.LapseClosedAt.Equal(lapse.ClosedAt.Time) || got.Lapse != nil || !s.At.Equal(lapse.ClosedAt.Time) {
		t.Errorf("closed at %s, evaluated at %s", got.LapseClosedAt, s.At)
	}
}
