package sqlite

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// Fields of facets: 0 are tags, positive ones custom fields, negative ones
// fields that every team has.
const (
	tagField    = 0
	cityField   = -1
	stateField  = -2
	sourceField = -3
)

// facet is a text that a list is filtered by; it is kept folded.
type facet struct {
	field int64
	text  string
}

// extraColumns are read by scanExtra, after the columns of a record.
const extraColumns = `r.tags, r.custom`

// storedExtra are the two columns of an Extra while a row is read or written.
type storedExtra struct{ tags, custom string }

func (s *storedExtra) targets() []any { return []any{&s.tags, &s.custom} }

// read writes what was stored into e.
func (s *storedExtra) read(e *crm.Extra) (err error) {
	if e.Tags, err = readList(s.tags); err != nil {
		return fmt.Errorf("tags: %w", err)
	}
	if s.custom == "{}" {
		return nil
	}
	if err := json.Unmarshal([]byte(s.custom), &e.Custom); err != nil {
		return fmt.Errorf("custom values: %w", err)
	}
	return nil
}

// saveExtra stores the tags and custom values of a record, and what filters
// find them by.
func (t *tx) saveExtra(kind crm.Kind, table string, id int64, e *crm.Extra, own []facet) error {
	if err := t.writeExtra(table, id, e); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM facet WHERE kind = ? AND record_id = ?", string(kind), id); err != nil {
		return err
	}
	return t.addFacets(kind, id, e, own)
}

// writeNewExtra does so for a row that was just inserted without any.
func (t *tx) writeNewExtra(table string, id int64, e *crm.Extra) error {
	if len(e.Tags)+len(e.Custom) == 0 {
		return nil
	}
	return t.writeExtra(table, id, e)
}

func (t *tx) writeExtra(table string, id int64, e *crm.Extra) error {
	tags, err := writeList(e.Tags)
	if err != nil {
		return fmt.Errorf("write tags: %w", err)
	}
	custom := []byte("{}")
	if len(e.Custom) > 0 {
		if custom, err = json.Marshal(e.Custom); err != nil {
			return fmt.Errorf("write custom values: %w", err)
		}
	}
	_, err = t.exec("UPDATE "+table+" SET tags = ?, custom = ? WHERE id = ?", tags, string(custom), id)
	return err
}

func (t *tx) addFacets(kind crm.Kind, id int64, e *crm.Extra, own []facet) error {
	for _, tag := range e.Tags {
		if err := t.addTag(kind, id, tag); err != nil {
			return err
		}
	}
	for _, f := range own {
		if f.text == "" {
			continue
		}
		if err := t.addFacet(kind, f.field, foldFacet(f.text), id); err != nil {
			return err
		}
	}
	return t.addCustomFacets(kind, id, e)
}

func (t *tx) addFacet(kind crm.Kind, field int64, value any, record int64) error {
	if t.gathered.facet(kind, field, value, record) {
		return nil
	}
	_, err := t.exec(insertFacet, string(kind), field, value, record)
	return err
}

// extraFields are tags as history keeps them; custom values are in
// customChanges.
func extraFields(e *crm.Extra) []field {
	return []field{list("tags", e.Tags)}
}

// extraWords are what a record is found by besides its own fields.
func extraWords(e *crm.Extra) []string {
	found := slices.Clone(e.Tags)
	for _, id := range slices.Sorted(maps.Keys(e.Custom)) {
		found = append(found, e.Custom[id])
	}
	return found
}
