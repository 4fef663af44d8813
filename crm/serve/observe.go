package serve

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// requestIDHeader carries the id between front door, log and browser.
const requestIDHeader = "X-Request-Id"

// observe gives each request its id, counts it and writes its line in the log.
// The line has no query (people search for names), no header and no body.
func observe(next http.Handler, logger *slog.Logger, metrics *metrics) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		id := requestID(r)
		w.Header().Set(requestIDHeader, id)
		answer := &answer{ResponseWriter: w, status: http.StatusOK}
		// The server closes the connection of a handler that panics; the line
		// is written all the same.
		defer func() {
			took := time.Since(began)
			metrics.request(r.Method, answer.status, took)
			logger.LogAttrs(r.Context(), slog.LevelInfo, "request",
				slog.String("request", id), slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", answer.status), slog.Int64("bytes", answer.bytes),
				slog.Float64("ms", float64(took.Microseconds())/1000))
		}()
		next.ServeHTTP(answer, r.WithContext(crm.WithRequestID(r.Context(), id)))
	})
}

// requestID takes over the id that the front door gave, or makes one.
func requestID(r *http.Request) string {
	given := r.Header.Get(requestIDHeader)
	if len(given) >= 8 && len(given) <= 64 && isToken(given) {
		return given
	}
	raw := make([]byte, 10)
	_, _ = rand.Read(raw) // never fails: crypto/rand.Read
	return hex.EncodeToString(raw)
}

func isToken(text string) bool {
	for _, c := range []byte(text) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// answer notes the status and the size of what is answered.
type answer struct {
	http.ResponseWriter
	status  int
	bytes   int64
	decided bool
}

func (a *answer) WriteHeader(status int) {
	if !a.decided && status >= http.StatusOK {
		a.status, a.decided = status, true
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(body []byte) (int, error) {
	a.decided = true
	written, err := a.ResponseWriter.Write(body)
	a.bytes += int64(written)
	return written, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
