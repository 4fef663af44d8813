package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// sortBin names the order of the bin in its cursors.
const sortBin crm.Sort = "bin"

// binQuery lists what is in the bin of one kind. Who put a record there, and
// what it was called, says the last action on it: nothing happens to a record
// that is in the bin.
func binQuery(table string, own, fromPlace bool) string {
	var where strings.Builder
	if own {
		where.WriteString(" AND a.user_id = ?")
	}
	if fromPlace {
		where.WriteString(" AND (r.deleted_at, r.id) < (?, ?)")
	}
	return `SELECT r.id, r.deleted_at, coalesce(a.title, ''), coalesce(a.user_id, 0), coalesce(a.user_name, '')
		FROM ` + table + ` AS r LEFT JOIN action AS a
			ON a.id = (SELECT max(l.id) FROM action AS l WHERE l.kind = '` + table + `' AND l.record_id = r.id)
		WHERE r.deleted_at IS NOT NULL` + where.String() + ` ORDER BY r.deleted_at DESC, r.id DESC LIMIT ?`
}

// BinKinds are the kinds of records that go to the bin.
func (db *DB) BinKinds() []crm.Kind {
	var all []crm.Kind
	for _, k := range kindsInOrder() {
		all = append(all, k.name())
	}
	return all
}

// Bin returns a page of the deleted records of one kind.
func (db *DB) Bin(ctx context.Context, kind crm.Kind, after crm.Cursor, limit int) (crm.Page[*crm.Binned], error) {
	var page crm.Page[*crm.Binned]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	if !actor.User.Role.CanWrite() {
		return page, crm.ErrForbidden
	}
	k := db.kinds[kind]
	if k == nil {
		return page, crm.ErrNotFound
	}
	limit = pageLimit(limit)
	own := !actor.User.Role.CanManage()
	var args []any
	if own {
		args = append(args, actor.User.ID)
	}
	if after != "" {
		from, err := parseCursor(after, sortBin)
		if err != nil {
			return page, err
		}
		args = append(args, from.value, from.id)
	}
	err = db.queries.each(ctx, binQuery(k.tableName(), own, after != ""), append(args, limit+1), func(rows *sql.Rows) error {
		b := &crm.Binned{Kind: kind}
		var deleted int64
		err := rows.Scan(&b.ID, &deleted, &b.Title, &b.UserID, &b.UserName)
		b.DeletedAt = instant(deleted)
		page.Items = append(page.Items, b)
		return err
	})
	if err != nil {
		return crm.Page[*crm.Binned]{}, fmt.Errorf("list the bin of %s: %w", kind, err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		last := page.Items[limit-1]
		page.Next = place{sort: sortBin, value: last.DeletedAt.UnixMicro(), id: last.ID}.cursor()
	}
	return page, nil
}

// RestoreBinned takes records out of the bin, a page of them at most: one by an
// action of its own, several by an action with parts.
func (db *DB) RestoreBinned(ctx context.Context, kind crm.Kind, ids []int64) (crm.Undone, error) {
	var restored crm.Undone
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return restored, err
	}
	k := db.kinds[kind]
	if k == nil || len(ids) == 0 || len(ids) > maxLimit {
		return restored, crm.ErrNotFound
	}
	err = db.writer.do(ctx, ordinary, func(t *tx) (err error) {
		restored, err = db.bringAllBack(t, k, ids, actor)
		if err == nil {
			restored.Action, err = scanAction(t.queryRow(selectAction, restored.By).Scan)
		}
		return err
	})
	if err != nil {
		return crm.Undone{}, fmt.Errorf("restore from the bin of %s: %w", kind, err)
	}
	return restored, nil
}

func (db *DB) bringAllBack(t *tx, k storedKind, ids []int64, actor crm.Actor) (restored crm.Undone, err error) {
	several := int64(0)
	if len(ids) > 1 {
		several, err = t.log(entry{
			verb: verbRestore, kind: k.name(), title: strconv.Itoa(len(ids)), actor: actor, at: db.stamp(),
		})
		if err != nil {
			return restored, err
		}
		restored.By = several
	}
	for _, id := range ids {
		by, err := db.bringBack(t, k, id, actor, several)
		switch {
		case errors.Is(err, crm.ErrNotFound):
			restored.Left++
		case err != nil:
			return restored, err
		default:
			restored.Records++
			restored.By = cmp.Or(several, by)
		}
	}
	if restored.Records == 0 {
		return restored, crm.ErrNotFound
	}
	return restored, nil
}

// bringBack takes one record out of the bin when the actor may: sellers what
// they put there themselves.
func (db *DB) bringBack(t *tx, k storedKind, id int64, actor crm.Actor, partOf int64) (int64, error) {
	if !actor.User.Role.CanManage() {
		var by int64
		if err := t.queryRow(selectBinnedBy, string(k.name()), id).Scan(&by); err != nil || by != actor.User.ID {
			return 0, cmp.Or(notFound(err), crm.ErrNotFound)
		}
	}
	return k.bringBack(db, t, id, actor, partOf)
}

const selectBinnedBy = `SELECT user_id FROM action WHERE kind = ? AND record_id = ? ORDER BY id DESC LIMIT 1`

// bringBack takes a record out of the bin as it was, but for references to what
// is gone for good.
func (k *recordKind[R]) bringBack(db *DB, t *tx, id int64, actor crm.Actor, partOf int64) (int64, error) {
	current, deleted, err := k.load(t, id)
	if err == nil && !deleted {
		err = crm.ErrNotFound
	}
	if err != nil {
		return 0, notFound(err)
	}
	target := *current
	return k.put(db, t, restoration[R]{
		current: current, wasDeleted: true, target: &target, actor: actor, partOf: partOf, verb: verbRestore,
	})
}

// PurgeBinned deletes records in the bin for good, some hundred a transaction.
func (db *DB) PurgeBinned(ctx context.Context, kind crm.Kind, ids []int64) (int, error) {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return 0, err
	}
	k := db.kinds[kind]
	if k == nil || (ids != nil && len(ids) == 0) {
		return 0, crm.ErrNotFound
	}
	which, args := "deleted_at IS NOT NULL", []any{}
	if ids != nil {
		which, args = which+" AND id IN (SELECT value FROM json_each(?))", []any{writeIDs(ids)}
	}
	query := "SELECT id FROM " + k.tableName() + " WHERE " + which + " ORDER BY deleted_at, id LIMIT ?"
	args = append(args, tidyAtOnce)
	gone := 0
	for more := true; more; {
		portion := int64(0)
		err := db.writer.do(ctx, essential, func(t *tx) (err error) {
			if portion, err = t.erase(k.tableName(), query, args...); err != nil || portion == 0 {
				return err
			}
			_, err = t.log(entry{
				verb: verbPurge, kind: kind, title: strconv.FormatInt(portion, 10), actor: actor, at: db.stamp(),
			})
			return err
		})
		if err != nil {
			return gone, fmt.Errorf("purge the bin of %s: %w", kind, err)
		}
		gone, more = gone+int(portion), portion == tidyAtOnce
	}
	if gone == 0 {
		return 0, crm.ErrNotFound
	}
	return gone, nil
}

// writeIDs are ids as a parameter of json_each.
func writeIDs(ids []int64) string {
	b := []byte{'['}
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, id, 10)
	}
	return string(append(b, ']'))
}
