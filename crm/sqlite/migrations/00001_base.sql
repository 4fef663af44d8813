-- Times are microseconds since 1970-01-01 UTC. Every list query has its index
-- (query_plan_test.go asserts it); lists leave out what is in the bin, and so
-- do their indexes.

-- +goose Up
CREATE TABLE user (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    email               TEXT    NOT NULL,
    login               TEXT    NOT NULL UNIQUE, -- the e-mail in lower case
    name                TEXT    NOT NULL,
    role                TEXT    NOT NULL CHECK (role IN ('owner', 'manager', 'seller', 'reader')),
    locale              TEXT    NOT NULL,
    theme               TEXT    NOT NULL,
    password_hash       TEXT    NOT NULL,
    must_change         INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    password_changed_at INTEGER,                 -- when the user last chose it; NULL: an initial one
    disabled_at         INTEGER,
    created_at          INTEGER NOT NULL,
    last_seen_at        INTEGER
) STRICT;

CREATE TABLE session (
    id           INTEGER PRIMARY KEY,
    token_hash   BLOB    NOT NULL UNIQUE,        -- SHA-256 of the secret, which is nowhere else
    user_id      INTEGER NOT NULL REFERENCES user (id),
    user_agent   TEXT    NOT NULL,
    remote_addr  TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at     INTEGER,
    end_reason   TEXT    NOT NULL DEFAULT '',
    ended_others INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX session_live ON session (user_id, created_at) WHERE ended_at IS NULL;
CREATE INDEX session_age ON session (created_at);

CREATE TABLE company (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL,
    domain      TEXT    NOT NULL,
    rfc         TEXT    NOT NULL,
    phone       TEXT    NOT NULL,
    website     TEXT    NOT NULL,
    parent_id   INTEGER REFERENCES company (id) ON DELETE SET NULL,
    owner_id    INTEGER NOT NULL REFERENCES user (id),
    street      TEXT    NOT NULL,
    city        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    postal_code TEXT    NOT NULL,
    country     TEXT    NOT NULL,
    sort_key    BLOB    NOT NULL,                -- Spanish collation key of the name
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    deleted_at  INTEGER                          -- when it went to the bin
) STRICT;
CREATE INDEX company_recent ON company (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX company_name ON company (sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX company_owner_recent ON company (owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX company_owner_name ON company (owner_id, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX company_parent ON company (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX company_bin ON company (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE contact (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    given_name  TEXT    NOT NULL,
    family_name TEXT    NOT NULL,
    emails      TEXT    NOT NULL,                -- JSON array, the main one first
    phones      TEXT    NOT NULL,                -- JSON array
    company_id  INTEGER REFERENCES company (id) ON DELETE SET NULL,
    job_title   TEXT    NOT NULL,
    owner_id    INTEGER NOT NULL REFERENCES user (id),
    source      TEXT    NOT NULL,
    birthday    TEXT    NOT NULL,
    street      TEXT    NOT NULL,
    city        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    postal_code TEXT    NOT NULL,
    country     TEXT    NOT NULL,
    sort_key    BLOB    NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    deleted_at  INTEGER
) STRICT;
CREATE INDEX contact_recent ON contact (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_name ON contact (sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_owner_recent ON contact (owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_owner_name ON contact (owner_id, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_company_recent ON contact (company_id, updated_at, id) WHERE company_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contact_company_name ON contact (company_id, sort_key, id) WHERE company_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contact_bin ON contact (deleted_at) WHERE deleted_at IS NOT NULL;

-- What was done, by whom. "before" is the record's state before the action, as
-- JSON, and is what undo restores; NULL where an action cannot be taken back.
CREATE TABLE action (
    id        INTEGER PRIMARY KEY,
    verb      TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    record_id INTEGER NOT NULL,
    title     TEXT    NOT NULL,
    user_id   INTEGER NOT NULL,
    user_name TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    changes   TEXT    NOT NULL,                  -- JSON array of {field, from, to}
    before    TEXT,
    version   INTEGER NOT NULL,                  -- of the record, after the action
    undone_by INTEGER REFERENCES action (id)
) STRICT;
CREATE INDEX action_record ON action (kind, record_id, id);

-- Words of each record, without accents and case: "jose" finds "José". The
-- tables keep the index only; the text is in the record.
CREATE VIRTUAL TABLE contact_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE VIRTUAL TABLE company_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- Every distinct word of a name, cut into trigrams: a word that finds nothing
-- is compared with these to see what was meant.
CREATE TABLE name_word (
    id   INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE name_trigram USING fts5 (
    word, content = '', tokenize = 'trigram', detail = 'none'
);
