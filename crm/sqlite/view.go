package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

const (
	selectViews = `SELECT id, kind, name, owner_id, shared, params FROM saved_view
		WHERE kind = ? AND (shared = 1 OR owner_id = ?) ORDER BY shared DESC, name, id`
	selectView = `SELECT id, kind, name, owner_id, shared, params FROM saved_view WHERE id = ?`
	countViews = `SELECT count(*) FROM saved_view WHERE kind = ?1 AND shared = ?2 AND (?2 = 1 OR owner_id = ?3)`
)

func scanView(scan func(...any) error) (*crm.View, error) {
	w := &crm.View{}
	return w, scan(&w.ID, &w.Kind, &w.Name, &w.OwnerID, &w.Shared, &w.Params)
}

// viewsKey is of which list, and who looks at it: their own views and the team's.
type viewsKey struct {
	kind crm.Kind
	user int64
}

// Views lists one's own views of a kind and the shared ones.
func (db *DB) Views(ctx context.Context, kind crm.Kind) ([]*crm.View, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	all, err := db.views.get(db.writer.commits.Load, viewsKey{kind, actor.User.ID}, func() (all []*crm.View, err error) {
		err = db.queries.each(ctx, selectViews, []any{string(kind), actor.User.ID}, func(rows *sql.Rows) error {
			w, err := scanView(rows.Scan)
			all = append(all, w)
			return err
		})
		return all, err
	})
	if err != nil {
		return nil, fmt.Errorf("list views of %s: %w", kind, err)
	}
	return all, nil
}

// mayKeep tells who acts, for views: everybody keeps their own, managers the
// team's. A view that the actor does not see is not there.
func (db *DB) mayKeep(ctx context.Context, shared bool) (crm.Actor, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return actor, err
	}
	if shared && !actor.User.Role.CanManage() {
		return actor, crm.ErrForbidden
	}
	return actor, db.writable()
}

// loadView reads a view that the actor may change.
func (t *tx) loadView(id int64, actor crm.Actor) (*crm.View, error) {
	w, err := scanView(t.queryRow(selectView, id).Scan)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && !w.Shared && w.OwnerID != actor.User.ID:
		return nil, crm.ErrNotFound
	case err == nil && w.Shared && !actor.User.Role.CanManage():
		return nil, crm.ErrForbidden
	}
	return w, err
}

// SaveView stores a view, a new one or a change.
func (db *DB) SaveView(ctx context.Context, given *crm.View) error {
	actor, err := db.mayKeep(ctx, given.Shared)
	if err != nil {
		return err
	}
	if db.lists[given.Kind] == nil && given.ID == 0 {
		return crm.ErrNotFound
	}
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	id := given.ID
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		w := *given
		if given.ID != 0 {
			before, err := t.loadView(given.ID, actor)
			if err != nil {
				return err
			}
			w.Kind, w.OwnerID = before.Kind, before.OwnerID
			if w.Params == "" {
				w.Params = before.Params
			}
			if err := t.roomForView(&w, before); err != nil {
				return err
			}
			_, err = t.exec("UPDATE saved_view SET name = ?, shared = ?, params = ? WHERE id = ?", w.Name, w.Shared, w.Params, w.ID)
			if err != nil {
				return err
			}
			return db.logView(t, verbUpdate, &w, before, actor)
		}
		w.OwnerID = actor.User.ID
		if err := t.roomForView(&w, nil); err != nil {
			return err
		}
		w.ID, err = t.insert("INSERT INTO saved_view (kind, name, owner_id, shared, params) VALUES (?, ?, ?, ?, ?)",
			string(w.Kind), w.Name, w.OwnerID, w.Shared, w.Params)
		if err != nil {
			return err
		}
		id = w.ID
		return db.logView(t, verbCreate, &w, nil, actor)
	})
	if err != nil {
		return fmt.Errorf("save view: %w", err)
	}
	given.ID = id
	return nil
}

// roomForView says whether there may be one more view of its sort.
func (t *tx) roomForView(w, before *crm.View) error {
	if before != nil && before.Shared == w.Shared {
		return nil
	}
	n := 0
	if err := t.queryRow(countViews, string(w.Kind), w.Shared, w.OwnerID).Scan(&n); err != nil {
		return err
	}
	if n >= crm.MaxViews {
		return crm.Invalid{"name": crm.KeyManyViews}
	}
	return nil
}

// DeleteView forgets a view; the records in it stay.
func (db *DB) DeleteView(ctx context.Context, id int64) error {
	actor, err := db.mayKeep(ctx, false)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		w, err := t.loadView(id, actor)
		if err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM saved_view WHERE id = ?", id); err != nil {
			return err
		}
		return db.logView(t, verbDelete, w, w, actor)
	})
	if err != nil {
		return fmt.Errorf("delete view %d: %w", id, err)
	}
	return nil
}

func (db *DB) logView(t *tx, verb string, w, before *crm.View, actor crm.Actor) error {
	fields := func(w *crm.View) []field {
		if w == nil {
			return nil
		}
		return []field{plain("label", w.Name), plain("params", w.Params)}
	}
	_, err := t.log(entry{verb: verb, kind: crm.KindView, id: w.ID, title: w.Name, actor: actor, at: db.stamp(), changes: changed(fields(before), fields(w))})
	return err
}
