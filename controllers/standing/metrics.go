package standing

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/internal/breaker"
	"github.com/grupobizopps/salexops/internal/contracttime"
)

// Census tells of the fleet whenever metrics are scraped, from the cache: no
// counter can drift from what is true.
type Census struct {
	Reader  client.Reader
	Clock   clock.PassiveClock
	Options Options
}

var (
	tenantsByStanding = prometheus.NewDesc("salexops_tenants",
		"Tenants by the three axes of their standing.", []string{"billing", "conduct", "lifecycle"}, nil)
	tenantsHeld = prometheus.NewDesc("salexops_tenants_held",
		"Tenants of whom something is due by the contract that a guard holds back, by the guard.", []string{"guard"}, nil)
	feedAge = prometheus.NewDesc("salexops_billing_feed_age_seconds",
		"Time since the instant up to which the billing system has told everything. Absent while it never has.", nil, nil)
	breakerTripped = prometheus.NewDesc("salexops_breaker_tripped",
		"1 while acts of the kind wait for a platform engineer to acknowledge a trip of the breaker.", []string{"act"}, nil)
	frozen = prometheus.NewDesc("salexops_frozen", "1 while PlatformPolicy.spec.freeze is true.", nil, nil)
)

// Describe implements prometheus.Collector.
func (c *Census) Describe(descriptions chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{tenantsByStanding, tenantsHeld, feedAge, breakerTripped, frozen} {
		descriptions <- d
	}
}

// Collect implements prometheus.Collector.
func (c *Census) Collect(collected chan<- prometheus.Metric) {
	ctx := context.Background()
	c.collectTenants(ctx, collected)
	policy, err := readPolicy(ctx, c.Reader)
	if err != nil {
		collected <- prometheus.NewInvalidMetric(feedAge, err)
		return
	}
	if policy != nil {
		c.collectPolicy(policy, collected)
	}
}

func (c *Census) collectTenants(ctx context.Context, collected chan<- prometheus.Metric) {
	var tenants v1alpha1.TenantList
	err := c.Reader.List(ctx, &tenants, client.InNamespace(c.Options.AccountsNamespace), client.UnsafeDisableDeepCopy)
	if err != nil {
		collected <- prometheus.NewInvalidMetric(tenantsByStanding, err)
		return
	}
	type axes struct{ billing, conduct, lifecycle string }
	counts, held := map[axes]int{}, map[string]int{}
	for i := range tenants.Items {
		status := &tenants.Items[i].Status
		of := axes{billing: "Unknown", conduct: "Unknown", lifecycle: "Unknown"}
		if standing := status.Standing; standing != nil {
			of = axes{string(standing.Billing), string(standing.Conduct), string(standing.Lifecycle)}
		}
		counts[of]++
		if condition := meta.FindStatusCondition(status.Conditions, conditionActsHeld); condition != nil {
			held[condition.Reason]++
		}
	}
	for of, count := range counts {
		collected <- prometheus.MustNewConstMetric(tenantsByStanding, prometheus.GaugeValue, float64(count),
			of.billing, of.conduct, of.lifecycle)
	}
	for guard, count := range held {
		collected <- prometheus.MustNewConstMetric(tenantsHeld, prometheus.GaugeValue, float64(count), guard)
	}
}

func (c *Census) collectPolicy(policy *v1alpha1.PlatformPolicy, collected chan<- prometheus.Metric) {
	gauge := func(of *prometheus.Desc, value float64, labels ...string) {
		collected <- prometheus.MustNewConstMetric(of, prometheus.GaugeValue, value, labels...)
	}
	now, _ := contracttime.Now(policy, c.Options.AllowTestClock, c.Clock.Now())
	if asOf := policy.Status.BillingFeed.AsOf; asOf != nil {
		gauge(feedAge, now.Sub(asOf.Time).Seconds())
	}
	for _, kind := range []contract.ActKind{contract.ActDisable, contract.ActPurge} {
		gauge(breakerTripped, oneIf(breaker.Holds(policy, kind)), string(kind))
	}
	gauge(frozen, oneIf(policy.Spec.Freeze))
}

func oneIf(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}
