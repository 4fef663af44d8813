package instance

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/license"
)

// AcceptFunc takes a licence into force. It returns nil when the licence is in
// force afterwards, was it already or not, and otherwise an error of package
// license, or any other error when it was good but could not be kept. The
// licence in force before stays in force on every error.
type AcceptFunc func(ctx context.Context, jws []byte) error

// ReportFunc says how the instance is doing now.
type ReportFunc func(ctx context.Context) (Report, error)

// TokenFunc returns the bearer token that the operator must show, read anew
// each time because the Secret may be replaced. Empty: nobody gets in.
type TokenFunc func() string

// ReceivedFunc notes that the operator has the decision with this id and all
// before it, so that they are not reported again. It may come more than once.
type ReceivedFunc func(ctx context.Context, id int64) error

// Handler serves the exchange; mount it at PathLicence on the private port.
// What the operator says that it has received is passed over: HandlerReceiving
// hears it.
func Handler(accept AcceptFunc, report ReportFunc, token TokenFunc) http.Handler {
	return HandlerReceiving(accept, report, token, func(context.Context, int64) error { return nil })
}

// HandlerReceiving is Handler for an instance that reports decisions.
func HandlerReceiving(accept AcceptFunc, report ReportFunc, token TokenFunc, received ReceivedFunc) http.Handler {
	return &exchange{accept: accept, report: report, token: token, received: received}
}

type exchange struct {
	accept   AcceptFunc
	report   ReportFunc
	token    TokenFunc
	received ReceivedFunc
}

func (e *exchange) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPut {
		w.Header().Set("Allow", http.MethodPut)
		Problem{Title: "Only PUT is answered here", Status: http.StatusMethodNotAllowed}.write(w)
		return
	}
	if !sameToken(bearer(r), e.token()) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="salexops exchange"`)
		Problem{Title: "The exchange token is missing or wrong", Status: http.StatusUnauthorized}.write(w)
		return
	}
	jws, problem := readLicence(w, r)
	if problem != nil {
		problem.write(w)
		return
	}
	if err := e.accept(r.Context(), jws); err != nil {
		refuse(r.Context(), err).write(w)
		return
	}
	if problem := e.hear(r); problem != nil {
		problem.write(w)
		return
	}
	e.answer(w, r)
}

// hear notes what the operator has received.
func (e *exchange) hear(r *http.Request) *Problem {
	header := r.Header.Get(HeaderReceived)
	if header == "" {
		return nil
	}
	id, err := strconv.ParseInt(header, 10, 64)
	if err != nil || id < 1 {
		return &Problem{Title: "The header " + HeaderReceived + " is not the id of a decision", Status: http.StatusBadRequest}
	}
	if err := e.received(r.Context(), id); err != nil {
		slog.ErrorContext(r.Context(), "what the operator received could not be noted", "error", err)
		return &Problem{Title: "What was received could not be noted", Status: http.StatusInternalServerError,
			Detail: "The licence is in force; the instance's log has the reason."}
	}
	return nil
}

// answer sends the report, or 304 when the operator knows it.
func (e *exchange) answer(w http.ResponseWriter, r *http.Request) {
	report, err := e.report(r.Context())
	var body []byte
	var etag string
	if err == nil {
		body, etag, err = report.Encode()
	}
	if err != nil {
		slog.ErrorContext(r.Context(), "the report could not be made", "error", err)
		Problem{Title: "The licence is in force, but the report could not be made", Status: http.StatusInternalServerError}.write(w)
		return
	}
	h := w.Header()
	h.Set("ETag", etag)
	h.Set("Cache-Control", "no-store")
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", ContentTypeReport)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	// The caller may have gone; it will ask again.
	_, _ = w.Write(body)
}

// readLicence reads a body of at most MaxLicenceBytes.
func readLicence(w http.ResponseWriter, r *http.Request) ([]byte, *Problem) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != ContentTypeLicence {
		return nil, &Problem{Title: "The body must be a licence", Status: http.StatusBadRequest,
			Detail: "Content-Type: " + ContentTypeLicence + " is expected."}
	}
	jws, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxLicenceBytes))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, &Problem{Title: "The licence is too large", Status: http.StatusBadRequest,
			Detail: "At most 65536 bytes are accepted."}
	}
	if err != nil {
		return nil, &Problem{Title: "The licence did not arrive whole", Status: http.StatusBadRequest}
	}
	return jws, nil
}

// refuse turns an error of AcceptFunc into an answer. What the instance itself
// failed at is logged here and stays here.
func refuse(ctx context.Context, err error) Problem {
	if stale, ok := errors.AsType[*license.StaleSerialError](err); ok {
		return Problem{Title: "A newer licence is in force", Detail: err.Error(),
			Status: http.StatusConflict, SerialInForce: stale.InForce}
	}
	if errors.Is(err, license.ErrMalformed) {
		return Problem{Title: "This is not a licence", Detail: err.Error(), Status: http.StatusBadRequest}
	}
	for _, refusal := range []error{license.ErrAlgorithm, license.ErrUnknownKey, license.ErrBadSignature,
		license.ErrWrongIssuer, license.ErrForeignTenant} {
		if errors.Is(err, refusal) {
			return Problem{Title: "The licence is not accepted", Detail: err.Error(), Status: http.StatusForbidden}
		}
	}
	slog.ErrorContext(ctx, "the licence could not be taken into force", "error", err)
	return Problem{Title: "The licence could not be kept", Status: http.StatusInternalServerError,
		Detail: "The licence in force before stays in force; the instance's log has the reason."}
}

func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return token
}

// sameToken compares in constant time, digests so that lengths don't show.
func sameToken(got, want string) bool {
	if want == "" {
		return false
	}
	a, b := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}
