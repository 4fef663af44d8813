package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	// fileTime is how long an uploaded file is kept, and rejectedTime the rows
	// that were not imported.
	fileTime, rejectedTime = 7 * 24 * time.Hour, 90 * 24 * time.Hour

	oldFiles    = `SELECT id FROM import WHERE has_file = 1 AND uploaded_at < ? AND state NOT IN ('running', 'undoing') ORDER BY uploaded_at LIMIT ?`
	oldRejected = `DELETE FROM import_rejected WHERE (import_id, line) IN (
		SELECT r.import_id, r.line FROM import AS i CROSS JOIN import_rejected AS r ON r.import_id = i.id WHERE i.uploaded_at < ? LIMIT ?)`
)

// resumeImports marks imports that the last process left half done, and sweeps
// what it left of uploads.
func (db *DB) resumeImports(ctx context.Context) error {
	active := false
	if err := db.queries.queryRow(ctx, anyActive).Scan(&active); err != nil {
		return fmt.Errorf("look for interrupted imports: %w", err)
	}
	if active {
		err := db.writer.do(ctx, essential, func(t *tx) error {
			_, err := t.exec(interrupted)
			return err
		})
		if err != nil {
			return fmt.Errorf("mark interrupted imports: %w", err)
		}
	}
	entries, err := os.ReadDir(db.importFolder())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("list uploads: %w", err)
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), ".csv") {
			continue
		}
		if err := os.Remove(filepath.Join(db.importFolder(), entry.Name())); err != nil {
			return fmt.Errorf("sweep uploads: %w", err)
		}
	}
	return nil
}

// tidyImports forgets files that nobody imported or takes up again, and rows
// that nobody mended.
func (db *DB) tidyImports(ctx context.Context, now time.Time) error {
	var old []int64
	err := db.queries.each(ctx, oldFiles, []any{now.Add(-fileTime).UnixMicro(), tidyAtOnce}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		old = append(old, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("list files of old imports: %w", err)
	}
	for _, id := range old {
		if err := db.removeImportFile(id); err != nil {
			return err
		}
		err := db.writer.do(ctx, essential, func(t *tx) error {
			if _, err := t.exec("DELETE FROM import WHERE id = ? AND state = 'ready'", id); err != nil {
				return err
			}
			_, err := t.exec("UPDATE import SET has_file = 0 WHERE id = ?", id)
			return err
		})
		if err != nil {
			return fmt.Errorf("forget the file of import %d: %w", id, err)
		}
	}
	for gone := int64(tidyAtOnce); gone == tidyAtOnce; {
		err := db.writer.do(ctx, essential, func(t *tx) (err error) {
			gone, err = t.change(oldRejected, now.Add(-rejectedTime).UnixMicro(), tidyAtOnce)
			return err
		})
		if err != nil {
			return fmt.Errorf("forget rejected rows: %w", err)
		}
	}
	return nil
}
