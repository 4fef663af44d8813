package frontdoor

import (
	"errors"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httputil"
	"time"
)

// Bounds of the connections to instances. A browser opens six at a time; a
// sleeping tenant keeps none.
const (
	dialTimeout           = 3 * time.Second
	responseHeaderTimeout = 2 * time.Minute // an import of 100,000 rows takes 20 s
	idlePerInstance       = 4
	idleInAll             = 2048
	connsPerInstance      = 256
	idleTimeout           = 30 * time.Second
)

// newTransport connects to instances. A connection whose other end vanished
// with its machine is noticed within half a minute by TCP itself.
func newTransport() *http.Transport {
	dialer := &net.Dialer{
		Timeout:         dialTimeout,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: 10 * time.Second, Interval: 5 * time.Second, Count: 3},
	}
	return &http.Transport{
		// No Proxy: instances are in the cluster, whatever the environment says.
		DialContext:            dialer.DialContext,
		MaxIdleConns:           idleInAll,
		MaxIdleConnsPerHost:    idlePerInstance,
		MaxConnsPerHost:        connsPerInstance,
		IdleConnTimeout:        idleTimeout,
		ResponseHeaderTimeout:  responseHeaderTimeout,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		// What the instance compressed goes through as it is.
		DisableCompression: true,
	}
}

// newProxy hands requests to the instance that the visit found.
func newProxy(transport http.RoundTripper, failed func(http.ResponseWriter, *http.Request, error), logger *slog.Logger) *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		Rewrite:        rewrite,
		Transport:      transport,
		ErrorHandler:   failed,
		FlushInterval:  -1, // what the instance sends reaches the browser at once
		ModifyResponse: stamp,
		ErrorLog:       log.New(proxyLog{logger}, "", 0),
	}
}

// rewrite points the request at the instance. The browser's X-Forwarded-* and
// Forwarded headers are gone by now; exactly one address and one scheme take
// their place, so that the instance need not know how many proxies there are.
func rewrite(p *httputil.ProxyRequest) {
	v := visitFrom(p.In.Context())
	p.Out.URL.Scheme, p.Out.URL.Host = "http", v.view.Addr
	p.Out.Host = p.In.Host
	h := p.Out.Header
	if v.client.IsValid() {
		h.Set("X-Forwarded-For", v.client.String())
	}
	h.Set("X-Forwarded-Proto", v.proto)
	h.Set("X-Forwarded-Host", p.In.Host)
	h.Del("X-Real-Ip")
	h.Set("X-Request-Id", v.id)
}

// stamp gives the answer the id under which it is in the logs.
func stamp(response *http.Response) error {
	response.Header.Set("X-Request-Id", visitFrom(response.Request.Context()).id)
	return nil
}

// proxyLog takes what ReverseProxy has to say beyond ErrorHandler, such as a
// browser that left in the middle of an answer.
type proxyLog struct{ logger *slog.Logger }

func (p proxyLog) Write(text []byte) (int, error) {
	p.logger.Debug("proxy", "message", string(text))
	return len(text), nil
}

// neverSent reports whether the request failed before a connection was made, so
// that the instance can't have seen anything of it.
func neverSent(err error) bool {
	failure, ok := errors.AsType[*net.OpError](err)
	return ok && failure.Op == "dial"
}
