package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Verbs of actions on keys of the API.
const (
	verbCreateKey = "create-key"
	verbRevokeKey = "revoke-key"
)

const (
	// apiKeyMark begins every key, so that a scanner of source code knows one.
	apiKeyMark = "sxk_"
	hintLength = len(apiKeyMark) + 4
	// keyTouch is how exactly the last use is known: one write in this time.
	keyTouch = time.Minute

	apiKeyColumns = `k.id, k.user_id, k.name, k.scope, k.hint, k.created_at, coalesce(k.last_used_at, 0)` //nolint:gosec // names of columns, no secret
	selectAPIKeys = `SELECT ` + apiKeyColumns + ` FROM api_key AS k WHERE k.user_id = ? ORDER BY k.id DESC`
	selectAPIKey  = `SELECT ` + userColumns + `, ` + apiKeyColumns + ` FROM api_key AS k JOIN user AS u ON u.id = k.user_id WHERE k.key_hash = ?`
)

func apiKeyTargets(k *crm.APIKey) (targets []any, done func()) {
	var created, used int64
	targets = []any{&k.ID, &k.UserID, &k.Name, &k.Scope, &k.Hint, &created, &used}
	return targets, func() { k.CreatedAt, k.LastUsedAt = instant(created), instant(used) }
}

// APIKeys lists the actor's keys.
func (db *DB) APIKeys(ctx context.Context) ([]*crm.APIKey, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	var all []*crm.APIKey
	err = db.queries.each(ctx, selectAPIKeys, []any{actor.User.ID}, func(rows *sql.Rows) error {
		k := &crm.APIKey{}
		targets, done := apiKeyTargets(k)
		err := rows.Scan(targets...)
		done()
		all = append(all, k)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list API keys: %w", err)
	}
	return all, nil
}

// CreateAPIKey makes a key for the actor.
func (db *DB) CreateAPIKey(ctx context.Context, k *crm.APIKey) (string, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return "", err
	}
	if actor.ReadOnly {
		return "", crm.ErrForbidden
	}
	if err := db.writable(); err != nil {
		return "", err
	}
	secret, _ := newToken()
	key := apiKeyMark + secret
	var stored crm.APIKey
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		made := *k
		already := 0
		if err := t.queryRow("SELECT count(*) FROM api_key WHERE user_id = ?", actor.User.ID).Scan(&already); err != nil {
			return err
		}
		if err := made.Validate(already); err != nil {
			return err
		}
		made.UserID, made.Hint, made.CreatedAt = actor.User.ID, key[:hintLength], db.stamp()
		made.ID, err = t.insert("INSERT INTO api_key (key_hash, user_id, name, scope, hint, created_at) VALUES (?, ?, ?, ?, ?, ?)",
			hashToken(key), made.UserID, made.Name, string(made.Scope), made.Hint, made.CreatedAt.UnixMicro())
		if err != nil {
			return err
		}
		stored = made
		return db.logKey(t, actor, verbCreateKey, &made)
	})
	if err != nil {
		return "", fmt.Errorf("create API key: %w", err)
	}
	*k = stored
	return key, nil
}

// RevokeAPIKey forgets one of the actor's keys.
func (db *DB) RevokeAPIKey(ctx context.Context, id int64) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	if actor.ReadOnly {
		return crm.ErrForbidden
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		k := &crm.APIKey{}
		targets, done := apiKeyTargets(k)
		err := t.queryRow("SELECT "+apiKeyColumns+" FROM api_key AS k WHERE k.id = ? AND k.user_id = ?", id, actor.User.ID).Scan(targets...)
		if errors.Is(err, sql.ErrNoRows) {
			return crm.ErrNotFound
		}
		if err != nil {
			return err
		}
		done()
		if _, err := t.exec("DELETE FROM api_key WHERE id = ?", id); err != nil {
			return err
		}
		return db.logKey(t, actor, verbRevokeKey, k)
	})
	if err != nil {
		return fmt.Errorf("revoke API key %d: %w", id, err)
	}
	return nil
}

// logKey tells in the history of its user what became of a key.
func (db *DB) logKey(t *tx, actor crm.Actor, verb string, k *crm.APIKey) error {
	_, err := t.log(entry{verb: verb, kind: crm.KindUser, id: actor.User.ID, title: k.Name, actor: actor, at: db.stamp()})
	return err
}

// UseAPIKey finds the user of a key and notes the use.
func (db *DB) UseAPIKey(ctx context.Context, key string) (*crm.User, *crm.APIKey, error) {
	k := &crm.APIKey{}
	targets, done := apiKeyTargets(k)
	u, err := db.scanUser(db.queries.queryRow(ctx, selectAPIKey, hashToken(key)).Scan, targets...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, crm.ErrUnauthenticated
	}
	if err != nil {
		return nil, nil, fmt.Errorf("find API key: %w", err)
	}
	done()
	if !u.DisabledAt.IsZero() || u.MustChangePassword {
		return nil, nil, crm.ErrUnauthenticated
	}
	if err := db.mayEnter(u.Role); err != nil {
		return nil, nil, err
	}
	if now := db.stamp(); now.Sub(k.LastUsedAt) >= keyTouch {
		k.LastUsedAt = now
		err := db.writer.do(ctx, essential, func(t *tx) error {
			_, err := t.exec("UPDATE api_key SET last_used_at = ? WHERE id = ?", now.UnixMicro(), k.ID)
			return err
		})
		if err != nil {
			// Reading goes on where there is no room left to note it.
			db.log.WarnContext(ctx, "the use of an API key was not noted", "error", err)
		}
	}
	return u, k, nil
}
