package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// undoable is a stored action with what is needed to take it back.
type undoable struct {
	*crm.Action
	state   string // the snapshot before it; empty: none
	version int64  // of the record, after it
	whole   bool
	parts   bool // it is an action of several records
}

const selectUndoable = `SELECT ` + actionColumns + `, coalesce(a.before, ''), a.version, a.whole,
	EXISTS (SELECT 1 FROM action AS p WHERE p.part_of = a.id) FROM action AS a WHERE a.id = ?`

func (t *tx) loadAction(id int64) (undoable, error) {
	var u undoable
	var err error
	u.Action, err = scanAction(t.queryRow(selectUndoable, id).Scan, &u.state, &u.version, &u.whole, &u.parts)
	if errors.Is(err, sql.ErrNoRows) {
		err = crm.ErrNotFound
	}
	if err == nil {
		u.Several = u.parts
	}
	return u, err
}

// UndoAction takes an action back: the record returns to the state before it,
// provided that nothing has happened to it since. Owners and managers take
// back anything, sellers what they did themselves. The undo is an action of
// its own, which can be taken back in turn. A part of a whole (a merge) takes
// the whole with it; any other part is taken back alone.
func (db *DB) UndoAction(ctx context.Context, id int64) (crm.Undone, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return crm.Undone{}, err
	}
	var undone crm.Undone
	var several undoable
	err = db.writer.do(ctx, essential, func(t *tx) error {
		undone, several = crm.Undone{}, undoable{}
		done, err := t.loadUndoable(id, actor)
		switch {
		case err != nil:
			return err
		case done.parts && done.Verb == verbMerge:
			undone, err = db.undoMerge(t, done, actor)
		case done.parts && done.whole:
			undone, err = db.undoWhole(t, done, actor)
		case done.parts:
			several = done
		default:
			undone, err = db.undoOne(t, done, actor)
		}
		return err
	})
	if err == nil && several.Action != nil {
		undone, err = db.undoParts(ctx, several, actor)
	}
	if err != nil {
		return crm.Undone{}, fmt.Errorf("undo action %d: %w", id, err)
	}
	return undone, nil
}

// loadUndoable reads an action that the actor may take back, or the whole that
// it belongs to.
func (t *tx) loadUndoable(id int64, actor crm.Actor) (undoable, error) {
	done, err := t.loadAction(id)
	if err != nil {
		return done, err
	}
	if done.PartOf != 0 {
		whole, err := t.loadAction(done.PartOf)
		if err != nil {
			return done, err
		}
		if whole.whole {
			done = whole
		}
	}
	if done.UserID != actor.User.ID && !actor.User.Role.CanManage() {
		return done, crm.ErrForbidden
	}
	return done, nil
}

func (db *DB) undoOne(t *tx, done undoable, actor crm.Actor) (crm.Undone, error) {
	by, err := db.takeBack(t, done, actor, 0)
	if err != nil {
		return crm.Undone{}, err
	}
	done.UndoneBy = by
	return crm.Undone{Action: done.Action, By: by, Records: 1}, nil
}

// takeBack undoes an action on one record and marks it.
func (db *DB) takeBack(t *tx, done undoable, actor crm.Actor, partOf int64) (int64, error) {
	k := db.kinds[done.Kind]
	if k == nil || done.UndoneBy != 0 || done.state == "" {
		return 0, crm.ErrNotUndoable
	}
	by, err := k.takeBack(db, t, done, actor, partOf)
	if err != nil {
		return 0, err
	}
	return by, t.markUndone(done.ID, by)
}

func (t *tx) markUndone(id, by int64) error {
	_, err := t.exec("UPDATE action SET undone_by = ? WHERE id = ?", by, id)
	return err
}

// takeBack writes the state before the action over the present one and returns
// the id of the action that says so.
func (k *recordKind[R]) takeBack(db *DB, t *tx, done undoable, actor crm.Actor, partOf int64) (int64, error) {
	current, deleted, err := k.load(t, done.RecordID)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, crm.ErrNotUndoable // its time in the bin is over
	}
	if err != nil {
		return 0, err
	}
	if *k.head(current).version != done.version {
		return 0, crm.ErrNotUndoable
	}
	var prior snapshot[R]
	if err := json.Unmarshal([]byte(done.state), &prior); err != nil {
		return 0, fmt.Errorf("read state for undo: %w", err)
	}
	target := *current
	if prior.Record != nil {
		target = *prior.Record
	}
	return k.put(db, t, restoration[R]{
		current: current, wasDeleted: deleted, target: &target, deleted: prior.Absent || prior.Deleted, actor: actor, partOf: partOf,
	})
}

// restoration is a state of a record that takes the place of the present one.
type restoration[R any] struct {
	current, target     *R
	wasDeleted, deleted bool
	actor               crm.Actor
	partOf              int64
	verb                string // empty: undo
}

// put writes a state over the present one and returns the id of the action
// that says so.
func (k *recordKind[R]) put(db *DB, t *tx, r restoration[R]) (int64, error) {
	h, old, now := k.head(r.target), k.head(r.current), db.stamp()
	*h.id, *h.created = *old.id, *old.created
	*h.updated, *h.version = now, *old.version+1
	if err := k.followMerges(t, r.target); err != nil {
		return 0, err
	}
	if err := k.heal(t, r.target); err != nil {
		return 0, err
	}
	if err := k.update(t, r.target); err != nil {
		return 0, err
	}
	if err := saveExtra(t, k, r.target, r.current); err != nil {
		return 0, err
	}
	if err := t.setDeleted(k.table, *h.id, now, *h.version, r.deleted); err != nil {
		return 0, err
	}
	if text := k.text(r.target); text != k.text(r.current) {
		if err := t.index(k.table, *h.id, text); err != nil {
			return 0, err
		}
	}
	return t.log(entry{
		verb: cmp.Or(r.verb, verbUndo), kind: k.kind, id: *h.id, title: k.title(r.target), actor: r.actor, at: now, partOf: r.partOf,
		changes: k.changes(db, r.current, r.target),
		before:  snapshot[R]{Record: r.current, Deleted: r.wasDeleted}, version: *h.version,
	})
}
