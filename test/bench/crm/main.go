// Command crm measures the CRM on this machine, over HTTP on loopback, on a
// seeded database: the table of budgets in docs/performance.md. With -peer it measures
// PocketBase's list on the same data in the same run. It prints figures as JSON
// lines, and what it does on standard error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm/serve"
	"github.com/grupobizopps/salexops/test/bench/figure"
)

// Aims of the CRM's process: a start in less than 100 ms, less than 30 MB at
// rest, less than 96 MB under the loads.
const (
	startAim = 100 // ms
	restAim  = 30  // MB
	loadAim  = 96  // MB
)

// Clients at once, as the budgets say.
const (
	many = 64
	few  = 8
)

type settings struct {
	binary, peer string
	starts       int
	rest, lasts  time.Duration
	sizes        serve.Sizes
	place        string         // where the seeded database is kept; "": nowhere
	only         *regexp.Regexp // which loads are measured; nil: all, and everything else
}

func main() {
	var s settings
	flag.StringVar(&s.binary, "binary", "build/bin/crm", "the program to measure")
	flag.StringVar(&s.peer, "peer", "", "the peer to measure beside it; empty: none")
	flag.IntVar(&s.starts, "starts", 20, "how many starts are measured")
	flag.DurationVar(&s.rest, "rest", 10*time.Second, "how long the process rests before its memory is read")
	flag.DurationVar(&s.lasts, "lasts", 8*time.Second, "how long each load lasts")
	flag.StringVar(&s.place, "place", "", "a folder that keeps the seeded database for the next look; it is made with -share when it is not there, wants the same -share later, and what a run writes stays in it")
	only := flag.String("only", "", "measure only the loads whose name matches this expression, and nothing else, for a quick look")
	share := flag.Float64("share", 1, "size of the database as a share of the budgets', for a quick look")
	flag.Parse()
	s.sizes = serve.BudgetSizes.Share(*share)
	err := s.choose(*only)
	if err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		err = measure(ctx, s)
		stop()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench crm:", err)
		os.Exit(1)
	}
}

// choose reads which loads are asked for.
func (s *settings) choose(only string) (err error) {
	if only == "" {
		return nil
	}
	if s.only, err = regexp.Compile(only); err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	var all []string
	for _, step := range s.loads(nil) {
		all = append(all, step.what)
	}
	if !slices.ContainsFunc(all, s.only.MatchString) {
		return fmt.Errorf("-only %s: no load is called so; there are: %s", only, strings.Join(all, ", "))
	}
	return nil
}

func say(format string, values ...any) {
	fmt.Fprintf(os.Stderr, "  "+format+"\n", values...)
}

func measure(ctx context.Context, s settings) (err error) {
	root, err := os.MkdirTemp("", "bench-crm")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(root)) }()
	if s.place == "" {
		s.place = filepath.Join(root, "crm")
	}
	where, err := furnish(ctx, s.place, s.sizes)
	if err != nil {
		return err
	}
	if s.only != nil {
		return underLoad(ctx, where, s)
	}
	small, err := furnish(ctx, filepath.Join(root, "small"), s.sizes.Share(.1))
	if err != nil {
		return err
	}
	if err := atRest(ctx, where, s); err != nil {
		return err
	}
	if err := underLoad(ctx, where, s); err != nil {
		return err
	}
	say("export of everything")
	if err := exports(ctx, where, small, s); err != nil {
		return err
	}
	say("import")
	if err := imports(ctx, where, s, min(importRows, s.sizes.Contacts)); err != nil {
		return err
	}
	if s.peer == "" {
		return nil
	}
	say("the peer")
	return peer(ctx, s.peer, filepath.Join(root, "peer"), s.sizes.Companies, s.sizes.Contacts, many, s.lasts)
}

// atRest measures starts, and the memory of a process that rests.
func atRest(ctx context.Context, where *place, s settings) error {
	say("starts")
	var took []time.Duration
	for range s.starts {
		process, err := where.start(ctx, s.binary)
		if err != nil {
			return err
		}
		took = append(took, process.took)
		if err := process.stop(); err != nil {
			return err
		}
	}
	fresh, used, err := where.memory(ctx, s.binary, s.rest)
	if err != nil {
		return err
	}
	return printAll(
		figure.AtMost("crm/start-to-first-answer", milliseconds(figure.Quantile(took, 0.5)), "ms", startAim),
		figure.Noted("crm/start-to-first-answer-p95", milliseconds(figure.Quantile(took, 0.95)), "ms"),
		figure.AtMost("crm/idle-resident-memory", fresh, "MB", restAim),
		figure.Noted("crm/idle-resident-memory-after-use", used, "MB"),
	)
}

// loadStep is one load with its name.
type loadStep struct {
	what string
	do   func(context.Context) error
}

// loads are all loads, in their order.
func (s *settings) loads(c *client) []loadStep {
	return []loadStep{
		{"contact list", func(ctx context.Context) error { return lists(ctx, c, many, s.lasts) }},
		{"search while typing", func(ctx context.Context) error { return searches(ctx, c, few, s.lasts) }},
		{"record pages", func(ctx context.Context) error { return records(ctx, c, few, s.sizes.Contacts, s.lasts) }},
		{"board", func(ctx context.Context) error { return board(ctx, c, s.lasts) }},
		{"dashboard", func(ctx context.Context) error { return dashboard(ctx, c, s.lasts) }},
		{"page weight", func(ctx context.Context) error { return weight(ctx, c) }},
		{"writes", func(ctx context.Context) error { return writes(ctx, c, many, s.lasts) }},
	}
}

// underLoad measures one process through all loads, and the most it occupied.
func underLoad(ctx context.Context, where *place, s settings) (err error) {
	run, err := where.start(ctx, s.binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, run.stop()) }()
	c, err := newClient(where.public, many)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.signIn(ctx); err != nil {
		return err
	}
	for _, step := range s.loads(c) {
		if s.only != nil && !s.only.MatchString(step.what) {
			continue
		}
		say("%s", step.what)
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%w\n%s", err, run.tail())
		}
	}
	most, err := run.peak()
	if err != nil {
		return err
	}
	return printAll(figure.AtMost("crm/resident-memory-under-load", most, "MB", loadAim))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
