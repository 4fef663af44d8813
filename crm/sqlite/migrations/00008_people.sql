-- +goose Up

-- What records are known by (crm.IdentityKey), made from the record with each
-- change of it. "shared" marks the keys that several records have, so that
-- looking for duplicates reads nothing else.
CREATE TABLE identity (
    kind      TEXT    NOT NULL,
    likeness  INTEGER NOT NULL,                  -- crm.Likeness
    value     TEXT    NOT NULL,
    record_id INTEGER NOT NULL,
    shared    INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1)),
    PRIMARY KEY (kind, likeness, value, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_record ON identity (kind, record_id);
CREATE INDEX identity_shared ON identity (kind, likeness, value, record_id) WHERE shared = 1;

-- Records from before this table get their keys while the program runs.
INSERT INTO setting (name, value)
SELECT 'identity.pending', '{"contact":0,"company":0}'
WHERE EXISTS (SELECT 1 FROM contact) OR EXISTS (SELECT 1 FROM company);

CREATE TABLE lead (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    given_name   TEXT    NOT NULL,
    family_name  TEXT    NOT NULL,
    company_name TEXT    NOT NULL,
    job_title    TEXT    NOT NULL,
    emails       TEXT    NOT NULL,               -- JSON array
    phones       TEXT    NOT NULL,               -- JSON array
    source       TEXT    NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('new', 'contacted', 'qualified', 'unqualified', 'converted')),
    open         INTEGER NOT NULL GENERATED ALWAYS AS (status IN ('new', 'contacted', 'qualified')) VIRTUAL,
    note         TEXT    NOT NULL,
    owner_id     INTEGER NOT NULL REFERENCES user (id),
    contact_id   INTEGER REFERENCES contact (id) ON DELETE SET NULL, -- what it was converted into
    company_id   INTEGER REFERENCES company (id) ON DELETE SET NULL,
    deal_id      INTEGER,
    tags         TEXT    NOT NULL DEFAULT '[]',
    custom       TEXT    NOT NULL DEFAULT '{}',
    sort_key     BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    deleted_at   INTEGER
) STRICT;
CREATE INDEX lead_recent ON lead (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_name ON lead (sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_owner_recent ON lead (owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_owner_name ON lead (owner_id, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_open_recent ON lead (open, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_open_name ON lead (open, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_status_recent ON lead (status, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_status_name ON lead (status, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX lead_contact ON lead (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX lead_company ON lead (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX lead_bin ON lead (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE VIRTUAL TABLE lead_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- The subsidiaries of a company, by name.
CREATE INDEX company_parent_name ON company (parent_id, sort_key, id) WHERE parent_id IS NOT NULL AND deleted_at IS NULL;
