-- +goose Up

-- Fields that a team gave its records. Values are in the records' column
-- "custom", and in facet for filters.
CREATE TABLE custom_field (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT    NOT NULL,
    label    TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    choices  TEXT    NOT NULL,                   -- JSON array
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    position INTEGER NOT NULL,
    archived INTEGER NOT NULL CHECK (archived IN (0, 1))
) STRICT;

-- Every tag there ever was, folded, and how it is spelt.
CREATE TABLE tag (
    value TEXT PRIMARY KEY,
    name  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Filters by the day on which a record was made.
CREATE INDEX contact_created ON contact (created_at) WHERE deleted_at IS NULL;
CREATE INDEX company_created ON company (created_at) WHERE deleted_at IS NULL;

-- Words of one letter have a list of their own now, too: whoever types the first
-- letter of a name must not wait for all words that begin with it to be merged.
-- What these tables have is not to be read out of them: reindex.go fills them
-- again, with the facets of city, state and source.
DROP TABLE contact_text;
DROP TABLE company_text;
CREATE VIRTUAL TABLE contact_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE VIRTUAL TABLE company_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

-- Ways to look at a list. "params" are those of its address.
CREATE TABLE saved_view (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES user (id),
    shared   INTEGER NOT NULL CHECK (shared IN (0, 1)),
    params   TEXT    NOT NULL
) STRICT;
CREATE INDEX saved_view_kind ON saved_view (kind, owner_id);
