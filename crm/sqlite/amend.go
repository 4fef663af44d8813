package sqlite

import (
	"context"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// amendRecord changes one record from what is stored, whoever else works on
// it, and returns it with the action that UndoAction takes back; 0: nothing
// changed.
func amendRecord[R any](ctx context.Context, db *DB, k *recordKind[R], id int64, change func(*tx, *R) error) (*R, int64, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return nil, 0, err
	}
	var amended *R
	action := int64(0)
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		before, err := loadLive(db, t, k, id, actor)
		if err != nil {
			return err
		}
		record := *before
		if err := change(t, &record); err != nil {
			return err
		}
		amended = &record
		action, err = storeAmended(db, t, k, &record, before, actor, 0)
		return err
	})
	if err != nil {
		return nil, 0, fmt.Errorf("change %s %d: %w", k.kind, id, err)
	}
	return amended, action, nil
}

// storeAmended checks and writes a record that was changed in the transaction
// at hand. partOf is the action of several records that it belongs to; 0: none.
func storeAmended[R any](db *DB, t *tx, k *recordKind[R], record, before *R, actor crm.Actor, partOf int64) (int64, error) {
	k.normalize(record)
	if err := k.validate(record); err != nil {
		return 0, err
	}
	if err := k.resolve(t, record, before); err != nil {
		return 0, err
	}
	changes := k.changes(db, before, record)
	if len(changes) == 0 {
		return 0, nil
	}
	h := k.head(record)
	*h.updated, *h.version = db.stamp(), *k.head(before).version+1
	return saveAction(t, k, record, before, actor, changes, partOf)
}
