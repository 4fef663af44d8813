package facts

import (
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// openLapse reads the lapse that is open, if one is. Closed ones are history.
func (r *reader) openLapse(lapses []v1alpha1.Lapse) *contract.Lapse {
	for i := range lapses {
		if lapses[i].ClosedAt == nil {
			return r.lapse(fmt.Sprintf("status.lapses[%d]", i), &lapses[i])
		}
	}
	return nil
}

// closedAt is when the last of the closed lapses was closed.
func closedAt(lapses []v1alpha1.Lapse) time.Time {
	var last time.Time
	for i := range lapses {
		if at := instant(lapses[i].ClosedAt); at.After(last) {
			last = at
		}
	}
	return last
}

func (r *reader) lapse(field string, object *v1alpha1.Lapse) *contract.Lapse {
	lapse := &contract.Lapse{
		CountsFrom:  r.date(field+".countsFrom", string(object.CountsFrom)),
		OpenedAt:    instant(object.GraceAt),
		RemindedAt:  instant(object.RemindedAt),
		DisabledAt:  instant(object.DisabledAt),
		PurgeNotice: contract.Delivery{AcceptedAt: instant(object.NoticeDeliveredAt)},
	}
	if lapse.OpenedAt.IsZero() {
		r.fail(field+".graceAt", fmt.Errorf("is missing: a lapse opens when grace begins"))
	}
	if object.Policy == nil {
		r.fail(field+".policy", fmt.Errorf("is missing: a lapse keeps the policy it opened with"))
		return lapse
	}
	lapse.Terms = contract.LapseTerms{
		DisableAfterDays:     int(object.Policy.DisableAfterDays),
		PurgeNoticeAfterDays: int(object.Policy.PurgeNoticeAfterDays),
		PurgeNoticeDays:      int(object.Policy.PurgeNoticeDays),
	}
	if days := object.Policy.PurgeAfterDays; days != nil {
		lapse.Terms.PurgeAfterDays, lapse.Terms.Purges = int(*days), true
	}
	if purge := object.Purge; purge != nil {
		lapse.PurgeStartedAt = instant(purge.IntentAt)
		lapse.PurgedAt = instant(purge.CompletedAt)
	}
	return lapse
}
