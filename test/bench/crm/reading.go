package main

import (
	"context"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

// Aims of the budget in docs/performance.md.
const (
	listAim, listSlowest = 1500, 50 // pages a second, p99 in ms
	searchSlowest        = 30       // ms
	recordSlowest        = 20       // ms
	boardSlowest         = 50       // ms
	dashboardSlowest     = 50       // ms
	firstVisit           = 200      // KB
	laterVisit           = 30       // KB
)

// nextPage finds the link of a list to its next page; "": it has none.
func nextPage(page string) string {
	_, link, _ := strings.Cut(page[max(0, strings.LastIndex(page, "</table>")):], `rel="next" href="`)
	link, _, _ = strings.Cut(link, `"`)
	return html.UnescapeString(link)
}

// lists measures the contact list: clients who turn page after page.
func lists(ctx context.Context, c *client, clients int, lasts time.Duration) error {
	at := make([]string, clients)
	for i := range at {
		// Half of the clients go by name, half by what changed last.
		at[i] = []string{"/contacts", "/contacts?sort=name"}[i%2]
	}
	o, err := load(ctx, clients, lasts, func(ctx context.Context, client, _ int) error {
		page, err := c.get(ctx, at[client])
		if err != nil {
			return err
		}
		next := nextPage(page)
		if next == "" {
			return fmt.Errorf("%s has no next page", at[client])
		}
		at[client] = next
		return nil
	})
	if err != nil {
		return fmt.Errorf("contact list: %w", err)
	}
	return printAll(
		figure.AtLeast("crm/contact-list-pages-per-second", o.perSecond(), "1/s", listAim),
		figure.AtMost("crm/contact-list-p99", o.quantile(.99), "ms", listSlowest),
	)
}

// typed is what people type into the search box, letter by letter.
var typed = []string{"maria hern", "nunez", "josé gar", "ferreteria", "guadalupe", "constr yaqui", "lopez perez", "hermosill", "rocio", "gonsales"}

func searches(ctx context.Context, c *client, clients int, lasts time.Duration) error {
	o, err := load(ctx, clients, lasts, func(ctx context.Context, client, n int) error {
		text := []rune(typed[(client+n/7)%len(typed)])
		text = text[:min(1+n%7, len(text))]
		_, err := c.get(ctx, "/search/suggest?q="+strings.ReplaceAll(string(text), " ", "+"), "HX-Request", "true", "HX-Target", "search-options")
		return err
	})
	if err != nil {
		return fmt.Errorf("search while typing: %w", err)
	}
	return printAll(figure.AtMost("crm/search-while-typing-p99", o.quantile(.99), "ms", searchSlowest))
}

// records measures the pages of single records, timeline included.
func records(ctx context.Context, c *client, clients, contacts int, lasts time.Duration) error {
	dice := make([]*rand.Rand, clients)
	for i := range dice {
		dice[i] = rand.New(rand.NewPCG(1, uint64(i)))
	}
	o, err := load(ctx, clients, lasts, func(ctx context.Context, client, _ int) error {
		_, err := c.get(ctx, fmt.Sprintf("/contacts/%d", 1+dice[client].IntN(contacts)))
		return err
	})
	if err != nil {
		return fmt.Errorf("record page: %w", err)
	}
	return printAll(figure.AtMost("crm/record-page-p99", o.quantile(.99), "ms", recordSlowest))
}

// board measures the first page of the kanban, one client.
func board(ctx context.Context, c *client, lasts time.Duration) error {
	o, err := load(ctx, 1, lasts, func(ctx context.Context, _, _ int) error {
		_, err := c.get(ctx, "/deals")
		return err
	})
	if err != nil {
		return fmt.Errorf("board: %w", err)
	}
	return printAll(
		figure.AtMost("crm/board-first-page-p50", o.quantile(.5), "ms", boardSlowest),
		figure.Noted("crm/board-first-page-p99", o.quantile(.99), "ms"),
	)
}

// dashboard measures the figures of twelve months, one client.
func dashboard(ctx context.Context, c *client, lasts time.Duration) error {
	o, err := load(ctx, 1, lasts, func(ctx context.Context, _, _ int) error {
		_, err := c.get(ctx, "/dashboard?period=twelve")
		return err
	})
	if err != nil {
		return fmt.Errorf("dashboard: %w", err)
	}
	return printAll(
		figure.AtMost("crm/dashboard-twelve-months-p50", o.quantile(.5), "ms", dashboardSlowest),
		figure.Noted("crm/dashboard-twelve-months-p99", o.quantile(.99), "ms"),
	)
}

// asset is an address that a page loads.
var asset = regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`)

// weight measures what a visit of the contact list transfers, compressed: with
// everything that the page loads, and when all of that is in the browser already.
func weight(ctx context.Context, c *client) error {
	page, err := c.get(ctx, "/contacts")
	if err != nil {
		return err
	}
	later, err := c.get(ctx, "/contacts", "Accept-Encoding", "gzip")
	if err != nil {
		return err
	}
	first, seen := len(later), map[string]bool{}
	for _, found := range asset.FindAllStringSubmatch(page, -1) {
		if seen[found[1]] {
			continue
		}
		seen[found[1]] = true
		body, err := c.get(ctx, found[1], "Accept-Encoding", "gzip, br")
		if err != nil {
			return err
		}
		first += len(body)
	}
	if len(seen) == 0 {
		return fmt.Errorf("the page loads nothing: its assets have another address than %v", asset)
	}
	return printAll(
		figure.AtMost("crm/page-weight-first-visit", float64(first)/1000, "KB", firstVisit),
		figure.AtMost("crm/page-weight-later", float64(len(later))/1000, "KB", laterVisit),
	)
}

func printAll(figures ...figure.Figure) error {
	for _, f := range figures {
		if err := f.Print(os.Stdout); err != nil {
			return err
		}
	}
	return nil
}
