// Command fleet measures what ten thousand standings cost: their first
// evaluation, and the start of an operator over a fleet of which nothing is to
// be done. Only the reconciler of standings runs; API server and etcd are real.
//
//	fleet -tenants 10000 >> figures.jsonl
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	goruntime "runtime"
	"time"

	"github.com/go-logr/logr"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/test/bench/figure"
	"github.com/grupobizopps/salexops/test/controlplane"
)

func main() {
	tenants := flag.Int("tenants", 10_000, "how many tenants there are")
	flag.Parse()
	ctrllog.SetLogger(logr.Discard())
	if err := run(context.Background(), *tenants); err != nil {
		fmt.Fprintln(os.Stderr, "fleet:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, tenants int) error {
	plane, err := controlplane.Start(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = plane.Stop() }() // It is of this run alone.
	began := time.Now()
	if err := register(ctx, plane, tenants); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d tenants registered in %s\n", tenants, time.Since(began).Round(time.Second))

	first, err := measure(ctx, plane, tenants, settled(plane, tenants))
	if err != nil {
		return fmt.Errorf("evaluating the fleet for the first time: %w", err)
	}
	again, err := measure(ctx, plane, tenants, nil)
	if err != nil {
		return fmt.Errorf("starting over a fleet at rest: %w", err)
	}
	// Each figure says of how many tenants it is.
	name := func(what string) string { return fmt.Sprintf("fleet/%s-of-%d", what, tenants) }
	for _, f := range []figure.Figure{
		figure.Noted(name("first-evaluation"), first.took.Seconds(), "s"),
		figure.Noted(name("first-evaluation-writes-per-tenant"), float64(first.writes)/float64(tenants), "writes"),
		figure.AtMost(name("start-at-rest"), again.took.Seconds(), "s", 60),
		figure.Noted(name("start-at-rest-reads"), float64(again.reads), "requests"),
		figure.AtMost(name("start-at-rest-writes"), float64(again.writes), "requests", 0),
		figure.AtMost(name("heap"), again.heap, "MB", 400),
	} {
		if err := f.Print(os.Stdout); err != nil {
			return err
		}
	}
	return nil
}

// cost is what a start took.
type cost struct {
	took          time.Duration
	reads, writes int
	heap          float64 // in MB, when everything is done
}

// measure starts the reconciler and waits until it has looked at every tenant,
// and until done holds.
func measure(ctx context.Context, plane *controlplane.Plane, tenants int, done func(context.Context) (bool, error)) (cost, error) {
	traffic := &controlplane.Traffic{}
	ctx, cancel := context.WithCancel(ctx)
	before, err := looks()
	if err != nil {
		cancel()
		return cost{}, err
	}
	began := time.Now()
	ended, err := start(ctx, traffic.Watch(plane.OperatorConfig))
	if err != nil {
		cancel()
		return cost{}, err
	}
	defer func() {
		cancel()
		if err := <-ended; err != nil {
			fmt.Fprintln(os.Stderr, "fleet: ending:", err)
		}
	}()
	for {
		now, err := looks()
		if err != nil {
			return cost{}, err
		}
		complete := now-before >= tenants
		if complete && done != nil {
			if complete, err = quiet(); err != nil {
				return cost{}, err
			}
		}
		if complete && done != nil {
			if complete, err = done(ctx); err != nil {
				return cost{}, err
			}
		}
		if complete {
			break
		}
		if time.Since(began) > 20*time.Minute {
			return cost{}, fmt.Errorf("%d of %d tenants after 20 minutes", now-before, tenants)
		}
		time.Sleep(50 * time.Millisecond)
	}
	c := cost{took: time.Since(began), reads: len(traffic.Reads()), writes: len(traffic.Writes())}
	var memory goruntime.MemStats
	goruntime.GC()
	goruntime.ReadMemStats(&memory)
	c.heap = float64(memory.HeapInuse) / 1e6
	return c, nil
}
