package frontdoor

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestProxyHeaders(t *testing.T) {
	h := build(t)
	seen := make(chan *http.Request, 1)
	h.tenant(upstream(t, func(w http.ResponseWriter, r *http.Request) {
		seen <- r
		w.Header().Set("X-Request-Id", "the instance's own")
		w.Header().Add("Set-Cookie", "session=1")
		w.WriteHeader(http.StatusCreated)
	}))
	got := h.do(h.request("GET", "ACME.localhost:8080", "/records?q=jose", nil,
		"X-Forwarded-For", "198.51.100.1", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example",
		"Forwarded", "for=198.51.100.1", "X-Real-Ip", "198.51.100.1", "X-Request-Id", "forged", "Cookie", "session=1", "Accept-Encoding", "br"))
	r := <-seen
	want := map[string]string{
		"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "ACME.localhost:8080",
		"Forwarded": "", "X-Real-Ip": "", "Cookie": "session=1", "Accept-Encoding": "br",
	}
	for name, value := range want {
		if got := strings.Join(r.Header.Values(name), "|"); got != value {
			t.Errorf("%s arrived as %q, want %q", name, got, value)
		}
	}
	if r.Host != "ACME.localhost:8080" || r.URL.RequestURI() != "/records?q=jose" {
		t.Errorf("host %q, path %q", r.Host, r.URL.RequestURI())
	}
	id := r.Header.Get("X-Request-Id")
	if len(id) != 16 || got.Header.Values("X-Request-Id")[0] != id || len(got.Header.Values("X-Request-Id")) != 1 {
		t.Errorf("request id %q, answered %v", id, got.Header.Values("X-Request-Id"))
	}
	if got.StatusCode != http.StatusCreated || got.Header.Get("Set-Cookie") != "session=1" {
		t.Errorf("status %d, cookie %q", got.StatusCode, got.Header.Get("Set-Cookie"))
	}
}

func TestProxyBelievesATrustedBalancer(t *testing.T) {
	trust, err := ParseTrust([]string{"127.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	h := build(t, func(c *Config) { c.Trust = trust })
	seen := make(chan http.Header, 1)
	h.tenant(upstream(t, func(_ http.ResponseWriter, r *http.Request) { seen <- r.Header }))
	h.do(h.request("GET", "acme.localhost", "/", nil, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https"))
	if header := <-seen; header.Get("X-Forwarded-For") != "203.0.113.9" || header.Get("X-Forwarded-Proto") != "https" {
		t.Errorf("arrived %v", header)
	}
}

func TestProxyStreams(t *testing.T) {
	h := build(t)
	more := make(chan struct{})
	h.tenant(upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "first\n")
		w.(http.Flusher).Flush()
		<-more
		_, _ = io.WriteString(w, "second\n")
	}))
	response, err := h.server.Client().Do(h.request("GET", "acme.localhost", "/export", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	lines := bufio.NewReader(response.Body)
	if line, err := lines.ReadString('\n'); err != nil || line != "first\n" {
		t.Fatalf("%q, %v before the instance was done", line, err)
	}
	close(more)
	if line, err := lines.ReadString('\n'); err != nil || line != "second\n" {
		t.Fatalf("%q, %v", line, err)
	}
}

func TestProxyTakesAnUploadOfAnySize(t *testing.T) {
	const size = 64 << 20
	h := build(t)
	h.tenant(upstream(t, func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		_, _ = fmt.Fprint(w, n, err)
	}))
	got := h.do(h.request("POST", "acme.localhost", "/documentos", io.LimitReader(rand.Reader, size)))
	if got.body != fmt.Sprint(int64(size), nil) {
		t.Errorf("arrived: %s, want %d bytes", got.body, size)
	}
}

func TestProxyUpgrades(t *testing.T) {
	h := build(t)
	h.tenant(upstream(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = conn.Close() }()
		_, _ = buffer.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		_ = buffer.Flush()
		line, _ := buffer.ReadString('\n')
		_, _ = buffer.WriteString("echo " + line)
		_ = buffer.Flush()
	}))
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", h.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, "GET /live HTTP/1.1\r\nHost: acme.localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	reader := bufio.NewReader(conn)
	response, err := http.ReadResponse(reader, nil)
	if err != nil || response.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("%+v, %v", response, err)
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.WriteString(conn, "hola\n")
	if line, err := reader.ReadString('\n'); err != nil || line != "echo hola\n" {
		t.Errorf("%q, %v", line, err)
	}
	_ = conn.Close()
	eventually(t, "the upgraded connection is counted", func() bool {
		return h.value("salexops_frontdoor_requests_total", "outcome", "proxied", "code", "1xx") == 1
	})
}

func TestBrokenAnswerIsExplainedWithAnIDThatIsInTheLog(t *testing.T) {
	h := build(t)
	h.tenant(upstream(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	got := h.do(h.request("POST", "acme.localhost", "/records", strings.NewReader("name=x"), "Accept", "text/html"))
	id := got.Header.Get("X-Request-Id")
	if got.StatusCode != http.StatusBadGateway || !strings.Contains(got.body, id) {
		t.Fatalf("%d with id %q", got.StatusCode, id)
	}
	if !strings.Contains(h.log.String(), `"msg":"the instance could not be reached","id":"`+id+`","tenant":"acme"`) {
		t.Errorf("the log does not have the id: %s", h.log.String())
	}
	if h.value("salexops_frontdoor_upstream_errors_total", "kind", "broken") != 1 {
		t.Error("the failure was not counted")
	}
}
