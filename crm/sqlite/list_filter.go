package sqlite

import (
	"slices"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// selection writes a query as what the store selects. Errors: crm.Invalid, by
// the parameters of filters.
func (k *listKind[R]) selection(db *DB, actor crm.Actor, q crm.ListQuery) (selection, error) {
	s := selection{words: q.Query, sort: q.Sort, after: q.After, before: q.Before, limit: q.Limit}
	if err := k.choose(db, actor, &s, q.Filters); err != nil {
		return s, err
	}
	if k.usual != nil {
		if err := k.usual(&s, q); err != nil {
			return s, err
		}
	}
	return s.within(db.scope(actor)), nil
}

// choose narrows a selection by filters. Errors: crm.Invalid, by their
// parameters.
func (k *listKind[R]) choose(db *DB, actor crm.Actor, s *selection, filters []crm.Filter) error {
	invalid := crm.Invalid{}
	for _, f := range filters {
		if at := slices.IndexFunc(k.fields, func(own listField[R]) bool { return own.Filter && own.Name == f.Field }); at >= 0 {
			k.filter(db, s, k.fields[at], f, actor, invalid)
		} else if custom := db.customField(k.record.kind, f.Field); custom != nil {
			filterFacet(s, k.record.kind, custom, f, db.today(), invalid)
		} else {
			invalid[f.Field] = crm.KeyFilterUnknown
		}
	}
	if len(invalid) > 0 {
		return invalid
	}
	return nil
}

// today is the present in the tenant's zone.
func (db *DB) today() time.Time { return db.now().In(db.zone()) }

func (k *listKind[R]) filter(db *DB, s *selection, own listField[R], f crm.Filter, actor crm.Actor, invalid crm.Invalid) {
	c := filtered{table: k.record.table, column: own.column, by: own.by}
	switch own.Type {
	case crm.FieldUser, crm.FieldCompany, crm.FieldContact, crm.FieldRecord:
		c.reference(s, f, own.ordered, actor, invalid)
	case crm.FieldInstant:
		c.instant(s, f, db.today(), invalid)
	case crm.FieldStatus:
		c.status(s, f, own.ListField, invalid)
	case crm.FieldDue:
		c.day(s, f, db.today(), invalid)
	case crm.FieldMoney:
		c.amount(s, f, invalid)
	default:
		text := &crm.CustomField{ID: own.facet, Type: crm.FieldText}
		filterFacet(s, k.record.kind, text, f, db.today(), invalid)
	}
}

// lastText is after every text that begins with what stands before it.
const lastText = "\U0010FFFF"

// filterFacet asks for records by a text, a tag or a custom value.
func filterFacet(s *selection, kind crm.Kind, field *crm.CustomField, f crm.Filter, today time.Time, invalid crm.Invalid) {
	if f.Empty != "" {
		s.conditions = append(s.conditions, facetEmpty(kind, field.ID, f.Empty == "1"))
	}
	if f.From != "" || f.To != "" {
		filterRange(s, kind, field, f, today, invalid)
	}
	if len(f.Values) == 0 {
		return
	}
	values := make([]any, 0, len(f.Values))
	for _, text := range f.Values {
		if begin, found := strings.CutSuffix(text, "*"); found && field.Type == crm.FieldText && len(f.Values) == 1 && begin != "" {
			from := foldFacet(begin)
			s.conditions = append(s.conditions, facetBetween(kind, field.ID, from, from+lastText))
			return
		}
		value, ok := filterValue(field, text, today)
		if !ok {
			invalid[f.Field] = crm.KeyFilter
			return
		}
		values = append(values, value)
	}
	c, err := facetEquals(kind, field.ID, values)
	if err != nil {
		invalid[f.Field] = crm.KeyFilter
		return
	}
	s.conditions = append(s.conditions, c)
}

func filterRange(s *selection, kind crm.Kind, field *crm.CustomField, f crm.Filter, today time.Time, invalid crm.Invalid) {
	switch field.Type {
	case crm.FieldNumber, crm.FieldMoney, crm.FieldDate:
	default:
		invalid[f.Field] = crm.KeyFilter
		return
	}
	var from, to any = int64(-1 << 62), int64(1 << 62)
	var ok bool
	if f.From != "" {
		if from, ok = filterValue(field, f.From, today); !ok {
			invalid[f.Field+".from"] = crm.KeyFilter
		}
	}
	if f.To != "" {
		if to, ok = filterValue(field, f.To, today); !ok {
			invalid[f.Field+".to"] = crm.KeyFilter
		}
	}
	s.conditions = append(s.conditions, facetBetween(kind, field.ID, from, to))
}

// filterValue reads one value of a filter as facets have it. A choice that the
// field no longer offers can still be asked for.
func filterValue(field *crm.CustomField, text string, today time.Time) (any, bool) {
	if field.Type == crm.FieldDate {
		at, ok := crm.ParseDay(text, today)
		return dayNumber(at.Format(time.DateOnly)), ok
	}
	if field.Type.HasChoices() {
		return foldFacet(text), true
	}
	value, fault := field.Parse(text)
	if fault != "" || value == "" {
		return nil, false
	}
	return facetOf(field.Type, value), true
}
