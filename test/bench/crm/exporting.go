package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

// exportGrowth is what the export of ten times the records may take more of
// memory, in MB.
const exportGrowth = 16

// exports measures the download of everything, each time in a process of its
// own: of this database and of one with a tenth of the records.
func exports(ctx context.Context, where, small *place, s settings) error {
	_, _, less, err := exportOnce(ctx, small, s)
	if err != nil {
		return fmt.Errorf("export of a tenth: %w", err)
	}
	size, took, most, err := exportOnce(ctx, where, s)
	if err != nil {
		return fmt.Errorf("export of everything: %w", err)
	}
	megabytes := float64(size) / 1e6
	return printAll(
		figure.Noted("crm/export-everything-seconds", took.Seconds(), "s"),
		figure.Noted("crm/export-everything-zip", megabytes, "MB"),
		figure.Noted("crm/export-everything-zip-per-second", megabytes/took.Seconds(), "MB/s"),
		figure.AtMost("crm/export-everything-resident-memory", most, "MB", loadAim),
		figure.AtMost("crm/export-everything-memory-of-ten-times-the-records", max(0, most-less), "MB", exportGrowth),
	)
}

func exportOnce(ctx context.Context, where *place, s settings) (size int64, took time.Duration, most float64, err error) {
	run, err := where.start(ctx, s.binary)
	if err != nil {
		return 0, 0, 0, err
	}
	defer func() { err = errors.Join(err, run.stop()) }()
	c, err := newClient(where.public, 1)
	if err != nil {
		return 0, 0, 0, err
	}
	defer c.close()
	if err := c.signIn(ctx); err != nil {
		return 0, 0, 0, err
	}
	began := time.Now()
	if size, err = c.download(ctx, "/settings/export"); err != nil {
		return 0, 0, 0, fmt.Errorf("%w\n%s", err, run.tail())
	}
	took = time.Since(began)
	most, err = run.peak()
	return size, took, most, err
}

// download reads a file that a form answers with, and returns its size.
func (c *client) download(ctx context.Context, from string) (int64, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+from, strings.NewReader(url.Values{}.Encode()))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := c.http.Do(request)
	if err != nil {
		return 0, err
	}
	size, err := io.Copy(io.Discard, answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return 0, err
	}
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/zip" {
		return 0, fmt.Errorf("%s answered %s with %s", from, answer.Status, answer.Header.Get("Content-Type"))
	}
	return size, nil
}
