package standing

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestThePurgeThatIsToldOfIsTheLatest(t *testing.T) {
	l := newLedger(t)
	purged := func(opened, due v1alpha1.Date, completed string) v1alpha1.Lapse {
		lapse := v1alpha1.Lapse{OpenedOn: opened, DueDate: due, Purge: &v1alpha1.PurgeStatus{IntentAt: instantOf(local(t, "2025-01-01 00:00"))}}
		if completed != "" {
			lapse.Purge.CompletedAt = instantOf(local(t, completed))
		}
		return lapse
	}
	for name, c := range map[string]struct {
		lapses []v1alpha1.Lapse
		words  []string
	}{
		"nothing lapsed":              {},
		"a lapse was paid in time":    {lapses: []v1alpha1.Lapse{{OpenedOn: "2026-02-01"}}},
		"a purge has not ended yet":   {lapses: []v1alpha1.Lapse{purged("2026-02-01", "2026-01-31", "")}},
		"the evening of the contract": {[]v1alpha1.Lapse{purged("2026-02-01", "2026-01-31", "2026-03-03 23:30")}, []string{"deleted on 2026-03-03", "due on 2026-01-31"}},
		"the latest of two": {
			[]v1alpha1.Lapse{purged("2026-07-01", "2026-06-30", "2026-08-02 00:00"), purged("2025-02-01", "2025-01-31", "2025-03-03 00:00")},
			[]string{"deleted on 2026-08-02", "due on 2026-06-30"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := l.look("2027-01-15 11:00")
			e.account.Subscription.Status.Lapses = c.lapses
			message := purgedMessage(e)
			if (message == "") != (c.words == nil) {
				t.Errorf("got %q", message)
			}
			for _, word := range c.words {
				if !strings.Contains(message, word) {
					t.Errorf("%q does not say %q", message, word)
				}
			}
		})
	}
}

func TestWithoutASubscriptionNothingIsToldOfPurges(t *testing.T) {
	l := newLedger(t)
	l.subscription = nil
	if message := purgedMessage(l.look("2027-01-15 11:00")); message != "" {
		t.Errorf("got %q", message)
	}
}
