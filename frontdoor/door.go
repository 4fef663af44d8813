package frontdoor

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"time"

	"k8s.io/utils/clock"
)

// Config is what a Door needs.
type Config struct {
	Table *Table
	// Synced reports whether the table is complete; until then no host counts
	// as unknown.
	Synced func() bool
	// Hold is how long a request waits for an instance that should answer.
	Hold time.Duration
	// MaxHeld is how many requests wait at once.
	MaxHeld int
	Trust   Trust
	Contact Contact
	Metrics *Metrics
	Logger  *slog.Logger
	Clock   clock.Clock
}

// Door serves browsers: every host, every path, every method.
type Door struct {
	holder    *holder
	proxy     *httputil.ReverseProxy
	transport *http.Transport
	pages     *Pages
	synced    func() bool
	trust     Trust
	metrics   *Metrics
	logger    *slog.Logger
	clock     clock.Clock
}

// NewDoor returns a Door; Close it when no request is left.
func NewDoor(c Config) *Door {
	d := &Door{
		holder: &holder{table: c.Table, clock: c.Clock, metrics: c.Metrics, longest: c.Hold,
			places: make(chan struct{}, c.MaxHeld)},
		transport: newTransport(),
		pages:     NewPages(c.Contact),
		synced:    c.Synced,
		trust:     c.Trust,
		metrics:   c.Metrics,
		logger:    c.Logger,
		clock:     c.Clock,
	}
	d.proxy = newProxy(&retrying{next: d.transport, holder: d.holder, metrics: c.Metrics}, d.failed, c.Logger)
	return d
}

// Close ends the connections to instances that are kept open.
func (d *Door) Close() { d.transport.CloseIdleConnections() }

// ServeHTTP implements http.Handler.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := &visit{id: newRequestID(), host: canonicalHost(r.Host), started: d.clock.Now(), outcome: outcomeProxied}
	v.client, v.proto = d.trust.origin(r)
	rec := &recorder{ResponseWriter: w}
	// An answer that breaks off ends in a panic by which the server closes the
	// connection; it is counted and logged like any other.
	defer func() { d.account(r, v, rec) }()
	d.serve(rec, r.WithContext(withVisit(r.Context(), v)), v)
}

func (d *Door) serve(w http.ResponseWriter, r *http.Request, v *visit) {
	verdict, err := d.holder.await(r.Context(), v)
	switch {
	case err != nil:
		v.outcome = outcomeLeft
	case verdict.Act == ActRoute:
		d.proxy.ServeHTTP(w, r)
	case verdict.Page == PageUnknownHost && !d.synced():
		d.explain(w, r, v, PageStarting)
	default:
		d.explain(w, r, v, verdict.Page)
	}
}

func (d *Door) explain(w http.ResponseWriter, r *http.Request, v *visit, page PageKind) {
	v.outcome = page.String()
	d.pages.Write(w, r, page, v.tenant(), v.id)
}

// failed answers in place of an instance that could not be reached.
func (d *Door) failed(w http.ResponseWriter, r *http.Request, err error) {
	v := visitFrom(r.Context())
	if r.Context().Err() != nil {
		v.outcome = outcomeLeft
		return
	}
	if other, ok := errors.AsType[*explained](err); ok {
		d.explain(w, r, v, other.page)
		return
	}
	d.metrics.upstreamError(failureKind(err))
	d.logger.LogAttrs(r.Context(), slog.LevelError, "the instance could not be reached",
		slog.String("id", v.id), slog.String("tenant", v.tenant().Name), slog.String("addr", v.view.Addr), slog.Any("error", err))
	d.explain(w, r, v, PageUnreachable)
}

// failureKind is a word for the metrics.
func failureKind(err error) string {
	var timeout interface{ Timeout() bool }
	switch {
	case neverSent(err):
		return "connect"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	default:
		return "broken"
	}
}
