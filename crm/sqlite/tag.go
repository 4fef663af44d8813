package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// Tags are folded to be compared; the table tag keeps how one was first spelt.
const (
	selectTags = `SELECT name FROM tag WHERE value >= ? AND value < ? ORDER BY value LIMIT ?`
	insertTag  = `INSERT OR IGNORE INTO tag (value, name) VALUES (?, ?)`
)

// TagsLike lists known tags that begin with what was typed.
func (db *DB) TagsLike(ctx context.Context, typed string, limit int) ([]string, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	from := foldFacet(strings.TrimSpace(typed))
	var all []string
	err := db.queries.each(ctx, selectTags, []any{from, from + "\U0010FFFF", limit}, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		all = append(all, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list tags: %w", err)
	}
	return all, nil
}

// addTag makes a record found by a tag, and the tag known.
func (t *tx) addTag(kind crm.Kind, record int64, tag string) error {
	value := foldFacet(tag)
	if _, err := t.exec(insertTag, value, tag); err != nil {
		return err
	}
	return t.addFacet(kind, tagField, value, record)
}
