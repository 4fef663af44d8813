package standing

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/events"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/breaker"
)

const (
	inGrace    = "2027-02-03 23:59"
	disableDay = "2027-02-04 00:00"
)

// decided is acme's standing with a fleet that is acme alone, as the breaker
// sees it.
func (l *ledger) decided(at string, fleet ...client.Object) contract.Standing {
	l.t.Helper()
	e := l.look(at)
	r := &Reconciler{Breaker: &breaker.Breaker{
		Client: inMemory(l.t, fleet...), Recorder: events.NewFakeRecorder(10), AccountsNamespace: accounts,
	}}
	if err := r.decide(l.t.Context(), e); err != nil {
		l.t.Fatal(err)
	}
	return e.standing
}

func TestTheBreakerIsAskedBeforeUsersAreDisabled(t *testing.T) {
	l := newLedger(t)
	l.live("2027-02-01 00:00")
	if got := l.decided(disableDay, l.policy, l.plan, l.tenant, l.subscription); got.Billing != contract.BillingDisabled {
		t.Errorf("the breaker is closed, and the tenant is %s", got.Billing)
	}
	l.policy.Status.Breaker = &v1alpha1.BreakerStatus{Disable: &v1alpha1.BreakerTrip{
		TrippedAt: metav1.NewTime(local(t, "2027-02-03 00:00")), Due: 40, Limit: 10,
	}}
	for name, fleet := range map[string][]client.Object{
		"a trip waits":       {l.policy, l.plan, l.tenant, l.subscription},
		"there is no policy": {l.plan, l.tenant, l.subscription},
	} {
		got := l.decided(disableDay, fleet...)
		if reason, _ := held(got.Due); got.Billing != contract.BillingGrace || reason != string(contract.GuardBreakerClosed) {
			t.Errorf("%s: the tenant is %s, held by %q", name, got.Billing, reason)
		}
	}
}

func TestNobodyToDisableCostsNoLookAtTheFleet(t *testing.T) {
	l := newLedger(t)
	l.live("2027-02-01 00:00")
	e := l.look(inGrace)
	r := &Reconciler{} // Without a breaker, asking it would end here.
	if err := r.decide(t.Context(), e); err != nil || e.standing.Billing != contract.BillingGrace {
		t.Errorf("%s: %v", e.standing.Billing, err)
	}
}

func TestATripOverPurgesIsSeenByTheStanding(t *testing.T) {
	l := newLedger(t)
	l.lapses()
	l.policy.Status.Breaker = &v1alpha1.BreakerStatus{Purge: &v1alpha1.BreakerTrip{
		TrippedAt: metav1.NewTime(local(t, "2027-03-02 00:00")), Due: 40, Limit: 10,
	}}
	got := l.decided("2027-03-03 00:00", l.policy, l.plan, l.tenant, l.subscription)
	if reason, _ := held(got.Due); reason != string(contract.GuardBreakerClosed) {
		t.Errorf("a purge is held by %q: %+v", reason, got.Due)
	}
}
