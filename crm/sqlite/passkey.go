package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

const (
	passkeyColumns = `p.id, p.user_id, p.name, p.site, coalesce(u.passkey_handle, x''), p.credential_id, p.record, p.created_at, coalesce(p.last_used_at, 0)` //nolint:gosec // names of columns
	selectPasskeys = `SELECT ` + passkeyColumns + ` FROM passkey AS p JOIN user AS u ON u.id = p.user_id WHERE p.user_id = ? ORDER BY p.id`
)

// passkeyTargets are where the columns of a passkey are read into; the times
// are set by calling done.
func passkeyTargets(p *crm.Passkey) (targets []any, done func()) {
	var created, used int64
	targets = []any{&p.ID, &p.UserID, &p.Name, &p.Site, &p.Handle, &p.CredentialID, &p.Record, &created, &used}
	return targets, func() { p.CreatedAt, p.LastUsedAt = instant(created), instant(used) }
}

// Passkeys lists the actor's own, in the order in which they were added.
func (db *DB) Passkeys(ctx context.Context) ([]*crm.Passkey, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	var all []*crm.Passkey
	err = db.queries.each(ctx, selectPasskeys, []any{actor.User.ID}, func(rows *sql.Rows) error {
		p := &crm.Passkey{}
		targets, done := passkeyTargets(p)
		err := rows.Scan(targets...)
		done()
		all = append(all, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list passkeys: %w", err)
	}
	return all, nil
}

// PasskeyHandle names the actor to authenticators. It is made when it is first
// needed, and stays.
func (db *DB) PasskeyHandle(ctx context.Context) ([]byte, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // never fails: crypto/rand.Read
	var handle []byte
	err = db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.exec("UPDATE user SET passkey_handle = ? WHERE id = ? AND passkey_handle IS NULL", fresh, actor.User.ID)
		if err != nil {
			return err
		}
		return t.queryRow("SELECT passkey_handle FROM user WHERE id = ?", actor.User.ID).Scan(&handle)
	})
	if err != nil {
		return nil, fmt.Errorf("passkey handle of user %d: %w", actor.User.ID, err)
	}
	return handle, nil
}

// AddPasskey stores a passkey of the actor that was verified.
func (db *DB) AddPasskey(ctx context.Context, p *crm.Passkey) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	if p.Name, err = crm.PasskeyName(p.Name); err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		have, now := 0, db.stamp()
		if err := t.queryRow("SELECT count(*) FROM passkey WHERE user_id = ?", actor.User.ID).Scan(&have); err != nil {
			return err
		}
		if have >= crm.MaxPasskeys {
			return crm.Invalid{"name": crm.KeyPasskeys}
		}
		id, err := t.insert(`INSERT INTO passkey (user_id, name, site, credential_id, record, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
			actor.User.ID, p.Name, p.Site, p.CredentialID, p.Record, now.UnixMicro())
		if isUnique(err) {
			return crm.ErrConflict // an authenticator that makes an id twice
		}
		if err != nil {
			return err
		}
		p.ID, p.UserID, p.CreatedAt = id, actor.User.ID, now
		return t.logUser(verbPasskeyAdd, actor.User, actor, now, []change{{Field: "passkey", To: p.Name}})
	})
	if err != nil {
		return fmt.Errorf("add passkey: %w", err)
	}
	return nil
}

// RenamePasskey changes what the actor calls a passkey.
func (db *DB) RenamePasskey(ctx context.Context, id int64, name string) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	if name, err = crm.PasskeyName(name); err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		renamed, err := t.change("UPDATE passkey SET name = ? WHERE id = ? AND user_id = ?", name, id, actor.User.ID)
		if err == nil && renamed == 0 {
			return crm.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("rename passkey %d: %w", id, err)
	}
	return nil
}

// RemovePasskey forgets one of the actor's passkeys.
func (db *DB) RemovePasskey(ctx context.Context, id int64) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		name := ""
		err := t.queryRow("DELETE FROM passkey WHERE id = ? AND user_id = ? RETURNING name", id, actor.User.ID).Scan(&name)
		if errors.Is(err, sql.ErrNoRows) {
			return crm.ErrNotFound
		}
		if err != nil {
			return err
		}
		return t.logUser(verbPasskeyRemove, actor.User, actor, db.stamp(), []change{{Field: "passkey", From: name}})
	})
	if err != nil {
		return fmt.Errorf("remove passkey %d: %w", id, err)
	}
	return nil
}
