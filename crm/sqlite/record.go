package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// head is what all records have in common, inside one of them.
type head struct {
	id, owner, version *int64
	created, updated   *time.Time
}

// recordKind says how one kind of record is stored. R is crm.Contact, crm.Company
// and so on; creating, changing, binning and undoing are the same for all.
type recordKind[R any] struct {
	kind      crm.Kind
	table     string
	head      func(*R) head
	title     func(*R) string
	normalize func(*R)
	validate  func(*R) error
	// load reads a record, in the bin or not. Errors: sql.ErrNoRows.
	load func(*tx, int64) (record *R, deleted bool, err error)
	// resolve checks what the record refers to and fills in the names. A
	// reference that is as it was before may point into the bin.
	resolve func(t *tx, record, before *R) error
	// heal clears references of a state that is being restored and whose
	// targets are gone for good.
	heal   func(t *tx, record *R) error
	insert func(*tx, *R) (int64, error)
	// place is where a record is in the index by name, roughly: many new ones are
	// inserted in this order, under ids that are given before. nil: one by one.
	place  func(*R) string
	update func(*tx, *R) error
	fields func(*R) []field
	text   func(*R) recordText
	extra  func(*R) *crm.Extra // nil: this kind has no tags and custom values
	// keys are what a record is known by, to find duplicates; nil: nothing.
	keys func(*R) []crm.IdentityKey
	// links are the columns that name other records.
	links []link[R]
	// keep copies what an update of the whole record leaves as it is; nil: nothing.
	keep   func(record, before *R)
	facets func(*R) []facet // what lists are filtered by besides; nil: nothing
}

// stamp is the present as it is stored: UTC, in whole microseconds.
func (db *DB) stamp() time.Time { return db.now().UTC().Truncate(time.Microsecond) }

func createRecord[R any](ctx context.Context, db *DB, k *recordKind[R], given *R) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	if err := prepareNew(db, k, given); err != nil {
		return err
	}
	var stored R
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		record := *given
		err := storeNew(db, t, k, &record, actor, 0)
		stored = record
		return err
	})
	if err != nil {
		return fmt.Errorf("create %s: %w", k.kind, err)
	}
	*given = stored
	return nil
}

// storeNew stores a new record that is tidy and valid, with its words, tags and
// history, in the transaction at hand. partOf is the action of several records
// that it belongs to; 0: none.
func storeNew[R any](db *DB, t *tx, k *recordKind[R], record *R, actor crm.Actor, partOf int64) error {
	h := k.head(record)
	if *h.owner == 0 {
		*h.owner = actor.User.ID
	}
	now := db.stamp()
	*h.id, *h.version, *h.created, *h.updated = 0, 1, now, now
	if err := k.resolve(t, record, nil); err != nil {
		return err
	}
	var err error
	if *h.id, err = insertNew(t, k, record); err != nil {
		return err
	}
	if err := t.indexNew(k.table, *h.id, k.text(record)); err != nil {
		return err
	}
	if err := saveNewExtra(t, k, record); err != nil {
		return err
	}
	_, err = t.log(entry{
		verb: verbCreate, kind: k.kind, id: *h.id, title: k.title(record), actor: actor, at: now, partOf: partOf,
		changes: k.changes(db, nil, record), before: snapshot[R]{Absent: true}, version: 1,
	})
	return err
}

func updateRecord[R any](ctx context.Context, db *DB, k *recordKind[R], given *R) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	settle, err := prepareChange(db, k, given)
	if err != nil {
		return err
	}
	id := *k.head(given).id
	var stored R
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		before, err := loadLive(db, t, k, id, actor)
		if err != nil {
			return err
		}
		record := *given
		h, old := k.head(&record), k.head(before)
		if *h.version != *old.version {
			return crm.ErrConflict
		}
		if *h.owner == 0 {
			*h.owner = *old.owner
		}
		if k.keep != nil {
			k.keep(&record, before)
		}
		if err := settle(&record, before); err != nil {
			return err
		}
		if err := k.resolve(t, &record, before); err != nil {
			return err
		}
		*h.created, *h.updated = *old.created, *old.updated
		changes := k.changes(db, before, &record)
		if len(changes) > 0 {
			*h.updated, *h.version = db.stamp(), *old.version+1
			_, err = saveUpdate(t, k, &record, before, actor, changes, 0)
		}
		stored = record
		return err
	})
	if err != nil {
		return fmt.Errorf("update %s %d: %w", k.kind, id, err)
	}
	*given = stored
	return nil
}

// saveUpdate writes a changed record and returns the action that says so.
// partOf is the action of several records that it belongs to; 0: none.
func saveUpdate[R any](t *tx, k *recordKind[R], record, before *R, actor crm.Actor, changes []change, partOf int64) (int64, error) {
	if err := writeUpdate(t, k, record, before); err != nil {
		return 0, err
	}
	h := k.head(record)
	return t.log(entry{
		verb: verbUpdate, kind: k.kind, id: *h.id, title: k.title(record), actor: actor, at: *h.updated, partOf: partOf,
		changes: changes, before: snapshot[R]{Record: before}, version: *h.version,
	})
}

// writeUpdate stores the new state of a record, with its words and tags.
func writeUpdate[R any](t *tx, k *recordKind[R], record, before *R) error {
	if err := k.update(t, record); err != nil {
		return err
	}
	if err := saveExtra(t, k, record, before); err != nil {
		return err
	}
	if text := k.text(record); text != k.text(before) {
		return t.index(k.table, *k.head(record).id, text)
	}
	return nil
}

func deleteRecord[R any](ctx context.Context, db *DB, k *recordKind[R], id int64) (int64, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return 0, err
	}
	action := int64(0)
	err = db.writer.do(ctx, essential, func(t *tx) error {
		before, err := loadLive(db, t, k, id, actor)
		if err != nil {
			return err
		}
		action, err = deleteLoaded(db, t, k, before, actor, 0)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("delete %s %d: %w", k.kind, id, err)
	}
	return action, nil
}

// deleteLoaded moves a record to the bin, alone or in an action of several.
func deleteLoaded[R any](db *DB, t *tx, k *recordKind[R], before *R, actor crm.Actor, partOf int64) (int64, error) {
	id, now, version := *k.head(before).id, db.stamp(), *k.head(before).version+1
	if err := t.setDeleted(k.table, id, now, version, true); err != nil {
		return 0, err
	}
	return t.log(entry{
		verb: verbDelete, kind: k.kind, id: id, title: k.title(before), actor: actor, at: now, partOf: partOf,
		before: snapshot[R]{}, version: version, // its fields are in the bin, as they were
	})
}

// loadLive reads a record that is not in the bin and that the actor may see.
func loadLive[R any](db *DB, t *tx, k *recordKind[R], id int64, actor crm.Actor) (*R, error) {
	record, deleted, err := k.load(t, id)
	if errors.Is(err, sql.ErrNoRows) || (err == nil && (deleted || !db.sees(actor, *k.head(record).owner))) {
		return nil, crm.ErrNotFound
	}
	return record, err
}

// saveExtra stores the tags, custom values and facets of a record that
// differ from those it had, and what it is known by.
func saveExtra[R any](t *tx, k *recordKind[R], record, before *R) error {
	if err := saveKeys(t, k, record, before); err != nil {
		return err
	}
	if k.extra == nil {
		return nil
	}
	var own, had []facet
	if k.facets != nil {
		own, had = k.facets(record), k.facets(before)
	}
	if slices.Equal(own, had) && reflect.DeepEqual(k.extra(record), k.extra(before)) {
		return nil
	}
	return t.saveExtra(k.kind, k.table, *k.head(record).id, k.extra(record), own)
}

// saveNewExtra stores them for a record that was just inserted.
func saveNewExtra[R any](t *tx, k *recordKind[R], record *R) error {
	if err := saveKeys(t, k, record, new(R)); err != nil {
		return err
	}
	if k.extra == nil {
		return nil
	}
	var own []facet
	if k.facets != nil {
		own = k.facets(record)
	}
	id, e := *k.head(record).id, k.extra(record)
	if !rowWaits(t, k) {
		if err := t.writeNewExtra(k.table, id, e); err != nil {
			return err
		}
	}
	return t.addFacets(k.kind, id, e, own)
}

// setDeleted moves a record into the bin or out of it. Its words stay in the
// full-text index, where the bin is left out of what matched: a delete stays a
// small write, which a volume that is nearly full has room for.
func (t *tx) setDeleted(table string, id int64, now time.Time, version int64, deleted bool) error {
	var at any
	if deleted {
		at = now.UnixMicro()
	}
	_, err := t.exec("UPDATE "+table+" SET deleted_at = ?, updated_at = ?, version = ? WHERE id = ?",
		at, now.UnixMicro(), version, id)
	return err
}
