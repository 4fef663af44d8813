package facts_test

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

func notice(t *testing.T, name, accepted, bounced string) v1alpha1.Notice {
	n := v1alpha1.Notice{
		ObjectMeta: metav1.ObjectMeta{Namespace: "salexops-accounts", Name: name},
		Spec:       v1alpha1.NoticeSpec{TenantRef: v1alpha1.TenantReference{Name: "acme"}},
	}
	if accepted != "" {
		n.Status.AcceptedAt = &metav1.Time{Time: at(t, accepted)}
	}
	if bounced != "" {
		n.Status.BouncedAt = &metav1.Time{Time: at(t, bounced)}
	}
	return n
}

func TestANoticeSaysWhatBecameOfIt(t *testing.T) {
	const name = "acme-purge-notice-2027-02-20"
	for _, c := range []struct {
		what    string
		notices []v1alpha1.Notice
		billing contract.Billing
	}{
		{"it is closed, and the lapse remembers", nil, contract.BillingPurgeScheduled},
		{"delivered", []v1alpha1.Notice{notice(t, name, "2027-02-20T07:00:41Z", "")}, contract.BillingPurgeScheduled},
		{"it came back", []v1alpha1.Notice{notice(t, name, "2027-02-20T07:00:41Z", "2027-02-20T09:00:00Z")}, contract.BillingDisabled},
		{"another tenant's came back", []v1alpha1.Notice{notice(t, "globex-purge-notice-2027-02-20", "2027-02-20T07:00:41Z", "2027-02-20T09:00:00Z")}, contract.BillingPurgeScheduled},
	} {
		objects, lapse := recorded(t)
		lapse.NoticeName = name
		objects.Notices = c.notices
		if _, s := standing(t, objects, "2027-02-21T07:00:00Z"); s.Billing != c.billing {
			t.Errorf("%s: %s, not %s", c.what, s.Billing, c.billing)
		}
	}
}

func TestAReminderCountsOnceItIsDelivered(t *testing.T) {
	objects, _ := recorded(t)
	reminded := func() bool {
		account, _ := standing(t, objects, "2027-02-21T07:00:00Z")
		return !account.Facts.Lapse.RemindedAt.IsZero()
	}
	if reminded() {
		t.Error("nobody was reminded yet")
	}
	objects.Notices = []v1alpha1.Notice{notice(t, "acme-payment-reminder-2027-02-01", "2027-02-01T07:00:02Z", "")}
	if !reminded() {
		t.Error("the reminder was delivered")
	}
	objects.Notices[0].Status.BouncedAt = &metav1.Time{Time: at(t, "2027-02-01T08:00:00Z")}
	if reminded() {
		t.Error("the reminder came back")
	}
}

func TestABounceCountsFromTheMomentItIsReported(t *testing.T) {
	n := notice(t, "acme-purge-notice-2027-02-20", "2027-02-20T07:00:41Z", "")
	n.Status.Attempts = []v1alpha1.NoticeAttempt{{
		StartedAt: *n.Status.AcceptedAt, AcceptedAt: n.Status.AcceptedAt, MessageID: "<one@salexops.example>",
	}}
	report := func(id string) bool {
		n.Status.Reports = []v1alpha1.NoticeReport{{
			MessageID: id, Kind: v1alpha1.NoticeReportBounced, At: metav1.Time{Time: at(t, "2027-02-20T07:05:00Z")},
		}}
		_, delivered := facts.DeliveryOf(&n).Delivered()
		return delivered
	}
	if report("<one@salexops.example>") {
		t.Error("it came back, and counts as delivered until somebody has written so")
	}
	if !report("<another@salexops.example>") {
		t.Error("another message came back")
	}
}

func TestTheNameOfANoticeFollowsFromWhatItIsAbout(t *testing.T) {
	date, err := contract.ParseDate("2027-02-20")
	if err != nil {
		t.Fatal(err)
	}
	if got := facts.NoticeName("acme", v1alpha1.NoticePurge, date); got != "acme-purge-notice-2027-02-20" {
		t.Errorf("got %q", got)
	}
}
