package controlplane

import (
	"net/http"
	"strings"
	"sync"

	"k8s.io/client-go/rest"
)

// Traffic counts the requests that a client makes, apart from watches, which
// only wait, and from events.
type Traffic struct {
	mutex  sync.Mutex
	reads  []string
	writes []string
}

// Watch returns a config whose requests are counted.
func (t *Traffic) Watch(config *rest.Config) *rest.Config {
	counted := rest.CopyConfig(config)
	counted.Wrap(func(next http.RoundTripper) http.RoundTripper {
		return roundTripper(func(request *http.Request) (*http.Response, error) {
			t.count(request)
			return next.RoundTrip(request)
		})
	})
	return counted
}

func (t *Traffic) count(request *http.Request) {
	if request.URL.Query().Get("watch") != "" || strings.HasSuffix(request.URL.Path, "/events") {
		return
	}
	line := request.Method + " " + request.URL.Path
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if request.Method == http.MethodGet {
		t.reads = append(t.reads, line)
	} else {
		t.writes = append(t.writes, line)
	}
}

// Reset forgets what was counted.
func (t *Traffic) Reset() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.reads, t.writes = nil, nil
}

// Reads returns the reads since the last reset, as "GET /path".
func (t *Traffic) Reads() []string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return append([]string(nil), t.reads...)
}

// Writes returns the writes since the last reset, as "PATCH /path".
func (t *Traffic) Writes() []string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return append([]string(nil), t.writes...)
}

type roundTripper func(*http.Request) (*http.Response, error)

func (r roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return r(request) }
