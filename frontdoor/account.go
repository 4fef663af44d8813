package frontdoor

import (
	"bufio"
	"log/slog"
	"net"
	"net/http"
	"strings"
)

// Outcomes of a request besides the names of the pages.
const (
	outcomeProxied = "proxied"
	outcomeLeft    = "client-left" // the browser went away first
)

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// Unwrap lets http.ResponseController flush and set deadlines.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 { // 1xx answers come before the real one
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Hijack implements http.Hijacker: the connection becomes something else, such
// as a websocket, and what goes over it is nobody's to count.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffer, err := http.NewResponseController(r.ResponseWriter).Hijack()
	if err == nil {
		r.status = http.StatusSwitchingProtocols
	}
	return conn, buffer, err
}

// Write implements http.ResponseWriter.
func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// account counts and logs a finished request. Of the path only its first part
// is logged: what follows, and the query, belong to the tenant (contract.md 7),
// and may hold a calendar's secret.
func (d *Door) account(r *http.Request, v *visit, rec *recorder) {
	took := d.clock.Since(v.started)
	d.metrics.request(v.outcome, rec.status, took)
	d.logger.LogAttrs(r.Context(), slog.LevelInfo, "request",
		slog.String("id", v.id),
		slog.String("host", cut(v.host, 253)),
		slog.String("tenant", v.tenant().Name),
		slog.String("method", cut(r.Method, 16)),
		slog.String("path", firstPart(r.URL.Path)),
		slog.Int("status", rec.status),
		slog.Int64("bytes", rec.bytes),
		slog.Int64("ms", took.Milliseconds()),
		slog.String("outcome", v.outcome),
		slog.Bool("retried", v.retried),
		slog.String("client", v.client.String()),
	)
}

func firstPart(path string) string {
	first, _, more := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	first = cut(first, 40)
	if more {
		return "/" + first + "/…"
	}
	return "/" + first
}

// cut keeps what a stranger sent from filling the log.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
