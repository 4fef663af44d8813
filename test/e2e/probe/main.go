// Command probe looks at the world from inside a tenant's pod, where there is
// no shell: end-to-end tests attach it as an ephemeral container.
//
//	probe dial ADDRESS…       one line an address: "ADDRESS open" or "ADDRESS closed: why"
//	probe fill FILE BYTES     writes that many bytes and says how far it got
//	probe listen ADDRESS      accepts connections until it is ended
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// dialTimeout is long against a handshake on one machine and short against the
// patience of a test: a dropped packet shows as a time-out.
const dialTimeout = 3 * time.Second

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "probe:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) >= 2 && args[0] == "dial":
		dial(args[1:])
		return nil
	case len(args) == 3 && args[0] == "fill":
		return fill(args[1], args[2])
	case len(args) == 2 && args[0] == "listen":
		return listen(args[1])
	}
	return errors.New("usage: probe dial ADDRESS… | fill FILE BYTES | listen ADDRESS")
}

func listen(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	go func() { <-stop; _ = listener.Close() }()
	for {
		conn, err := listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("accepting: %w", err)
		}
		_ = conn.Close()
	}
}

func dial(addresses []string) {
	lines := make([]string, len(addresses))
	var all sync.WaitGroup
	for i, address := range addresses {
		all.Go(func() {
			conn, err := net.DialTimeout("tcp", address, dialTimeout)
			if err != nil {
				lines[i] = fmt.Sprintf("%s closed: %v", address, err)
				return
			}
			_ = conn.Close()
			lines[i] = address + " open"
		})
	}
	all.Wait()
	for _, line := range lines {
		fmt.Println(line)
	}
}

// fill writes in blocks and syncs each, so that the figure it prints is what
// the volume really took.
func fill(name, size string) error {
	total, err := strconv.ParseInt(size, 10, 64)
	if err != nil {
		return fmt.Errorf("reading the size %q: %w", size, err)
	}
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("creating the file: %w", err)
	}
	defer func() { _ = os.Remove(name) }()
	block := make([]byte, 1<<20)
	var written int64
	for written < total {
		n, err := f.Write(block)
		written += int64(n)
		if err == nil {
			err = f.Sync()
		}
		if errors.Is(err, syscall.ENOSPC) {
			fmt.Printf("full after %d bytes: %v\n", written, syscall.ENOSPC)
			return f.Close()
		}
		if err != nil {
			return fmt.Errorf("writing: %w", err)
		}
	}
	fmt.Printf("wrote %d bytes\n", written)
	return f.Close()
}
