package sqlite

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// undoMerge puts back the record that was absorbed, what pointed to it, and the
// fields of the one that absorbed it. Whatever was changed since stays, field
// by field: two records are never stuck in one because somebody went on working.
func (db *DB) undoMerge(t *tx, done undoable, actor crm.Actor) (crm.Undone, error) {
	if done.UndoneBy != 0 {
		return crm.Undone{}, crm.ErrNotUndoable
	}
	by, err := db.beginUndo(t, done, actor)
	if err != nil {
		return crm.Undone{}, err
	}
	undone := crm.Undone{Action: done.Action, By: by}
	for from := int64(1<<63 - 1); ; {
		parts, err := t.parts(done.ID, from)
		if err != nil || len(parts) == 0 {
			return undone, err
		}
		for _, id := range parts {
			if err := db.unmergePart(t, id, actor, &undone); err != nil {
				return crm.Undone{}, err
			}
		}
		from = parts[len(parts)-1]
	}
}

func (db *DB) unmergePart(t *tx, id int64, actor crm.Actor, undone *crm.Undone) error {
	part, err := t.loadAction(id)
	if err != nil {
		return err
	}
	k := db.kinds[part.Kind]
	if k == nil {
		return crm.ErrNotUndoable
	}
	by, stays, err := k.unmerge(db, t, part, actor, undone.By)
	if err != nil {
		return err
	}
	if part.Kind == undone.Action.Kind && part.RecordID == undone.Action.RecordID {
		undone.Stays = stays
	} else if len(stays) > 0 {
		undone.Left++
	}
	if by == 0 {
		by = undone.By
	} else {
		undone.Records++
	}
	return t.markUndone(id, by)
}

// unmerge takes back what a merge did to one record of this kind.
func (k *recordKind[R]) unmerge(db *DB, t *tx, done undoable, actor crm.Actor, partOf int64) (by int64, stays []string, err error) {
	current, deleted, err := k.load(t, done.RecordID)
	gone := errors.Is(err, sql.ErrNoRows) || (err == nil && done.state == "")
	switch {
	case gone && done.Verb == verbAbsorb:
		return 0, nil, crm.ErrNotUndoable // its time in the bin is over
	case gone:
		return 0, nil, nil
	case err != nil:
		return 0, nil, err
	}
	var prior snapshot[R]
	if err := json.Unmarshal([]byte(done.state), &prior); err != nil {
		return 0, nil, fmt.Errorf("read state for undo: %w", err)
	}
	target := *current
	if prior.Record != nil {
		if target, stays, err = k.before(t, done, prior.Record, current); err != nil {
			return 0, nil, err
		}
	}
	back := deleted
	if done.Verb == verbAbsorb {
		back = false
	}
	if back == deleted && reflect.DeepEqual(current, &target) {
		return 0, stays, nil
	}
	by, err = k.put(db, t, restoration[R]{
		current: current, wasDeleted: deleted, target: &target, deleted: back, actor: actor, partOf: partOf,
	})
	return by, stays, err
}

// before is the present state without what an action changed in it, and the
// fields that the action changed and that were changed again since.
func (k *recordKind[R]) before(t *tx, done undoable, prior, current *R) (target R, stays []string, err error) {
	after, err := k.stateAfter(t, done, current)
	if err != nil {
		return target, nil, err
	}
	merged, err := threeWayRecord(prior, after, current)
	if err != nil {
		return target, nil, err
	}
	h, now := k.head(merged), k.head(current)
	*h.id, *h.version, *h.created, *h.updated = *now.id, *now.version, *now.created, *now.updated
	if k.validate(merged) != nil {
		merged = current // its parts do not go together any more
	}
	if err := k.keepLinks(t, merged, current); err != nil {
		return target, nil, err
	}
	return *merged, stillChanged(k.fields(prior), k.fields(after), k.fields(current), k.fields(merged)), nil
}

// keepLinks leaves links as they are where those of the past would
// close a circle now.
func (k *recordKind[R]) keepLinks(t *tx, record, current *R) error {
	trial := *record
	err := k.heal(t, &trial)
	if !errors.Is(err, crm.ErrNotUndoable) {
		return err
	}
	for _, ref := range k.links {
		*ref.id(record) = *ref.id(current)
	}
	return nil
}

// selectStatesSince are the states before the actions after a given one.
const selectStatesSince = `SELECT before FROM action WHERE kind = ? AND record_id = ? AND id > ? AND before IS NOT NULL ORDER BY id`

// stateAfter is a record as an action left it: as the next one found it.
func (k *recordKind[R]) stateAfter(t *tx, done undoable, current *R) (*R, error) {
	var found *R
	err := t.each(selectStatesSince, []any{string(done.Kind), done.RecordID, done.ID}, func(rows *sql.Rows) error {
		var raw string
		var next snapshot[R]
		if err := rows.Scan(&raw); err != nil || found != nil {
			return err
		}
		err := json.Unmarshal([]byte(raw), &next)
		found = next.Record // nil where the action changed no field
		return err
	})
	if found == nil {
		found = current
	}
	return found, err
}

// stillChanged names the fields that an action changed and of which nothing was
// taken back.
func stillChanged(before, after, current, result []field) []string {
	value := func(fields []field, name string) string {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		if at < 0 {
			return ""
		}
		return fields[at].equal
	}
	var stays []string
	for _, f := range after {
		was, is := value(before, f.name), value(current, f.name)
		if was != f.equal && is != was && value(result, f.name) == is {
			stays = append(stays, f.name)
		}
	}
	return stays
}
