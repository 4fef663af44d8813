-- Activities: tasks, calls, meetings, notes. Moments (starts, ends, due,
-- remind_at) are what the tenant's clock on the wall shows, "2026-11-23" or
-- "2026-11-23T16:30"; all other times are microseconds since 1970-01-01 UTC.

-- +goose Up
CREATE TABLE activity (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    type        TEXT    NOT NULL CHECK (type IN ('task', 'call', 'meeting', 'note')),
    subject     TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    starts      TEXT    NOT NULL,
    ends        TEXT    NOT NULL,
    place       TEXT    NOT NULL,
    reminder    TEXT    NOT NULL,
    contact_id  INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    company_id  INTEGER REFERENCES company (id) ON DELETE SET NULL,
    deal_id     INTEGER REFERENCES deal (id) ON DELETE SET NULL,
    owner_id    INTEGER NOT NULL REFERENCES user (id),
    done_at     INTEGER NOT NULL,                -- 0: not done
    due         TEXT    NOT NULL,                -- of what is to be done; '9999': some day; empty: nothing is
    happened_at INTEGER NOT NULL,                -- its place in timelines
    remind_at   TEXT    NOT NULL,                -- empty: never
    reminded    TEXT    NOT NULL DEFAULT '',     -- the remind_at that its owner has seen
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    deleted_at  INTEGER
) STRICT;
CREATE INDEX activity_due ON activity (due, id) WHERE due <> '' AND deleted_at IS NULL;
CREATE INDEX activity_owner_due ON activity (owner_id, due, id) WHERE due <> '' AND deleted_at IS NULL;
CREATE INDEX activity_done ON activity (done_at, id) WHERE type = 'task' AND done_at > 0 AND deleted_at IS NULL;
CREATE INDEX activity_owner_done ON activity (owner_id, done_at, id) WHERE type = 'task' AND done_at > 0 AND deleted_at IS NULL;
CREATE INDEX activity_agenda ON activity (starts, id) WHERE starts <> '' AND deleted_at IS NULL;
CREATE INDEX activity_owner_agenda ON activity (owner_id, starts, id) WHERE starts <> '' AND deleted_at IS NULL;
CREATE INDEX activity_remind ON activity (owner_id, remind_at) WHERE remind_at <> '' AND deleted_at IS NULL;
CREATE INDEX activity_contact ON activity (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX activity_company ON activity (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX activity_deal ON activity (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX activity_bin ON activity (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE VIRTUAL TABLE activity_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- In whose timeline an activity is: of the records it is linked to, and of the
-- companies of these.
CREATE VIEW activity_reach (activity_id, kind, record_id) AS
    SELECT id, 'contact', contact_id FROM activity WHERE contact_id IS NOT NULL
    UNION ALL
    SELECT id, 'company', company_id FROM activity WHERE company_id IS NOT NULL
    UNION ALL
    SELECT a.id, 'company', c.company_id FROM activity AS a JOIN contact AS c ON c.id = a.contact_id WHERE c.company_id IS NOT NULL
    UNION ALL
    SELECT id, 'deal', deal_id FROM activity WHERE deal_id IS NOT NULL
    UNION ALL
    SELECT a.id, 'company', d.company_id FROM activity AS a JOIN deal AS d ON d.id = a.deal_id WHERE d.company_id IS NOT NULL;

-- The same with what timelines are sorted and filtered by, so that each is one
-- walk along an index. Triggers keep it, whoever changes the records.
CREATE TABLE activity_link (
    kind        TEXT    NOT NULL,
    record_id   INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    type        TEXT    NOT NULL,
    next        TEXT    NOT NULL,                -- when it is due or, a meeting, begins; empty: nothing is to come
    PRIMARY KEY (kind, record_id, happened_at, activity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_link_type ON activity_link (kind, record_id, type, happened_at, activity_id);
CREATE INDEX activity_link_next ON activity_link (kind, record_id, next) WHERE next <> '';
CREATE INDEX activity_link_activity ON activity_link (activity_id);

-- +goose StatementBegin
CREATE TRIGGER activity_created AFTER INSERT ON activity
BEGIN
    INSERT OR IGNORE INTO activity_link (kind, record_id, happened_at, activity_id, type, next)
        SELECT v.kind, v.record_id, NEW.happened_at, NEW.id, NEW.type, iif(NEW.type = 'meeting', NEW.starts, NEW.due)
        FROM activity_reach AS v WHERE v.activity_id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER activity_changed AFTER UPDATE OF contact_id, company_id, deal_id, happened_at, type, starts, due ON activity
BEGIN
    DELETE FROM activity_link WHERE activity_id = NEW.id;
    INSERT OR IGNORE INTO activity_link (kind, record_id, happened_at, activity_id, type, next)
        SELECT v.kind, v.record_id, NEW.happened_at, NEW.id, NEW.type, iif(NEW.type = 'meeting', NEW.starts, NEW.due)
        FROM activity_reach AS v WHERE v.activity_id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER contact_moved AFTER UPDATE OF company_id ON contact WHEN OLD.company_id IS NOT NEW.company_id
BEGIN
    UPDATE activity SET contact_id = contact_id WHERE contact_id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER deal_moved AFTER UPDATE OF company_id ON deal WHEN OLD.company_id IS NOT NEW.company_id
BEGIN
    UPDATE activity SET deal_id = deal_id WHERE deal_id = NEW.id;
END;
-- +goose StatementEnd

-- Whom a text calls. Made from the text with each change of it.
CREATE TABLE mention (
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    user_id     INTEGER NOT NULL REFERENCES user (id),
    by_name     TEXT    NOT NULL,                -- who wrote it
    at          INTEGER NOT NULL,
    read_at     INTEGER NOT NULL,                -- 0: unread
    PRIMARY KEY (activity_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_user ON mention (user_id, at, activity_id);
CREATE INDEX mention_unread ON mention (user_id, at, activity_id) WHERE read_at = 0;

-- The private calendar address of a user.
CREATE TABLE feed (
    user_id    INTEGER PRIMARY KEY REFERENCES user (id),
    token_hash BLOB    NOT NULL UNIQUE,          -- SHA-256 of the secret, which is nowhere else
    created_at INTEGER NOT NULL,
    used_at    INTEGER NOT NULL                  -- 0: never
) STRICT;
