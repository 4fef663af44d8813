package frontdoor

import (
	"io"
	"net/http"
	"sync/atomic"
)

// retrying tries a request once more when no connection could be made: an
// instance that was just replaced is a moment away, and the table may not have
// heard yet. Nothing of such a request was sent, so that this is safe for every
// method, as long as its body is still whole.
type retrying struct {
	next    http.RoundTripper
	holder  *holder
	metrics *Metrics
}

// RoundTrip implements http.RoundTripper.
func (t *retrying) RoundTrip(r *http.Request) (*http.Response, error) {
	v := visitFrom(r.Context())
	body := guard(r)
	response, err := t.next.RoundTrip(body.attach(r))
	if err == nil || !neverSent(err) || body.touched.Load() {
		return response, err
	}
	t.metrics.upstreamError("refused")
	verdict, waitErr := t.holder.again(r.Context(), v)
	switch {
	case waitErr != nil:
		return nil, waitErr
	case verdict.Act != ActRoute:
		return nil, &explained{page: verdict.Page, cause: err}
	}
	v.retried = true
	second := r.Clone(r.Context())
	second.URL.Host = v.view.Addr
	return t.next.RoundTrip(body.attach(second))
}

// explained is a failure for which there is a better page than "unreachable".
type explained struct {
	page  PageKind
	cause error
}

func (e *explained) Error() string { return e.cause.Error() }
func (e *explained) Unwrap() error { return e.cause }

// guardedBody survives the transport, which closes the body of a request that
// it could not send, and remembers whether anybody read of it. The server
// closes the real body when the request is over.
type guardedBody struct {
	io.Reader
	touched atomic.Bool
}

func guard(r *http.Request) *guardedBody {
	if r.Body == nil || r.Body == http.NoBody {
		return &guardedBody{}
	}
	return &guardedBody{Reader: r.Body}
}

// attach returns a copy of r that reads from the guarded body.
func (g *guardedBody) attach(r *http.Request) *http.Request {
	if g.Reader == nil {
		return r
	}
	guarded := r.WithContext(r.Context())
	guarded.Body = g
	return guarded
}

// Read implements io.Reader.
func (g *guardedBody) Read(p []byte) (int, error) {
	g.touched.Store(true)
	return g.Reader.Read(p)
}

// Close implements io.Closer.
func (g *guardedBody) Close() error { return nil }
