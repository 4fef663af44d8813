package standing

import (
	"testing"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// names are those of the notices that there must be.
func names(e *evaluation) []string {
	var all []string
	for _, notice := range noticesDue(e) {
		all = append(all, notice.Name)
	}
	return all
}

func TestTheOwnerIsTold(t *testing.T) {
	l := newLedger(t)
	if got := names(l.live("2027-01-31 23:59")); got != nil {
		t.Errorf("on D: %v", got)
	}
	reminder := noticesDue(l.live("2027-02-01 00:00"))[0]
	if reminder.Name != "acme-payment-reminder-2027-02-01" || reminder.Spec.Lapse.DisableOn != "2027-02-04" || reminder.Spec.Lapse.PurgeNotBefore != "" {
		t.Errorf("the reminder: %s, %+v", reminder.Name, reminder.Spec.Lapse)
	}
	l.send(reminder, "2027-02-01 00:00")
	if got := names(l.live("2027-02-19 23:59")); got != nil {
		t.Errorf("on 19 February: %v", got)
	}
	notice := noticesDue(l.live("2027-02-20 00:00"))[0]
	if notice.Name != "acme-purge-notice-2027-02-20" || notice.Spec.Lapse.PurgeNotBefore != "2027-03-03" || notice.Spec.Lapse.NoticeDays != 5 {
		t.Errorf("the notice of the purge: %s, %+v", notice.Name, notice.Spec.Lapse)
	}
	if notice.Labels[v1alpha1.OpenNoticeLabel] != "true" || notice.Labels[v1alpha1.TenantLabel] != "acme" {
		t.Errorf("its labels: %v", notice.Labels)
	}
	if to := notice.Spec.Recipient; to.Email != "lucia@acme.example" || to.Locale != v1alpha1.LocaleSpanish || to.Company != "Ferretería Acme" {
		t.Errorf("its recipient: %+v", to)
	}
}

func TestALatePartPaymentMakesNoSecondReminder(t *testing.T) {
	l := newLedger(t)
	reminder := noticesDue(l.live("2027-02-01 00:00"))[0]
	l.notices = []v1alpha1.Notice{*reminder} // No mail server takes it.
	l.pay("part", "2027-02-03 10:00", "2027-01-31", "2027-02-01")
	e := l.live("2027-02-03 10:00")
	if got := names(e); len(got) != 1 || got[0] != reminder.Name {
		t.Errorf("got %v", got)
	}
	if why := needless(&l.notices[0], e); why != "" {
		t.Errorf("it is closed: %s", why)
	}
}

func TestNoticesAreClosedWhenTheyNeedNothingAnyMore(t *testing.T) {
	const reminder, purge = 0, 1
	for _, test := range []struct {
		name   string
		change func(*ledger)
		now    string
		notice int
		want   string
	}{
		{"a delivered reminder, in grace", func(*ledger) {}, "2027-02-01 00:00", reminder, ""},
		{"a reminder once users are disabled", func(*ledger) {}, "2027-02-20 00:00", reminder, "users have been disabled"},
		{"a reminder that nobody took is tried on", func(l *ledger) { l.notices[reminder].Status.AcceptedAt = nil }, "2027-02-20 00:00", reminder, ""},
		{"a notice of a purge that is to come", func(*ledger) {}, "2027-02-20 00:00", purge, ""},
		{"after a payment", func(l *ledger) { l.pay("p", "2027-02-21 10:00", "2027-01-31", "2027-02-27") }, "2027-02-21 10:00", purge, "the lapse is over"},
		{"after the purge", func(l *ledger) {
			l.only().Purge = &v1alpha1.PurgeStatus{IntentAt: instantOf(local(l.t, "2027-03-03 00:00")), CompletedAt: instantOf(local(l.t, "2027-03-03 00:01"))}
		}, "2027-03-03 00:01", purge, "the documents have been deleted"},
		{"an undelivered one whose dates have moved", func(l *ledger) {
			l.notices[purge].Status.AcceptedAt = nil
			l.pay("part", "2027-02-21 10:00", "2027-01-31", "2027-02-10")
		}, "2027-02-21 10:00", purge, "the dates have moved"},
		{"a delivered one whose dates have moved", func(l *ledger) {
			l.pay("part", "2027-02-21 10:00", "2027-01-31", "2027-02-10")
		}, "2027-02-21 10:00", purge, ""},
		{"the subscription has vanished", func(l *ledger) { l.subscription = nil }, "2027-02-21 10:00", purge, ""},
		{"its plan has vanished", func(l *ledger) { l.plan.Name = "another" }, "2027-02-21 10:00", purge, ""},
		{"the payments have vanished", func(l *ledger) {
			l.notices[purge].Status.AcceptedAt = nil
			l.subscription.Status.Billing = v1alpha1.Billing{}
		}, "2027-02-21 10:00", purge, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := newLedger(t)
			l.lapses()
			if test.now == "2027-02-01 00:00" {
				l.only().DisabledAt = nil
			}
			test.change(l)
			if got := needless(&l.notices[test.notice], l.look(test.now)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestDisablingIsAskedForOnlyWhenNothingElseIsMissing(t *testing.T) {
	for name, test := range map[string]struct {
		due  []contract.Act
		want bool
	}{
		"nothing is due":        {nil, false},
		"another act":           {[]contract.Act{{Kind: contract.ActReminder}, {Kind: contract.ActPurge}}, false},
		"users are disabled":    {[]contract.Act{{Kind: contract.ActReminder}, {Kind: contract.ActDisable}}, true},
		"the feed is not there": {[]contract.Act{{Kind: contract.ActDisable, BlockedBy: []contract.Guard{contract.GuardFeedComplete}}}, false},
	} {
		if got := disables(&contract.Standing{Due: test.due}); got != test.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
