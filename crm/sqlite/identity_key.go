package sqlite

import (
	"database/sql"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// saveKeys stores what a record is known by, where it differs from what it was
// known by.
func saveKeys[R any](t *tx, k *recordKind[R], record, before *R) error {
	if k.keys == nil {
		return nil
	}
	now, had := k.keys(record), k.keys(before)
	id := *k.head(record).id
	for _, key := range had {
		if !slices.Contains(now, key) {
			if err := t.removeKey(k.kind, key, id); err != nil {
				return err
			}
		}
	}
	for _, key := range now {
		if !slices.Contains(had, key) {
			if err := t.addKey(k.kind, key, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// others lists at most two records that have a key, besides one, and whether
// the first of them knows that it shares it.
func (t *tx) others(kind crm.Kind, key crm.IdentityKey, but int64) (ids []int64, shared bool, err error) {
	err = t.each(`SELECT record_id, shared FROM identity WHERE kind = ? AND likeness = ? AND value = ? AND record_id <> ? LIMIT 2`,
		[]any{string(kind), int64(key.Like), key.Value, but}, func(rows *sql.Rows) error {
			var id int64
			var known bool
			err := rows.Scan(&id, &known)
			shared = shared || known
			ids = append(ids, id)
			return err
		})
	return ids, shared, err
}

// addKey takes the same time however many records have the key already: when
// there are several, they know that they share it.
func (t *tx) addKey(kind crm.Kind, key crm.IdentityKey, id int64) error {
	if gathered, err := t.gathered.key(kind, key, id); gathered || err != nil {
		return err
	}
	others, known, err := t.others(kind, key, id)
	if err != nil {
		return err
	}
	if len(others) == 1 && !known {
		if err := t.markShared(kind, key, others[0], true); err != nil {
			return err
		}
	}
	_, err = t.exec("INSERT OR REPLACE INTO identity (kind, likeness, value, record_id, shared) VALUES (?, ?, ?, ?, ?)",
		string(kind), int64(key.Like), key.Value, id, len(others) > 0)
	return err
}

func (t *tx) removeKey(kind crm.Kind, key crm.IdentityKey, id int64) error {
	_, err := t.exec("DELETE FROM identity WHERE kind = ? AND likeness = ? AND value = ? AND record_id = ?",
		string(kind), int64(key.Like), key.Value, id)
	if err != nil {
		return err
	}
	left, _, err := t.others(kind, key, id)
	if err == nil && len(left) == 1 {
		err = t.markShared(kind, key, left[0], false)
	}
	return err
}

func (t *tx) markShared(kind crm.Kind, key crm.IdentityKey, id int64, shared bool) error {
	_, err := t.exec("UPDATE identity SET shared = ? WHERE kind = ? AND likeness = ? AND value = ? AND record_id = ?",
		shared, string(kind), int64(key.Like), key.Value, id)
	return err
}

// selectKeys lists what one record is known by.
const selectKeys = `SELECT likeness, value FROM identity WHERE kind = ? AND record_id = ?`

// forgetKeys takes all keys of a record away, for one that is gone for good.
func (t *tx) forgetKeys(kind crm.Kind, id int64) error {
	var keys []crm.IdentityKey
	err := t.each(selectKeys, []any{string(kind), id}, func(rows *sql.Rows) error {
		var key crm.IdentityKey
		err := rows.Scan(&key.Like, &key.Value)
		keys = append(keys, key)
		return err
	})
	for i := 0; err == nil && i < len(keys); i++ {
		err = t.removeKey(kind, keys[i], id)
	}
	return err
}

// forgetKeysOf does so for the records that meet a condition.
func (t *tx) forgetKeysOf(table, condition string, values ...any) error {
	ids, err := t.ids("SELECT id FROM "+table+" WHERE "+condition, values...)
	for i := 0; err == nil && i < len(ids); i++ {
		err = t.forgetKeys(crm.Kind(table), ids[i])
	}
	return err
}

// ids reads the ids that a query answers.
func (t *tx) ids(query string, values ...any) ([]int64, error) {
	var all []int64
	err := t.each(query, values, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		all = append(all, id)
		return err
	})
	return all, err
}
