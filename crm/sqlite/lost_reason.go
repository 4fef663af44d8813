package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// kindLostReason names reasons in the history.
const kindLostReason crm.Kind = "lost-reason"

const selectReasons = `SELECT id, name FROM lost_reason WHERE active = 1`

// LostReasons are those to choose from, in the order of the alphabet.
func (db *DB) LostReasons(ctx context.Context) ([]crm.LostReason, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	var all []crm.LostReason
	err := db.queries.each(ctx, selectReasons, nil, func(rows *sql.Rows) error {
		var r crm.LostReason
		err := rows.Scan(&r.ID, &r.Name)
		all = append(all, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read lost reasons: %w", err)
	}
	slices.SortFunc(all, func(a, b crm.LostReason) int { return bytes.Compare(sortKey(a.Name), sortKey(b.Name)) })
	return all, nil
}

// SaveLostReason adds a reason or renames it.
func (db *DB) SaveLostReason(ctx context.Context, r *crm.LostReason) error {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return err
	}
	r.Normalize()
	if err := r.Validate(); err != nil {
		return err
	}
	id := r.ID
	err = db.writer.do(ctx, ordinary, func(t *tx) (err error) {
		id = r.ID
		done := entry{verb: verbUpdate, kind: kindLostReason, title: r.Name, actor: actor, at: db.stamp()}
		taken := false
		if err := t.queryRow("SELECT EXISTS (SELECT 1 FROM lost_reason WHERE name = ? AND active = 1 AND id <> ?)", r.Name, r.ID).Scan(&taken); err != nil {
			return err
		}
		if taken {
			return crm.Invalid{"name": crm.KeyExists}
		}
		if id == 0 {
			done.verb = verbCreate
			id, err = t.insert("INSERT INTO lost_reason (name, active) VALUES (?, 1)", r.Name)
			if err != nil {
				return err
			}
			done.changes = []change{{Field: "name", To: r.Name}}
		} else {
			old, err := t.reasonName(id)
			if err != nil {
				return err
			}
			if _, err := t.exec("UPDATE lost_reason SET name = ? WHERE id = ?", r.Name, id); err != nil {
				return err
			}
			done.changes = []change{{Field: "name", From: old, To: r.Name}}
		}
		done.id = id
		_, err = t.log(done)
		return err
	})
	if err != nil {
		return fmt.Errorf("save lost reason %q: %w", r.Name, err)
	}
	r.ID = id
	return nil
}

// RemoveLostReason takes a reason off the list.
func (db *DB) RemoveLostReason(ctx context.Context, id int64) error {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		name, err := t.reasonName(id)
		if err != nil {
			return err
		}
		if _, err := t.exec("UPDATE lost_reason SET active = 0 WHERE id = ?", id); err != nil {
			return err
		}
		_, err = t.log(entry{verb: verbDelete, kind: kindLostReason, id: id, title: name, actor: actor, at: db.stamp()})
		return err
	})
	if err != nil {
		return fmt.Errorf("remove lost reason %d: %w", id, err)
	}
	return nil
}

// reasonName reads a reason that is on the list. Errors: crm.ErrNotFound.
func (t *tx) reasonName(id int64) (string, error) {
	name := ""
	err := t.queryRow("SELECT name FROM lost_reason WHERE id = ? AND active = 1", id).Scan(&name)
	return name, orNotFound(err)
}
