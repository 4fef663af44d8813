package serve

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"
)

// listener is one port with its server.
type listener struct {
	net.Listener
	server *http.Server
}

// openListener claims the port. Slow or silent clients are cut off, so that
// they cannot hold connections for ever.
func openListener(ctx context.Context, address string, handler http.Handler, errorLog *log.Logger) (*listener, error) {
	socket, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return &listener{Listener: socket, server: &http.Server{
		Handler:           handler,
		ErrorLog:          errorLog,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}}, nil
}

func (l *listener) address() string { return l.Addr().String() }

// close lets requests under way finish until ctx ends, then cuts them off: a
// write that was not acknowledged may be lost, one that was is on disk.
func (l *listener) close(ctx context.Context) error {
	err := l.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = l.server.Close()
	}
	// A listener whose server never began is closed here.
	if closing := l.Close(); closing != nil && !errors.Is(closing, net.ErrClosed) {
		err = errors.Join(err, closing)
	}
	if err != nil {
		return fmt.Errorf("stop %s: %w", l.address(), err)
	}
	return nil
}
