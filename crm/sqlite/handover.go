package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// handover is who gives what they look after to whom, in which action.
type handover struct {
	from, to int64
	actor    crm.Actor
	partOf   int64
}

// Holdings counts the records that a user looks after, by walks of an index.
func (db *DB) Holdings(ctx context.Context, user int64) ([]crm.Holding, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	if !actor.User.Role.CanOwn() {
		return nil, crm.ErrForbidden
	}
	var all []crm.Holding
	for _, k := range kindsInOrder() {
		h := crm.Holding{Kind: k.name()}
		if err := db.queries.queryRow(ctx, countHeld(k.tableName()), user).Scan(&h.Count); err != nil {
			return nil, fmt.Errorf("count what user %d looks after: %w", user, err)
		}
		if h.Count > 0 {
			all = append(all, h)
		}
	}
	return all, nil
}

func countHeld(table string) string {
	return "SELECT count(*) FROM " + table + " WHERE owner_id = ? AND deleted_at IS NULL"
}

// selectHeld finds the next portion: those that were given away are no longer
// among them.
func selectHeld(table string) string {
	return "SELECT id FROM " + table + " WHERE owner_id = ? AND deleted_at IS NULL LIMIT ?"
}

// HandOver gives what a user looks after to another, some hundred records a
// transaction. Cut off half way, it is done again for the rest.
func (db *DB) HandOver(ctx context.Context, from, to int64) (crm.Undone, error) {
	var done crm.Undone
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return done, err
	}
	for _, k := range kindsInOrder() {
		for more := true; more; {
			var by int64
			moved := 0
			err := db.writer.do(ctx, ordinary, func(t *tx) (err error) {
				if by, err = db.beginHandOver(t, done.By, from, to, actor); err != nil {
					return err
				}
				moved, err = k.handOver(db, t, handover{from: from, to: to, actor: actor, partOf: by}, partsAtOnce)
				if err == nil && moved == 0 && done.By == 0 {
					by, err = 0, t.forgetAction(by) // nothing was done yet
				}
				return err
			})
			if err != nil {
				return done, fmt.Errorf("hand over what user %d looks after: %w", from, err)
			}
			done.By, done.Records, more = by, done.Records+moved, moved == partsAtOnce
		}
	}
	if done.Records == 0 {
		return done, crm.ErrNotFound
	}
	done.Action = &crm.Action{ID: done.By, Verb: verbHandOver, Kind: crm.KindUser, RecordID: from, Several: true}
	return done, nil
}

// beginHandOver checks both sides again and records the action whose parts
// follow, once.
func (db *DB) beginHandOver(t *tx, by, from, to int64, actor crm.Actor) (int64, error) {
	giver, err := db.loadUser(t, from)
	if err != nil {
		return 0, err
	}
	taker, err := db.loadUser(t, to)
	if notFound(err) == crm.ErrNotFound || (err == nil && (!taker.DisabledAt.IsZero() || to == from)) { //nolint:errorlint // its own value
		return 0, crm.Invalid{"to": crm.KeyUnknown}
	}
	if err != nil || by != 0 {
		return by, err
	}
	return t.log(entry{
		verb: verbHandOver, kind: crm.KindUser, id: from, title: giver.Name, actor: actor, at: db.stamp(),
		changes: []change{{Field: "ownerId", From: giver.Name, To: taker.Name}},
	})
}

func (t *tx) forgetAction(id int64) error {
	_, err := t.exec("DELETE FROM action WHERE id = ?", id)
	return err
}

func (k *recordKind[R]) handOver(db *DB, t *tx, h handover, limit int) (int, error) {
	var ids []int64
	err := t.each(selectHeld(k.table), []any{h.from, limit}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if err := k.giveTo(db, t, id, h); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// giveTo makes somebody else look after one record. Nothing else of it is
// looked at: a company in the bin, say, stays its company.
func (k *recordKind[R]) giveTo(db *DB, t *tx, id int64, h handover) error {
	before, _, err := k.load(t, id)
	if err != nil {
		return err
	}
	record := *before
	head, now := k.head(&record), db.stamp()
	*head.owner, *head.updated, *head.version = h.to, now, *head.version+1
	if err := k.resolve(t, &record, before); err != nil {
		return err
	}
	if err := k.update(t, &record); err != nil {
		return err
	}
	_, err = t.log(entry{
		verb: verbUpdate, kind: k.kind, id: id, title: k.title(&record), actor: h.actor, at: now, partOf: h.partOf,
		changes: k.changes(db, before, &record),
		before:  snapshot[R]{Record: before}, version: *head.version,
	})
	return err
}
