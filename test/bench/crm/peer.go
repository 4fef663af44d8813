package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"strconv"
	"syscall"
	"time"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

// peer measures PocketBase on the same data, the same list, as JSON: the page
// after a place in the order of change, without a total, 50 rows.
func peer(ctx context.Context, binary, folder string, companies, contacts, clients int, lasts time.Duration) (err error) {
	fill := exec.CommandContext(ctx, binary, "-data", folder, "-contacts", strconv.Itoa(contacts), "-companies", strconv.Itoa(companies))
	if out, err := fill.CombinedOutput(); err != nil {
		return fmt.Errorf("fill the peer: %w\n%s", err, out)
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return err
	}
	run := exec.CommandContext(ctx, binary, "-data", folder, "-listen", address)
	began := time.Now()
	if err := run.Start(); err != nil {
		return fmt.Errorf("start the peer: %w", err)
	}
	defer func() {
		_ = run.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		_ = run.Wait()
	}()
	c, err := newClient(address, clients)
	if err != nil {
		return err
	}
	defer c.close()
	const records = "/api/collections/contacts/records?perPage=50&skipTotal=1&sort=-changed"
	for {
		if _, err = c.get(ctx, records); err == nil {
			break
		}
		if time.Since(began) > patience || ctx.Err() != nil {
			return fmt.Errorf("the peer does not answer: %w", err)
		}
		time.Sleep(time.Millisecond)
	}
	started := time.Since(began)
	process := &process{command: run}
	idle, err := process.resident()
	if err != nil {
		return err
	}
	o, failed := load(ctx, clients, lasts, func(ctx context.Context, client, n int) error {
		before := contacts - (client*997+n*50)%contacts
		_, err := c.get(ctx, records+"&filter="+url.QueryEscape(fmt.Sprintf("changed<%d", before)))
		return err
	})
	busy, err := process.resident()
	if err = errors.Join(failed, err); err != nil {
		return fmt.Errorf("the peer's list: %w", err)
	}
	return printAll(
		figure.Noted("crm/peer-list-pages-per-second", o.perSecond(), "1/s"),
		figure.Noted("crm/peer-list-p99", o.quantile(.99), "ms"),
		figure.Noted("crm/peer-start", milliseconds(started), "ms"),
		figure.Noted("crm/peer-idle-resident-memory", idle, "MB"),
		figure.Noted("crm/peer-resident-memory-under-load", busy, "MB"),
	)
}
