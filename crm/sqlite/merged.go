package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// selectLastWhole is the record that the last action on another one was about,
// where that was part of an action on one of the same kind: what absorbed it.
// It reads the history, which outlives the bin.
const selectLastWhole = `SELECT w.record_id
	FROM (SELECT part_of FROM action WHERE kind = ?1 AND record_id = ?2 ORDER BY id DESC LIMIT 1) AS last
	CROSS JOIN action AS w ON w.id = last.part_of
	WHERE w.whole = 1 AND w.kind = ?1 AND w.record_id <> ?2`

// mergesFollowed bounds how often a record that absorbed one was absorbed in turn.
const mergesFollowed = 20

// rowReader is the writer's transaction or the readers.
type rowReader func(query string, args ...any) row

// mergedInto tells which record, not in the bin, absorbed one that is not there
// any more, and its owner. into is 0 where none did, and where the record is there.
func mergedInto(read rowReader, kind crm.Kind, table string, id int64) (into, owner int64, err error) {
	for from := id; ; {
		err := read("SELECT owner_id FROM "+table+" WHERE id = ? AND deleted_at IS NULL", id).Scan(&owner)
		switch {
		case err == nil && id == from:
			return 0, 0, nil
		case err == nil:
			return id, owner, nil
		case !errors.Is(err, sql.ErrNoRows):
			return 0, 0, fmt.Errorf("read %s %d: %w", kind, id, err)
		}
		if into++; into > mergesFollowed {
			return 0, 0, nil
		}
		err = read(selectLastWhole, string(kind), id).Scan(&id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return 0, 0, nil
		case err != nil:
			return 0, 0, fmt.Errorf("follow the merges of %s: %w", kind, err)
		}
	}
}

// MergedInto tells which record absorbed one that is not there any more.
func (db *DB) MergedInto(ctx context.Context, kind crm.Kind, id int64) (int64, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return 0, err
	}
	k := db.kinds[kind]
	if k == nil {
		return 0, crm.ErrNotFound
	}
	read := func(query string, args ...any) row { return db.queries.queryRow(ctx, query, args...) }
	into, owner, err := mergedInto(read, kind, k.tableName(), id)
	if err == nil && (into == 0 || !db.sees(actor, owner)) {
		err = crm.ErrNotFound
	}
	return into, err
}

// followMerges makes a record that comes back name what absorbed the records
// that it named.
func (k *recordKind[R]) followMerges(t *tx, record *R) error {
	for _, ref := range k.links {
		id := ref.id(record)
		if *id == 0 {
			continue
		}
		into, _, err := mergedInto(t.queryRow, ref.to, string(ref.to), *id)
		if err != nil {
			return err
		}
		if into != 0 {
			*id = into
		}
	}
	return nil
}
