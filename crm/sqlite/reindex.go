package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// indexVersion is raised when records are to be found by more than before; the
// first start of the new binary then reads each of them once.
const indexVersion = 2

// indexed are the kinds of which more is found since a version.
var indexed = map[int][]reindexed{1: {contacts, companies}, 2: {deals, leads}}

// indexSetting is the name under which the version of the stored index is kept.
const indexSetting = "index"

// reindexAtOnce is how many records one transaction indexes.
const reindexAtOnce = 500

// reindexed is a kind whose words and facets can be made again.
type reindexed interface {
	tableName() string
	reindex(t *tx, id int64) error
}

// bringIndex makes the words and facets of all records again when they were
// written by an older binary.
func (db *DB) bringIndex(ctx context.Context) error {
	stored := ""
	err := db.queries.queryRow(ctx, selectSetting, indexSetting).Scan(&stored)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read the version of the index: %w", err)
	}
	version, err := strconv.Atoi(stored)
	if err != nil {
		version = 0 // an index from before there were versions
	}
	if version == indexVersion {
		return nil
	}
	for since, kinds := range indexed {
		if since <= version {
			continue
		}
		for _, k := range kinds {
			if err := db.reindexKind(ctx, k); err != nil {
				return fmt.Errorf("index %s: %w", k.tableName(), err)
			}
		}
	}
	return db.writer.do(ctx, essential, func(t *tx) error { return t.saveSetting(indexSetting, indexVersion) })
}

func (db *DB) reindexKind(ctx context.Context, k reindexed) error {
	for last, more := int64(0), true; more; {
		from := last
		err := db.writer.do(ctx, essential, func(t *tx) error {
			var ids []int64
			err := t.each("SELECT id FROM "+k.tableName()+" WHERE id > ? ORDER BY id LIMIT ?", []any{from, reindexAtOnce}, func(rows *sql.Rows) error {
				var id int64
				err := rows.Scan(&id)
				ids = append(ids, id)
				return err
			})
			if err != nil {
				return err
			}
			for _, id := range ids {
				if err := k.reindex(t, id); err != nil {
					return err
				}
				last = id
			}
			more = len(ids) == reindexAtOnce
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *recordKind[R]) reindex(t *tx, id int64) error {
	record, _, err := k.load(t, id)
	if err != nil {
		return err
	}
	if err := t.index(k.table, id, k.text(record)); err != nil {
		return err
	}
	return t.saveExtra(k.kind, k.table, id, k.extra(record), k.facets(record))
}
