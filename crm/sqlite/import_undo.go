package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

const (
	beginUndoImport  = `UPDATE import SET state = 'undoing', problem = '' WHERE id = ? AND state IN ('done', 'stopped') AND action_id IS NOT NULL`
	finishUndoImport = `UPDATE import SET state = 'undone', left_alone = ? WHERE id = ? AND state = 'undoing'`
	failUndoImport   = `UPDATE import SET state = 'stopped', problem = ? WHERE id = ? AND state = 'undoing'`
)

// Undo takes an import back in the background. One that was cut off is taken
// up where it was.
func (db *DB) Undo(ctx context.Context, id int64) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	found, err := db.Import(ctx, id)
	if err != nil {
		return err
	}
	if err := db.turn.take(); err != nil {
		return err
	}
	var done undoable
	err = db.writer.do(ctx, essential, func(t *tx) (err error) {
		begun, err := t.change(beginUndoImport, id)
		if err != nil {
			return err
		}
		if begun == 0 {
			return crm.ErrNotUndoable
		}
		done, err = t.loadUndoable(found.ActionID, actor)
		return err
	})
	if err != nil {
		db.turn.give()
		return fmt.Errorf("undo import %d: %w", id, err)
	}
	background := crm.WithActor(db.background, actor)
	db.finished.Go(func() {
		defer db.turn.give()
		var undone crm.Undone
		err := db.withLargeCache(background, func() (err error) {
			undone, err = db.undoParts(background, done, actor)
			return err
		})
		if errors.Is(err, crm.ErrNotUndoable) {
			err = nil // everything has changed since, or there was nothing
		}
		db.concludeUndo(background, id, undone.Left, err)
	})
	return nil
}

func (db *DB) concludeUndo(ctx context.Context, id int64, left int, failed error) {
	if errors.Is(failed, context.Canceled) || errors.Is(failed, errClosed) {
		return // marked at the next start
	}
	if failed != nil {
		db.log.ErrorContext(ctx, "the undo of an import stopped", "import", id, "error", failed)
	}
	err := db.writer.do(ctx, essential, func(t *tx) (err error) {
		if failed != nil {
			_, err = t.exec(failUndoImport, importing.StoppedByFault, id)
		} else {
			_, err = t.exec(finishUndoImport, left, id)
		}
		return err
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		db.log.ErrorContext(ctx, "the end of an undo was not written down", "import", id, "error", err)
	}
}

// Discard forgets a file that was not imported.
func (db *DB) Discard(ctx context.Context, id int64) error {
	if _, err := db.mayWrite(ctx); err != nil {
		return err
	}
	if _, err := db.Import(ctx, id); err != nil {
		return err
	}
	err := db.writer.do(ctx, essential, func(t *tx) error {
		gone, err := t.change("DELETE FROM import WHERE id = ? AND state = 'ready'", id)
		if err == nil && gone == 0 {
			err = crm.ErrConflict
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("discard import %d: %w", id, err)
	}
	return db.removeImportFile(id)
}

func (db *DB) removeImportFile(id int64) error {
	if err := os.Remove(db.importFile(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove the file of import %d: %w", id, err)
	}
	return nil
}
