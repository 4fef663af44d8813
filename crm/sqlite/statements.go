package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// statements prepares each query once per connection. The number of queries
// is bounded by the code: what people type is always a parameter.
type statements struct {
	db       *sql.DB
	prepared sync.Map // query → *sql.Stmt
}

func (s *statements) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if known, ok := s.prepared.Load(query); ok {
		return known.(*sql.Stmt), nil
	}
	statement, err := s.db.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare query: %w", err)
	}
	if known, raced := s.prepared.LoadOrStore(query, statement); raced {
		return known.(*sql.Stmt), statement.Close() //nolint:sqlclosecheck // only the one that lost the race
	}
	return statement, nil
}

// row is one answer, or the reason why there is none, told by Scan.
type row struct {
	row *sql.Row
	err error
}

func (r row) Scan(targets ...any) error {
	if r.err != nil {
		return r.err
	}
	return r.row.Scan(targets...)
}

func (s *statements) queryRow(ctx context.Context, query string, args ...any) row {
	statement, err := s.prepare(ctx, query) //nolint:sqlclosecheck // kept prepared until close
	if err != nil {
		return row{err: err}
	}
	return row{row: statement.QueryRowContext(ctx, args...)}
}

// each calls scan for every row that the query answers.
func (s *statements) each(ctx context.Context, query string, args []any, scan func(*sql.Rows) error) error {
	statement, err := s.prepare(ctx, query) //nolint:sqlclosecheck // kept prepared until close
	if err != nil {
		return err
	}
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	return scanAll(rows, scan)
}

func scanAll(rows *sql.Rows, scan func(*sql.Rows) error) error {
	for rows.Next() {
		if err := scan(rows); err != nil {
			return errors.Join(fmt.Errorf("read row: %w", err), rows.Close())
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("read rows: %w", err)
	}
	return nil
}

func (s *statements) close() error {
	var failed error
	s.prepared.Range(func(_, statement any) bool {
		failed = errors.Join(failed, statement.(*sql.Stmt).Close())
		return true
	})
	return failed
}
