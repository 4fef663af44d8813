package instance_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/license"
)

// listen serves h and returns its address and a client that is closed again.
func listen(t *testing.T, h http.Handler) (string, *instance.Client) {
	t.Helper()
	server := httptest.NewServer(h)
	client := instance.NewClient()
	t.Cleanup(func() { client.Close(); server.Close() })
	return strings.TrimPrefix(server.URL, "http://"), client
}

func TestExchangeFromEndToEnd(t *testing.T) {
	f := &fake{report: busy()}
	mux := http.NewServeMux()
	mux.Handle(instance.PathLicence, f.handler())
	addr, client := listen(t, mux)

	report, etag, notModified, err := client.Exchange(t.Context(), addr, token, "a.b.c", "")
	if err != nil || notModified || report.SeatsTaken() != 2 || report.Holders[1].Name != "Javier Peña" || etag == "" {
		t.Fatalf("first: %+v, %q, %v, %v", report, etag, notModified, err)
	}
	_, again, notModified, err := client.Exchange(t.Context(), addr, token, "a.b.c", etag)
	if err != nil || !notModified || again != etag {
		t.Fatalf("second: %q, %v, %v", again, notModified, err)
	}
	f.report.Serial = 8
	report, newer, notModified, err := client.Exchange(t.Context(), addr, token, "a.b.c", etag)
	if err != nil || notModified || report.Serial != 8 || newer == etag {
		t.Fatalf("third: %+v, %q, %v, %v", report, newer, notModified, err)
	}
	if len(f.accepted) != 3 {
		t.Errorf("%d licences arrived, want 3", len(f.accepted))
	}
}

func TestExchangeTellsRefusalsApart(t *testing.T) {
	f := &fake{}
	addr, client := listen(t, f.handler())
	cases := []struct {
		name   string
		accept error
		token  string
		want   error
	}{
		{"stale", &license.StaleSerialError{Offered: 6, InForce: 7}, token, instance.ErrStaleSerial},
		{"wrong token", nil, "other", instance.ErrUnauthorized},
		{"not a licence", license.ErrMalformed, token, instance.ErrRefused},
		{"unknown key", license.ErrUnknownKey, token, instance.ErrRefused},
		{"could not be kept", errors.New("disk"), token, instance.ErrBadAnswer},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f.acceptErr = c.accept
			_, _, _, err := client.Exchange(t.Context(), addr, c.token, "a.b.c", "")
			if !errors.Is(err, c.want) {
				t.Fatalf("Exchange = %v, want %v", err, c.want)
			}
			if strings.Contains(err.Error(), token) {
				t.Errorf("the error shows the token: %v", err)
			}
			if stale, ok := errors.AsType[*instance.StaleSerialError](err); ok && stale.InForce != 7 {
				t.Errorf("serial in force %d, want 7", stale.InForce)
			}
		})
	}
}

func TestExchangeMistrustsTheAnswer(t *testing.T) {
	respond := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, body)
		}
	}
	cases := map[string]http.HandlerFunc{
		"a web page":        respond(200, "text/html", "<p>hello"),
		"broken JSON":       respond(200, instance.ContentTypeReport, "{"),
		"implausible":       respond(200, instance.ContentTypeReport, `{"serial":-4}`),
		"endless":           respond(200, instance.ContentTypeReport, `{"version":"`+strings.Repeat("x", instance.MaxReportBytes)+`"}`),
		"304 without a tag": respond(304, "", ""),
		"an odd status":     respond(418, "text/plain", "teapot"),
	}
	for name, h := range cases {
		t.Run(name, func(t *testing.T) {
			addr, client := listen(t, h)
			report, _, _, err := client.Exchange(t.Context(), addr, token, "a.b.c", "")
			if !errors.Is(err, instance.ErrBadAnswer) || errors.Is(err, instance.ErrUnreachable) {
				t.Errorf("Exchange = %+v, %v, want ErrBadAnswer", report, err)
			}
		})
	}
}

func TestExchangeFollowsNoRedirect(t *testing.T) {
	var strayed atomic.Bool
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Store(true) }))
	defer elsewhere.Close()
	addr, client := listen(t, http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	_, _, _, err := client.Exchange(t.Context(), addr, token, "a.b.c", "")
	if !errors.Is(err, instance.ErrBadAnswer) || strayed.Load() {
		t.Errorf("Exchange = %v, strayed %v", err, strayed.Load())
	}
}

func TestExchangeIgnoresTheProxyOfTheEnvironment(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	addr, client := listen(t, (&fake{report: busy()}).handler())
	// 127.0.0.1 is never proxied; 0.0.0.0 reaches the same listener and would be.
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := client.Exchange(t.Context(), net.JoinHostPort("0.0.0.0", port), token, "a.b.c", ""); err != nil {
		t.Errorf("Exchange = %v, want the instance itself to answer", err)
	}
}

func TestExchangeWithNobody(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	client := instance.NewClient()
	if _, _, _, err := client.Exchange(t.Context(), addr, token, "a.b.c", ""); !errors.Is(err, instance.ErrUnreachable) {
		t.Errorf("a closed port: %v, want ErrUnreachable", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, _, err := client.Exchange(ctx, addr, token, "a.b.c", ""); !errors.Is(err, context.Canceled) || errors.Is(err, instance.ErrUnreachable) {
		t.Errorf("told to stop: %v, want context.Canceled alone", err)
	}
	if _, _, _, err := client.Exchange(t.Context(), "not an address", token, "a.b.c", ""); !errors.Is(err, instance.ErrUnreachable) {
		t.Errorf("no address: %v, want ErrUnreachable", err)
	}
}

func TestExchangeReusesItsConnection(t *testing.T) {
	f := &fake{report: busy()}
	var connections atomic.Int32
	server := httptest.NewUnstartedServer(f.handler())
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	client := instance.NewClient()
	t.Cleanup(func() { client.Close(); server.Close() })
	for range 5 {
		if _, _, _, err := client.Exchange(t.Context(), server.Listener.Addr().String(), token, "a.b.c", ""); err != nil {
			t.Fatal(err)
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("5 exchanges took %d connections, want 1", n)
	}
}
