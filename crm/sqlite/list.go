package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// Rows of a page.
const (
	defaultLimit = 50
	maxLimit     = 200
)

// listing is what lists of one kind of record share. The record's table is
// called r in its columns and joins.
type listing[T any] struct {
	table   string // "contact"; its words are in <table>_text
	columns string
	joins   string
	scan    func(*sql.Rows) (T, error)
	id      func(T) int64
	orders  map[crm.Sort]order[T]
	// text is what words are looked for in, row by row, when too many rows match
	// them; nil: rows are always found by their words.
	text func(T) recordText
}

// order is one way of sorting a list: a column that is never NULL, its
// direction, and its value in a row as it was read.
type order[T any] struct {
	column    string
	ascending bool
	value     func(T) any // an int64, a string or []byte
}

func (l listing[T]) place(item T, sort crm.Sort) place {
	return place{sort: sort, value: l.orders[sort].value(item), id: l.id(item)}
}

// selection is one request for a page.
type selection struct {
	where         []string // conditions on r, written in code, never by people
	values        []any    // of the conditions' parameters, in their order
	words         string   // typed by a person
	sort          crm.Sort
	after, before crm.Cursor
	limit         int

	conditions []condition // filters that people chose

	// Set by listing.plan.
	planned     bool
	finds       string // the ids that the page's rows are among
	findsValues []any
	holds       []string // words to look for in each row
}

// equal asks for rows whose column has this value.
func (s *selection) equal(column string, value any) { s.matching("r."+column+" = ?", value) }

// matching asks for rows that meet a condition, with its parameters.
func (s *selection) matching(condition string, values ...any) {
	s.where, s.values = append(s.where, condition), append(s.values, values...)
}

// within narrows a selection to the records of one owner; 0: all.
func (s selection) within(owner int64) selection {
	if owner != 0 {
		s.equal("owner_id", owner)
	}
	return s
}

// page reads one page: the index is walked from the cursor's place and stops
// after one row more than the page shows, which says whether there is a next.
func (l listing[T]) page(ctx context.Context, queries *statements, s selection) (crm.Page[T], error) {
	var none crm.Page[T]
	s.normalize()
	if _, known := l.orders[s.sort]; !known {
		return none, crm.Invalid{"sort": crm.KeyChoice}
	}
	backwards := s.before != ""
	from := s.after
	if backwards {
		from = s.before
	}
	if s.words != "" && matchQuery(s.words) == "" {
		return none, nil // nothing in it is a word: nothing is found
	}
	if err := l.plan(ctx, queries, &s); err != nil {
		return none, err
	}
	args := slices.Concat(s.findsValues, s.values)
	if from != "" {
		start, err := parseCursor(from, s.sort)
		if err != nil {
			return none, err
		}
		args = append(args, start.value, start.id)
	}
	items, err := l.read(ctx, queries, s, l.query(s, from != "", backwards), args)
	if err != nil {
		return none, err
	}
	return l.paged(items, s, from, backwards), nil
}

// read reads the rows of a page and one more, leaving out those without the
// words.
func (l listing[T]) read(ctx context.Context, queries *statements, s selection, query string, args []any) ([]T, error) {
	each := queries.each
	if len(s.conditions) > 0 {
		each = queries.once
	}
	most := s.limit + 1
	if len(s.holds) > 0 {
		most = -1 // no limit: it ends when the page is full
	}
	items := make([]T, 0, s.limit+1)
	err := each(ctx, query, append(args, most), func(rows *sql.Rows) error {
		item, err := l.scan(rows)
		if err != nil || (len(s.holds) > 0 && !hasWords(l.text(item), s.holds)) {
			return err
		}
		if items = append(items, item); len(items) > s.limit {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return items, err
}

// paged cuts the row too many off and writes the cursors of both ends.
func (l listing[T]) paged(items []T, s selection, from crm.Cursor, backwards bool) crm.Page[T] {
	more := len(items) > s.limit
	items = items[:min(len(items), s.limit)]
	if backwards {
		slices.Reverse(items)
	}
	page := crm.Page[T]{Items: items}
	if len(items) == 0 {
		if from != "" && !backwards {
			page.Prev = from
		}
		return page
	}
	if backwards || more {
		page.Next = l.place(items[len(items)-1], s.sort).cursor()
	}
	if (backwards && more) || (!backwards && from != "") {
		page.Prev = l.place(items[0], s.sort).cursor()
	}
	return page
}

func (s *selection) normalize() {
	s.sort = cmp.Or(s.sort, crm.SortRecent)
	if s.limit <= 0 {
		s.limit = defaultLimit
	}
	s.limit = min(s.limit, maxLimit)
	s.words = strings.TrimSpace(s.words)
}

// query writes the SQL of a page. Where its rows are found by words or by a
// filter, these come first, on their own, and the other filters are applied to
// what was found: inside a match they would make the full-text index walk all of
// its entries. What was found has no index, so the page's rows are chosen among
// bare sort values, and only they are read.
func (l listing[T]) query(s selection, fromPlace, backwards bool) string {
	s.normalize()
	by := l.orders[s.sort]
	column := "r." + by.column
	compare, order := " < ", " DESC"
	if by.ascending != backwards {
		compare, order = " > ", " ASC"
	}
	var b strings.Builder
	b.WriteString(" WHERE r.deleted_at IS NULL")
	for _, condition := range s.where {
		b.WriteString(" AND " + condition)
	}
	if fromPlace {
		b.WriteString(" AND (" + column + ", r.id)" + compare + "(?, ?)")
	}
	sorted := " ORDER BY " + column + order + ", r.id" + order
	b.WriteString(sorted + " LIMIT ?")
	finds := s.finds
	if !s.planned && s.words != "" {
		finds = l.textFinds()
	}
	if finds == "" {
		return "SELECT " + l.columns + " FROM " + l.table + " AS r " + l.joins + b.String()
	}
	return "WITH hit (id) AS MATERIALIZED (" + finds + ")," +
		" found (id) AS MATERIALIZED (SELECT r.id FROM hit CROSS JOIN " + l.table + " AS r ON r.id = hit.id" + b.String() + ")" +
		" SELECT " + l.columns + " FROM found CROSS JOIN " + l.table + " AS r ON r.id = found.id " + l.joins + sorted
}
