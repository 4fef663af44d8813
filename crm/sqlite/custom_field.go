package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/grupobizopps/salexops/crm"
)

// customFields are all definitions by kind, in their order. They are few, and
// asked for with every form, list and change: they are kept in memory.
type customFields struct {
	byKind atomic.Pointer[map[crm.Kind][]*crm.CustomField]
}

// of lists the fields of a kind, archived ones too. They are not to be changed.
func (c *customFields) of(kind crm.Kind) []*crm.CustomField {
	if all := c.byKind.Load(); all != nil {
		return (*all)[kind]
	}
	return nil
}

const selectCustomFields = `SELECT id, kind, label, type, choices, required, position, archived FROM custom_field ORDER BY kind, position, id`

func (db *DB) loadCustomFields(ctx context.Context) error {
	all := map[crm.Kind][]*crm.CustomField{}
	err := db.queries.each(ctx, selectCustomFields, nil, func(rows *sql.Rows) error {
		f, err := scanCustomField(rows.Scan)
		if err == nil {
			all[f.Kind] = append(all[f.Kind], f)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read the custom fields: %w", err)
	}
	db.fields.byKind.Store(&all)
	return nil
}

func scanCustomField(scan func(...any) error) (*crm.CustomField, error) {
	f := &crm.CustomField{}
	var choices string
	err := scan(&f.ID, &f.Kind, &f.Label, &f.Type, &choices, &f.Required, &f.Position, &f.Archived)
	if err != nil {
		return nil, err
	}
	f.Choices, err = readList(choices)
	return f, err
}

// CustomFields lists the fields of a kind that are not archived.
func (db *DB) CustomFields(ctx context.Context, kind crm.Kind) ([]*crm.CustomField, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	return live(db.fields.of(kind)), nil
}

func live(fields []*crm.CustomField) []*crm.CustomField {
	kept := make([]*crm.CustomField, 0, len(fields))
	for _, f := range fields {
		if !f.Archived {
			kept = append(kept, f)
		}
	}
	return kept
}

// AllCustomFields lists the fields of all kinds, archived ones too.
func (db *DB) AllCustomFields(ctx context.Context) ([]*crm.CustomField, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	var all []*crm.CustomField
	for _, kind := range crm.CustomKinds {
		all = append(all, db.fields.of(kind)...)
	}
	return all, nil
}

// CreateCustomField stores a new field at the end of its kind's.
func (db *DB) CreateCustomField(ctx context.Context, given *crm.CustomField) error {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return err
	}
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	choices, err := writeList(given.Choices)
	if err != nil {
		return fmt.Errorf("write choices: %w", err)
	}
	var stored crm.CustomField
	err = db.changeFields(ctx, func(t *tx, all []*crm.CustomField) error {
		f := *given
		if len(all) >= crm.MaxCustomFields {
			return crm.Invalid{"label": crm.KeyManyFields}
		}
		if labelTaken(all, &f) {
			return crm.Invalid{"label": crm.KeyLabelTaken}
		}
		f.Position = 1
		if len(all) > 0 {
			f.Position = all[len(all)-1].Position + 1
		}
		f.ID, err = t.insert(`INSERT INTO custom_field (kind, label, type, choices, required, position, archived) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			string(f.Kind), f.Label, string(f.Type), choices, f.Required, f.Position, f.Archived)
		if err != nil {
			return err
		}
		_, err = t.log(entry{
			verb: verbCreate, kind: crm.KindField, id: f.ID, title: f.Label, actor: actor, at: db.stamp(),
			changes: changed(nil, definitionFields(&f)), version: 1,
		})
		stored = f
		return err
	}, given.Kind)
	if err != nil {
		return fmt.Errorf("create custom field: %w", err)
	}
	*given = stored
	return nil
}

// UpdateCustomField changes label, choices, required and archived; a field keeps
// its kind and type.
func (db *DB) UpdateCustomField(ctx context.Context, given *crm.CustomField) error {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return err
	}
	before := db.field(given.ID)
	if before == nil {
		return crm.ErrNotFound
	}
	given.Kind, given.Type, given.Position = before.Kind, before.Type, before.Position
	given.Normalize()
	if err := given.Validate(); err != nil {
		return err
	}
	choices, err := writeList(given.Choices)
	if err != nil {
		return fmt.Errorf("write choices: %w", err)
	}
	err = db.changeFields(ctx, func(t *tx, all []*crm.CustomField) error {
		if labelTaken(all, given) {
			return crm.Invalid{"label": crm.KeyLabelTaken}
		}
		changes := changed(definitionFields(before), definitionFields(given))
		if len(changes) == 0 {
			return nil
		}
		_, err := t.exec(`UPDATE custom_field SET label = ?, choices = ?, required = ?, archived = ? WHERE id = ?`,
			given.Label, choices, given.Required, given.Archived, given.ID)
		if err != nil {
			return err
		}
		_, err = t.log(entry{verb: verbUpdate, kind: crm.KindField, id: given.ID, title: given.Label, actor: actor, at: db.stamp(), changes: changes})
		return err
	}, before.Kind)
	if err != nil {
		return fmt.Errorf("update custom field %d: %w", given.ID, err)
	}
	return nil
}

// MoveCustomField moves a field up or down among those that are shown.
func (db *DB) MoveCustomField(ctx context.Context, id int64, by int) error {
	if _, err := db.mayManage(ctx, crm.Role.CanManage); err != nil {
		return err
	}
	f := db.field(id)
	if f == nil {
		return crm.ErrNotFound
	}
	err := db.changeFields(ctx, func(t *tx, all []*crm.CustomField) error {
		shown := live(all)
		at := slices.IndexFunc(shown, func(other *crm.CustomField) bool { return other.ID == id })
		to := at + by
		if at < 0 || to < 0 || to >= len(shown) {
			return nil
		}
		for field, position := range map[int64]int{shown[at].ID: shown[to].Position, shown[to].ID: shown[at].Position} {
			if _, err := t.exec("UPDATE custom_field SET position = ? WHERE id = ?", position, field); err != nil {
				return err
			}
		}
		return nil
	}, f.Kind)
	if err != nil {
		return fmt.Errorf("move custom field %d: %w", id, err)
	}
	return nil
}

// field is the definition with this id, or nil.
func (db *DB) field(id int64) *crm.CustomField {
	for _, kind := range crm.CustomKinds {
		for _, f := range db.fields.of(kind) {
			if f.ID == id {
				return f
			}
		}
	}
	return nil
}

// changeFields runs a change of definitions and reads them again.
func (db *DB) changeFields(ctx context.Context, work func(t *tx, all []*crm.CustomField) error, kind crm.Kind) error {
	err := db.writer.do(ctx, ordinary, func(t *tx) error { return work(t, db.fields.of(kind)) })
	if err != nil {
		return err
	}
	return db.loadCustomFields(ctx)
}

// labelTaken says whether another field of the kind has this label.
func labelTaken(all []*crm.CustomField, f *crm.CustomField) bool {
	return slices.ContainsFunc(all, func(other *crm.CustomField) bool {
		return other.ID != f.ID && fold(other.Label) == fold(f.Label)
	})
}

// definitionFields are a definition as history keeps it.
func definitionFields(f *crm.CustomField) []field {
	flag := func(on bool) string {
		if on {
			return "1"
		}
		return ""
	}
	return []field{
		plain("label", f.Label), plain("type", string(f.Type)), list("choices", f.Choices),
		plain("required", flag(f.Required)), plain("archived", flag(f.Archived)),
	}
}
