// Package lag measures how long after its deadline an act of the contract is
// carried out.
package lag

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"sigs.k8s.io/controller-runtime/pkg/metrics"

	"github.com/grupobizopps/salexops/contract"
)

// seconds is a histogram, in seconds of the contract's clock. Its first buckets
// tell a fleet on time from one that is late; the last ones, an outage.
var seconds = prometheus.NewHistogramVec(prometheus.HistogramOpts{
	Name:    "salexops_act_lag_seconds",
	Help:    "Time from the deadline of an act (act is Reminder, Disable, PurgeNotice or Purge) until it was carried out.",
	Buckets: []float64{1, 5, 15, 30, 60, 90, 120, 300, 900, 3600, 6 * 3600, 24 * 3600, 7 * 24 * 3600},
}, []string{"act"})

func init() { metrics.Registry.MustRegister(seconds) }

// Observe records that an act which fell due at a deadline was carried out. A
// clock that went back makes no negative lag.
func Observe(act contract.ActKind, deadline, done time.Time) {
	seconds.WithLabelValues(string(act)).Observe(max(done.Sub(deadline), 0).Seconds())
}
