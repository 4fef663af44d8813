package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// condition is one filter of a list in SQL.
type condition struct {
	// holds is asked of one row r, and cheap for it.
	holds string
	// finds lists the ids of all rows that it holds for (and perhaps of others in
	// the bin), by an index; "": there is no such way. Its parameters are those of
	// holds.
	finds  string
	values []any
}

// few is how many rows are read one by one and sorted; of more, the list's own
// index is walked until a page is full. Where a condition holds for n of N rows,
// the first takes n steps and the second about 50 N / n: for 100,000 rows both
// stay near 2,000.
const few = 2000

// Facets in SQL: one row of the table is (kind, field, value, record).
const (
	facetHas   = `EXISTS (SELECT 1 FROM facet AS x WHERE x.kind = ? AND x.field = ? AND x.value = ? AND x.record_id = r.id)`
	facetFinds = `SELECT record_id AS id FROM facet WHERE kind = ? AND field = ? AND value = ?`

	facetHasAny   = `EXISTS (SELECT 1 FROM facet AS x WHERE x.kind = ? AND x.field = ? AND x.value IN (SELECT value FROM json_each(?)) AND x.record_id = r.id)`
	facetFindsAny = `SELECT DISTINCT record_id AS id FROM facet WHERE kind = ? AND field = ? AND value IN (SELECT value FROM json_each(?))`

	facetWithin      = `EXISTS (SELECT 1 FROM facet AS x INDEXED BY facet_record WHERE x.kind = ? AND x.field = ? AND x.value >= ? AND x.value <= ? AND x.record_id = r.id)`
	facetFindsWithin = `SELECT DISTINCT record_id AS id FROM facet WHERE kind = ? AND field = ? AND value >= ? AND value <= ?`

	facetAny      = `EXISTS (SELECT 1 FROM facet AS x INDEXED BY facet_record WHERE x.kind = ? AND x.field = ? AND x.record_id = r.id)`
	facetFindsAll = `SELECT DISTINCT record_id AS id FROM facet WHERE kind = ? AND field = ?`
	facetNone     = `NOT ` + facetAny
)

// facetEquals holds for rows that have one of the values in a field.
func facetEquals(kind crm.Kind, field int64, values []any) (condition, error) {
	if len(values) == 1 {
		return condition{facetHas, facetFinds, []any{string(kind), field, values[0]}}, nil
	}
	list, err := json.Marshal(values)
	if err != nil {
		return condition{}, fmt.Errorf("write the values of a filter: %w", err)
	}
	return condition{facetHasAny, facetFindsAny, []any{string(kind), field, string(list)}}, nil
}

// facetBetween holds for rows that have a value from one to the other.
func facetBetween(kind crm.Kind, field int64, from, to any) condition {
	return condition{facetWithin, facetFindsWithin, []any{string(kind), field, from, to}}
}

// facetEmpty holds for rows without a value in a field, or with any.
func facetEmpty(kind crm.Kind, field int64, empty bool) condition {
	values := []any{string(kind), field}
	if empty {
		return condition{facetNone, "", values}
	}
	return condition{facetAny, facetFindsAll, values}
}

// plan decides how the rows of a page are found: by the condition (or the
// words) that the fewest rows meet, when they are few; else by walking the
// list's index. What is not found by is asked of each row.
func (l listing[T]) plan(ctx context.Context, queries *statements, s *selection) error {
	if s.words == "" && len(s.conditions) == 0 {
		return nil
	}
	best, fewest := -1, few+1
	for i, c := range s.conditions {
		if c.finds == "" {
			continue
		}
		n, err := count(ctx, queries, c.finds, c.values)
		if err != nil {
			return err
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	if s.words != "" {
		finds := l.textFinds()
		n, err := count(ctx, queries, finds, []any{matchQuery(s.words)})
		if err != nil {
			return err
		}
		switch {
		case n < fewest || l.text == nil:
			s.finds, s.findsValues, best = finds, []any{matchQuery(s.words)}, -1
		case n <= few:
			s.matching("r.id IN ("+finds+")", matchQuery(s.words))
		default:
			s.holds = words(s.words)
		}
	}
	for i, c := range s.conditions {
		if i == best {
			s.finds, s.findsValues = c.finds, c.values
			continue
		}
		s.matching(c.holds, c.values...)
	}
	s.planned = true
	return nil
}

// textFinds lists what matches words, by the full-text index alone.
func (l listing[T]) textFinds() string {
	return "SELECT rowid AS id FROM " + l.table + "_text WHERE " + l.table + "_text MATCH ?"
}

// count says how many rows a query has, up to one more than few.
func count(ctx context.Context, queries *statements, finds string, values []any) (n int, err error) {
	query := "SELECT count(*) FROM (" + finds + " LIMIT ?)"
	err = queries.once(ctx, query, append(append([]any{}, values...), few+1), func(rows *sql.Rows) error { return rows.Scan(&n) })
	if err != nil {
		return 0, fmt.Errorf("see how many rows a filter has: %w", err)
	}
	return n, nil
}

// errEnough ends the reading of rows: the page is full.
var errEnough = errors.New("enough rows")

// once answers a query that is put together from filters: there are too many of
// those to keep each prepared.
func (s *statements) once(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	return scanAll(rows, scan)
}
