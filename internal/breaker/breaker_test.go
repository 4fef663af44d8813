package breaker

import (
	"context"
	"fmt"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiruntime "k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/tools/events"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/controller-runtime/pkg/client/interceptor"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

const accounts = "salexops-accounts"

// disableDay is when users of tenants who were paid through 30 January 2027 are
// disabled.
var disableDay = time.Date(2027, 2, 4, 7, 0, 0, 0, time.UTC)

// world is an API server in memory, and the breaker of one process.
type world struct {
	*Breaker
	t              *testing.T
	server         client.Client
	recorder       *events.FakeRecorder
	writes, counts int
}

func newWorld(t *testing.T, tenants int) *world {
	t.Helper()
	scheme := apiruntime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t}
	objects := []client.Object{aPolicy(), &v1alpha1.Plan{
		ObjectMeta: metav1.ObjectMeta{Name: "team"}, Spec: v1alpha1.PlanSpec{Tier: v1alpha1.TierPaid},
	}}
	for i := range tenants {
		name := fmt.Sprintf("t%03d", i)
		objects = append(objects, aTenant(name), lapsing(name))
	}
	w.server = fake.NewClientBuilder().WithScheme(scheme).WithObjects(objects...).
		WithStatusSubresource(&v1alpha1.PlatformPolicy{}).WithInterceptorFuncs(interceptor.Funcs{
		SubResourceApply: func(ctx context.Context, c client.Client, name string, object apiruntime.ApplyConfiguration, options ...client.SubResourceApplyOption) error {
			w.writes++
			return c.SubResource(name).Apply(ctx, object, options...)
		},
		List: func(ctx context.Context, c client.WithWatch, list client.ObjectList, options ...client.ListOption) error {
			if _, ok := list.(*v1alpha1.TenantList); ok {
				w.counts++
			}
			return c.List(ctx, list, options...)
		},
	}).Build()
	w.restart()
	return w
}

// restart is another process: it remembers nothing.
func (w *world) restart() {
	w.recorder, w.writes, w.counts = events.NewFakeRecorder(100), 0, 0
	w.Breaker = &Breaker{Client: w.server, Recorder: w.recorder, AccountsNamespace: accounts}
}

func (w *world) permits(kind contract.ActKind, tenant string, now time.Time) bool {
	w.t.Helper()
	permitted, err := w.Permit(w.t.Context(), kind, tenant, now)
	if err != nil {
		w.t.Fatal(err)
	}
	return permitted
}

func (w *world) policyNow() *v1alpha1.PlatformPolicy {
	w.t.Helper()
	policy, err := w.policy(w.t.Context())
	if err != nil || policy == nil {
		w.t.Fatalf("there is no policy: %v", err)
	}
	return policy
}

// acknowledge is a platform engineer acknowledging a trip.
func (w *world) acknowledge(at time.Time) {
	w.t.Helper()
	policy := w.policyNow()
	policy.Spec.Breaker.AcknowledgedTrip = &metav1.Time{Time: at}
	if err := w.server.Update(w.t.Context(), policy); err != nil {
		w.t.Fatal(err)
	}
}

func aPolicy() *v1alpha1.PlatformPolicy {
	asOf := metav1.NewTime(disableDay.AddDate(1, 0, 0))
	return &v1alpha1.PlatformPolicy{
		ObjectMeta: metav1.ObjectMeta{Name: v1alpha1.PlatformPolicyName, UID: "policy"},
		Status:     v1alpha1.PlatformPolicyStatus{BillingFeed: v1alpha1.BillingFeed{AsOf: &asOf}},
	}
}

func aTenant(name string) *v1alpha1.Tenant {
	then := metav1.NewTime(disableDay.AddDate(0, -2, 0))
	return &v1alpha1.Tenant{
		ObjectMeta: metav1.ObjectMeta{Namespace: accounts, Name: name},
		Spec: v1alpha1.TenantSpec{Owner: v1alpha1.Owner{
			Name: "Lucía Moreno", Email: "lucia@acme.example", EmailConfirmedAt: &then, AdultDeclaredAt: &then,
			HumanVerification: &v1alpha1.HumanVerification{Method: "altcha", Reference: "01JGEM", VerifiedAt: &then},
		}, AcceptedDocuments: []v1alpha1.AcceptedDocument{
			{Kind: v1alpha1.TermsOfService, Version: "2026-01", Digest: "sha256:aa", AcceptedAt: then},
			{Kind: v1alpha1.PrivacyPolicy, Version: "2026-01", Digest: "sha256:bb", AcceptedAt: then},
		}},
		Status: v1alpha1.TenantStatus{Standing: &v1alpha1.Standing{MayRun: true, PlanTier: v1alpha1.TierPaid}},
	}
}

// lapsing is the Subscription of a tenant who was paid through 30 January.
func lapsing(tenant string) *v1alpha1.Subscription {
	return &v1alpha1.Subscription{
		ObjectMeta: metav1.ObjectMeta{Namespace: accounts, Name: tenant},
		Spec: v1alpha1.SubscriptionSpec{
			TenantRef: v1alpha1.TenantReference{Name: tenant}, PlanRef: v1alpha1.PlanReference{Name: "team"},
			Interval: v1alpha1.IntervalMonthly, AnchorDate: "2026-12-31",
		},
		Status: v1alpha1.SubscriptionStatus{Billing: v1alpha1.Billing{Payments: []v1alpha1.Payment{{
			ID: "pay-0001", ReceivedAt: metav1.NewTime(disableDay.AddDate(0, -1, -4)), AmountUSD: "27.10",
			PeriodFrom: "2026-12-31", PeriodTo: "2027-01-30",
		}}}},
	}
}

func TestOneCountLetsThroughMany(t *testing.T) {
	w := newWorld(t, 20)
	for i := range 20 {
		if !w.permits(contract.ActDisable, fmt.Sprintf("t%03d", i), disableDay) {
			t.Fatalf("t%03d is held", i)
		}
	}
	if w.counts != 1 || w.writes != 0 {
		t.Errorf("%d counts and %d writes", w.counts, w.writes)
	}
	if w.permits(contract.ActDisable, "t000", disableDay.Add(docketFor)); w.counts != 2 {
		t.Errorf("a count of a minute ago still holds: %d counts", w.counts)
	}
	if w.permits(contract.ActDisable, "t000", disableDay); w.counts != 3 {
		t.Errorf("a count of a time to come holds: %d counts", w.counts)
	}
}

func TestATripHoldsEverybodyIsSavedAndIsToldOnce(t *testing.T) {
	w := newWorld(t, 21)
	for i := range 21 {
		if w.permits(contract.ActDisable, fmt.Sprintf("t%03d", i), disableDay) {
			t.Fatalf("t%03d is let through", i)
		}
	}
	saved := w.policyNow().Status.Breaker
	if saved == nil || saved.State != v1alpha1.BreakerTripped || saved.Disable == nil || saved.Disable.Due != 21 || saved.Disable.Limit != 20 || saved.Purge != nil {
		t.Fatalf("got %+v", saved)
	}
	if w.counts != 1 || w.writes != 1 || len(w.recorder.Events) != 1 {
		t.Errorf("%d counts, %d writes, %d events", w.counts, w.writes, len(w.recorder.Events))
	}
	w.restart()
	if w.permits(contract.ActDisable, "t000", disableDay.Add(time.Hour)) || w.writes != 0 || len(w.recorder.Events) != 0 {
		t.Errorf("after a restart: %d writes, %d events", w.writes, len(w.recorder.Events))
	}
	if !w.permits(contract.ActPurge, "t000", disableDay) {
		t.Error("a trip over disabling holds purges")
	}
}

func TestAnAcknowledgementLetsThroughWhatWasDue(t *testing.T) {
	w := newWorld(t, 21)
	w.permits(contract.ActDisable, "t000", disableDay)
	w.acknowledge(disableDay.Add(time.Hour))
	if w.permits(contract.ActDisable, "t000", disableDay.Add(time.Minute)) {
		t.Error("an acknowledgement of another trip counts")
	}
	w.acknowledge(disableDay)
	for i := range 21 {
		if !w.permits(contract.ActDisable, fmt.Sprintf("t%03d", i), disableDay.Add(2*time.Minute)) {
			t.Fatalf("t%03d is held", i)
		}
	}
	if saved := w.policyNow().Status.Breaker; saved.State != v1alpha1.BreakerClosed || saved.Disable.AcknowledgedAt == nil {
		t.Errorf("got %+v", saved)
	}
	if w.permits(contract.ActDisable, "t000", disableDay.Add(2*time.Hour)) {
		t.Error("it lets as many through two hours later")
	}
}

func TestAnAcknowledgementIsSeenWhenNothingIsDueAnyMore(t *testing.T) {
	w := newWorld(t, 21)
	w.permits(contract.ActDisable, "t000", disableDay)
	w.acknowledge(disableDay)
	for range 2 {
		if err := w.Refresh(t.Context(), w.policyNow(), disableDay.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if saved := w.policyNow().Status.Breaker; saved.State != v1alpha1.BreakerClosed || w.writes != 2 {
		t.Errorf("%d writes, got %+v", w.writes, saved)
	}
}

func TestATripThatTheStatusHasLostIsWrittenAgain(t *testing.T) {
	w := newWorld(t, 21)
	w.permits(contract.ActDisable, "t000", disableDay)
	made := aPolicy()
	made.UID = "another"
	if err := w.server.Delete(t.Context(), aPolicy()); err != nil {
		t.Fatal(err)
	}
	if w.permits(contract.ActDisable, "t000", disableDay) {
		t.Error("without a policy there is nobody to acknowledge anything")
	}
	if err := w.server.Create(t.Context(), made); err != nil {
		t.Fatal(err)
	}
	if err := w.Refresh(t.Context(), w.policyNow(), disableDay); err != nil {
		t.Fatal(err)
	}
	if !Holds(w.policyNow(), contract.ActDisable) {
		t.Error("nobody can see the trip that holds")
	}
}

func TestTripsOfBothKindsHaveNamesOfTheirOwn(t *testing.T) {
	w := newWorld(t, 21)
	w.permits(contract.ActDisable, "t000", disableDay)
	if got := w.distinct(contract.ActPurge, w.policyNow(), disableDay); !got.Equal(disableDay.Add(time.Second)) {
		t.Errorf("got %s", got)
	}
	if got := w.distinct(contract.ActDisable, w.policyNow(), disableDay); !got.Equal(disableDay) {
		t.Errorf("got %s", got)
	}
}
