package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// sortAudit names the order of the audit log in its cursors.
const sortAudit crm.Sort = "audit"

// toldColumns are read by scanTold.
const toldColumns = actionColumns + `, EXISTS (SELECT 1 FROM action AS p WHERE p.part_of = a.id),
	a.before IS NOT NULL, coalesce(json_type(a.before, '$.record'), '') = 'object', a.version`

const (
	selectAction = `SELECT ` + actionColumns + ` FROM action AS a WHERE a.id = ?`
	selectTold   = `SELECT ` + toldColumns + ` FROM action AS a WHERE a.id = ?`
	selectPart   = `SELECT ` + toldColumns + ` FROM action AS a WHERE a.part_of = ? AND a.id > ? ORDER BY a.id LIMIT ?`
)

// told is an action with what says whether it can be taken back.
type told struct {
	*crm.Action
	kept, keptRecord bool // the state before it, and whether all fields are in that
	version          int64
}

func scanTold(scan func(...any) error) (told, error) {
	var a told
	var several bool
	var err error
	a.Action, err = scanAction(scan, &several, &a.kept, &a.keptRecord, &a.version)
	if err == nil {
		a.Several = several
	}
	return a, err
}

// Audit returns a page of the audit log.
func (db *DB) Audit(ctx context.Context, f crm.AuditFilter) (crm.Page[*crm.Action], error) {
	none := crm.Page[*crm.Action]{}
	actor, err := mayManageLook(ctx)
	if err != nil {
		return none, err
	}
	limit := pageLimit(f.Limit)
	query, args, err := auditQuery(f)
	if err != nil {
		return none, err
	}
	all, err := db.tell(ctx, actor, query, append(args, limit+1))
	if err != nil {
		return none, fmt.Errorf("read the audit log: %w", err)
	}
	page := crm.Page[*crm.Action]{Items: all}
	if len(all) > limit {
		page.Items = all[:limit]
		last := all[limit-1]
		page.Next = place{sort: sortAudit, value: last.At.UnixMicro(), id: last.ID}.cursor()
	}
	return page, nil
}

// auditQuery writes the SQL of a page and its parameters but for the limit. The
// time is the sort column of every index, so that dates narrow the walk.
func auditQuery(f crm.AuditFilter) (string, []any, error) {
	var where strings.Builder
	var args []any
	matching := func(condition string, values ...any) {
		where.WriteString(" AND " + condition)
		args = append(args, values...)
	}
	if f.UserID != 0 {
		matching("a.user_id = ?", f.UserID)
	}
	if f.Kind != "" {
		matching("a.kind = ?", string(f.Kind))
	}
	if f.Verb != "" {
		matching("a.verb = ?", f.Verb)
	}
	if !f.From.IsZero() {
		matching("a.at >= ?", f.From.UnixMicro())
	}
	if !f.Until.IsZero() {
		matching("a.at < ?", f.Until.UnixMicro())
	}
	if f.After != "" {
		from, err := parseCursor(f.After, sortAudit)
		if err != nil {
			return "", nil, err
		}
		matching("(a.at, a.id) < (?, ?)", from.value, from.id)
	}
	return `SELECT ` + toldColumns + ` FROM action AS a WHERE a.part_of IS NULL` + where.String() +
		` ORDER BY a.at DESC, a.id DESC LIMIT ?`, args, nil
}

// Action returns one action with its changes.
func (db *DB) Action(ctx context.Context, id int64) (*crm.Action, error) {
	actor, err := mayManageLook(ctx)
	if err != nil {
		return nil, err
	}
	all, err := db.tell(ctx, actor, selectTold, []any{id})
	if err != nil {
		return nil, fmt.Errorf("read action %d: %w", id, err)
	}
	if len(all) == 0 {
		return nil, crm.ErrNotFound
	}
	return all[0], nil
}

// ActionParts returns a page of the parts of an action of several records.
func (db *DB) ActionParts(ctx context.Context, id int64, after crm.Cursor, limit int) (crm.Page[*crm.Action], error) {
	none := crm.Page[*crm.Action]{}
	actor, err := mayManageLook(ctx)
	if err != nil {
		return none, err
	}
	from := int64(0)
	if after != "" {
		if from, err = parseActionCursor(after); err != nil {
			return none, err
		}
	}
	limit = pageLimit(limit)
	all, err := db.tell(ctx, actor, selectPart, []any{id, from, limit + 1})
	if err != nil {
		return none, fmt.Errorf("read the parts of action %d: %w", id, err)
	}
	page := crm.Page[*crm.Action]{Items: all}
	if len(all) > limit {
		page.Items = all[:limit]
		page.Next = actionCursor(all[limit-1].ID)
	}
	return page, nil
}

// tell reads actions with what the actor can do about each.
func (db *DB) tell(ctx context.Context, actor crm.Actor, query string, args []any) ([]*crm.Action, error) {
	var all []told
	err := db.queries.each(ctx, query, args, func(rows *sql.Rows) error {
		a, err := scanTold(rows.Scan)
		all = append(all, a)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := db.judge(ctx, actor, all); err != nil {
		return nil, err
	}
	shown := make([]*crm.Action, len(all))
	for i, a := range all {
		shown[i] = a.Action
	}
	return shown, nil
}

// judge says of each action whether the actor could take it back now. That
// what several records were done to is unchanged shows when it is tried.
func (db *DB) judge(ctx context.Context, actor crm.Actor, all []told) error {
	versions := map[crm.Kind]map[int64]stand{}
	writes := actor.User.Role.CanWrite() && db.writable() == nil
	for _, a := range all {
		if !writes || (a.UserID != actor.User.ID && !actor.User.Role.CanManage()) {
			continue
		}
		if a.Several {
			a.Undoable = a.UndoneBy == 0
			continue
		}
		k := db.kinds[a.Kind]
		if k == nil || !a.kept {
			continue
		}
		if versions[a.Kind] == nil {
			known, err := db.stands(ctx, k, all)
			if err != nil {
				return err
			}
			versions[a.Kind] = known
		}
		now, there := versions[a.Kind][a.RecordID]
		a.Undoable = there && a.UndoneBy == 0 && now.version == a.version
		if there && !now.deleted {
			a.RecordVersion = now.version
			a.Restorable = a.keptRecord
		}
	}
	return nil
}

// stand is where a record stands now.
type stand struct {
	version int64
	deleted bool
}

// stands looks up the records of one kind that the actions speak of.
func (db *DB) stands(ctx context.Context, k storedKind, all []told) (map[int64]stand, error) {
	var ids []int64
	for _, a := range all {
		if a.Kind == k.name() {
			ids = append(ids, a.RecordID)
		}
	}
	known := make(map[int64]stand, len(ids))
	err := db.queries.each(ctx, `SELECT r.id, r.version, r.deleted_at IS NOT NULL FROM `+k.tableName()+` AS r WHERE `+amongIDs,
		[]any{writeIDs(ids)}, func(rows *sql.Rows) error {
			var id int64
			var s stand
			err := rows.Scan(&id, &s.version, &s.deleted)
			known[id] = s
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("look up records of kind %s: %w", k.name(), err)
	}
	return known, nil
}

// amongIDs chooses rows by a list of ids, written by writeIDs.
const amongIDs = `r.id IN (SELECT value FROM json_each(?))`

// mayManageLook tells who acts, for reading what managers and owners may see.
func mayManageLook(ctx context.Context) (crm.Actor, error) {
	actor, err := mayLook(ctx)
	if err == nil && !actor.User.Role.CanManage() {
		err = crm.ErrForbidden
	}
	return actor, err
}

// notFound gives a missing row the meaning that package crm has for it.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return crm.ErrNotFound
	}
	return err
}
