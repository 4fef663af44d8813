package serve

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/instance"
)

// tokenFile holds the bearer token that the operator shows.
const tokenFile = "exchange-token"

// readyTimeout bounds the query that readiness asks of the database.
const readyTimeout = 2 * time.Second

// privateHandler serves the private port: health, metrics and the exchange.
// Only the exchange's answer says anything about the tenant, and only it asks
// for the token; the NetworkPolicy keeps everybody but operator, kubelet and
// monitoring away from the port.
func (p *Program) privateHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+instance.PathHealthz, func(w http.ResponseWriter, _ *http.Request) {
		answerText(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET "+instance.PathReadyz, p.readyz)
	mux.Handle("GET "+instance.PathMetrics, p.metrics.handler())
	mux.Handle(instance.PathLicence, instance.HandlerReceiving(p.accept, p.report, p.exchangeToken, p.db.AcknowledgeRequests))
	return mux
}

// readyz says whether the instance answers: it does so without a licence too,
// with a page that says why nobody gets in.
func (p *Program) readyz(w http.ResponseWriter, r *http.Request) {
	if p.stopping.Load() {
		answerText(w, http.StatusServiceUnavailable, "stopping")
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	if err := p.db.Ping(ctx); err != nil {
		p.config.Logger.ErrorContext(ctx, "not ready", "error", err)
		answerText(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	answerText(w, http.StatusOK, "ok")
}

func answerText(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n") // the caller may have gone
}

// accept is the exchange's half that takes a licence.
func (p *Program) accept(ctx context.Context, jws []byte) error {
	before, _ := p.licences.serialAndKey()
	if err := p.licences.Accept(ctx, jws); err != nil {
		return err
	}
	if serial, key := p.licences.serialAndKey(); serial != before {
		p.config.Logger.InfoContext(ctx, "licence in force", "serial", serial, "key", key)
	}
	return nil
}

// report is the exchange's half that tells. An instance that started before
// its initial files were there gets its owner now.
func (p *Program) report(ctx context.Context) (instance.Report, error) {
	if err := p.ensureOwner(ctx); err != nil {
		p.config.Logger.ErrorContext(ctx, "the first user was not created", "error", err)
	}
	return report(ctx, p.db, p.licences, p.config.Version)
}

// exchangeToken reads the token anew each time: the Secret may be replaced. An
// unreadable or empty file lets nobody in.
func (p *Program) exchangeToken() string {
	text, err := os.ReadFile(filepath.Join(p.config.KeysDir, tokenFile))
	if err != nil {
		p.config.Logger.Error("the exchange token cannot be read", "error", err)
		return ""
	}
	return strings.TrimSpace(string(text))
}
