package sqlite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/importing"
)

const (
	verbImport = "import"

	// remember keeps how a table with these columns was imported.
	remember = `INSERT INTO import_plan (user_id, kind, signature, plan) VALUES (?, ?, ?, ?)
		ON CONFLICT (user_id, kind, signature) DO UPDATE SET plan = excluded.plan`
	// begin and go on: only one of two requests at once finds the state.
	beginImport = `UPDATE import SET state = 'running', plan = ?, action_id = ?, started_at = ? WHERE id = ? AND state = 'ready'`
	goOnImport  = `UPDATE import SET state = 'running', problem = '' WHERE id = ? AND state = 'stopped' AND has_file = 1
		AND NOT EXISTS (SELECT 1 FROM action AS a WHERE a.id = import.action_id AND a.undone_by IS NOT NULL)`
	stopImport   = `UPDATE import SET state = 'stopped', problem = ? WHERE id = ? AND state = 'running'`
	finishImport = `UPDATE import SET state = 'done', finished_at = ? WHERE id = ? AND state = 'running'`
	// interrupted marks what a process left half done when it ended.
	interrupted = `UPDATE import SET state = 'stopped', problem = 'restart' WHERE state IN ('running', 'undoing')`
	anyActive   = `SELECT EXISTS (SELECT 1 FROM import WHERE state IN ('running', 'undoing'))`
)

// errStopped ends an import that somebody stopped.
var errStopped = errors.New("the import was stopped")

// importTurn lets one import run at a time.
type importTurn struct {
	mutex sync.Mutex
	taken chan struct{} // closed when the turn is over; nil: nobody has it
}

func (i *importTurn) take() error {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	if i.taken != nil {
		return importing.ErrBusy
	}
	i.taken = make(chan struct{})
	return nil
}

func (i *importTurn) give() {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	close(i.taken)
	i.taken = nil
}

// ImportsIdle waits until no import runs and none is taken back.
func (db *DB) ImportsIdle() {
	for {
		db.turn.mutex.Lock()
		taken := db.turn.taken
		db.turn.mutex.Unlock()
		if taken == nil {
			return
		}
		<-taken
	}
}

// Start begins an import in the background.
func (db *DB) Start(ctx context.Context, id int64, plan importing.Plan) error {
	return db.launch(ctx, id, func(t *tx, found *importing.Import, actor crm.Actor) error {
		plan.Kind = found.Kind
		plan = plan.With(db.fields.of(plan.Kind))
		if err := plan.Check(len(found.Layout.Columns)); err != nil {
			return err
		}
		raw, err := json.Marshal(plan)
		if err != nil {
			return fmt.Errorf("write plan: %w", err)
		}
		now := db.stamp()
		action, err := t.log(entry{verb: verbImport, kind: crm.KindImport, id: id, title: found.FileName, actor: actor, at: now})
		if err != nil {
			return err
		}
		begun, err := t.change(beginImport, string(raw), action, now.UnixMicro(), id)
		if err != nil {
			return err
		}
		if begun == 0 {
			return crm.ErrConflict
		}
		if signature := importing.Signature(found.Layout.Columns); signature != "" {
			_, err = t.exec(remember, actor.User.ID, string(found.Kind), signature, string(raw))
		}
		return err
	})
}

// Continue goes on with an import that stopped.
func (db *DB) Continue(ctx context.Context, id int64) error {
	return db.launch(ctx, id, func(t *tx, _ *importing.Import, _ crm.Actor) error {
		begun, err := t.change(goOnImport, id)
		if err == nil && begun == 0 {
			err = crm.ErrConflict
		}
		return err
	})
}

// launch runs an import in the background once begin has marked it as running.
func (db *DB) launch(ctx context.Context, id int64, begin func(*tx, *importing.Import, crm.Actor) error) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	if _, err := db.Import(ctx, id); err != nil {
		return err
	}
	if err := db.turn.take(); err != nil {
		return err
	}
	var found *importing.Import
	err = db.writer.do(ctx, ordinary, func(t *tx) (err error) {
		found, err = scanImport(t.queryRow(importByID, id).Scan)
		if found, err = ownImport(found, err, actor); err != nil {
			return err
		}
		if err := begin(t, found, actor); err != nil {
			return err
		}
		found, err = scanImport(t.queryRow(importByID, id).Scan)
		return err
	})
	if err != nil {
		db.turn.give()
		return fmt.Errorf("begin import %d: %w", id, err)
	}
	background := crm.WithActor(db.background, actor)
	db.finished.Go(func() {
		defer db.turn.give()
		db.concludeImport(background, id, db.runImport(background, actor, found))
	})
	return nil
}

// concludeImport writes down how an import ended. One that ends because the
// process does is marked at the next start.
func (db *DB) concludeImport(ctx context.Context, id int64, failed error) {
	problem := importing.StoppedByFault
	switch {
	case errors.Is(failed, context.Canceled), errors.Is(failed, errClosed), errors.Is(failed, errStopped):
		return
	case errors.Is(failed, crm.ErrVolumeFull):
		problem = importing.StoppedByFull
	case errors.Is(failed, crm.ErrReadOnly):
		problem = importing.StoppedByReadOnly
	}
	if failed != nil {
		db.log.ErrorContext(ctx, "an import stopped", "import", id, "error", failed)
	}
	err := db.writer.do(ctx, essential, func(t *tx) (err error) {
		if failed != nil {
			_, err = t.exec(stopImport, problem, id)
		} else {
			_, err = t.exec(finishImport, db.stamp().UnixMicro(), id)
		}
		return err
	})
	if err != nil && !errors.Is(err, context.Canceled) {
		db.log.ErrorContext(ctx, "the end of an import was not written down", "import", id, "error", err)
	}
}

// Stop ends a running import after the rows at hand.
func (db *DB) Stop(ctx context.Context, id int64) error {
	if _, err := db.mayWrite(ctx); err != nil {
		return err
	}
	if _, err := db.Import(ctx, id); err != nil {
		return err
	}
	err := db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.exec(stopImport, importing.StoppedByUser, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("stop import %d: %w", id, err)
	}
	return nil
}
