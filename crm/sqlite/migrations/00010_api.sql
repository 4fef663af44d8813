-- +goose Up
CREATE TABLE api_key (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    key_hash     BLOB    NOT NULL UNIQUE,        -- SHA-256 of the key, which is nowhere else
    user_id      INTEGER NOT NULL REFERENCES user (id),
    name         TEXT    NOT NULL,
    scope        TEXT    NOT NULL CHECK (scope IN ('read', 'write')),
    hint         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;
CREATE INDEX api_key_user ON api_key (user_id, id);
