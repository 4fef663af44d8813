package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/grupobizopps/salexops/crm/serve"
)

// runSeed fills a database. The records are made up, in Mexico's manner, and
// always the same for the same seed.
func runSeed(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("crm seed", flag.ContinueOnError)
	flags.SetOutput(stderr)
	records := flags.String("records", "/data/records", "folder of the records volume")
	from := flags.Uint64("seed", 1, "which records: the same number makes the same ones")
	share := flags.Float64("share", 0.01, "how many: 1 is the database of the budgets, 100,000 contacts with 300,000 activities")
	until := flags.String("until", serve.SeedUntil.Format(time.DateOnly), "the last day of two years of work")
	if status, ok := parse(flags, args, stderr); !ok {
		return status
	}
	if *share <= 0 || *share > 10 {
		_, _ = fmt.Fprintln(stderr, "crm seed: -share is a number above 0 and up to 10")
		return exitUsage
	}
	last, err := time.Parse(time.DateOnly, *until)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "crm seed: -until is a day like 2026-11-20")
		return exitUsage
	}
	sizes, told := serve.BudgetSizes.Share(*share), 0
	password, err := serve.Seed(ctx, serve.SeedPlan{Records: *records, Seed: *from, Sizes: sizes, Until: last, Done: func(count int) {
		if count/10_000 > told {
			told = count / 10_000
			_, _ = fmt.Fprintf(stderr, "%d records\n", told*10_000)
		}
	}})
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "crm seed:", err)
		return exitFailed
	}
	_, _ = fmt.Fprintf(stdout, "Stored %+v.\n", sizes)
	if password != "" {
		_, _ = fmt.Fprintf(stdout, "Sign in as %s with the initial password %s\n", serve.SeedOwner, password)
	}
	return 0
}
