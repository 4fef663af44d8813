package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// UndoAction takes an action back: the record returns to the state before it,
// provided that nothing has happened to it since. Owners and managers take
// back anything, sellers what they did themselves. The undo is an action of
// its own, which can be taken back in turn.
func (db *DB) UndoAction(ctx context.Context, id int64) (*crm.Action, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return nil, err
	}
	var undone *crm.Action
	err = db.writer.do(ctx, essential, func(t *tx) error {
		action, state, version, err := t.loadAction(id)
		if err != nil {
			return err
		}
		if action.UserID != actor.User.ID && !actor.User.Role.CanManage() {
			return crm.ErrForbidden
		}
		if action.UndoneBy != 0 || state == "" {
			return crm.ErrNotUndoable
		}
		switch action.Kind {
		case crm.KindContact:
			action.UndoneBy, err = restore(db, t, contacts, action, state, version, actor)
		case crm.KindCompany:
			action.UndoneBy, err = restore(db, t, companies, action, state, version, actor)
		default:
			err = crm.ErrNotUndoable
		}
		if err != nil {
			return err
		}
		_, err = t.exec("UPDATE action SET undone_by = ? WHERE id = ?", action.UndoneBy, id)
		undone = action
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("undo action %d: %w", id, err)
	}
	return undone, nil
}

func (t *tx) loadAction(id int64) (action *crm.Action, state string, version int64, err error) {
	action, err = scanAction(t.queryRow("SELECT "+actionColumns+", coalesce(before, ''), version FROM action WHERE id = ?", id).Scan, &state, &version)
	if errors.Is(err, sql.ErrNoRows) {
		err = crm.ErrNotFound
	}
	return action, state, version, err
}

// restore writes the state before the action over the present one and returns
// the id of the action that says so.
func restore[R any](db *DB, t *tx, k *recordKind[R], action *crm.Action, state string, version int64, actor crm.Actor) (int64, error) {
	current, deleted, err := k.load(t, action.RecordID)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, crm.ErrNotUndoable // its time in the bin is over
	}
	if err != nil {
		return 0, err
	}
	if *k.head(current).version != version {
		return 0, crm.ErrNotUndoable
	}
	var prior snapshot[R]
	if err := json.Unmarshal([]byte(state), &prior); err != nil {
		return 0, fmt.Errorf("read state for undo: %w", err)
	}
	target := *current
	if prior.Record != nil {
		target = *prior.Record
	}
	h, now := k.head(&target), db.stamp()
	*h.id, *h.created = action.RecordID, *k.head(current).created
	*h.updated, *h.version = now, version+1
	if err := k.heal(t, &target); err != nil {
		return 0, err
	}
	if err := k.update(t, &target); err != nil {
		return 0, err
	}
	if err := t.setDeleted(k.table, *h.id, now, *h.version, prior.Absent || prior.Deleted); err != nil {
		return 0, err
	}
	if text := k.text(&target); text != k.text(current) {
		if err := t.index(k.table, *h.id, text); err != nil {
			return 0, err
		}
	}
	return t.log(entry{
		verb: verbUndo, kind: k.kind, id: *h.id, title: k.title(&target), actor: actor, at: now,
		changes: changed(k.fields(current), k.fields(&target)),
		before:  snapshot[R]{Record: current, Deleted: deleted}, version: *h.version,
	})
}
