// Command crm measures the CRM's process on this machine: how long a start
// takes to the first answer on an existing database, and what the process
// occupies at rest. It prints figures as JSON lines.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

// Aims of the CRM's budget: a start in less than 100 ms, less than 30 MB at rest.
const (
	startAim = 100 // ms
	restAim  = 30  // MB
)

func main() {
	binary := flag.String("binary", "build/bin/crm", "the program to measure")
	starts := flag.Int("starts", 20, "how many starts are measured")
	contacts := flag.Int("contacts", 5000, "how many contacts the existing database has")
	rest := flag.Duration("rest", 10*time.Second, "how long the process rests before its memory is read")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := measure(ctx, *binary, *starts, *contacts, *rest)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench crm:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, binary string, starts, contacts int, rest time.Duration) (err error) {
	root, err := os.MkdirTemp("", "bench-crm")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(root)) }()
	where, err := furnish(ctx, root, contacts)
	if err != nil {
		return err
	}
	var took []time.Duration
	for range starts {
		process, err := where.start(ctx, binary)
		if err != nil {
			return err
		}
		took = append(took, process.took)
		if err := process.stop(); err != nil {
			return err
		}
	}
	fresh, used, err := where.memory(ctx, binary, rest)
	if err != nil {
		return err
	}
	for _, f := range []figure.Figure{
		figure.AtMost("crm/start-to-first-answer", milliseconds(figure.Quantile(took, 0.5)), "ms", startAim),
		figure.Noted("crm/start-to-first-answer-p95", milliseconds(figure.Quantile(took, 0.95)), "ms"),
		figure.AtMost("crm/idle-resident-memory", fresh, "MB", restAim),
		figure.Noted("crm/idle-resident-memory-after-use", used, "MB"),
	} {
		if err := f.Print(os.Stdout); err != nil {
			return err
		}
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
