-- +goose Up

-- An action of several records (an import, a bulk edit, a merge) has parts: one
-- action a record. "whole" ones are taken back all together or not at all.
ALTER TABLE action ADD COLUMN part_of INTEGER REFERENCES action (id);
ALTER TABLE action ADD COLUMN whole INTEGER NOT NULL DEFAULT 0 CHECK (whole IN (0, 1));
CREATE INDEX action_part ON action (part_of, id) WHERE part_of IS NOT NULL;

ALTER TABLE contact ADD COLUMN tags   TEXT NOT NULL DEFAULT '[]'; -- JSON array
ALTER TABLE contact ADD COLUMN custom TEXT NOT NULL DEFAULT '{}'; -- JSON object: id of the field → value
ALTER TABLE company ADD COLUMN tags   TEXT NOT NULL DEFAULT '[]';
ALTER TABLE company ADD COLUMN custom TEXT NOT NULL DEFAULT '{}';

-- Tags (field 0) and values of custom fields, for filters. Made from the record
-- with each change of it; numbers are kept as numbers.
CREATE TABLE facet (
    kind      TEXT    NOT NULL,
    field     INTEGER NOT NULL,
    value     ANY     NOT NULL,                  -- folded: without accents and case
    record_id INTEGER NOT NULL,
    PRIMARY KEY (kind, field, value, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_record ON facet (kind, record_id);

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL                          -- JSON
) STRICT, WITHOUT ROWID;
