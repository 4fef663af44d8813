// Package publish gives Services of type LoadBalancer an address: 127.0.0.1,
// with the Service's own ports.
package publish

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

const (
	// maxConnections bounds the connections of one published port. Further ones
	// wait in the kernel's queue until one ends.
	maxConnections = 4096
	// dialTimeout bounds one attempt at one endpoint. Endpoints are on this
	// machine: they answer at once or not at all.
	dialTimeout = 2 * time.Second
	// attempts is how many endpoints are tried for a connection.
	attempts = 3
)

// forwarder passes connections of one listener on to ready endpoints.
type forwarder struct {
	listener net.Listener
	slots    chan struct{}

	mu        sync.Mutex
	endpoints []string
	open      map[net.Conn]struct{}
	closed    bool
	running   sync.WaitGroup
}

// listen starts forwarding from an address.
func listen(ctx context.Context, address string) (*forwarder, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp4", address)
	if err != nil {
		return nil, err
	}
	f := &forwarder{listener: listener, slots: make(chan struct{}, maxConnections), open: map[net.Conn]struct{}{}}
	f.running.Go(func() { f.accept(ctx) })
	return f, nil
}

// setEndpoints replaces where new connections go. Those that exist stay.
func (f *forwarder) setEndpoints(endpoints []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.endpoints = endpoints
}

func (f *forwarder) accept(ctx context.Context) {
	for {
		f.slots <- struct{}{}
		conn, err := f.listener.Accept()
		if err != nil {
			<-f.slots
			if errors.Is(err, net.ErrClosed) {
				return
			}
			slog.ErrorContext(ctx, "accepting a connection", "address", f.listener.Addr().String(), "error", err)
			time.Sleep(50 * time.Millisecond) // out of file descriptors, most likely
			continue
		}
		f.running.Go(func() {
			defer func() { <-f.slots }()
			f.forward(ctx, conn)
		})
	}
}

func (f *forwarder) forward(ctx context.Context, client net.Conn) {
	defer client.Close()
	if !f.track(client) {
		return
	}
	defer f.untrack(client)
	server, err := f.dial(ctx)
	if err != nil {
		// A reset, and not an orderly end: nobody is there to answer.
		_ = client.(*net.TCPConn).SetLinger(0)
		return
	}
	defer server.Close()
	if !f.track(server) {
		return
	}
	defer f.untrack(server)
	var both sync.WaitGroup
	both.Go(func() { pass(server, client) })
	both.Go(func() { pass(client, server) })
	both.Wait()
}

// pass copies one direction and passes its end on, so that a client that has
// said all may still listen. When it breaks, the other direction ends too.
func pass(to, from net.Conn) {
	if _, err := io.Copy(to, from); err != nil {
		to.Close()
		from.Close()
		return
	}
	_ = to.(*net.TCPConn).CloseWrite()
}

var errNoEndpoint = errors.New("no endpoint is ready")

func (f *forwarder) dial(ctx context.Context) (net.Conn, error) {
	f.mu.Lock()
	endpoints := f.endpoints
	f.mu.Unlock()
	err := errNoEndpoint
	for i, n := range rand.Perm(len(endpoints)) {
		if i == attempts {
			break
		}
		var conn net.Conn
		dialer := net.Dialer{Timeout: dialTimeout}
		if conn, err = dialer.DialContext(ctx, "tcp4", endpoints[n]); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

func (f *forwarder) track(conn net.Conn) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.open[conn] = struct{}{}
	}
	return !f.closed
}

func (f *forwarder) untrack(conn net.Conn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.open, conn)
}

// close stops listening, lets connections end for a while, then ends them.
func (f *forwarder) close(grace time.Duration) {
	f.listener.Close()
	done := make(chan struct{})
	go func() { f.running.Wait(); close(done) }()
	select {
	case <-done:
		return
	case <-time.After(grace):
	}
	f.mu.Lock()
	f.closed = true
	for conn := range f.open {
		conn.Close()
	}
	f.mu.Unlock()
	<-done
}
