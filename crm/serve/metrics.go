package serve

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/grupobizopps/salexops/crm/sqlite"
)

// metrics are the figures of one process. They name no user and no record.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	durations prometheus.Histogram
}

func newMetrics(db *sqlite.DB, licences *licences) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "crm_http_requests_total", Help: "Requests on the public port.",
		}, []string{"method", "code"}),
		durations: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "crm_http_request_duration_seconds", Help: "Time from a request's arrival to the end of its answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}),
	}
	m.registry.MustRegister(m.requests, m.durations,
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		gauge("crm_database_bytes", "Bytes of the database with its log.", func() float64 { return float64(db.Size()) }),
		counter("crm_database_commits_total", "Transactions, each synced to disk once.", func() float64 { return float64(db.Stats().Commits) }),
		counter("crm_database_writes_total", "Writes acknowledged; several share a commit.", func() float64 { return float64(db.Stats().Writes) }),
		counter("crm_database_writes_failed_total", "Writes refused or failed.", func() float64 { return float64(db.Stats().Failed) }),
		gauge("crm_licence_serial", "Serial of the licence in force; 0: none.", func() float64 {
			serial, _ := licences.serialAndKey()
			return float64(serial)
		}),
		gauge("crm_licence_valid", "1 while the licence in force holds.", func() float64 {
			if licences.Rights().Valid {
				return 1
			}
			return 0
		}),
	)
	return m
}

func gauge(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
}

func counter(name, help string, value func() float64) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, value)
}

func (m *metrics) request(method string, status int, took time.Duration) {
	m.requests.WithLabelValues(knownMethod(method), strconv.Itoa(status)).Inc()
	m.durations.Observe(took.Seconds())
}

// knownMethod keeps what strangers send from becoming labels.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
