-- +goose Up

-- The audit log, newest first. Parts of an action of several records are not in
-- it: they are read with the action that they belong to.
CREATE INDEX action_at ON action (at) WHERE part_of IS NULL;
CREATE INDEX action_user_at ON action (user_id, at) WHERE part_of IS NULL;
CREATE INDEX action_kind_at ON action (kind, at) WHERE part_of IS NULL;
CREATE INDEX action_verb_at ON action (verb, at) WHERE part_of IS NULL;

-- What was decided or asked for in the CRM and is for the operator to take up:
-- reported in the exchange until the operator says that it has it.
CREATE TABLE request (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    kind            TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    user_id         INTEGER NOT NULL REFERENCES user (id),
    user_name       TEXT    NOT NULL,            -- at that time
    user_email      TEXT    NOT NULL,
    payload         TEXT    NOT NULL,            -- JSON object: reference, digest, category, subject, text
    evidence        TEXT    NOT NULL,            -- session and request
    acknowledged_at INTEGER
) STRICT;
CREATE INDEX request_open ON request (id) WHERE acknowledged_at IS NULL;
CREATE INDEX request_kind ON request (kind, id);

-- What somebody looks after, to be handed over.
CREATE INDEX activity_owner ON activity (owner_id) WHERE deleted_at IS NULL;
