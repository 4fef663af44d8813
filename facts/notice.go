package facts

import (
	"strings"
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/attempts"
)

// NoticeName is the name of the Notice of a purpose that a tenant is due on a
// date. It follows from what the notice is about alone, so that the same one is
// never made twice.
func NoticeName(tenant string, purpose v1alpha1.NoticePurpose, due contract.Date) string {
	words := map[v1alpha1.NoticePurpose]string{
		v1alpha1.NoticePaymentReminder: "payment-reminder",
		v1alpha1.NoticePurge:           "purge-notice",
	}
	word, known := words[purpose]
	if !known {
		word = strings.ToLower(string(purpose))
	}
	return tenant + "-" + word + "-" + due.String()
}

// readNotices takes what became of the notices of the open lapse from the
// Notices themselves. One that is not there leaves what the lapse recorded: it
// is closed, or was deleted.
func (a *Account) readNotices() {
	lapse := a.Facts.Lapse
	if lapse == nil {
		return
	}
	reminder := NoticeName(a.objects.Tenant.Name, v1alpha1.NoticePaymentReminder, a.Facts.Policy.Zone.DateOf(lapse.OpenedAt))
	for i := range a.objects.Notices {
		notice := &a.objects.Notices[i]
		if notice.Spec.TenantRef.Name != a.objects.Tenant.Name || notice.Namespace != a.objects.Tenant.Namespace {
			continue
		}
		switch notice.Name {
		case a.openLapse().NoticeName:
			lapse.PurgeNotice = DeliveryOf(notice)
		case reminder:
			lapse.RemindedAt = time.Time{}
			if told, delivered := DeliveryOf(notice).Delivered(); delivered {
				lapse.RemindedAt = told
			}
		}
	}
}

// openLapse is the open lapse as the Subscription records it; nil when none is.
func (a *Account) openLapse() *v1alpha1.Lapse {
	if a.Subscription == nil {
		return nil
	}
	return OpenLapse(a.Subscription)
}

// OpenLapse is the lapse of a Subscription that is not closed; nil when none is.
func OpenLapse(subscription *v1alpha1.Subscription) *v1alpha1.Lapse {
	lapses := subscription.Status.Lapses
	for i := range lapses {
		if lapses[i].ClosedAt == nil {
			return &lapses[i]
		}
	}
	return nil
}

// DeliveryOf is what became of a notice, as the contract asks. A bounce counts
// from the moment it is reported, whether or not the rest of the status says so
// already: nothing may be destroyed in between.
func DeliveryOf(notice *v1alpha1.Notice) contract.Delivery {
	delivery := contract.Delivery{
		AcceptedAt: instant(notice.Status.AcceptedAt),
		BouncedAt:  instant(notice.Status.BouncedAt),
	}
	taken := attempts.Of(&notice.Status).Taken()
	if taken != nil && taken.Outcome == attempts.Bounced && !taken.AcceptedAt.Before(delivery.AcceptedAt) {
		delivery.AcceptedAt, delivery.BouncedAt = taken.AcceptedAt, taken.At
	}
	return delivery
}
