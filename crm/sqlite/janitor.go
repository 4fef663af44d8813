package sqlite

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const (
	// endedTime is how long an ended session is remembered, so that the browser
	// that held it is told why.
	endedTime = sessionAbsolute
	// tidyEvery and tidyAtOnce keep the janitor's writes short and rare.
	tidyEvery, tidyAtOnce = time.Hour, 200
)

// startJanitor empties the bin from time to time. The first round comes after
// the first interval, so that a start stays short.
func (db *DB) startJanitor(keysPending bool) {
	ctx := db.background
	db.finished.Go(func() {
		if keysPending {
			if err := db.fillKeys(ctx); err != nil && !errors.Is(err, context.Canceled) {
				db.log.WarnContext(ctx, "duplicates are not all known yet", "error", err)
			}
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
				more, err = t.emptyBin(table, now.Add(-crm.BinTime).UnixMicro())
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
	gone, err := t.erase(table, fmt.Sprintf("SELECT id FROM %s WHERE deleted_at < ? ORDER BY deleted_at, id LIMIT ?", table), before, tidyAtOnce)
	return gone == tidyAtOnce, err
}

// erase deletes the records that a query finds for good, with their words, what
// filters find them by and the states kept to undo. Their history stays.
func (t *tx) erase(table, query string, args ...any) (int64, error) {
	which := " IN (" + query + ")"
	if _, err := t.exec("UPDATE action SET before = NULL WHERE kind = ? AND record_id"+which, append([]any{table}, args...)...); err != nil {
		return 0, err
	}
	if _, err := t.exec("DELETE FROM "+table+"_text WHERE rowid"+which, args...); err != nil {
		return 0, err
	}
	if _, err := t.exec("DELETE FROM facet WHERE kind = ? AND record_id"+which, append([]any{table}, args...)...); err != nil {
		return 0, err
	}
	if err := t.forgetKeysOf(table, "id"+which, args...); err != nil {
		return 0, err
	}
	return t.change("DELETE FROM "+table+" WHERE id"+which, args...)
}
