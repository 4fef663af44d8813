package command_test

import (
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// at is an instant of the ledger.
func at(t *testing.T, text string) *metav1.Time {
	t.Helper()
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return &metav1.Time{Time: instant}
}

func TestExplainSaysWhyRuleByRule(t *testing.T) {
	for _, name := range []string{"acme", "botica", "globex", "minera"} {
		t.Run(name, func(t *testing.T) { newHouse(t).prints("explain-"+name, "explain", name) })
	}
}

// openLapse changes the lapse of botica that is open.
func openLapse(change func(*v1alpha1.Lapse)) func(client.Object) {
	return subscription("botica", func(s *v1alpha1.Subscription) { change(&s.Status.Lapses[0]) })
}

func TestExplainSaysWhatHoldsBackWhatIsDue(t *testing.T) {
	hold := tenant("botica", func(tenant *v1alpha1.Tenant) {
		tenant.Spec.Hold = true
		tenant.Annotations = map[string]string{"crm.salexops.com/hold-reason": "the invoice is disputed"}
	})
	freeze := policy(func(p *v1alpha1.PlatformPolicy) { p.Spec.Freeze = true })
	later := func(h *house) *house {
		h.now = time.Date(2027, 3, 3, 16, 0, 0, 0, time.UTC)
		return h
	}
	t.Run("a deletion that is ahead, on hold and frozen", func(t *testing.T) {
		newHouse(t, hold, freeze).prints("explain-ahead-held", "explain", "botica")
	})
	t.Run("a deletion whose time has come, on hold, on a feed that stands still", func(t *testing.T) {
		later(newHouse(t, hold)).prints("explain-due-held", "explain", "botica")
	})
	t.Run("the disabling of users, by the feed and the breaker", func(t *testing.T) {
		h := newHouse(t, policy(func(p *v1alpha1.PlatformPolicy) {
			p.Status.Breaker = &v1alpha1.BreakerStatus{Disable: &v1alpha1.BreakerTrip{TrippedAt: *at(t, "2027-02-24T07:00:01Z"), Due: 47, Limit: 20}}
		}))
		h.now = time.Date(2027, 2, 24, 16, 0, 0, 0, time.UTC)
		h.prints("explain-disable-held", "explain", "minera")
	})
}

func TestExplainSaysWhatBecameOfTheNotice(t *testing.T) {
	untold := openLapse(func(l *v1alpha1.Lapse) { l.NoticeDeliveredAt = nil })
	notice := func(status v1alpha1.NoticeStatus) func(client.Object) {
		return func(object client.Object) {
			if n, is := object.(*v1alpha1.Notice); is {
				n.Status = status
			}
		}
	}
	t.Run("it came back", func(t *testing.T) {
		newHouse(t, untold, notice(v1alpha1.NoticeStatus{
			State: v1alpha1.NoticeBounced, AcceptedAt: at(t, "2027-02-20T07:00:41Z"), BouncedAt: at(t, "2027-02-20T07:03:00Z"),
			NextAttemptAt: at(t, "2027-02-23T19:03:00Z"),
		})).prints("explain-bounced", "explain", "botica")
	})
	t.Run("the server refused it", func(t *testing.T) {
		newHouse(t, untold, notice(v1alpha1.NoticeStatus{
			State: v1alpha1.NoticePending, AttemptCount: 3,
			Attempts: []v1alpha1.NoticeAttempt{{Address: "luz@botica.example", FailedAt: at(t, "2027-02-20T07:00:41Z"), Error: "550 <luz@botica.example> mailbox full"}},
		})).prints("explain-refused", "explain", "botica")
	})
}

func TestExplainKnowsEveryStateOfBilling(t *testing.T) {
	purge := func(p v1alpha1.PurgeStatus) func(client.Object) {
		return openLapse(func(l *v1alpha1.Lapse) { l.Purge = &p })
	}
	march := time.Date(2027, 3, 4, 16, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		change func(client.Object)
		tenant string
		now    time.Time
	}{
		"never-paid": {func(object client.Object) {
			subscription("minera", func(s *v1alpha1.Subscription) { s.Status = v1alpha1.SubscriptionStatus{} })(object)
			tenant("minera", func(tenant *v1alpha1.Tenant) { tenant.Status = v1alpha1.TenantStatus{} })(object)
		}, "minera", morning},
		"unconfirmed": {tenant("minera", func(tenant *v1alpha1.Tenant) {
			tenant.Status, tenant.Spec.Owner.EmailConfirmedAt = v1alpha1.TenantStatus{}, nil
		}), "minera", morning},
		"due-today": {subscription("minera", func(s *v1alpha1.Subscription) {
			s.Status.Lapses = nil
		}), "minera", time.Date(2027, 2, 20, 16, 0, 0, 0, time.UTC)},
		"yearly": {subscription("acme", func(s *v1alpha1.Subscription) {
			s.Spec.Interval, s.Status.PlanPeriods[0].Interval = "Annual", "Annual"
		}), "acme", morning},
		"purging": {purge(v1alpha1.PurgeStatus{IntentAt: at(t, "2027-03-03T07:00:10Z")}), "botica", march},
		"purged":  {purge(v1alpha1.PurgeStatus{IntentAt: at(t, "2027-03-03T07:00:10Z"), CompletedAt: at(t, "2027-03-03T07:00:55Z")}), "botica", march},
		"reversed": {subscription("acme", func(s *v1alpha1.Subscription) {
			s.Status.Billing.Payments[1].ReversedAt = at(t, "2027-02-21T17:00:00Z")
		}), "acme", morning},
		"data-lost": {subscription("acme", func(s *v1alpha1.Subscription) {
			s.Status.Billing.Payments = s.Status.Billing.Payments[:1]
		}), "acme", morning},
		"no-subscription": {subscription("acme", func(s *v1alpha1.Subscription) { s.Spec.TenantRef.Name = "other" }), "acme", morning},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, c.change)
			h.now = c.now
			h.prints("explain-"+name, "explain", c.tenant)
		})
	}
}

func TestExplainAsJSONHasTheExactInstants(t *testing.T) {
	newHouse(t).prints("explain-botica-json", "explain", "botica", "-o", "json")
}

func TestExplainNeedsATenantThatThereIs(t *testing.T) {
	newHouse(t).fails(2, "did you mean botica?", "explain", "bottica")
	newHouse(t).fails(2, "kubectl get tenants -n salexops-accounts lists them", "explain", "zzz")
	newHouse(t).fails(2, "no tenants at all in that namespace", "explain", "botica", "-n", "elsewhere")
	newHouse(t).fails(2, "say which tenant: kubectl salexops explain TENANT", "explain")
	newHouse(t).fails(2, "one tenant at a time", "explain", "acme", "botica")
	newHouse(t).fails(2, `"xml" is not a format: use text, json, yaml`, "explain", "acme", "-o", "xml")
}

func TestExplainNamesWhatCannotBeRead(t *testing.T) {
	newHouse(t, subscription("acme", func(s *v1alpha1.Subscription) { s.Spec.AnchorDate = "soon" })).
		fails(1, `nothing can be said about tenant acme: Subscription acme: spec.anchorDate: "soon" is not a date`, "explain", "acme")
}
