package sqlite

import (
	"errors"

	"github.com/grupobizopps/salexops/crm"
)

// link is a column of one kind of record that names records of a kind. A
// merge points it to the record that stays.
type link[R any] struct {
	to   crm.Kind
	find string // the ids of records, not in the bin, that name a given one
	id   func(*R) *int64
}

// redirection is one record that others are to name in the place of another.
type redirection struct {
	kind     crm.Kind
	from, to int64
	actor    crm.Actor
	partOf   int64 // the action that it belongs to
}

// redirect changes the records of this kind, each with its history.
func (k *recordKind[R]) redirect(db *DB, t *tx, r redirection) error {
	for _, ref := range k.links {
		if ref.to != r.kind {
			continue
		}
		ids, err := t.ids(ref.find, r.from)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := k.redirectOne(db, t, r, ref, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *recordKind[R]) redirectOne(db *DB, t *tx, r redirection, ref link[R], id int64) error {
	before, _, err := k.load(t, id)
	if err != nil {
		return err
	}
	record := *before
	*ref.id(&record) = r.to
	err = k.resolve(t, &record, before)
	var invalid crm.Invalid
	if errors.As(err, &invalid) { // it would be its own ancestor
		*ref.id(&record) = 0
		err = k.resolve(t, &record, before)
	}
	if err != nil {
		return err
	}
	h := k.head(&record)
	*h.updated, *h.version = db.stamp(), *k.head(before).version+1
	_, err = saveUpdate(t, k, &record, before, r.actor, k.changes(db, before, &record), r.partOf)
	return err
}

func (k *recordKind[R]) linkQueries() []string {
	all := make([]string, len(k.links))
	for i, link := range k.links {
		all[i] = link.find
	}
	return all
}
