-- +goose Up

CREATE TABLE import (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- also the name of its file
    kind        TEXT    NOT NULL,
    user_id     INTEGER NOT NULL REFERENCES user (id),
    file_name   TEXT    NOT NULL,
    layout      TEXT    NOT NULL,                  -- JSON: table.Layout
    plan        TEXT    NOT NULL,                  -- JSON: importing.Plan
    state       TEXT    NOT NULL,
    problem     TEXT    NOT NULL DEFAULT '',
    action_id   INTEGER REFERENCES action (id),
    done        INTEGER NOT NULL DEFAULT 0,        -- rows dealt with: where it goes on
    created     INTEGER NOT NULL DEFAULT 0,
    merged      INTEGER NOT NULL DEFAULT 0,
    skipped     INTEGER NOT NULL DEFAULT 0,
    rejected    INTEGER NOT NULL DEFAULT 0,
    companies   INTEGER NOT NULL DEFAULT 0,
    left_alone  INTEGER NOT NULL DEFAULT 0,
    has_file    INTEGER NOT NULL DEFAULT 1 CHECK (has_file IN (0, 1)),
    uploaded_at INTEGER NOT NULL,
    started_at  INTEGER,
    finished_at INTEGER
) STRICT;
CREATE INDEX import_user ON import (user_id, id);
CREATE INDEX import_active ON import (state) WHERE state IN ('running', 'undoing');
CREATE INDEX import_file ON import (uploaded_at) WHERE has_file = 1;
CREATE INDEX import_action ON import (action_id) WHERE action_id IS NOT NULL;

-- Rows that were not imported, to be mended and imported again.
CREATE TABLE import_rejected (
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    cells     TEXT    NOT NULL,                    -- JSON array
    problems  TEXT    NOT NULL,                    -- JSON: []importing.Problem
    PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

-- How somebody imported a table with these columns the last time.
CREATE TABLE import_plan (
    user_id   INTEGER NOT NULL REFERENCES user (id),
    kind      TEXT    NOT NULL,
    signature TEXT    NOT NULL,
    plan      TEXT    NOT NULL,
    PRIMARY KEY (user_id, kind, signature)
) STRICT, WITHOUT ROWID;
