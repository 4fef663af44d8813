package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const (
	hasTwoStep    = `SELECT EXISTS (SELECT 1 FROM two_step WHERE user_id = ?)`
	selectTwoStep = `SELECT since, (SELECT count(*) FROM recovery_code AS c WHERE c.user_id = t.user_id AND c.used_at IS NULL)
		FROM two_step AS t WHERE t.user_id = ?`
)

// TwoStep says whether the actor signs in in two steps.
func (db *DB) TwoStep(ctx context.Context) (crm.TwoStep, error) {
	var state crm.TwoStep
	actor, err := mayLook(ctx)
	if err != nil {
		return state, err
	}
	since := int64(0)
	err = db.queries.queryRow(ctx, selectTwoStep, actor.User.ID).Scan(&since, &state.CodesLeft)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return crm.TwoStep{}, fmt.Errorf("read the second step of user %d: %w", actor.User.ID, err)
	}
	state.Since = instant(since)
	return state, nil
}

// TurnTwoStepOn stores a secret whose app has shown a right code. That code is
// used with it, and signs nobody in.
func (db *DB) TurnTwoStepOn(ctx context.Context, secret, code, password string) ([]string, error) {
	actor, err := db.prove(ctx, password)
	if err != nil {
		return nil, err
	}
	step, ok := crm.MatchTOTP(secret, crm.TidyCode(clip(code, 100)), db.now())
	if !ok {
		return nil, crm.Invalid{"code": crm.KeyCode}
	}
	codes := newRecoveryCodes()
	err = db.writer.do(ctx, essential, func(t *tx) error {
		now := db.stamp()
		_, err := t.exec(`INSERT INTO two_step (user_id, secret, last_step, since) VALUES (?, ?, ?, ?)
			ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, since = excluded.since`,
			actor.User.ID, secret, step, now.UnixMicro())
		if err != nil {
			return err
		}
		if err := t.replaceRecoveryCodes(actor.User.ID, codes); err != nil {
			return err
		}
		return t.logUser(verbTwoStepOn, actor.User, actor, now, nil)
	})
	if err != nil {
		return nil, fmt.Errorf("turn the second step of user %d on: %w", actor.User.ID, err)
	}
	return codes, nil
}

// TurnTwoStepOff forgets the actor's secret and recovery codes.
func (db *DB) TurnTwoStepOff(ctx context.Context, password string) error {
	actor, err := db.prove(ctx, password)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		gone, err := t.forgetTwoStep(actor.User.ID)
		if err != nil || !gone {
			return err
		}
		return t.logUser(verbTwoStepOff, actor.User, actor, db.stamp(), nil)
	})
	if err != nil {
		return fmt.Errorf("turn the second step of user %d off: %w", actor.User.ID, err)
	}
	return nil
}

// NewRecoveryCodes replaces the actor's recovery codes, used or not.
func (db *DB) NewRecoveryCodes(ctx context.Context, password string) ([]string, error) {
	actor, err := db.prove(ctx, password)
	if err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	err = db.writer.do(ctx, essential, func(t *tx) error {
		on := false
		if err := t.queryRow(hasTwoStep, actor.User.ID).Scan(&on); err != nil {
			return err
		}
		if !on {
			return crm.ErrNotFound
		}
		if err := t.replaceRecoveryCodes(actor.User.ID, codes); err != nil {
			return err
		}
		return t.logUser(verbRecoveryCodes, actor.User, actor, db.stamp(), nil)
	})
	if err != nil {
		return nil, fmt.Errorf("new recovery codes for user %d: %w", actor.User.ID, err)
	}
	return codes, nil
}

// CheckPassword says whether the actor knows the own password.
func (db *DB) CheckPassword(ctx context.Context, password string) error {
	_, err := db.prove(ctx, password)
	return err
}

// prove tells who acts, after the actor's password was shown once more.
func (db *DB) prove(ctx context.Context, password string) (crm.Actor, error) {
	actor, err := mayLook(ctx)
	if err == nil {
		err = db.provePassword(ctx, actor, password)
	}
	return actor, err
}

func newRecoveryCodes() []string {
	codes := make([]string, crm.RecoveryCodes)
	for i := range codes {
		codes[i] = readable(3)
	}
	return codes
}

// hashRecovery is what is stored of a recovery code. Its 60 random bits need
// no costly hash; the user keeps equal codes of two users apart.
func hashRecovery(user int64, code string) []byte {
	sum := sha256.Sum256([]byte(strconv.FormatInt(user, 10) + " " + crm.TidyCode(code)))
	return sum[:]
}

func (t *tx) replaceRecoveryCodes(user int64, codes []string) error {
	if _, err := t.exec("DELETE FROM recovery_code WHERE user_id = ?", user); err != nil {
		return fmt.Errorf("forget recovery codes: %w", err)
	}
	for _, code := range codes {
		if _, err := t.exec("INSERT INTO recovery_code (user_id, hash) VALUES (?, ?)", user, hashRecovery(user, code)); err != nil {
			return fmt.Errorf("store recovery code: %w", err)
		}
	}
	return nil
}

// forgetTwoStep says whether there was a second step to forget.
func (t *tx) forgetTwoStep(user int64) (bool, error) {
	if err := t.replaceRecoveryCodes(user, nil); err != nil {
		return false, err
	}
	gone, err := t.change("DELETE FROM two_step WHERE user_id = ?", user)
	return gone > 0, err
}

const selectSecondFactors = `SELECT u.id, EXISTS (SELECT 1 FROM two_step AS t WHERE t.user_id = u.id),
	(SELECT count(*) FROM passkey AS p WHERE p.user_id = u.id) FROM user AS u`

// SecondFactors tells which users have something besides their password.
func (db *DB) SecondFactors(ctx context.Context) (map[int64]crm.SecondFactor, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	if !actor.User.Role.CanManage() {
		return nil, crm.ErrForbidden
	}
	all := map[int64]crm.SecondFactor{}
	err = db.queries.each(ctx, selectSecondFactors, nil, func(rows *sql.Rows) error {
		id, f := int64(0), crm.SecondFactor{}
		err := rows.Scan(&id, &f.TwoStep, &f.Passkeys)
		if f.Any() {
			all[id] = f
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list second factors: %w", err)
	}
	return all, nil
}

// ResetSecondFactor takes another user's second step and passkeys away and
// ends the sessions, one of which may be on the lost phone.
func (db *DB) ResetSecondFactor(ctx context.Context, id int64) error {
	actor, err := db.mayManage(ctx, crm.Role.CanOwn)
	if err != nil {
		return err
	}
	if id == actor.User.ID {
		return crm.ErrForbidden
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		u, err := db.loadUser(t, id)
		if err != nil {
			return err
		}
		return t.resetSecondFactor(u, actor, db.stamp())
	})
	if err != nil {
		return fmt.Errorf("reset the second factor of user %d: %w", id, err)
	}
	return nil
}

func (t *tx) resetSecondFactor(u *crm.User, actor crm.Actor, now time.Time) error {
	gone, err := t.forgetTwoStep(u.ID)
	if err != nil {
		return err
	}
	passkeys, err := t.change("DELETE FROM passkey WHERE user_id = ?", u.ID)
	if err != nil || (!gone && passkeys == 0) {
		return err
	}
	if _, err := t.endSessions(u.ID, 0, now, crm.EndedByReset); err != nil {
		return err
	}
	return t.logUser(verbResetSecondFactor, u, actor, now, nil)
}
