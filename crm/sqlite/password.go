package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

// ChangePassword replaces the actor's password and ends the actor's other
// sessions. Wrong current passwords are slowed down like sign-ins.
func (db *DB) ChangePassword(ctx context.Context, current, next string) error {
	actor, ok := crm.ActorFrom(ctx)
	if !ok {
		return crm.ErrUnauthenticated
	}
	if err := db.checkNewPassword(ctx, actor, current, next); err != nil {
		return err
	}
	hash, err := db.hashing.hash(ctx, next)
	if err != nil {
		return fmt.Errorf("change password: %w", err)
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		now := db.stamp()
		_, err := t.exec("UPDATE user SET password_hash = ?, must_change = 0, password_changed_at = ? WHERE id = ?",
			hash, now.UnixMicro(), actor.User.ID)
		if err != nil {
			return err
		}
		if _, err := t.endSessions(actor.User.ID, actor.SessionID, now, crm.EndedByPassword); err != nil {
			return err
		}
		return t.logUser(verbPassword, actor.User, actor, now, nil)
	})
	if err != nil {
		return fmt.Errorf("change password of user %d: %w", actor.User.ID, err)
	}
	return nil
}

func (db *DB) checkNewPassword(ctx context.Context, actor crm.Actor, current, next string) error {
	invalid := crm.Invalid{}
	err := db.provePassword(ctx, actor, current)
	if err != nil && !errors.As(err, &invalid) {
		return err
	}
	if key := crm.CheckPassword(next, actor.User.Email); key != "" {
		invalid["new"] = key
	} else if err == nil && next == current {
		invalid["new"] = crm.KeyPasswordSame
	}
	if len(invalid) > 0 {
		return invalid
	}
	return nil
}

// provePassword checks that the actor knows the own password. A wrong one is
// Invalid{"current"}, and slowed down like sign-ins.
func (db *DB) provePassword(ctx context.Context, actor crm.Actor, password string) error {
	limits := passwordLimits(crm.LoginKey(actor.User.Email), passwordForm)
	if wait, _ := db.slow.attempt(limits); wait > 0 {
		return &crm.TooManyAttempts{RetryAfter: wait}
	}
	var stored string
	if err := db.queries.queryRow(ctx, "SELECT password_hash FROM user WHERE id = ?", actor.User.ID).Scan(&stored); err != nil {
		return fmt.Errorf("read password of user %d: %w", actor.User.ID, err)
	}
	if len(password) > 4*crm.MaxPassword {
		password = "" // longer than any password
	}
	right, err := db.hashing.matches(ctx, stored, password)
	if err != nil {
		return fmt.Errorf("check password: %w", err)
	}
	if !right {
		return crm.Invalid{"current": crm.KeyPasswordWrong}
	}
	db.slow.succeeded(limits)
	return nil
}

// passwordForm stands for the client's address where a signed-in user proves
// the password once more.
const passwordForm = ""

// ResetPassword gives another user a new initial password, ends that user's
// sessions and removes the passkeys, which would still open the account. Two-step
// sign-in stays.
func (db *DB) ResetPassword(ctx context.Context, id int64) (string, error) {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return "", err
	}
	if id == actor.User.ID {
		return "", crm.ErrForbidden
	}
	password := initialPassword()
	hash, err := db.hashing.hash(ctx, password)
	if err != nil {
		return "", fmt.Errorf("reset password: %w", err)
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		u, err := db.loadUser(t, id)
		if err != nil {
			return err
		}
		now := db.stamp()
		_, err = t.exec("UPDATE user SET password_hash = ?, must_change = 1, password_changed_at = NULL WHERE id = ?", hash, id)
		if err != nil {
			return err
		}
		if _, err := t.endSessions(id, 0, now, crm.EndedByPassword); err != nil {
			return err
		}
		if _, err := t.exec("DELETE FROM passkey WHERE user_id = ?", id); err != nil {
			return err
		}
		return t.logUser(verbResetPassword, u, actor, now, nil)
	})
	if err != nil {
		return "", fmt.Errorf("reset password of user %d: %w", id, err)
	}
	return password, nil
}
