package sqlite

import (
	"maps"
	"strconv"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// prepareNew writes a new record as it is stored and reports all that is wrong
// with it, custom values too.
func prepareNew[R any](db *DB, k *recordKind[R], given *R) error {
	invalid := crm.Invalid{}
	if k.extra != nil {
		k.extra(given).SettleCustom(db.fields.of(k.kind), nil, invalid)
	}
	k.normalize(given)
	return join(k.validate(given), invalid)
}

// prepareChange does the same for a change. Custom values are settled once the
// record is there to compare with: settle does so, inside the transaction.
func prepareChange[R any](db *DB, k *recordKind[R], given *R) (settle func(record, before *R) error, err error) {
	if k.extra == nil {
		k.normalize(given)
		return func(*R, *R) error { return nil }, k.validate(given)
	}
	fields := db.fields.of(k.kind)
	typed := maps.Clone(k.extra(given).Custom)
	k.normalize(given)
	if err := k.validate(given); err != nil {
		invalid := crm.Invalid{}
		(&crm.Extra{Custom: typed}).SettleCustom(fields, &crm.Extra{}, invalid)
		return nil, join(err, invalid)
	}
	return func(record, before *R) error {
		invalid := crm.Invalid{}
		e := k.extra(record)
		e.Custom = typed
		e.SettleCustom(fields, k.extra(before), invalid)
		return join(nil, invalid)
	}, nil
}

// join adds the faults of custom values to those of a record.
func join(err error, more crm.Invalid) error {
	if len(more) == 0 {
		return err
	}
	if faults, ok := err.(crm.Invalid); ok { //nolint:errorlint // Validate returns it bare
		maps.Copy(more, faults)
	} else if err != nil {
		return err
	}
	return more
}

// changes are the fields of a record that differ, custom ones too.
func (k *recordKind[R]) changes(db *DB, before, after *R) []change {
	if before == nil {
		all := changed(nil, k.fields(after))
		if k.extra != nil {
			all = append(all, customChanges(db.fields.of(k.kind), &crm.Extra{}, k.extra(after))...)
		}
		return all
	}
	all := changed(k.fields(before), k.fields(after))
	if k.extra != nil {
		all = append(all, customChanges(db.fields.of(k.kind), k.extra(before), k.extra(after))...)
	}
	return all
}

// customChanges says what happened to custom values, under the labels of now.
func customChanges(fields []*crm.CustomField, before, after *crm.Extra) []change {
	var all []change
	for _, f := range fields {
		if from, to := before.Custom[f.ID], after.Custom[f.ID]; from != to {
			all = append(all, change{Field: f.Input(), From: from, To: to, Label: f.Label, Type: f.Type})
		}
	}
	return all
}

// addCustomFacets writes what filters find the custom values of a record by.
func (t *tx) addCustomFacets(kind crm.Kind, record int64, e *crm.Extra) error {
	if len(e.Custom) == 0 {
		return nil
	}
	for _, f := range t.w.fields.of(kind) {
		for _, value := range f.Values(e.Custom[f.ID]) {
			if err := t.addFacet(kind, f.ID, facetOf(f.Type, value), record); err != nil {
				return err
			}
		}
	}
	return nil
}

// longestFacet bounds a text that filters compare, in characters.
const longestFacet = 100

// facetOf is a single value as filters compare it: numbers as numbers, money in
// hundredths, a date as its day, texts folded.
func facetOf(fieldType crm.FieldType, value string) any {
	switch fieldType {
	case crm.FieldNumber:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return n
		}
		n, _ := crm.NumberValue(value)
		return n
	case crm.FieldMoney:
		m, _ := crm.MoneyValue(value)
		return m.Minor
	case crm.FieldDate:
		return dayNumber(value)
	case crm.FieldCheck:
		return int64(1)
	}
	return foldFacet(value)
}

// foldFacet is a text as filters compare it.
func foldFacet(text string) string {
	folded := []rune(fold(text))
	return string(folded[:min(len(folded), longestFacet)])
}

// dayNumber counts the days since 1970 of a civil date; an unreadable one is 0.
func dayNumber(date string) int64 {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return 0
	}
	return at.Unix() / int64((24 * time.Hour).Seconds())
}
