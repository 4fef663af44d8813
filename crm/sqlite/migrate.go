package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// NewerError is returned for a database that a newer binary has migrated. This
// binary does not know what is in it and leaves it as it is.
type NewerError struct {
	Database, Binary int64 // schema versions
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("the database has schema version %d and this program knows only up to %d: "+
		"it was last used by a newer version of the CRM; start that version or a newer one", e.Database, e.Binary)
}

// SchemaVersion is the schema that this binary writes.
func SchemaVersion() int64 {
	newest := int64(0)
	entries, err := fs.ReadDir(migrationFiles, "migrations")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	for _, entry := range entries {
		number, _, _ := strings.Cut(entry.Name(), "_")
		if version, err := strconv.ParseInt(number, 10, 64); err == nil {
			newest = max(newest, version)
		}
	}
	return newest
}

// migrate brings the schema to this binary's version. An up-to-date database
// costs one query, so that a start stays short.
func migrate(ctx context.Context, pool *sql.DB) error {
	stored, err := storedVersion(ctx, pool)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	switch wanted := SchemaVersion(); {
	case stored == wanted:
		return nil
	case stored > wanted:
		return &NewerError{Database: stored, Binary: wanted}
	}
	folder, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return fmt.Errorf("open migrations: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, pool, folder, goose.WithVerbose(false))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate from schema version %d: %w", stored, err)
	}
	return nil
}

// storedVersion reads goose's own table; 0 for a new database.
func storedVersion(ctx context.Context, pool *sql.DB) (int64, error) {
	const known = `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'goose_db_version'`
	tables := 0
	if err := pool.QueryRowContext(ctx, known).Scan(&tables); err != nil || tables == 0 {
		return 0, err
	}
	version := int64(0)
	const newest = `SELECT version_id FROM goose_db_version WHERE is_applied ORDER BY version_id DESC LIMIT 1`
	if err := pool.QueryRowContext(ctx, newest).Scan(&version); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	return version, nil
}
