package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

const selectCredential = `SELECT ` + userColumns + `, u.password_hash, ` + passkeyColumns + `
	FROM passkey AS p JOIN user AS u ON u.id = p.user_id WHERE p.credential_id = ?`

// SignInPasskey starts a session for who holds a passkey. Where the device did
// not verify the person, it stands for the password alone.
func (db *DB) SignInPasskey(ctx context.Context, in crm.PasskeySignIn) (string, *crm.Session, *crm.User, error) {
	a := newAttempt(crm.ByPasskey, in.UserAgent, in.RemoteAddr)
	limits := []limit{addressLimit(in.RemoteAddr)}
	if err := db.slowDown(ctx, a, limits); err != nil {
		return "", nil, nil, err
	}
	p, stored := &crm.Passkey{}, ""
	targets, done := passkeyTargets(p)
	u, err := db.scanUser(db.queries.queryRow(ctx, selectCredential, in.CredentialID).Scan, append([]any{&stored}, targets...)...)
	if errors.Is(err, sql.ErrNoRows) {
		db.refused(ctx, a)
		return "", nil, nil, crm.ErrWrongCredentials
	}
	if err != nil {
		return "", nil, nil, fmt.Errorf("find passkey: %w", err)
	}
	done()
	a.by(u)
	record, verified, err := in.Verify(p)
	if err != nil || !u.DisabledAt.IsZero() {
		db.log.WarnContext(ctx, "a passkey was refused", "user", u.ID, "passkey", p.ID, "error", err)
		db.refused(ctx, a)
		return "", nil, nil, crm.ErrWrongCredentials
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.exec("UPDATE passkey SET record = ?, last_used_at = ? WHERE id = ?", record, db.stamp().UnixMicro(), p.ID)
		return err
	})
	if err != nil {
		return "", nil, nil, fmt.Errorf("note the use of passkey %d: %w", p.ID, err)
	}
	db.slow.succeeded(limits)
	return db.enter(ctx, u, a, stored, verified)
}
