package sqlite

import (
	"context"
	"fmt"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// listKind says how lists of one kind of record are filtered and shown, whatever
// the kind: R is crm.Contact, crm.Company and so on.
type listKind[R any] struct {
	record *recordKind[R]
	list   pager[R]
	fields []listField[R]
	row    func(*R) crm.Row // all but ID, Tags, UpdatedAt and Cells
	// usual narrows a list to what it shows when nothing else is asked for, and
	// refuses an order that has no index; nil: there is nothing to do.
	usual func(*selection, crm.ListQuery) error
}

// pager reads pages of records: a listing.
type pager[R any] interface {
	page(ctx context.Context, queries *statements, s selection) (crm.Page[*R], error)
}

// listField is a field that every team has.
type listField[R any] struct {
	crm.ListField
	cell   func(*R) crm.Cell
	facet  int64  // what filters of texts ask for
	column string // what filters of other types compare
	// ordered: every order of the list has an index that begins with the column.
	ordered bool
	// by is a condition that always holds, with which an index leads to the
	// column; "": an index begins with the column itself.
	by      string
	set     func(*R, string)
	options func(context.Context, *DB) ([]crm.ListOption, error) // those that a team makes; nil: none
}

// listedKind is a listKind of any type.
type listedKind interface {
	listFields(ctx context.Context, db *DB) ([]crm.ListField, error)
	rows(ctx context.Context, db *DB, actor crm.Actor, q crm.ListQuery) (crm.Page[*crm.Row], error)
	match(ctx context.Context, db *DB, actor crm.Actor, q crm.ListQuery, most int) (ids []int64, more bool, err error)
	edit(db *DB, t *tx, id int64, e crm.BulkEdit, actor crm.Actor, partOf int64) (title string, err error)
	name() crm.Kind
}

// listedKinds are all kinds that have lists of this sort.
func listedKinds() map[crm.Kind]listedKind {
	all := map[crm.Kind]listedKind{}
	for _, k := range []listedKind{contactList, companyList, dealList, leadList} {
		all[k.name()] = k
	}
	return all
}

func (k *listKind[R]) name() crm.Kind { return k.record.kind }

// customName is a custom field in addresses and views.
func customName(id int64) string { return fmt.Sprintf("c%d", id) }

func (k *listKind[R]) listFields(ctx context.Context, db *DB) ([]crm.ListField, error) {
	custom := live(db.fields.of(k.record.kind))
	all := make([]crm.ListField, 0, len(k.fields)+len(custom))
	for _, f := range k.fields {
		if f.options != nil {
			var err error
			if f.Options, err = f.options(ctx, db); err != nil {
				return nil, err
			}
		}
		all = append(all, f.ListField)
	}
	for _, f := range custom {
		all = append(all, crm.ListField{
			Name: customName(f.ID), Label: f.Label, Custom: f, Type: f.Type, Filter: true, Column: true, Edit: true,
		})
	}
	return all, nil
}

// ListFields are the fields of a kind, custom ones last.
func (db *DB) ListFields(ctx context.Context, kind crm.Kind) ([]crm.ListField, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	k := db.lists[kind]
	if k == nil {
		return nil, crm.ErrNotFound
	}
	fields, err := k.listFields(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("fields of lists of %s: %w", kind, err)
	}
	return fields, nil
}

// Rows returns a page of records of a kind with chosen columns.
func (db *DB) Rows(ctx context.Context, kind crm.Kind, q crm.ListQuery) (crm.Page[*crm.Row], error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Page[*crm.Row]{}, err
	}
	k := db.lists[kind]
	if k == nil {
		return crm.Page[*crm.Row]{}, crm.ErrNotFound
	}
	page, err := k.rows(ctx, db, actor, q)
	if err != nil {
		return page, fmt.Errorf("list %s: %w", kind, err)
	}
	return page, nil
}

func (k *listKind[R]) rows(ctx context.Context, db *DB, actor crm.Actor, q crm.ListQuery) (crm.Page[*crm.Row], error) {
	var page crm.Page[*crm.Row]
	cells, err := k.cells(db, q.Columns)
	if err != nil {
		return page, err
	}
	s, err := k.selection(db, actor, q)
	if err != nil {
		return page, err
	}
	found, err := k.list.page(ctx, &db.queries, s)
	if err != nil {
		return page, err
	}
	page.Next, page.Prev = found.Next, found.Prev
	page.Items = make([]*crm.Row, len(found.Items))
	for i, record := range found.Items {
		page.Items[i] = k.asRow(record, cells)
	}
	return page, nil
}

func (k *listKind[R]) asRow(record *R, cells []func(*R) crm.Cell) *crm.Row {
	row := k.row(record)
	h := k.record.head(record)
	row.ID, row.UpdatedAt, row.Tags = *h.id, *h.updated, k.record.extra(record).Tags
	row.Cells = make([]crm.Cell, len(cells))
	for i, cell := range cells {
		row.Cells[i] = cell(record)
	}
	return &row
}

// cells are the functions that read the columns. Errors: crm.Invalid.
func (k *listKind[R]) cells(db *DB, columns []string) ([]func(*R) crm.Cell, error) {
	cells := make([]func(*R) crm.Cell, 0, len(columns))
	for _, name := range columns {
		if at := slices.IndexFunc(k.fields, func(f listField[R]) bool { return f.Column && f.Name == name }); at >= 0 {
			cells = append(cells, k.fields[at].cell)
			continue
		}
		f := db.customField(k.record.kind, name)
		if f == nil {
			return nil, crm.Invalid{"cols": crm.KeyFilterUnknown}
		}
		cells = append(cells, func(record *R) crm.Cell { return crm.Cell{Text: k.record.extra(record).Custom[f.ID]} })
	}
	return cells, nil
}

// customField is the field of a kind that is called so in addresses, or nil.
func (db *DB) customField(kind crm.Kind, name string) *crm.CustomField {
	for _, f := range db.fields.of(kind) {
		if !f.Archived && customName(f.ID) == name {
			return f
		}
	}
	return nil
}

// match lists the ids of what a query finds, in its order.
func (k *listKind[R]) match(ctx context.Context, db *DB, actor crm.Actor, q crm.ListQuery, most int) (ids []int64, more bool, err error) {
	q.After, q.Before, q.Limit = "", "", maxLimit
	for {
		s, err := k.selection(db, actor, q)
		if err != nil {
			return nil, false, err
		}
		page, err := k.list.page(ctx, &db.queries, s)
		if err != nil {
			return nil, false, err
		}
		for _, record := range page.Items {
			if len(ids) == most {
				return ids, true, nil
			}
			ids = append(ids, *k.record.head(record).id)
		}
		if q.After = page.Next; q.After == "" {
			return ids, false, nil
		}
	}
}
