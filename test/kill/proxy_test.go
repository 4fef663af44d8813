package kill_test

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"

	"k8s.io/client-go/rest"
)

// A point is a request of the manager at which it is killed.
type point struct {
	method, path string
	// nth of its kind, from 1.
	nth int
	// after the API server has carried it out, and before the manager knows; else
	// before the API server sees it.
	after bool
}

// A proxy stands between a manager and the API server, and knows the manager's
// process.
type proxy struct {
	server *http.Server
	url    string

	mutex   sync.Mutex
	at      *point
	seen    int
	process *os.Process
	killed  chan struct{}
	// running is closed at the first request of the manager, and asked is true
	// from then on.
	running chan struct{}
	asked   bool
	// deletions are the deletions that reached the API server and were carried
	// out, by path.
	deletions map[string]int
}

// newProxy speaks plain HTTP to the manager, on the loopback interface, and to
// the API server with the rights of the operator.
func newProxy(operator *rest.Config) (*proxy, error) {
	target, err := url.Parse(operator.Host)
	if err != nil {
		return nil, err
	}
	transport, err := rest.TransportFor(operator)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{url: "http://" + listener.Addr().String(), deletions: map[string]int{}}
	reverse := httputil.NewSingleHostReverseProxy(target)
	reverse.Transport, reverse.FlushInterval = killing{p, transport}, -1
	p.server = &http.Server{Handler: reverse}
	go func() { _ = p.server.Serve(listener) }()
	return p, nil
}

// watch sets the process to kill, and where; nil kills it nowhere.
func (p *proxy) watch(process *os.Process, at *point) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.process, p.at, p.seen, p.killed = process, at, 0, make(chan struct{})
	if process == nil {
		p.running, p.asked = make(chan struct{}), false
	}
}

// hears notes that the manager runs.
func (p *proxy) hears() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if !p.asked && p.running != nil {
		p.asked = true
		close(p.running)
	}
}

// reached reports whether a request is the one at which to kill.
func (p *proxy) reached(request *http.Request, after bool) bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	at := p.at
	if at == nil || request.Method != at.method || !strings.HasSuffix(request.URL.Path, at.path) ||
		strings.HasSuffix(at.path, "/status") && request.URL.Query().Get("fieldManager") != "salexops-storage" {
		return false
	}
	if !after {
		p.seen++
	}
	return p.seen == at.nth && at.after == after
}

// kill ends the process for good, as kill -9 does.
func (p *proxy) kill() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.at = nil
	_ = p.process.Kill()
	close(p.killed)
}

// killing carries requests to the API server, and kills the manager at its
// point.
type killing struct {
	p    *proxy
	next http.RoundTripper
}

func (k killing) RoundTrip(request *http.Request) (*http.Response, error) {
	k.p.hears()
	if k.p.reached(request, false) {
		k.p.kill()
		return nil, http.ErrAbortHandler
	}
	answer, err := k.next.RoundTrip(request)
	if err == nil && request.Method == http.MethodDelete && answer.StatusCode < http.StatusMultipleChoices {
		k.p.mutex.Lock()
		k.p.deletions[request.URL.Path]++
		k.p.mutex.Unlock()
	}
	if err == nil && k.p.reached(request, true) {
		k.p.kill()
		_ = answer.Body.Close()
		return nil, http.ErrAbortHandler
	}
	return answer, err
}

func (p *proxy) deleted(path string) int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.deletions[path]
}
