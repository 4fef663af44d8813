package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm/seed"
	"github.com/grupobizopps/salexops/test/bench/figure"
)

const (
	importAim = 20 // seconds for importRows rows
	// importGrowth is what ten times the rows may take more of memory, in MB.
	importGrowth = 16
	importRows   = 100_000
)

// imports measures a table of people that comes through the browser's form: a
// tenth of it in one process, then all of it in another.
func imports(ctx context.Context, where *place, s settings, rows int) error {
	_, less, err := importOnce(ctx, where, s, 2, rows/10)
	if err != nil {
		return fmt.Errorf("import of %d rows: %w", rows/10, err)
	}
	took, most, err := importOnce(ctx, where, s, 3, rows)
	if err != nil {
		return fmt.Errorf("import of %d rows: %w", rows, err)
	}
	seconds := figure.Noted("crm/import-seconds", took.Seconds(), "s")
	if rows == importRows {
		seconds = figure.AtMost("crm/import-seconds", took.Seconds(), "s", importAim)
	}
	return printAll(
		seconds,
		figure.Noted("crm/import-rows", float64(rows), "rows"),
		figure.AtMost("crm/import-resident-memory", most, "MB", loadAim),
		figure.AtMost("crm/import-memory-of-ten-times-the-rows", max(0, most-less), "MB", importGrowth),
	)
}

func importOnce(ctx context.Context, where *place, s settings, from uint64, rows int) (took time.Duration, most float64, err error) {
	run, err := where.start(ctx, s.binary)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, run.stop()) }()
	c, err := newClient(where.public, few)
	if err != nil {
		return 0, 0, err
	}
	defer c.close()
	if err := c.signIn(ctx); err != nil {
		return 0, 0, err
	}
	content, err := people(from, rows)
	if err != nil {
		return 0, 0, err
	}
	began := time.Now()
	if err := c.importTable(ctx, content, rows); err != nil {
		return 0, 0, fmt.Errorf("%w\n%s", err, run.tail())
	}
	took = time.Since(began)
	most, err = run.peak()
	return took, most, err
}

// people is a table as another program writes it: most of the companies are in
// the CRM already, and so is one person in ten.
func people(from uint64, rows int) ([]byte, error) {
	var content bytes.Buffer
	out := csv.NewWriter(&content)
	heading := []string{"Nombre", "Apellidos", "Correo", "Teléfono", "Empresa", "Puesto", "Ciudad", "Estado"}
	if err := out.Write(heading); err != nil {
		return nil, fmt.Errorf("write a table: %w", err)
	}
	known, others := seed.NewMaker(1), seed.NewMaker(from)
	for n := range rows {
		maker := others
		if n%10 == 0 {
			maker = known
		}
		company := maker.Company(n % (1 + rows/30))
		p := maker.Contact(n, &company)
		cells := []string{p.GivenName, p.FamilyName, "", p.Phones[0], company.Name, p.JobTitle, p.Address.City, p.Address.State}
		if len(p.Emails) > 0 {
			cells[2] = p.Emails[0]
		}
		if err := out.Write(cells); err != nil {
			return nil, fmt.Errorf("write a table: %w", err)
		}
	}
	out.Flush()
	return content.Bytes(), out.Error()
}

var (
	importSelect = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)".*?</select>`)
	selected     = regexp.MustCompile(`<option value="([^"]*)" selected`)
	formToken    = regexp.MustCompile(`name="formToken" value="([^"]+)"`)
	importTile   = regexp.MustCompile(`(?s)<dd class="big">([^<]*)</dd>`)
)

// importTable uploads a table, takes the columns as the CRM suggests them, and
// waits as the page does until the last row is in.
func (c *client) importTable(ctx context.Context, content []byte, rows int) error {
	at, err := c.upload(ctx, content)
	if err != nil {
		return fmt.Errorf("upload: %w", err)
	}
	plan, err := c.get(ctx, at)
	if err != nil {
		return err
	}
	form := url.Values{"duplicates": {"merge"}, "dates": {"day"}}
	for _, column := range importSelect.FindAllStringSubmatch(plan, -1) {
		if chosen := selected.FindStringSubmatch(column[0]); chosen != nil {
			form.Set(column[1], html.UnescapeString(chosen[1]))
		}
	}
	if err := c.post(ctx, at+"/start", form); err != nil {
		return err
	}
	for {
		shown, err := c.get(ctx, at)
		if err != nil {
			return err
		}
		if !strings.Contains(shown, "import-progress") {
			return complete(shown, rows)
		}
		select {
		case <-time.After(time.Second / 4):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// complete counts what came of the rows: created, merged, skipped, rejected.
func complete(shown string, rows int) error {
	sum := 0
	tiles := importTile.FindAllStringSubmatch(shown, -1)
	for _, tile := range tiles[:min(4, len(tiles))] {
		n, err := strconv.Atoi(strings.NewReplacer(",", "", "\u00a0", "").Replace(tile[1]))
		if err != nil {
			return fmt.Errorf("read the result: %w", err)
		}
		sum += n
	}
	if sum != rows {
		return fmt.Errorf("%d of %d rows were imported: %v", sum, rows, tiles)
	}
	return nil
}

// upload sends a file as the form does and returns the page that it leads to.
func (c *client) upload(ctx context.Context, content []byte) (string, error) {
	shown, err := c.get(ctx, "/imports/new?kind=contact")
	if err != nil {
		return "", err
	}
	token := formToken.FindStringSubmatch(shown)
	if token == nil {
		return "", errors.New("the form has no token")
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	err = errors.Join(form.WriteField("formToken", token[1]), form.WriteField("kind", "contact"))
	file, failed := form.CreateFormFile("file", "clientes.csv")
	if err = errors.Join(err, failed); err != nil {
		return "", err
	}
	_, err = file.Write(content)
	if err = errors.Join(err, form.Close()); err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/imports", &body)
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	answer, err := c.http.Do(request)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil {
		return "", err
	}
	to := answer.Header.Get("Location")
	if answer.StatusCode != http.StatusSeeOther || path.Dir(to) != "/imports" {
		return "", fmt.Errorf("answered %s, to %q", answer.Status, to)
	}
	return to, nil
}
