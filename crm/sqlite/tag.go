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
	if !t.gathered.knowsTag(value) {
		if _, err := t.exec(insertTag, value, tag); err != nil {
			return err
		}
		t.gathered.tag(value)
	}
	return t.addFacet(kind, tagField, value, record)
}

const listTags = `SELECT t.name, (SELECT count(*) FROM facet AS f WHERE f.field = 0 AND f.value = t.value AND f.kind IN (SELECT value FROM json_each(?))) AS n
	FROM tag AS t WHERE n > 0 ORDER BY t.value LIMIT ?`

const taggedRecords = `SELECT record_id FROM facet WHERE kind = ? AND field = 0 AND value = ? ORDER BY record_id LIMIT ?`

// Tags lists the tags in use.
func (db *DB) Tags(ctx context.Context) ([]crm.Tag, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	kinds := make([]string, 0, len(db.lists))
	for kind := range db.lists {
		kinds = append(kinds, string(kind))
	}
	list, err := writeList(kinds)
	if err != nil {
		return nil, fmt.Errorf("write kinds: %w", err)
	}
	var all []crm.Tag
	err = db.queries.each(ctx, listTags, []any{list, crm.MaxTagsListed}, func(rows *sql.Rows) error {
		var tag crm.Tag
		err := rows.Scan(&tag.Name, &tag.Records)
		all = append(all, tag)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list tags in use: %w", err)
	}
	return all, nil
}

// ReplaceTag renames a tag, makes two one, or takes one away.
func (db *DB) ReplaceTag(ctx context.Context, from, to string) (crm.Bulk, error) {
	var done crm.Bulk
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return done, err
	}
	probe := crm.Contact{GivenName: "-", Extra: crm.Extra{Tags: []string{to}}}
	probe.Normalize()
	if err := probe.Validate(); err != nil {
		return done, err
	}
	if foldFacet(from) == "" || len(probe.Tags) > 1 {
		return done, crm.Invalid{"tags": crm.KeyCharacter}
	}
	edit := crm.BulkEdit{DropTags: []string{from}, AddTags: probe.Tags, Title: from}
	for _, k := range db.lists {
		ids, err := db.tagged(ctx, k.name(), from)
		if err != nil {
			return done, err
		}
		if err := db.editPortions(ctx, k, ids, edit, actor, &done); err != nil {
			return done, fmt.Errorf("replace a tag: %w", err)
		}
	}
	if len(probe.Tags) == 1 && len(done.Left) == 0 {
		err = db.writer.do(ctx, ordinary, func(t *tx) error {
			_, err := t.exec("UPDATE tag SET name = ? WHERE value = ?", probe.Tags[0], foldFacet(probe.Tags[0]))
			return err
		})
	}
	return done, err
}

func (db *DB) tagged(ctx context.Context, kind crm.Kind, tag string) ([]int64, error) {
	var ids []int64
	err := db.queries.each(ctx, taggedRecords, []any{string(kind), foldFacet(tag), crm.MaxMatches}, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what has a tag: %w", err)
	}
	return ids, nil
}
