package sqlite

import (
	"context"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// MergeContacts makes one contact of two.
func (db *DB) MergeContacts(ctx context.Context, m crm.Merge, c *crm.Contact) (int64, error) {
	return mergeRecords(ctx, db, contacts, m, c)
}

// MergeCompanies makes one company of two.
func (db *DB) MergeCompanies(ctx context.Context, m crm.Merge, c *crm.Company) (int64, error) {
	return mergeRecords(ctx, db, companies, m, c)
}

func mergeRecords[R any](ctx context.Context, db *DB, k *recordKind[R], m crm.Merge, given *R) (int64, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return 0, err
	}
	*k.head(given).id = m.KeptID
	k.normalize(given)
	if err := k.validate(given); err != nil {
		return 0, err
	}
	var stored R
	action := int64(0)
	err = db.writer.do(ctx, ordinary, func(t *tx) (err error) {
		record := *given
		action, err = mergeIn(db, t, k, m, &record, actor)
		stored = record
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("merge %s %d into %d: %w", k.kind, m.AbsorbedID, m.KeptID, err)
	}
	*given = stored
	return action, nil
}

// mergeIn writes the kept record, points to it whatever pointed to the other,
// and moves that one to the bin. Undo goes the other way round, so that what is
// pointed to is there first.
func mergeIn[R any](db *DB, t *tx, k *recordKind[R], m crm.Merge, record *R, actor crm.Actor) (int64, error) {
	kept, err := loadLive(db, t, k, m.KeptID, actor)
	if err != nil {
		return 0, err
	}
	absorbed, err := loadLive(db, t, k, m.AbsorbedID, actor)
	if err != nil {
		return 0, err
	}
	if m.KeptID == m.AbsorbedID || *k.head(kept).version != m.KeptVersion || *k.head(absorbed).version != m.AbsorbedVersion {
		return 0, crm.ErrConflict
	}
	k.avoidAbsorbed(record, absorbed)
	h, old := k.head(record), k.head(kept)
	*h.id, *h.created, *h.updated, *h.version = m.KeptID, *old.created, *old.updated, *old.version
	if *h.owner == 0 {
		*h.owner = *old.owner
	}
	if err := k.resolve(t, record, kept); err != nil {
		return 0, err
	}
	now := db.stamp()
	changes := k.changes(db, kept, record)
	action, err := t.log(entry{
		verb: verbMerge, kind: k.kind, id: m.KeptID, title: k.title(record), actor: actor, at: now, whole: true,
		changes: append([]change{{Field: "merged", To: k.title(absorbed)}}, changes...),
	})
	if err != nil {
		return 0, err
	}
	if len(changes) > 0 {
		*h.updated, *h.version = now, *old.version+1
		if _, err := saveUpdate(t, k, record, kept, actor, changes, action); err != nil {
			return 0, err
		}
	}
	err = db.redirectAll(t, redirection{kind: k.kind, from: m.AbsorbedID, to: m.KeptID, actor: actor, partOf: action})
	if err != nil {
		return 0, err
	}
	return action, absorb(db, t, k, absorbed, actor, action)
}

// avoidAbsorbed keeps the record that stays from naming the one that goes: it
// names what that one named.
func (k *recordKind[R]) avoidAbsorbed(record, absorbed *R) {
	kept, gone := *k.head(record).id, *k.head(absorbed).id
	for _, ref := range k.links {
		if ref.to != k.kind {
			continue
		}
		if *ref.id(record) == gone {
			*ref.id(record) = *ref.id(absorbed)
		}
		if *ref.id(record) == kept || *ref.id(record) == gone {
			*ref.id(record) = 0
		}
	}
}

// redirectAll asks every kind for what names a record, in an order that is
// always the same.
func (db *DB) redirectAll(t *tx, r redirection) error {
	kinds := make([]crm.Kind, 0, len(db.kinds))
	for kind := range db.kinds {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		if err := db.kinds[kind].redirect(db, t, r); err != nil {
			return err
		}
	}
	return nil
}

func absorb[R any](db *DB, t *tx, k *recordKind[R], absorbed *R, actor crm.Actor, partOf int64) error {
	h, now := k.head(absorbed), db.stamp()
	if err := t.setDeleted(k.table, *h.id, now, *h.version+1, true); err != nil {
		return err
	}
	_, err := t.log(entry{
		verb: verbAbsorb, kind: k.kind, id: *h.id, title: k.title(absorbed), actor: actor, at: now, partOf: partOf,
		before: snapshot[R]{}, version: *h.version + 1,
	})
	return err
}
