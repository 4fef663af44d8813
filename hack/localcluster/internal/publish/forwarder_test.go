package publish

import (
	"errors"
	"io"
	"net"
	"syscall"
	"testing"
	"time"
)

// echo answers each connection with all that it was sent, once it was all sent.
func echo(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				all, _ := io.ReadAll(conn)
				_, _ = conn.Write(all)
			}()
		}
	}()
	return listener.Addr().String()
}

func forward(t *testing.T, endpoints ...string) (*forwarder, *net.TCPConn) {
	t.Helper()
	f, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f.setEndpoints(endpoints)
	conn, err := net.Dial("tcp4", f.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); f.close(0) })
	return f, conn.(*net.TCPConn)
}

func TestBytesAndTheirEndArePassedBothWays(t *testing.T) {
	_, conn := forward(t, echo(t))
	if _, err := conn.Write([]byte("hello")); err != nil {
		t.Fatal(err)
	}
	if err := conn.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(conn); err != nil || string(all) != "hello" {
		t.Errorf("got %q, %v", all, err)
	}
}

func TestDeadEndpointIsPassedOver(t *testing.T) {
	gone, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	dead := gone.Addr().String()
	gone.Close()
	_, conn := forward(t, dead, echo(t))
	if err := conn.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("reading through the live endpoint: %v", err)
	}
}

func TestWithoutEndpointsAConnectionIsReset(t *testing.T) {
	f, err := listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.close(0) })
	// The reset can come while connecting, or right after.
	conn, err := net.Dial("tcp4", f.listener.Addr().String())
	if err == nil {
		_, err = conn.Read(make([]byte, 1))
		conn.Close()
	}
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the connection says %v", err)
	}
}

func TestClosingEndsConnectionsAfterTheGrace(t *testing.T) {
	f, conn := forward(t, echo(t))
	if _, err := conn.Write([]byte("x")); err != nil {
		t.Fatal(err)
	}
	f.close(10 * time.Millisecond)
	if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 1)); err == nil || errors.Is(err, syscall.EAGAIN) {
		t.Errorf("the connection goes on: %v", err)
	}
	if _, err := net.Dial("tcp4", f.listener.Addr().String()); err == nil {
		t.Error("the port is still open")
	}
}
