package standing

import (
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiruntime "k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

const accounts = "salexops-accounts"

// ledger is what the API server holds about one tenant, acme, that pays by the
// month and was paid through 30 January 2027: D is the 31st.
type ledger struct {
	t            *testing.T
	policy       *v1alpha1.PlatformPolicy
	plan         *v1alpha1.Plan
	tenant       *v1alpha1.Tenant
	subscription *v1alpha1.Subscription
	notices      []v1alpha1.Notice
}

func newLedger(t *testing.T) *ledger {
	t.Helper()
	then := metav1.NewTime(local(t, "2026-12-31 11:00"))
	l := &ledger{t: t,
		policy: &v1alpha1.PlatformPolicy{ObjectMeta: metav1.ObjectMeta{Name: v1alpha1.PlatformPolicyName, UID: "policy"}},
		plan: &v1alpha1.Plan{
			ObjectMeta: metav1.ObjectMeta{Name: "team"},
			Spec:       v1alpha1.PlanSpec{DisplayName: "Team", Tier: v1alpha1.TierPaid, Seats: 10, Support: true},
		},
		tenant: &v1alpha1.Tenant{
			ObjectMeta: metav1.ObjectMeta{Namespace: accounts, Name: "acme", UID: "tenant"},
			Spec: v1alpha1.TenantSpec{DisplayName: "Ferretería Acme", Owner: v1alpha1.Owner{
				PersonID: "person-acme", Name: "Lucía Moreno", Email: "lucia@acme.example", EmailConfirmedAt: &then, AdultDeclaredAt: &then,
				HumanVerification: &v1alpha1.HumanVerification{Method: "altcha", Reference: "01JGEM", VerifiedAt: &then},
			}, AcceptedDocuments: []v1alpha1.AcceptedDocument{
				{Kind: v1alpha1.TermsOfService, Version: "2026-01", Digest: "sha256:aa", AcceptedAt: then},
				{Kind: v1alpha1.PrivacyPolicy, Version: "2026-01", Digest: "sha256:bb", AcceptedAt: then},
			}},
		},
		subscription: &v1alpha1.Subscription{
			ObjectMeta: metav1.ObjectMeta{Namespace: accounts, Name: "acme", UID: "subscription"},
			Spec: v1alpha1.SubscriptionSpec{
				TenantRef: v1alpha1.TenantReference{Name: "acme"}, PlanRef: v1alpha1.PlanReference{Name: "team"},
				Interval: v1alpha1.IntervalMonthly, AnchorDate: "2026-12-31",
			},
		},
	}
	l.pay("pay-0001", "2026-12-31 11:00", "2026-12-31", "2027-01-30")
	return l
}

// pay is the billing system telling of a payment.
func (l *ledger) pay(id, received string, from, to v1alpha1.Date) {
	l.t.Helper()
	billing := &l.subscription.Status.Billing
	billing.Payments = append(billing.Payments, v1alpha1.Payment{
		ID: id, ReceivedAt: metav1.NewTime(local(l.t, received)), PeriodFrom: from, PeriodTo: to,
		Amount: "499.00", Currency: "MXN", AmountUSD: "27.10",
	})
}

// reverse is the billing system telling that the latest payment was taken back.
func (l *ledger) reverse(at string) {
	l.t.Helper()
	payments := l.subscription.Status.Billing.Payments
	payments[len(payments)-1].ReversedAt = instantOf(local(l.t, at))
}

// look evaluates the tenant at a local date and time. The feed is complete, and
// the breaker closed.
func (l *ledger) look(at string) *evaluation {
	l.t.Helper()
	now := local(l.t, at)
	l.policy.Status.BillingFeed.AsOf = instantOf(now)
	objects := facts.Objects{Policy: l.policy, Tenant: l.tenant, Plans: []v1alpha1.Plan{*l.plan}, Notices: l.notices}
	if l.subscription != nil {
		objects.Subscriptions = []v1alpha1.Subscription{*l.subscription}
	}
	account, err := facts.From(objects, now)
	if err != nil {
		l.t.Fatal(err)
	}
	account.Facts.Assurances = contract.Assurances{
		DisableBreakerClosed: true, PurgeBreakerClosed: true, ClockAgrees: true, ReadLive: true,
	}
	return &evaluation{objects: objects, account: account, standing: contract.Evaluate(account.Facts), real: now, contractNow: now}
}

// live evaluates the tenant and records what follows for the Subscription and
// the standing, as a reconcile does.
func (l *ledger) live(at string) *evaluation {
	l.t.Helper()
	e := l.look(at)
	if l.subscription != nil {
		fences := map[v1alpha1.Date]*v1alpha1.PurgeStatus{}
		for _, lapse := range l.subscription.Status.Lapses {
			fences[lapse.OpenedOn] = lapse.Purge
		}
		billing := l.subscription.Status.Billing
		l.subscription.Status = subscriptionStatus(l.subscription, e)
		l.subscription.Status.Billing = billing
		for i := range l.subscription.Status.Lapses {
			lapse := &l.subscription.Status.Lapses[i]
			lapse.Purge = fences[lapse.OpenedOn]
		}
	}
	describe(l.tenant, e)
	return e
}

// send is the mail server taking a notice, which is open.
func (l *ledger) send(notice *v1alpha1.Notice, at string) {
	l.t.Helper()
	notice.Status.AcceptedAt = instantOf(local(l.t, at))
	l.notices = append(l.notices, *notice)
}

// lapses until the owner has been told of the purge, on 20 February.
func (l *ledger) lapses() {
	l.t.Helper()
	l.send(noticesDue(l.live("2027-02-01 00:00"))[0], "2027-02-01 00:00")
	l.live("2027-02-04 00:00")
	l.send(noticesDue(l.live("2027-02-20 00:00"))[0], "2027-02-20 00:00")
	l.live("2027-02-20 00:00")
}

// only is the one lapse there has been.
func (l *ledger) only() *v1alpha1.Lapse {
	l.t.Helper()
	if lapses := l.subscription.Status.Lapses; len(lapses) != 1 {
		l.t.Fatalf("there are %d lapses: %+v", len(lapses), lapses)
	}
	return &l.subscription.Status.Lapses[0]
}

// inMemory is an API server in memory that holds copies of the objects.
func inMemory(t *testing.T, objects ...client.Object) client.Client {
	t.Helper()
	scheme := apiruntime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	builder := fake.NewClientBuilder().WithScheme(scheme).WithStatusSubresource(&v1alpha1.PlatformPolicy{})
	for _, object := range objects {
		copied, ok := object.DeepCopyObject().(client.Object)
		if !ok {
			t.Fatalf("%T is no object", object)
		}
		builder.WithObjects(copied)
	}
	return builder.Build()
}

// local is an instant by its date and time in the contract's zone.
func local(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("MST", -7*3600))
	if err != nil {
		t.Fatal(err)
	}
	return at
}
