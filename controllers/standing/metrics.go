package standing

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Census counts tenants by standing whenever metrics are scraped, from the
// cache: no counter can drift from what is true.
type Census struct {
	Reader            client.Reader
	AccountsNamespace string
}

var tenantsByStanding = prometheus.NewDesc("salexops_tenants",
	"Tenants by the three axes of their standing.", []string{"billing", "conduct", "lifecycle"}, nil)

// Describe implements prometheus.Collector.
func (c *Census) Describe(descriptions chan<- *prometheus.Desc) { descriptions <- tenantsByStanding }

// Collect implements prometheus.Collector.
func (c *Census) Collect(collected chan<- prometheus.Metric) {
	var tenants v1alpha1.TenantList
	err := c.Reader.List(context.Background(), &tenants, client.InNamespace(c.AccountsNamespace), client.UnsafeDisableDeepCopy)
	if err != nil {
		collected <- prometheus.NewInvalidMetric(tenantsByStanding, err)
		return
	}
	type axes struct{ billing, conduct, lifecycle string }
	counts := map[axes]int{}
	for i := range tenants.Items {
		of := axes{billing: "Unknown", conduct: "Unknown", lifecycle: "Unknown"}
		if standing := tenants.Items[i].Status.Standing; standing != nil {
			of = axes{string(standing.Billing), string(standing.Conduct), string(standing.Lifecycle)}
		}
		counts[of]++
	}
	for of, count := range counts {
		collected <- prometheus.MustNewConstMetric(tenantsByStanding, prometheus.GaugeValue, float64(count),
			of.billing, of.conduct, of.lifecycle)
	}
}
