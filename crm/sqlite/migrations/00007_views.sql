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
