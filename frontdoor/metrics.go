package frontdoor

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics of the front door. No label names a tenant: there are ten thousand.
type Metrics struct {
	requests  *prometheus.CounterVec
	duration  *prometheus.HistogramVec
	inHold    prometheus.Gauge
	holds     *prometheus.HistogramVec
	overflows prometheus.Counter
	upstream  *prometheus.CounterVec
}

// NewMetrics registers the metrics, and the size of the table with them.
func NewMetrics(registry prometheus.Registerer, table *Table) *Metrics {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "salexops_frontdoor_requests_total",
			Help: "Requests answered, by outcome (proxied, client-left, or the page shown) and class of status.",
		}, []string{"outcome", "code"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "salexops_frontdoor_request_duration_seconds",
			Help:    "Time from the request's head to the end of the answer, by outcome proxied or explained.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"outcome"}),
		inHold: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "salexops_frontdoor_held_requests",
			Help: "Requests that wait for an instance right now.",
		}),
		holds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "salexops_frontdoor_hold_duration_seconds",
			Help:    "How long requests waited for an instance, by result (answered, explained).",
			Buckets: []float64{.1, .25, .5, 1, 1.5, 2, 3, 5, 10, 20, 30, 60},
		}, []string{"result"}),
		overflows: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "salexops_frontdoor_hold_overflows_total",
			Help: "Requests answered with a page at once because too many were waiting.",
		}),
		upstream: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "salexops_frontdoor_upstream_errors_total",
			Help: "Failures to reach an instance, by kind (refused: tried again; connect, timeout, broken: answered with a page).",
		}, []string{"kind"}),
	}
	hosts := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "salexops_frontdoor_hosts",
		Help: "Host names that lead to a tenant.",
	}, func() float64 { return float64(table.Len()) })
	registry.MustRegister(m.requests, m.duration, m.inHold, m.holds, m.overflows, m.upstream, hosts)
	return m
}

func (m *Metrics) request(outcome string, status int, took time.Duration) {
	m.requests.WithLabelValues(outcome, codeClass(status)).Inc()
	kind := "explained"
	if outcome == outcomeProxied {
		kind = outcomeProxied
	}
	m.duration.WithLabelValues(kind).Observe(took.Seconds())
}

// codeClass is "2xx" and so on; "none" when nothing was answered.
func codeClass(status int) string {
	if status < 100 || status > 599 {
		return "none"
	}
	return string(rune('0'+status/100)) + "xx"
}

func (m *Metrics) holding(change float64) { m.inHold.Add(change) }

func (m *Metrics) held(took time.Duration, answered bool) {
	result := "explained"
	if answered {
		result = "answered"
	}
	m.holds.WithLabelValues(result).Observe(took.Seconds())
}

func (m *Metrics) overflow() { m.overflows.Inc() }

func (m *Metrics) upstreamError(kind string) { m.upstream.WithLabelValues(kind).Inc() }
