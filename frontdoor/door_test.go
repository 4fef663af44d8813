package frontdoor

import (
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"k8s.io/utils/clock"
	clocktesting "k8s.io/utils/clock/testing"
)

// house is a front door with its table, its clock and one browser.
type house struct {
	t        *testing.T
	table    *Table
	clock    *clocktesting.FakeClock
	door     *Door
	registry *prometheus.Registry
	log      *syncBuffer
	server   *httptest.Server
}

type syncBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func build(t *testing.T, change ...func(*Config)) *house {
	t.Helper()
	h := &house{t: t, table: NewTable(), registry: prometheus.NewRegistry(), log: &syncBuffer{},
		clock: clocktesting.NewFakeClock(time.Date(2027, 1, 5, 16, 0, 0, 0, time.UTC))}
	config := Config{Table: h.table, Synced: func() bool { return true }, Hold: 30 * time.Second, MaxHeld: 2,
		Metrics: NewMetrics(h.registry, h.table), Logger: slog.New(slog.NewJSONHandler(h.log, nil)), Clock: clock.Clock(h.clock)}
	for _, f := range change {
		f(&config)
	}
	h.door = NewDoor(config)
	h.server = httptest.NewServer(h.door)
	t.Cleanup(func() { h.server.Close(); h.door.Close() })
	return h
}

// tenant makes acme known, answering at addr.
func (h *house) tenant(addr string) {
	h.table.SetTenant(running("acme"))
	h.table.SetEndpoint("crm-acme", "s", addr)
}

// upstream starts an instance and returns its address.
func upstream(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// nobody is an address where every connection is refused.
func nobody(t *testing.T) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

func (h *house) request(method, host, path string, body io.Reader, header ...string) *http.Request {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.server.URL+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Host = host
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

type answered struct {
	*http.Response
	body string
}

func (h *house) do(r *http.Request) answered {
	h.t.Helper()
	response, err := h.server.Client().Do(r)
	if err != nil {
		h.t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
		return answered{Response: &http.Response{Header: http.Header{}}}
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		h.t.Errorf("reading the answer: %v", err)
	}
	return answered{response, string(body)}
}

// later sends the request and gives its answer when there is one.
func (h *house) later(r *http.Request) <-chan answered {
	c := make(chan answered, 1)
	go func() { c <- h.do(r) }()
	return c
}

// eventually polls: what is waited for happens in another goroutine.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.NewTimer(20 * time.Second)
	defer deadline.Stop()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("it never came about that %s", what)
		}
	}
}

// value reads a gauge or counter of the registry.
func (h *house) value(name string, labels ...string) float64 {
	h.t.Helper()
	families, err := h.registry.Gather()
	if err != nil {
		h.t.Fatal(err)
	}
	var sum float64
	for _, family := range families {
		if family.GetName() != name {
			continue
		}
		for _, metric := range family.GetMetric() {
			matches := true
			for i := 0; i < len(labels); i += 2 {
				found := false
				for _, l := range metric.GetLabel() {
					found = found || (l.GetName() == labels[i] && l.GetValue() == labels[i+1])
				}
				matches = matches && found
			}
			if matches {
				sum += metric.GetGauge().GetValue() + metric.GetCounter().GetValue() + float64(metric.GetHistogram().GetSampleCount())
			}
		}
	}
	return sum
}

func TestDoorExplains(t *testing.T) {
	h := build(t)
	if got := h.do(h.request("GET", "nowhere.localhost", "/", nil)); got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, "unknown-host") {
		t.Errorf("an unknown host: %d %s", got.StatusCode, got.body)
	}
	stopped := running("acme")
	stopped.Access, stopped.Billing = "Closed", "Disabled"
	h.table.SetTenant(stopped)
	h.table.SetEndpoint("crm-acme", "s", upstream(t, func(http.ResponseWriter, *http.Request) {
		t.Error("a stopped tenant's instance was reached")
	}))
	if got := h.do(h.request("GET", "acme.localhost", "/", nil, "Accept", "text/html")); got.StatusCode != http.StatusPaymentRequired || !strings.Contains(got.body, "Ferretería Acme") {
		t.Errorf("a stopped tenant: %d", got.StatusCode)
	}
	eventually(t, "the payment page is counted", func() bool {
		return h.value("salexops_frontdoor_requests_total", "outcome", "payment", "code", "4xx") == 1
	})
}

func TestDoorThatKnowsNothingYetCallsNoHostUnknown(t *testing.T) {
	h := build(t, func(c *Config) { c.Synced = func() bool { return false } })
	if got := h.do(h.request("GET", "acme.localhost", "/", nil)); got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" {
		t.Errorf("before the first list: %d, want 503", got.StatusCode)
	}
}

func TestLogTellsNothingOfTheTenant(t *testing.T) {
	h := build(t)
	h.tenant(upstream(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hola") }))
	h.do(h.request("GET", "acme.localhost", "/calendario/s3cr3to.ics?q=jose", nil, "Cookie", "session=s3cr3to"))
	eventually(t, "the request is logged", func() bool { return strings.Contains(h.log.String(), `"outcome":"proxied"`) })
	line := h.log.String()
	if strings.Contains(line, "s3cr3to") || strings.Contains(line, "jose") {
		t.Errorf("the log tells too much: %s", line)
	}
	for _, part := range []string{`"tenant":"acme"`, `"path":"/calendario/…"`, `"status":200`, `"bytes":4`, `"method":"GET"`, `"client":"127.0.0.1"`} {
		if !strings.Contains(line, part) {
			t.Errorf("the log lacks %s: %s", part, line)
		}
	}
}

func TestNoMetricNamesATenant(t *testing.T) {
	h := build(t)
	h.tenant(upstream(t, func(http.ResponseWriter, *http.Request) {}))
	h.do(h.request("GET", "acme.localhost", "/", nil))
	h.do(h.request("BREW", "globex.localhost", "/", nil))
	eventually(t, "both are counted", func() bool { return h.value("salexops_frontdoor_requests_total") == 2 })
	families, err := h.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, family := range families {
		if text := family.String(); strings.Contains(text, "acme") || strings.Contains(text, "globex") || strings.Contains(text, "BREW") {
			t.Errorf("a label has as many values as strangers like: %s", text)
		}
	}
}
