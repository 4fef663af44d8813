package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// tx is the running transaction of the writer. It is used by one write at a
// time and only inside that write's function.
type tx struct {
	ctx      context.Context
	w        *writer
	gathered *gathering // nil, but while an import writes a portion
}

func (t *tx) prepare(query string) (*sql.Stmt, error) {
	if known, ok := t.w.prepared[query]; ok {
		return known, nil
	}
	statement, err := t.w.conn.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare write: %w", err)
	}
	t.w.prepared[query] = statement
	return statement, nil
}

func (t *tx) exec(query string, args ...any) (sql.Result, error) {
	statement, err := t.prepare(query) //nolint:sqlclosecheck // kept prepared until close
	if err != nil {
		return nil, err
	}
	return statement.ExecContext(t.ctx, args...)
}

// insert runs an INSERT and returns the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	result, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// change runs an UPDATE or DELETE and returns the number of rows it touched.
func (t *tx) change(query string, args ...any) (int64, error) {
	result, err := t.exec(query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (t *tx) queryRow(query string, args ...any) row {
	statement, err := t.prepare(query) //nolint:sqlclosecheck // kept prepared until close
	if err != nil {
		return row{err: err}
	}
	return row{row: statement.QueryRowContext(t.ctx, args...)}
}

// each calls scan for every row that the query answers. scan must not use the
// transaction: its one connection is busy.
func (t *tx) each(query string, args []any, scan func(*sql.Rows) error) error {
	statement, err := t.prepare(query) //nolint:sqlclosecheck // kept prepared until close
	if err != nil {
		return err
	}
	rows, err := statement.QueryContext(t.ctx, args...)
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	return scanAll(rows, scan)
}
