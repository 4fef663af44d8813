-- +goose Up
ALTER TABLE user ADD COLUMN passkey_handle BLOB; -- random; names the user to authenticators

-- Sign-in in two steps: the secret that a user's authenticator app shares.
CREATE TABLE two_step (
    user_id   INTEGER PRIMARY KEY REFERENCES user (id),
    secret    TEXT    NOT NULL,
    last_step INTEGER NOT NULL,                  -- the newest step of time a code was used of
    since     INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_code (
    user_id INTEGER NOT NULL REFERENCES user (id),
    hash    BLOB    NOT NULL,                    -- SHA-256 of 60 random bits and the user
    used_at INTEGER,
    PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE passkey (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES user (id),
    name          TEXT    NOT NULL,
    site          TEXT    NOT NULL,              -- the host name it works for
    credential_id BLOB    NOT NULL UNIQUE,
    record        BLOB    NOT NULL,              -- public key, counter, flags, as JSON
    created_at    INTEGER NOT NULL,
    last_used_at  INTEGER
) STRICT;
CREATE INDEX passkey_user ON passkey (user_id, id);

-- Who tried to sign in. Kept for a while, and never more than so many.
CREATE TABLE sign_in_attempt (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    user_id     INTEGER,                         -- NULL: nobody has this login
    login       TEXT    NOT NULL,                -- only where it is an address: people type passwords there
    method      TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    user_agent  TEXT    NOT NULL,
    remote_addr TEXT    NOT NULL
) STRICT;
CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at);
CREATE INDEX sign_in_attempt_failed ON sign_in_attempt (id) WHERE outcome <> 'done';
