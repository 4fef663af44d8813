-- +goose Up

-- A pipeline or a stage that was taken away stays as long as something may
-- return to it: undo brings it back.
CREATE TABLE pipeline (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    position   INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;

CREATE TABLE stage (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    pipeline_id INTEGER NOT NULL REFERENCES pipeline (id),
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind IN ('open', 'won', 'lost')),
    probability INTEGER NOT NULL CHECK (probability BETWEEN 0 AND 100),
    position    INTEGER NOT NULL,
    deleted_at  INTEGER
) STRICT;
CREATE INDEX stage_pipeline ON stage (pipeline_id, position);

INSERT INTO pipeline (id, name, position, version) VALUES (1, 'Ventas', 1, 1);
INSERT INTO stage (id, pipeline_id, name, kind, probability, position) VALUES
    (1, 1, 'Prospecto',   'open', 10,  1),
    (2, 1, 'Calificado',  'open', 25,  2),
    (3, 1, 'Propuesta',   'open', 50,  3),
    (4, 1, 'Negociación', 'open', 75,  4),
    (5, 1, 'Ganado',      'won',  100, 5),
    (6, 1, 'Perdido',     'lost', 0,   6);

CREATE TABLE lost_reason (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL,
    active   INTEGER NOT NULL CHECK (active IN (0, 1)) -- 0: not to be chosen any more
) STRICT;
INSERT INTO lost_reason (name, active) VALUES
    ('Precio', 1), ('Eligió a la competencia', 1), ('Sin presupuesto', 1), ('Dejó de responder', 1), ('No era para nosotros', 1);

CREATE TABLE product (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    sku        TEXT    NOT NULL,
    currency   TEXT    NOT NULL,
    price      INTEGER NOT NULL,                 -- of one unit, in centavos or cents, without IVA
    tax        INTEGER NOT NULL,                 -- hundredths of a percent
    active     INTEGER NOT NULL CHECK (active IN (0, 1)),
    sort_key   BLOB    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    deleted_at INTEGER                           -- always NULL: products are only deactivated
) STRICT;
CREATE INDEX product_name ON product (sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX product_active_name ON product (active, sort_key, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX product_sku ON product (upper(sku)) WHERE sku <> '';
CREATE VIRTUAL TABLE product_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TABLE deal (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    name             TEXT    NOT NULL,
    company_id       INTEGER REFERENCES company (id) ON DELETE SET NULL,
    contact_id       INTEGER REFERENCES contact (id) ON DELETE SET NULL,
    owner_id         INTEGER NOT NULL REFERENCES user (id),
    pipeline_id      INTEGER NOT NULL REFERENCES pipeline (id),
    stage_id         INTEGER NOT NULL REFERENCES stage (id),
    status           TEXT    NOT NULL CHECK (status IN ('open', 'won', 'lost')), -- the stage's kind
    stage_rank       INTEGER NOT NULL,           -- pipeline's position × 1000 + stage's
    currency         TEXT    NOT NULL,
    value            INTEGER NOT NULL,           -- centavos or cents, without IVA
    expected_close   TEXT    NOT NULL,           -- YYYY-MM-DD, or empty
    close_rank       INTEGER NOT NULL,           -- the same as a number, 99999999 for none: the order of lists
    source           TEXT    NOT NULL,
    lost_reason_id   INTEGER REFERENCES lost_reason (id),
    lost_note        TEXT    NOT NULL,
    stage_since      INTEGER NOT NULL,
    closed_at        INTEGER NOT NULL,           -- 0: open
    last_activity_at INTEGER NOT NULL,
    tags             TEXT    NOT NULL DEFAULT '[]',
    custom           TEXT    NOT NULL DEFAULT '{}',
    sort_key         BLOB    NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    version          INTEGER NOT NULL,
    deleted_at       INTEGER
) STRICT;
-- Lists: any status by last change and name; one status in every order; each
-- also for one owner.
CREATE INDEX deal_recent ON deal (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_name ON deal (sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_recent ON deal (owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_name ON deal (owner_id, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_status_recent ON deal (status, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_status_name ON deal (status, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_status_value ON deal (status, value, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_status_close ON deal (status, close_rank, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_status_stage ON deal (status, stage_rank, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_status_closed ON deal (status, closed_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_status_quiet ON deal (status, last_activity_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_status_recent ON deal (owner_id, status, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_status_name ON deal (owner_id, status, sort_key, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_status_value ON deal (owner_id, status, value, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_status_close ON deal (owner_id, status, close_rank, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_status_stage ON deal (owner_id, status, stage_rank, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_status_closed ON deal (owner_id, status, closed_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_owner_status_quiet ON deal (owner_id, status, last_activity_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_company_recent ON deal (company_id, updated_at, id) WHERE company_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX deal_contact_recent ON deal (contact_id, updated_at, id) WHERE contact_id IS NOT NULL AND deleted_at IS NULL;
-- The board: a lane in its order, and what a lane comes to, out of the index alone.
CREATE INDEX deal_stage_close ON deal (stage_id, close_rank, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_stage_owner_close ON deal (stage_id, owner_id, close_rank, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_stage_closed ON deal (stage_id, closed_at, id, owner_id, currency, value, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX deal_stage_owner_closed ON deal (stage_id, owner_id, closed_at, id) WHERE deleted_at IS NULL;
CREATE INDEX deal_tally ON deal (pipeline_id, status, stage_id, currency, owner_id, close_rank, value, deleted_at) WHERE deleted_at IS NULL;
CREATE INDEX deal_bin ON deal (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE VIRTUAL TABLE deal_text USING fts5 (
    name, detail,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TABLE deal_item (
    deal_id    INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    product_id INTEGER REFERENCES product (id),
    name       TEXT    NOT NULL,
    quantity   INTEGER NOT NULL,                 -- thousandths
    price      INTEGER NOT NULL,                 -- of one unit, in the deal's currency
    discount   INTEGER NOT NULL,                 -- hundredths of a percent
    tax        INTEGER NOT NULL,                 -- hundredths of a percent
    PRIMARY KEY (deal_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_item_product ON deal_item (product_id) WHERE product_id IS NOT NULL;

-- Through which stages a deal went: time in stage and the funnel read it.
CREATE TABLE deal_stage (
    deal_id    INTEGER NOT NULL REFERENCES deal (id) ON DELETE CASCADE,
    entered_at INTEGER NOT NULL,
    left_at    INTEGER,                          -- NULL: it is there now
    stage_id   INTEGER NOT NULL REFERENCES stage (id),
    PRIMARY KEY (deal_id, entered_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX deal_stage_stage ON deal_stage (stage_id, entered_at);

-- A number is never given twice, so a quote outlives its deal.
CREATE TABLE quote (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    deal_id     INTEGER REFERENCES deal (id) ON DELETE SET NULL,
    year        INTEGER NOT NULL,
    serial      INTEGER NOT NULL,
    status      TEXT    NOT NULL CHECK (status IN ('draft', 'sent', 'accepted')),
    valid_until TEXT    NOT NULL,
    notes       TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    items       TEXT    NOT NULL,                -- JSON, as on the day it was made
    customer    TEXT    NOT NULL,                -- JSON
    seller_name TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    sent_at     INTEGER NOT NULL,                -- 0: not yet
    accepted_at INTEGER NOT NULL,                -- 0: not yet
    version     INTEGER NOT NULL,
    UNIQUE (year, serial)
) STRICT;
CREATE INDEX quote_deal ON quote (deal_id, id) WHERE deal_id IS NOT NULL;
