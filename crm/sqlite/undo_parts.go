package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/grupobizopps/salexops/crm"
)

// partsAtOnce bounds how many records one transaction puts back, so that the
// undo of a large import lets other writes pass.
const partsAtOnce = 200

// selectParts lists the parts of an action that were not taken back, the last
// first: what was made on top of something goes before it.
const selectParts = `SELECT id FROM action WHERE part_of = ? AND undone_by IS NULL AND id < ? ORDER BY id DESC LIMIT ?`

// undoWhole takes back all parts in one transaction, or none.
func (db *DB) undoWhole(t *tx, done undoable, actor crm.Actor) (crm.Undone, error) {
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
			if err := db.undoPart(t, id, actor, by); err != nil {
				return crm.Undone{}, err
			}
			undone.Records++
		}
		from = parts[len(parts)-1]
	}
}

// undoParts takes back what has not changed since, some hundred records a
// transaction. It goes on where an earlier call was cut off.
func (db *DB) undoParts(ctx context.Context, done undoable, actor crm.Actor) (crm.Undone, error) {
	undone := crm.Undone{Action: done.Action, By: done.UndoneBy}
	for from, more := int64(1<<63-1), true; more; {
		var records, left int
		var last int64
		err := db.writer.do(ctx, essential, func(t *tx) (err error) {
			records, left, last = 0, 0, 0
			by := undone.By
			if by == 0 {
				if by, err = db.beginUndo(t, done, actor); err != nil {
					return err
				}
			}
			parts, err := t.parts(done.ID, from)
			if err != nil {
				return err
			}
			for _, id := range parts {
				switch err := db.undoPart(t, id, actor, by); {
				case errors.Is(err, crm.ErrNotUndoable):
					left++
				case err != nil:
					return err
				default:
					records++
				}
				last = id
			}
			done.UndoneBy = by
			return nil
		})
		if err != nil {
			return undone, err
		}
		undone.By = done.UndoneBy
		undone.Records += records
		undone.Left += left
		from, more = last, records+left == partsAtOnce
	}
	if undone.Records == 0 {
		return undone, crm.ErrNotUndoable
	}
	return undone, nil
}

// beginUndo records the undo of several records, whose parts follow.
func (db *DB) beginUndo(t *tx, done undoable, actor crm.Actor) (int64, error) {
	by, err := t.log(entry{
		verb: verbUndo, kind: done.Kind, id: done.RecordID, title: done.Title, actor: actor, at: db.stamp(), whole: done.whole,
	})
	if err != nil {
		return 0, err
	}
	done.UndoneBy = by
	return by, t.markUndone(done.ID, by)
}

func (db *DB) undoPart(t *tx, id int64, actor crm.Actor, by int64) error {
	part, err := t.loadAction(id)
	if err != nil {
		return err
	}
	_, err = db.takeBack(t, part, actor, by)
	return err
}

// parts lists the next portion of an action's parts that stand.
func (t *tx) parts(of, before int64) ([]int64, error) {
	var all []int64
	err := t.each(selectParts, []any{of, before, partsAtOnce}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		all = append(all, id)
		return err
	})
	return all, err
}
