package standing

import (
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/lag"
)

// mostLapses bounds the history that a Subscription keeps; what is older is in
// the cluster's own backups and audit log.
const mostLapses = 60

// lapsesOf is the history of lapses as the standing leaves it: the open one
// goes on, closes, or makes way for a new one. The fence of a purge is not in
// it, since storage writes that.
func lapsesOf(subscription *v1alpha1.Subscription, e *evaluation) []v1alpha1.Lapse {
	lapses := withoutFences(subscription.Status.Lapses)
	open := -1
	for i := range lapses {
		if lapses[i].ClosedAt == nil {
			open = i
		}
	}
	s := &e.standing
	zone := e.account.Facts.Policy.Zone
	if open >= 0 && (s.Lapse == nil || lapses[open].OpenedOn != dateIn(zone, s.Lapse.OpenedAt)) {
		closeLapse(&lapses[open], e)
		open = -1
	}
	if s.Lapse == nil {
		return latest(lapses)
	}
	if open < 0 {
		lapses = append(lapses, v1alpha1.Lapse{OpenedOn: dateIn(zone, s.Lapse.OpenedAt)})
		open = len(lapses) - 1
	}
	describeLapse(&lapses[open], e)
	return latest(lapses)
}

func withoutFences(lapses []v1alpha1.Lapse) []v1alpha1.Lapse {
	copied := make([]v1alpha1.Lapse, len(lapses))
	for i := range lapses {
		lapses[i].DeepCopyInto(&copied[i])
		copied[i].Purge = nil
	}
	if len(copied) == 0 {
		return nil
	}
	return copied
}

func latest(lapses []v1alpha1.Lapse) []v1alpha1.Lapse {
	return lapses[max(len(lapses)-mostLapses, 0):]
}

// closeLapse ends a lapse with the payment that covers today, if one does.
func closeLapse(lapse *v1alpha1.Lapse, e *evaluation) {
	at := toSecond(e.standing.At)
	lapse.ClosedAt = &at
	lapse.ClosedBy = coveredBy(&e.account.Facts, e.standing.At)
}

// coveredBy is the id of the payment that covers the date of an instant: of
// several, the one that came last.
func coveredBy(f *contract.Facts, at time.Time) string {
	today := f.Policy.Zone.DateOf(at)
	var id string
	var latest time.Time
	for i := range f.Payments {
		p := &f.Payments[i]
		stands := !p.ReceivedAt.After(at) && (p.ReversedAt.IsZero() || p.ReversedAt.After(at))
		if stands && !today.Before(p.From) && !today.After(p.To) && !p.ReceivedAt.Before(latest) {
			id, latest = p.ID, p.ReceivedAt
		}
	}
	return id
}

// describeLapse writes what the contract says about the open lapse.
func describeLapse(lapse *v1alpha1.Lapse, e *evaluation) {
	s, zone := &e.standing, e.account.Facts.Policy.Zone
	terms := s.Lapse.Terms
	lapse.CountsFrom = v1alpha1.Date(s.Lapse.CountsFrom.String())
	lapse.DueDate = v1alpha1.Date(s.DueDate.String())
	lapse.Policy = &v1alpha1.PinnedLapsePolicy{
		DisableAfterDays:     days(terms.DisableAfterDays),
		PurgeNoticeAfterDays: days(terms.PurgeNoticeAfterDays),
		PurgeNoticeDays:      days(terms.PurgeNoticeDays),
	}
	if terms.Purges {
		after := days(terms.PurgeAfterDays)
		lapse.Policy.PurgeAfterDays = &after
	}
	lapse.GraceAt = instantOf(s.Lapse.OpenedAt)
	lapse.DisableAt = instantOf(s.Deadlines.Disable.At)
	lapse.PurgeNoticeAt = instantOf(s.Deadlines.PurgeNotice.At)
	lapse.PurgeAt = instantOf(s.Deadlines.Purge.At)
	lapse.RemindedAt = instantOf(s.Lapse.RemindedAt)
	lapse.DisabledAt = instantOf(s.Lapse.DisabledAt)
	if told, delivered := s.Lapse.PurgeNotice.Delivered(); delivered {
		lapse.NoticeDeliveredAt = instantOf(told)
		return
	}
	lapse.NoticeName, lapse.NoticeDeliveredAt = "", nil
	for _, act := range s.Due {
		if act.Kind == contract.ActPurgeNotice {
			lapse.NoticeName = facts.NoticeName(e.objects.Tenant.Name, v1alpha1.NoticePurge, zone.DateOf(act.Deadline.At))
		}
	}
}

func days(n int) int32 { return int32(min(n, 1<<15)) } //nolint:gosec // bounded on the same line

func dateIn(zone contract.Zone, at time.Time) v1alpha1.Date {
	return v1alpha1.Date(zone.DateOf(at).String())
}

// instantOf is an instant as the API server keeps it; nil for none.
func instantOf(at time.Time) *metav1.Time {
	if at.IsZero() {
		return nil
	}
	second := toSecond(at)
	return &second
}

// measureDisabling observes how late users were disabled, as that is recorded.
func measureDisabling(before, after []v1alpha1.Lapse) {
	done := map[v1alpha1.Date]bool{}
	for i := range before {
		done[before[i].OpenedOn] = before[i].DisabledAt != nil
	}
	for i := range after {
		if lapse := &after[i]; lapse.DisabledAt != nil && lapse.DisableAt != nil && !done[lapse.OpenedOn] {
			lag.Observe(contract.ActDisable, lapse.DisableAt.Time, lapse.DisabledAt.Time)
		}
	}
}
