package breaker

import (
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// fleetOf is a fleet of one tenant, which a test may change.
func fleetOf(change func(*v1alpha1.Tenant, *v1alpha1.Subscription)) *fleet {
	tenant, subscription := aTenant("acme"), lapsing("acme")
	change(tenant, subscription)
	return &fleet{
		policy: aPolicy(), tenants: []v1alpha1.Tenant{*tenant},
		subscriptions: map[string][]v1alpha1.Subscription{"acme": {*subscription}},
		plans: []v1alpha1.Plan{{
			ObjectMeta: metav1.ObjectMeta{Name: "team"}, Spec: v1alpha1.PlanSpec{Tier: v1alpha1.TierPaid},
		}},
	}
}

func stamp(at time.Time) *metav1.Time { return &metav1.Time{Time: at} }

// told is the open lapse of a tenant whose documents are due to be purged on 3
// March.
func told() v1alpha1.Lapse {
	days := int32(30)
	return v1alpha1.Lapse{
		OpenedOn: "2027-02-01", CountsFrom: "2027-01-31", GraceAt: stamp(disableDay.AddDate(0, 0, -3)),
		DisabledAt: stamp(disableDay), NoticeDeliveredAt: stamp(disableDay.AddDate(0, 0, 16)),
		Policy: &v1alpha1.PinnedLapsePolicy{DisableAfterDays: 3, PurgeNoticeAfterDays: 20, PurgeNoticeDays: 5, PurgeAfterDays: &days},
	}
}

func TestWhoseUsersAreDisabledIsCounted(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*v1alpha1.Tenant, *v1alpha1.Subscription)
		want   contract.FleetLoad
	}{
		{"one who is due", func(*v1alpha1.Tenant, *v1alpha1.Subscription) {}, contract.FleetLoad{Due: 1, RunningPaid: 1}},
		{"one who has paid", func(_ *v1alpha1.Tenant, s *v1alpha1.Subscription) {
			s.Status.Billing.Payments[0].PeriodTo = "2027-02-27"
		}, contract.FleetLoad{RunningPaid: 1}},
		{"one who is being deleted", func(t *v1alpha1.Tenant, _ *v1alpha1.Subscription) {
			t.DeletionTimestamp = stamp(disableDay)
		}, contract.FleetLoad{RunningPaid: 1}},
		{"one whose subscription can't be read", func(_ *v1alpha1.Tenant, s *v1alpha1.Subscription) {
			s.Spec.AnchorDate = "the last"
		}, contract.FleetLoad{RunningPaid: 1}},
		{"one of whom nothing is known yet", func(t *v1alpha1.Tenant, _ *v1alpha1.Subscription) {
			t.Status.Standing = nil
		}, contract.FleetLoad{Due: 1}},
		{"one who was disabled within the hour ran until then", func(t *v1alpha1.Tenant, s *v1alpha1.Subscription) {
			lapse := told()
			t.Status.Standing.MayRun, s.Status.Lapses = false, []v1alpha1.Lapse{lapse}
		}, contract.FleetLoad{Done: 1, RunningPaid: 1}},
		{"one who was, and runs again, counts once", func(_ *v1alpha1.Tenant, s *v1alpha1.Subscription) {
			lapse := told()
			lapse.ClosedAt = stamp(disableDay)
			s.Status.Lapses = []v1alpha1.Lapse{lapse}
		}, contract.FleetLoad{Done: 1, RunningPaid: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, due := fleetOf(test.change).count(contract.ActDisable, disableDay.Add(-time.Hour), disableDay)
			if got != test.want || len(due) != test.want.Due {
				t.Errorf("got %+v, want %+v; due: %v", got, test.want, due)
			}
		})
	}
}

func TestWhoseDocumentsArePurgedIsCounted(t *testing.T) {
	midnight := time.Date(2027, 3, 3, 7, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name      string
		fence     *v1alpha1.PurgeStatus
		due, done int
	}{
		{"one who is due", nil, 1, 0},
		{"one that passed its fence today", &v1alpha1.PurgeStatus{IntentAt: stamp(midnight)}, 0, 1},
		{"one that passed it yesterday was let through then", &v1alpha1.PurgeStatus{IntentAt: stamp(midnight.Add(-time.Second))}, 0, 0},
		{"one that is done", &v1alpha1.PurgeStatus{IntentAt: stamp(midnight.Add(-time.Second)), CompletedAt: stamp(midnight)}, 0, 0},
	} {
		f := fleetOf(func(_ *v1alpha1.Tenant, s *v1alpha1.Subscription) {
			lapse := told()
			lapse.Purge = test.fence
			s.Status.Lapses = []v1alpha1.Lapse{lapse}
		})
		if load, _ := f.count(contract.ActPurge, midnight, midnight.Add(time.Minute)); load.Due != test.due || load.Done != test.done {
			t.Errorf("%s: got %+v", test.name, load)
		}
	}
}
