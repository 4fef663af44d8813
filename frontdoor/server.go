package frontdoor

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/grupobizopps/salexops/instance"
)

// Bounds of the connections from browsers. There is none on how long a body or
// an answer may take: uploads and exports go on for as long as they move.
const (
	readHeaderTimeout = 10 * time.Second
	keepAliveTimeout  = 2 * time.Minute
	maxHeaderBytes    = 64 << 10
)

// Server is the two listeners of a front door.
type Server struct {
	Public  http.Handler // browsers
	Private http.Handler // health and metrics
	// Drain is how long the door stays open after it stopped being ready, so
	// that the balancers before it hear of it first; Grace is how long requests
	// may take to finish after that.
	Drain, Grace time.Duration
	// Draining is called when the drain begins: the door is to stop being ready.
	Draining func()
	Logger   *slog.Logger
}

// Run serves on both listeners until the context ends, then lets the requests
// under way finish. It closes the listeners.
func (s *Server) Run(ctx context.Context, public, private net.Listener) error {
	browsers, health := s.server(s.Public), s.server(s.Private)
	failed := make(chan error, 2)
	serve := func(name string, server *http.Server, listener net.Listener) {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("serving %s on %s: %w", name, listener.Addr(), err)
		}
	}
	go serve("browsers", browsers, public)
	go serve("health and metrics", health, private)
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = s.drain(failed)
	}
	return errors.Join(err, s.stop(browsers), s.stop(health))
}

// drain goes on serving for a while; a failure ends it early.
func (s *Server) drain(failed <-chan error) error {
	s.Logger.Info("stopping: no longer ready", slog.String("drain", s.Drain.String()))
	s.Draining()
	timer := time.NewTimer(s.Drain)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case err := <-failed:
		return err
	}
}

// stop waits for requests under way, and ends those that outlast the grace.
// The context of Run is over by now, so this has one of its own.
func (s *Server) stop(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), s.Grace)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		s.Logger.Warn("requests outlasted the grace and were ended", slog.String("grace", s.Grace.String()))
		err = server.Close()
	}
	if err != nil {
		return fmt.Errorf("stopping a listener: %w", err)
	}
	return nil
}

func (s *Server) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       keepAliveTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		// What the server has to say is about browsers that misbehave.
		ErrorLog: log.New(serverLog{s.Logger}, "", 0),
	}
}

type serverLog struct{ logger *slog.Logger }

func (l serverLog) Write(text []byte) (int, error) {
	l.logger.Debug("server", slog.String("message", string(text)))
	return len(text), nil
}

// NewPrivate serves health and metrics. ready names what is missing; empty:
// nothing.
func NewPrivate(registry *prometheus.Registry, ready func() string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+instance.PathHealthz, func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, "ok")
	})
	mux.HandleFunc("GET "+instance.PathReadyz, func(w http.ResponseWriter, _ *http.Request) {
		if missing := ready(); missing != "" {
			answer(w, http.StatusServiceUnavailable, missing)
			return
		}
		answer(w, http.StatusOK, "ok")
	})
	mux.Handle("GET "+instance.PathMetrics, promhttp.HandlerFor(registry, promhttp.HandlerOpts{Registry: registry}))
	return mux
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text) // the kubelet asks again
}
