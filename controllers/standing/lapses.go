package standing

import (
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/lag"
)

// mostLapses bounds the history that a Subscription keeps; what is older is in
// the cluster's own backups and audit log. A lapse with a fence stays beside:
// it is the record that outlives the documents.
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
	// Another instant makes another lapse, and not another date: the zone of a
	// policy may change in the middle of one.
	if open >= 0 && (s.Lapse == nil || !lapses[open].GraceAt.Equal(instantOf(s.Lapse.OpenedAt))) {
		closeLapse(&lapses[open], e)
		open = -1
	}
	if s.Lapse == nil {
		return latest(lapses, subscription.Status.Lapses)
	}
	if open < 0 {
		lapses, open = openLapse(lapses, dateIn(zone, s.Lapse.OpenedAt))
	}
	describeLapse(&lapses[open], e)
	return latest(lapses, subscription.Status.Lapses)
}

// openLapse opens a lapse. One that a payment had closed, and that opens on the
// same date once that payment is taken back as of then, goes on: it counts the
// same days, and its documents are purged once at most (contract.md 12.3).
func openLapse(lapses []v1alpha1.Lapse, on v1alpha1.Date) (all []v1alpha1.Lapse, open int) {
	for i := range lapses {
		if lapses[i].OpenedOn == on {
			lapses[i].ClosedAt, lapses[i].ClosedBy = nil, ""
			return lapses, i
		}
	}
	return append(lapses, v1alpha1.Lapse{OpenedOn: on}), len(lapses)
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

// latest leaves out the oldest lapses that recorded has no fence of. Of one that
// has, storage's part would stay behind, and look like an open lapse.
func latest(lapses, recorded []v1alpha1.Lapse) []v1alpha1.Lapse {
	fenced := map[v1alpha1.Date]bool{}
	for i := range recorded {
		fenced[recorded[i].OpenedOn] = recorded[i].Purge != nil
	}
	surplus := len(lapses) - mostLapses
	return slices.DeleteFunc(lapses, func(lapse v1alpha1.Lapse) bool {
		drop := surplus > 0 && lapse.ClosedAt != nil && !fenced[lapse.OpenedOn]
		if drop {
			surplus--
		}
		return drop
	})
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
	lapse.NoticeDeliveredAt = nil
	if s.Billing == contract.BillingPurging || doubtful(e) {
		return // A purge past its fence waits for this notice, and no other; and a doubt calls nothing off.
	}
	lapse.NoticeName = ""
	for _, act := range s.Due {
		if act.Kind == contract.ActPurgeNotice {
			lapse.NoticeName = facts.NoticeName(e.objects.Tenant.Name, v1alpha1.NoticePurge, zone.DateOf(act.Deadline.At))
		}
	}
}

// doubtful reports whether the ledger is too incomplete to say whether the lapse
// is over, or its dates have moved.
func doubtful(e *evaluation) bool {
	return len(e.account.Facts.Gaps) > 0 || slices.Contains(e.standing.Missing, contract.BillingDataLost)
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
