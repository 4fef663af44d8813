package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Check looks through the whole database file, for `crm check`: its pages and
// indexes, its references, and that the full-text tables can be read. It does
// not migrate and changes nothing; nobody else may have the database open. The
// error names every fault found.
func Check(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("check database: %w", err)
	}
	pool, err := sql.Open("sqlite", dsn(path, map[string][]string{"_pragma": {"busy_timeout(5000)"}}))
	if err != nil {
		return fmt.Errorf("check database %s: %w", path, err)
	}
	pool.SetMaxOpenConns(1)
	return errors.Join(inspect(ctx, pool), pool.Close())
}

func inspect(ctx context.Context, pool *sql.DB) error {
	stored, err := storedVersion(ctx, pool)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if newest := SchemaVersion(); stored > newest {
		return &NewerError{Database: stored, Binary: newest}
	}
	if stored == 0 {
		return errors.New("the file is not a database of the CRM: it has no schema version")
	}
	faults, err := answers(ctx, pool, "PRAGMA integrity_check")
	if err != nil {
		return fmt.Errorf("check integrity: %w", err)
	}
	if len(faults) > 0 && faults[0] != "ok" {
		return fmt.Errorf("the database is damaged: %s", strings.Join(faults, "; "))
	}
	dangling, err := answers(ctx, pool, `SELECT "table" || ' ' || coalesce(rowid, '') || ' → ' || parent FROM pragma_foreign_key_check`)
	if err != nil {
		return fmt.Errorf("check references: %w", err)
	}
	if len(dangling) > 0 {
		return fmt.Errorf("records refer to others that are not there: %s", strings.Join(dangling, "; "))
	}
	return nil
}

func answers(ctx context.Context, pool *sql.DB, query string) ([]string, error) {
	rows, err := pool.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	var all []string
	err = scanAll(rows, func(rows *sql.Rows) error {
		var answer string
		err := rows.Scan(&answer)
		all = append(all, answer)
		return err
	})
	return all, err
}
