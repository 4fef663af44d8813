package sqlite

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// selection writes a query as what the store selects. Errors: crm.Invalid, by
// the parameters of filters.
func (k *listKind[R]) selection(db *DB, actor crm.Actor, q crm.ListQuery) (selection, error) {
	s := selection{words: q.Query, sort: q.Sort, after: q.After, before: q.Before, limit: q.Limit}
	invalid := crm.Invalid{}
	for _, f := range q.Filters {
		if at := slices.IndexFunc(k.fields, func(own listField[R]) bool { return own.Filter && own.Name == f.Field }); at >= 0 {
			k.filter(db, &s, k.fields[at], f, actor, invalid)
		} else if custom := db.customField(k.record.kind, f.Field); custom != nil {
			filterFacet(&s, k.record.kind, custom, f, db.today(), invalid)
		} else {
			invalid[f.Field] = crm.KeyFilterUnknown
		}
	}
	if len(invalid) > 0 {
		return s, invalid
	}
	return s.within(db.scope(actor)), nil
}

// today is the present in the tenant's zone.
func (db *DB) today() time.Time { return db.now().In(db.zone()) }

func (k *listKind[R]) filter(db *DB, s *selection, own listField[R], f crm.Filter, actor crm.Actor, invalid crm.Invalid) {
	switch own.Type {
	case crm.FieldUser, crm.FieldCompany:
		filterReference(s, k.record.table, own.column, f, actor, invalid)
	case crm.FieldInstant:
		filterInstant(s, k.record.table, own.column, f, db.today(), invalid)
	default:
		text := &crm.CustomField{ID: own.facet, Type: crm.FieldText}
		filterFacet(s, k.record.kind, text, f, db.today(), invalid)
	}
}

// filterReference asks for records of some users or companies.
func filterReference(s *selection, table, column string, f crm.Filter, actor crm.Actor, invalid crm.Invalid) {
	if f.From != "" || f.To != "" || (f.Empty != "" && column == "owner_id") {
		invalid[f.Field] = crm.KeyFilter
		return
	}
	switch f.Empty {
	case "1":
		s.matching("r." + column + " IS NULL")
	case "0":
		s.matching("r." + column + " IS NOT NULL")
	}
	ids := make([]any, 0, len(f.Values))
	for _, value := range f.Values {
		id, err := strconv.ParseInt(value, 10, 64)
		if value == "me" && column == "owner_id" {
			id, err = actor.User.ID, nil
		}
		if err != nil || id < 1 {
			invalid[f.Field] = crm.KeyFilter
			return
		}
		ids = append(ids, id)
	}
	switch len(ids) {
	case 0:
	case 1:
		s.equal(column, ids[0]) // the list has an index for each
	default:
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(ids)), ", ")
		s.conditions = append(s.conditions, condition{
			holds:  "+r." + column + " IN (" + marks + ")",
			finds:  "SELECT id FROM " + table + " WHERE deleted_at IS NULL AND " + column + " IN (" + marks + ")",
			values: ids,
		})
	}
}

// filterInstant asks for records created or changed from one day to another.
func filterInstant(s *selection, table, column string, f crm.Filter, today time.Time, invalid crm.Invalid) {
	if len(f.Values) > 0 || f.Empty != "" {
		invalid[f.Field] = crm.KeyFilter
		return
	}
	from, to := int64(0), int64(1<<62)
	if at, ok := crm.ParseDay(f.From, today); ok {
		from = at.UnixMicro()
	} else if f.From != "" {
		invalid[f.Field+".from"] = crm.KeyFilter
	}
	if at, ok := crm.ParseDay(f.To, today); ok {
		to = at.AddDate(0, 0, 1).UnixMicro() - 1
	} else if f.To != "" {
		invalid[f.Field+".to"] = crm.KeyFilter
	}
	if column == "updated_at" && (s.sort == "" || s.sort == crm.SortRecent) {
		s.matching("r.updated_at >= ? AND r.updated_at <= ?", from, to) // the list's own order
		return
	}
	s.conditions = append(s.conditions, condition{
		holds:  "+r." + column + " >= ? AND +r." + column + " <= ?",
		finds:  "SELECT id FROM " + table + " WHERE deleted_at IS NULL AND " + column + " >= ? AND " + column + " <= ?",
		values: []any{from, to},
	})
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
