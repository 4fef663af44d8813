package sqlite

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

const (
	groupsAtOnce = 20
	// roundsOfGroups bounds how often a page asks for more: groups that were told
	// already, under a stronger likeness, are passed over.
	roundsOfGroups = 20
)

// sharedAfter lists the keys that several records have, from a place on.
func (w twin) sharedAfter() string {
	return `SELECT i.likeness, i.value FROM identity AS i CROSS JOIN ` + w.table + ` AS r ON r.id = i.record_id
		WHERE i.kind = ?1 AND i.shared = 1 AND (i.likeness, i.value) > (?2, ?3)
			AND r.deleted_at IS NULL AND (?4 = 0 OR r.owner_id = ?4)
		GROUP BY i.likeness, i.value HAVING count(*) > 1 ORDER BY i.likeness, i.value LIMIT ?5`
}

// DuplicateGroups lists what looks alike among all records of a kind, the
// strongest likeness first. Records that are alike in several ways are one group.
func (db *DB) DuplicateGroups(ctx context.Context, kind crm.Kind, after crm.Cursor, limit int) (crm.Page[crm.DuplicateGroup], error) {
	var page crm.Page[crm.DuplicateGroup]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	w, known := twins[kind]
	if !known {
		return page, crm.ErrNotFound
	}
	from, err := parseKeyCursor(after)
	if err != nil {
		return page, err
	}
	if limit <= 0 || limit > maxLimit {
		limit = groupsAtOnce
	}
	scope := db.scope(actor)
	for range roundsOfGroups {
		keys, err := db.sharedKeys(ctx, w, kind, from, scope, limit+1)
		if err != nil {
			return page, fmt.Errorf("list duplicates of %s: %w", kind, err)
		}
		for _, key := range keys {
			if len(page.Items) == limit {
				page.Next = keyCursor(from)
				return page, nil
			}
			group, told, err := db.group(ctx, w, kind, key, scope)
			if err != nil {
				return page, fmt.Errorf("list duplicates of %s: %w", kind, err)
			}
			if !told {
				page.Items = append(page.Items, group)
			}
			from = key
		}
		if len(keys) <= limit {
			return page, nil
		}
	}
	page.Next = keyCursor(from)
	return page, nil
}

func (db *DB) sharedKeys(ctx context.Context, w twin, kind crm.Kind, from crm.IdentityKey, scope int64, limit int) ([]crm.IdentityKey, error) {
	var keys []crm.IdentityKey
	args := []any{string(kind), int64(from.Like), from.Value, scope, limit}
	err := db.queries.each(ctx, w.sharedAfter(), args, func(rows *sql.Rows) error {
		var key crm.IdentityKey
		err := rows.Scan(&key.Like, &key.Value)
		keys = append(keys, key)
		return err
	})
	return keys, err
}

// group reads the records that have a key. told says that they have an earlier
// one in common too, under which they are listed.
func (db *DB) group(ctx context.Context, w twin, kind crm.Kind, key crm.IdentityKey, scope int64) (g crm.DuplicateGroup, told bool, err error) {
	var ids []int64
	args := []any{string(kind), int64(key.Like), key.Value, scope, duplicatesShown + 1}
	err = db.queries.each(ctx, w.having(), args, func(rows *sql.Rows) error {
		var like crm.Likeness
		var id int64
		err := rows.Scan(&like, &id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return g, false, err
	}
	if len(ids) > duplicatesShown {
		ids, g.More = ids[:duplicatesShown], true
	}
	common := []crm.IdentityKey{key}
	if !g.More {
		if common, err = db.common(ctx, kind, ids); err != nil {
			return g, false, err
		}
	}
	for _, other := range common {
		if other.Like < key.Like || (other.Like == key.Like && other.Value < key.Value) {
			return g, true, nil
		}
		if !slices.Contains(g.Likenesses, other.Like) {
			g.Likenesses = append(g.Likenesses, other.Like)
		}
	}
	for _, id := range ids {
		hit, err := db.hit(ctx, w, id)
		if err != nil {
			return g, false, err
		}
		g.Records = append(g.Records, hit)
	}
	return g, false, nil
}

// common lists the keys that all of the records have, the strongest first.
func (db *DB) common(ctx context.Context, kind crm.Kind, ids []int64) ([]crm.IdentityKey, error) {
	var common []crm.IdentityKey
	for i, id := range ids {
		var keys []crm.IdentityKey
		err := db.queries.each(ctx, selectKeys, []any{string(kind), id}, func(rows *sql.Rows) error {
			var key crm.IdentityKey
			err := rows.Scan(&key.Like, &key.Value)
			keys = append(keys, key)
			return err
		})
		if err != nil {
			return nil, err
		}
		if i == 0 {
			common = keys
		}
		common = slices.DeleteFunc(common, func(key crm.IdentityKey) bool { return !slices.Contains(keys, key) })
	}
	slices.SortFunc(common, func(a, b crm.IdentityKey) int { return int(a.Like - b.Like) })
	return common, nil
}

// keyCursor is a place among the keys that are shared.
func keyCursor(key crm.IdentityKey) crm.Cursor {
	raw, err := json.Marshal(key)
	if err != nil {
		return ""
	}
	return crm.Cursor(base64.RawURLEncoding.EncodeToString(raw))
}

func parseKeyCursor(cursor crm.Cursor) (key crm.IdentityKey, err error) {
	if cursor == "" {
		return key, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(cursor))
	if err != nil || json.Unmarshal(raw, &key) != nil {
		return key, crm.Invalid{"after": crm.KeyCursor}
	}
	return key, nil
}
