package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// editAtOnce is how many records one transaction of a bulk edit changes.
const editAtOnce = 200

// verbBulk is the action whose parts are the changes of a bulk edit.
const verbBulk = "bulk"

// errSame says that a record is as the edit wants it already.
var errSame = errors.New("it is so already")

// MatchIDs lists the records that a list's query finds.
func (db *DB) MatchIDs(ctx context.Context, kind crm.Kind, q crm.ListQuery) (ids []int64, more bool, err error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, false, err
	}
	k := db.lists[kind]
	if k == nil {
		return nil, false, crm.ErrNotFound
	}
	ids, more, err = k.match(ctx, db, actor, q, crm.MaxMatches)
	if err != nil {
		return nil, false, fmt.Errorf("list what matches of %s: %w", kind, err)
	}
	return ids, more, nil
}

// EditMany changes records in one action of several records. Each portion is a
// transaction of its own, so that other writes pass in between.
func (db *DB) EditMany(ctx context.Context, kind crm.Kind, ids []int64, e crm.BulkEdit) (crm.Bulk, error) {
	var done crm.Bulk
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return done, err
	}
	k := db.lists[kind]
	if k == nil {
		return done, crm.ErrNotFound
	}
	fields, err := k.listFields(ctx, db)
	if err != nil {
		return done, fmt.Errorf("edit many of %s: %w", kind, err)
	}
	if err := e.Validate(fields); err != nil {
		return done, err
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > crm.MaxMatches {
		return done, crm.Invalid{"ids": crm.KeyManyRecords}
	}
	if err := db.editPortions(ctx, k, ids, e, actor, &done); err != nil {
		return done, fmt.Errorf("edit many of %s: %w", kind, err)
	}
	return done, nil
}

// editPortions changes records of one kind, some hundred a transaction, and adds
// to what is done.
func (db *DB) editPortions(ctx context.Context, k listedKind, ids []int64, e crm.BulkEdit, actor crm.Actor, done *crm.Bulk) error {
	for portion := range slices.Chunk(ids, editAtOnce) {
		var part crm.Bulk
		err := db.writer.do(ctx, claimOf(e), func(t *tx) (err error) {
			part = crm.Bulk{Action: done.Action}
			return db.editPortion(t, k, portion, e, actor, &part)
		})
		if err != nil {
			return err
		}
		done.Action = part.Action
		done.Changed += part.Changed
		done.Same += part.Same
		done.Left = append(done.Left, part.Left...)
	}
	return nil
}

func claimOf(e crm.BulkEdit) claim {
	if e.Delete {
		return essential
	}
	return ordinary
}

// editPortion changes some records. The action that they are parts of is logged
// before them, and not kept when there is none.
func (db *DB) editPortion(t *tx, k listedKind, ids []int64, e crm.BulkEdit, actor crm.Actor, part *crm.Bulk) error {
	whole := part.Action
	if whole == 0 {
		var err error
		whole, err = t.log(entry{verb: verbBulk, kind: k.name(), title: e.Title, actor: actor, at: db.stamp()})
		if err != nil {
			return err
		}
	}
	for _, id := range ids {
		title, err := k.edit(db, t, id, e, actor, whole)
		var invalid crm.Invalid
		switch {
		case err == nil:
			part.Changed++
		case errors.Is(err, errSame):
			part.Same++
		case errors.Is(err, crm.ErrNotFound):
			part.Left = append(part.Left, crm.Left{ID: id, Reason: crm.KeyUnknown})
		case errors.As(err, &invalid):
			part.Left = append(part.Left, crm.Left{ID: id, Title: title, Reason: firstFault(invalid)})
		default:
			return err
		}
	}
	if part.Action == 0 && part.Changed == 0 {
		_, err := t.exec("DELETE FROM action WHERE id = ?", whole)
		return err
	}
	part.Action = whole
	return nil
}

func firstFault(invalid crm.Invalid) string {
	names := make([]string, 0, len(invalid))
	for name := range invalid {
		names = append(names, name)
	}
	return invalid[slices.Min(names)]
}

// edit changes one record and logs it as a part.
func (k *listKind[R]) edit(db *DB, t *tx, id int64, e crm.BulkEdit, actor crm.Actor, partOf int64) (string, error) {
	before, err := loadLive(db, t, k.record, id, actor)
	if err != nil {
		return "", err
	}
	title := k.record.title(before)
	if e.Delete {
		_, err := deleteLoaded(db, t, k.record, before, actor, partOf)
		return title, err
	}
	record := *before
	if err := k.apply(db, &record, before, e); err != nil {
		return title, err
	}
	if err := k.record.resolve(t, &record, before); err != nil {
		return title, err
	}
	changes := k.record.changes(db, before, &record)
	if len(changes) == 0 {
		return title, errSame
	}
	h, old := k.record.head(&record), k.record.head(before)
	*h.updated, *h.version = db.stamp(), *old.version+1
	_, err = saveUpdate(t, k.record, &record, before, actor, changes, partOf)
	return title, err
}

// apply makes the change and judges the record as it is then.
func (k *listKind[R]) apply(db *DB, record, before *R, e crm.BulkEdit) error {
	extra := k.record.extra(record)
	invalid := crm.Invalid{}
	switch {
	case e.OwnerID != 0:
		*k.record.head(record).owner = e.OwnerID
	case len(e.AddTags)+len(e.DropTags) > 0:
		kept := slices.DeleteFunc(slices.Clone(extra.Tags), func(tag string) bool {
			return slices.ContainsFunc(e.DropTags, func(drop string) bool { return fold(strings.TrimSpace(drop)) == fold(tag) })
		})
		extra.Tags = slices.Concat(kept, e.AddTags)
	default:
		if at := slices.IndexFunc(k.fields, func(f listField[R]) bool { return f.Edit && f.Name == e.Field }); at >= 0 {
			k.fields[at].set(record, e.Value)
		} else if f := db.customField(k.record.kind, e.Field); f != nil {
			extra.Custom = map[int64]string{f.ID: e.Value}
			extra.SettleCustom(db.fields.of(k.record.kind), k.record.extra(before), invalid)
		}
	}
	k.record.normalize(record)
	return join(k.record.validate(record), invalid)
}
