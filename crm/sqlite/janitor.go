package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// binTime is how long a deleted record can be brought back.
	binTime = 30 * 24 * time.Hour
	// endedTime is how long an ended session is remembered, so that the browser
	// that held it is told why.
	endedTime = sessionAbsolute
	// tidyEvery and tidyAtOnce keep the janitor's writes short and rare.
	tidyEvery, tidyAtOnce = time.Hour, 200
)

// startJanitor empties the bin from time to time. The first round comes after
// the first interval, so that a start stays short.
func (db *DB) startJanitor() {
	ctx := db.background
	db.finished.Go(func() {
		if err := db.fillKeys(ctx); err != nil && !errors.Is(err, context.Canceled) {
			db.log.WarnContext(ctx, "duplicates are not all known yet", "error", err)
		}
		ticker := time.NewTicker(tidyEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				if err := db.tidy(ctx); err != nil && !errors.Is(err, context.Canceled) {
					db.log.WarnContext(ctx, "the bin was not emptied", "error", err)
				}
			}
		}
	})
}

// tidy deletes for good what has been in the bin for its time, with the states
// kept to undo, and forgets old sessions.
func (db *DB) tidy(ctx context.Context) error {
	now := db.now()
	for _, kind := range db.kinds {
		table := kind.tableName()
		for more := true; more; {
			err := db.writer.do(ctx, essential, func(t *tx) (err error) {
				more, err = t.emptyBin(table, now.Add(-binTime).UnixMicro())
				return err
			})
			if err != nil {
				return fmt.Errorf("empty the bin of %s: %w", table, err)
			}
		}
	}
	err := db.writer.do(ctx, essential, func(t *tx) error {
		if _, err := t.exec(forgetAttempts, now.Add(-attemptTime).UnixMicro()); err != nil {
			return err
		}
		_, err := t.exec("DELETE FROM session WHERE created_at < ?", now.Add(-sessionAbsolute-endedTime).UnixMicro())
		return err
	})
	if err != nil {
		return fmt.Errorf("forget old sessions and attempts: %w", err)
	}
	return db.tidyImports(ctx, now)
}

// emptyBin deletes one portion and says whether there may be more.
func (t *tx) emptyBin(table string, before int64) (more bool, err error) {
	const due = ` IN (SELECT id FROM %s WHERE deleted_at < ? ORDER BY deleted_at, id LIMIT ?)`
	dueIDs := fmt.Sprintf(due, table)
	if _, err := t.exec("UPDATE action SET before = NULL WHERE kind = ? AND record_id"+dueIDs, table, before, tidyAtOnce); err != nil {
		return false, err
	}
	if _, err := t.exec("DELETE FROM "+table+"_text WHERE rowid"+dueIDs, before, tidyAtOnce); err != nil {
		return false, err
	}
	if _, err := t.exec("DELETE FROM facet WHERE kind = ? AND record_id"+dueIDs, table, before, tidyAtOnce); err != nil {
		return false, err
	}
	if err := t.forgetKeysOf(table, "id"+dueIDs, before, tidyAtOnce); err != nil {
		return false, err
	}
	gone, err := t.change("DELETE FROM "+table+" WHERE id"+dueIDs, before, tidyAtOnce)
	return gone == tidyAtOnce, err
}
