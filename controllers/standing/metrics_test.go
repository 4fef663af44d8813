package standing

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// gathered is what a collector tells, by name and labels.
func gathered(t *testing.T, collector prometheus.Collector) map[string]float64 {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(collector)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			var labels []string
			for _, label := range metric.GetLabel() {
				labels = append(labels, fmt.Sprintf("%s=%s", label.GetName(), label.GetValue()))
			}
			values[fmt.Sprintf("%s{%s}", family.GetName(), strings.Join(labels, ","))] = metric.GetGauge().GetValue()
		}
	}
	return values
}

// The names are what dashboards and alerts ask for.
func TestTheCensusCountsTheFleet(t *testing.T) {
	now := time.Date(2027, 2, 5, 7, 0, 0, 0, time.UTC)
	tenant := func(name string, status v1alpha1.TenantStatus) client.Object {
		return &v1alpha1.Tenant{ObjectMeta: metav1.ObjectMeta{Namespace: accounts, Name: name}, Status: status}
	}
	in := func(billing v1alpha1.BillingState, conditions ...metav1.Condition) v1alpha1.TenantStatus {
		return v1alpha1.TenantStatus{Conditions: conditions, Standing: &v1alpha1.Standing{
			Billing: billing, Conduct: v1alpha1.ConductGood, Lifecycle: v1alpha1.LifecycleActive,
		}}
	}
	heldBack := metav1.Condition{Type: conditionActsHeld, Status: metav1.ConditionTrue, Reason: string(contract.GuardBreakerClosed)}
	server := inMemory(t,
		&v1alpha1.PlatformPolicy{
			ObjectMeta: metav1.ObjectMeta{Name: v1alpha1.PlatformPolicyName},
			Spec:       v1alpha1.PlatformPolicySpec{Freeze: true},
			Status: v1alpha1.PlatformPolicyStatus{
				BillingFeed: v1alpha1.BillingFeed{AsOf: instantOf(now.Add(-90 * time.Second))},
				Breaker:     &v1alpha1.BreakerStatus{Disable: &v1alpha1.BreakerTrip{TrippedAt: metav1.NewTime(now), Due: 2, Limit: 1}},
			},
		},
		tenant("new", v1alpha1.TenantStatus{}),
		tenant("current", in(v1alpha1.BillingCurrent)),
		tenant("late", in(v1alpha1.BillingGrace, heldBack)),
		tenant("later", in(v1alpha1.BillingGrace, heldBack)),
	)
	census := &Census{Reader: server, Clock: testingclock.NewFakePassiveClock(now), Options: Options{AccountsNamespace: accounts}}
	want := map[string]float64{
		"salexops_tenants{billing=Unknown,conduct=Unknown,lifecycle=Unknown}": 1,
		"salexops_tenants{billing=Current,conduct=Good,lifecycle=Active}":     1,
		"salexops_tenants{billing=Grace,conduct=Good,lifecycle=Active}":       2,
		"salexops_tenants_held{guard=BreakerClosed}":                          2,
		"salexops_billing_feed_age_seconds{}":                                 90,
		"salexops_breaker_tripped{act=Disable}":                               1,
		"salexops_breaker_tripped{act=Purge}":                                 0,
		"salexops_frozen{}":                                                   1,
	}
	if diff := cmp.Diff(want, gathered(t, census)); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutAPolicyTheCensusSaysNothingOfIt(t *testing.T) {
	census := &Census{Reader: inMemory(t), Clock: testingclock.NewFakePassiveClock(time.Unix(0, 0)), Options: Options{AccountsNamespace: accounts}}
	if got := gathered(t, census); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}
