package lag

import (
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/grupobizopps/salexops/contract"
)

func TestHowLateAnActIsCanBeScraped(t *testing.T) {
	deadline := time.Date(2027, 2, 4, 7, 0, 0, 0, time.UTC)
	sum, count := scrape(t, contract.ActDisable)
	Observe(contract.ActDisable, deadline, deadline.Add(90*time.Second))
	Observe(contract.ActDisable, deadline, deadline.Add(-time.Hour)) // The clock went back.
	sumAfter, countAfter := scrape(t, contract.ActDisable)
	if sumAfter-sum != 90 || countAfter-count != 2 {
		t.Errorf("%d acts, %v seconds", countAfter-count, sumAfter-sum)
	}
	if _, other := scrape(t, contract.ActPurge); other != 0 {
		t.Errorf("%d purges", other)
	}
}

// scrape reads the histogram of an act as Prometheus does.
func scrape(t *testing.T, act contract.ActKind) (sum float64, count uint64) {
	t.Helper()
	gatherer, ok := metrics.Registry.(prometheus.Gatherer)
	if !ok {
		t.Fatal("the registry can't be scraped")
	}
	families, err := gatherer.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if family.GetName() != "salexops_act_lag_seconds" {
			continue
		}
		for _, metric := range family.GetMetric() {
			if metric.GetLabel()[0].GetValue() == string(act) {
				return metric.GetHistogram().GetSampleSum(), metric.GetHistogram().GetSampleCount()
			}
		}
	}
	return 0, 0
}
