package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// pendingKeys is the setting that says how far the records from before the
// table identity have got their keys: the last id by kind. It is not there when
// all have them.
const pendingKeys = "identity.pending"

// keysAtOnce bounds how many records one write gives their keys.
const keysAtOnce = 200

// keysPending says whether there are old records without keys.
func (db *DB) keysPending(ctx context.Context) (bool, error) {
	var stored string
	err := db.queries.queryRow(ctx, selectSetting, pendingKeys).Scan(&stored)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil // a start writes nothing when there is nothing to fill in
	}
	if err != nil {
		return false, fmt.Errorf("read how far the keys are filled in: %w", err)
	}
	return true, nil
}

// fillKeys gives old records their keys, some hundred at a time and in the
// background, so that the first start after an update is as short as any.
func (db *DB) fillKeys(ctx context.Context) error {
	left, err := db.keysPending(ctx)
	for left && err == nil {
		left, err = db.fillSomeKeys(ctx)
	}
	if err != nil {
		return fmt.Errorf("fill in what records are known by: %w", err)
	}
	return nil
}

func (db *DB) fillSomeKeys(ctx context.Context) (left bool, err error) {
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		left = false
		var stored string
		err := t.queryRow(selectSetting, pendingKeys).Scan(&stored)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		done := map[crm.Kind]int64{}
		if err := json.Unmarshal([]byte(stored), &done); err != nil {
			return fmt.Errorf("read setting %s: %w", pendingKeys, err)
		}
		for kind, last := range done {
			k := db.kinds[kind]
			if k == nil {
				delete(done, kind)
				continue
			}
			last, err := k.fillKeys(t, last, keysAtOnce)
			if err != nil {
				return err
			}
			if done[kind] = last; last == 0 {
				delete(done, kind)
			}
		}
		if left = len(done) > 0; left {
			return t.saveSetting(pendingKeys, done)
		}
		_, err = t.exec("DELETE FROM setting WHERE name = ?", pendingKeys)
		return err
	})
	return left, err
}

// fillKeys gives a portion of records after an id their keys and returns the
// last one's id; 0: there are no more.
func (k *recordKind[R]) fillKeys(t *tx, after int64, limit int) (last int64, err error) {
	if k.keys == nil {
		return 0, nil
	}
	ids, err := t.ids("SELECT id FROM "+k.table+" WHERE id > ? ORDER BY id LIMIT ?", after, limit)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	for _, id := range ids {
		record, _, err := k.load(t, id)
		if err != nil {
			return 0, err
		}
		if err := saveKeys(t, k, record, new(R)); err != nil {
			return 0, err
		}
	}
	return ids[len(ids)-1], nil
}
