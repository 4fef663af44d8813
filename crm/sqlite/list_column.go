package sqlite

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// filtered is a column of a table that a filter compares.
type filtered struct{ table, column, by string }

// among asks for rows with one of some values.
func (c filtered) among(values []any) condition {
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
	return condition{holds: "+r." + c.column + " IN (" + marks + ")", finds: c.finds(c.column + " IN (" + marks + ")"), values: values}
}

// between asks for rows with a value from one to the other.
func (c filtered) between(from, to int64) condition {
	return condition{
		holds:  "+r." + c.column + " >= ? AND +r." + c.column + " <= ?",
		finds:  c.finds(c.column + " >= ? AND " + c.column + " <= ?"),
		values: []any{from, to},
	}
}

func (c filtered) finds(what string) string {
	if c.by != "" {
		what = c.by + " AND " + what
	}
	return "SELECT id FROM " + c.table + " WHERE deleted_at IS NULL AND " + what
}

// reference asks for records of some users, companies and so on.
func (c filtered) reference(s *selection, f crm.Filter, ordered bool, actor crm.Actor, invalid crm.Invalid) {
	if f.From != "" || f.To != "" || (f.Empty != "" && c.column == "owner_id") {
		invalid[f.Field] = crm.KeyFilter
		return
	}
	switch f.Empty {
	case "1":
		s.matching("r." + c.column + " IS NULL")
	case "0":
		s.matching("r." + c.column + " IS NOT NULL")
	}
	ids := make([]any, 0, len(f.Values))
	for _, value := range f.Values {
		id, err := strconv.ParseInt(value, 10, 64)
		if value == "me" && c.column == "owner_id" {
			id, err = actor.User.ID, nil
		}
		if err != nil || id < 1 {
			invalid[f.Field] = crm.KeyFilter
			return
		}
		ids = append(ids, id)
	}
	switch {
	case len(ids) == 0:
	case len(ids) == 1 && ordered:
		s.equal(c.column, ids[0])
	default:
		s.conditions = append(s.conditions, c.among(ids))
	}
}

// status asks for records with one of some statuses; each order of the list has
// an index for one.
func (c filtered) status(s *selection, f crm.Filter, own crm.ListField, invalid crm.Invalid) {
	values := make([]any, 0, len(f.Values))
	for _, value := range f.Values {
		if own.Option(value) == nil {
			invalid[f.Field] = crm.KeyFilter
			return
		}
		values = append(values, value)
	}
	switch {
	case f.From != "" || f.To != "" || f.Empty != "":
		invalid[f.Field] = crm.KeyFilter
	case slices.Contains(f.Values, crm.StatusAll):
	case len(values) == 1:
		s.equal(c.column, values[0])
	case len(values) > 1:
		s.conditions = append(s.conditions, c.among(values))
	}
}

// instant asks for records created, changed and so on from one day to another.
// Those to which it never happened have 0.
func (c filtered) instant(s *selection, f crm.Filter, today time.Time, invalid crm.Invalid) {
	if len(f.Values) > 0 || f.Empty != "" {
		invalid[f.Field] = crm.KeyFilter
		return
	}
	from, to := int64(1), int64(1<<62)
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
	if c.column == "updated_at" && (s.sort == "" || s.sort == crm.SortRecent) {
		s.matching("r.updated_at >= ? AND r.updated_at <= ?", from, to) // the list's own order
		return
	}
	s.conditions = append(s.conditions, c.between(from, to))
}

// day asks for records with a civil date from one to another, or without one.
func (c filtered) day(s *selection, f crm.Filter, today time.Time, invalid crm.Invalid) {
	if len(f.Values) > 0 {
		invalid[f.Field] = crm.KeyFilter
		return
	}
	from, to := int64(0), int64(noClose-1)
	if f.Empty == "1" {
		from, to = noClose, noClose
	}
	for _, bound := range []struct {
		part, text string
		rank       *int64
	}{{".from", f.From, &from}, {".to", f.To, &to}} {
		if bound.text == "" {
			continue
		}
		at, ok := crm.ParseDay(bound.text, today)
		if !ok {
			invalid[f.Field+bound.part] = crm.KeyFilter
		}
		*bound.rank = closeRank(at.Format(time.DateOnly))
	}
	s.conditions = append(s.conditions, c.between(from, to))
}

// amount asks for records with an amount from one to another, of the currency
// that is named, or of any.
func (c filtered) amount(s *selection, f crm.Filter, invalid crm.Invalid) {
	if f.Empty != "" || len(f.Values) > 1 {
		invalid[f.Field] = crm.KeyFilter
		return
	}
	if len(f.Values) == 1 {
		f.From, f.To = f.Values[0], f.Values[0]
	}
	from, to := int64(0), int64(crm.MaxMinor)
	for _, bound := range []struct {
		part, text string
		minor      *int64
	}{{".from", f.From, &from}, {".to", f.To, &to}} {
		if bound.text == "" {
			continue
		}
		inPesos, err := crm.ParseMoney(bound.text, crm.MXN)
		if err != nil {
			invalid[f.Field+bound.part] = crm.KeyFilter
			continue
		}
		inDollars, err := crm.ParseMoney(bound.text, crm.USD)
		if err == nil && inDollars.Currency == inPesos.Currency { // the text names it
			s.matching("r.currency = ?", string(inPesos.Currency))
		}
		*bound.minor = inPesos.Minor
	}
	s.conditions = append(s.conditions, c.between(from, to))
}
