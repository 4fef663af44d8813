package frontdoor

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

func TestPrivatePort(t *testing.T) {
	registry := prometheus.NewRegistry()
	NewMetrics(registry, NewTable())
	missing := "the tenants are not known yet"
	private := NewPrivate(registry, func() string { return missing })
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		private.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return w.Code, w.Body.String()
	}
	if code, _ := get("/healthz"); code != 200 {
		t.Errorf("/healthz: %d", code)
	}
	if code, body := get("/readyz"); code != 503 || !strings.Contains(body, missing) {
		t.Errorf("/readyz: %d %q", code, body)
	}
	missing = ""
	if code, _ := get("/readyz"); code != 200 {
		t.Errorf("/readyz: %d", code)
	}
	if code, body := get("/metrics"); code != 200 || !strings.Contains(body, "salexops_frontdoor_hosts 0") {
		t.Errorf("/metrics: %d %q", code, body)
	}
	if code, _ := get("/"); code != 404 {
		t.Errorf("/: %d", code)
	}
}

func listener(t *testing.T) net.Listener {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestServerLetsRequestsFinish(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	var draining atomic.Bool
	server := &Server{
		Public: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			close(entered)
			<-leave
			_, _ = io.WriteString(w, "done")
		}),
		Private: http.NotFoundHandler(), Drain: time.Millisecond, Grace: 20 * time.Second,
		Draining: func() { draining.Store(true) }, Logger: slog.New(slog.DiscardHandler),
	}
	public, private := listener(t), listener(t)
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- server.Run(ctx, public, private) }()

	body := make(chan string, 1)
	go func() {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+public.Addr().String(), nil)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			body <- err.Error()
			return
		}
		defer func() { _ = response.Body.Close() }()
		text, _ := io.ReadAll(response.Body)
		body <- string(text)
	}()
	<-entered
	stop()
	eventually(t, "the door drains", draining.Load)
	close(leave)
	if got := <-body; got != "done" {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("Run = %v", err)
	}
}

func TestServerEndsRequestsThatOutlastTheGrace(t *testing.T) {
	entered := make(chan struct{})
	server := &Server{
		Public: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(entered)
			<-r.Context().Done()
		}),
		Private: http.NotFoundHandler(), Grace: time.Millisecond, Draining: func() {}, Logger: slog.New(slog.DiscardHandler),
	}
	public := listener(t)
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- server.Run(ctx, public, listener(t)) }()
	go func() {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+public.Addr().String(), nil)
		if response, err := http.DefaultClient.Do(r); err == nil {
			_ = response.Body.Close()
		}
	}()
	<-entered
	stop()
	if err := <-stopped; err != nil {
		t.Errorf("Run = %v", err)
	}
}

func TestServerSaysWhenItCanNotServe(t *testing.T) {
	server := &Server{Public: http.NotFoundHandler(), Private: http.NotFoundHandler(), Grace: time.Second,
		Draining: func() {}, Logger: slog.New(slog.DiscardHandler)}
	broken := listener(t)
	if err := broken.Close(); err != nil {
		t.Fatal(err)
	}
	if err := server.Run(t.Context(), broken, listener(t)); err == nil || !strings.Contains(err.Error(), "serving browsers") {
		t.Errorf("Run = %v", err)
	}
}
