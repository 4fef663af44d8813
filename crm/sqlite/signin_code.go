package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// ticketAge is how long the second step may take; maxTickets bounds how many
// sign-ins are half way at once. Each has shown a right password.
const (
	ticketAge  = 10 * time.Minute
	maxTickets = 1000
)

// ticket is a sign-in that waits for its second step. It is good for as long
// as the user's password is the one that was shown.
type ticket struct {
	user         int64
	passwordHash string
}

func (db *DB) newTicket(user int64, passwordHash string) string {
	token, _ := newToken()
	db.tickets.Keep(token, ticket{user, passwordHash})
	return token
}

const selectUserHash = `SELECT ` + userColumns + `, u.password_hash FROM user AS u WHERE u.id = ?`

// SignInCode is the second step: a code of the user's app or a recovery code.
func (db *DB) SignInCode(ctx context.Context, in crm.CodeSignIn) (string, *crm.Session, *crm.User, error) {
	code := crm.TidyCode(clip(in.Code, 100))
	method := crm.ByCode
	if !crm.IsTOTPCode(code) {
		method = crm.ByRecovery
	}
	a := newAttempt(method, in.UserAgent, in.RemoteAddr)
	u, err := db.holder(ctx, in.Ticket)
	if err != nil {
		return "", nil, nil, err
	}
	a.by(u)
	limits := codeLimits(u.ID, in.RemoteAddr)
	if err := db.slowDown(ctx, a, limits); err != nil {
		return "", nil, nil, err
	}
	token, s, u, err := db.startSession(ctx, u, a, func(t *tx) error { return t.useCode(u.ID, code, db.stamp()) })
	switch {
	case errors.Is(err, crm.ErrWrongCode):
		db.refused(ctx, a)
		return "", nil, nil, crm.ErrWrongCode
	case err != nil:
		return "", nil, nil, err
	}
	db.slow.succeeded(limits)
	db.tickets.Forget(in.Ticket)
	return token, s, u, nil
}

// holder is the user of a ticket, when it is still good.
func (db *DB) holder(ctx context.Context, name string) (*crm.User, error) {
	found, ok := db.tickets.See(name)
	if !ok {
		return nil, crm.ErrSignInAgain
	}
	stored := ""
	u, err := db.scanUser(db.queries.queryRow(ctx, selectUserHash, found.user).Scan, &stored)
	if err != nil {
		return nil, fmt.Errorf("read user %d: %w", found.user, err)
	}
	if stored != found.passwordHash || !u.DisabledAt.IsZero() {
		db.tickets.Forget(name)
		return nil, crm.ErrSignInAgain
	}
	return u, db.mayEnter(u.Role)
}

// useCode accepts a code once: a code of the app that is newer than the last
// one used, or a recovery code that was not used yet.
func (t *tx) useCode(user int64, code string, now time.Time) error {
	secret := ""
	err := t.queryRow("SELECT secret FROM two_step WHERE user_id = ?", user).Scan(&secret)
	if errors.Is(err, sql.ErrNoRows) {
		return crm.ErrSignInAgain // it was turned off in between
	}
	if err != nil {
		return fmt.Errorf("read the second step: %w", err)
	}
	used := int64(0)
	if !crm.IsTOTPCode(code) {
		used, err = t.change("UPDATE recovery_code SET used_at = ? WHERE user_id = ? AND hash = ? AND used_at IS NULL",
			now.UnixMicro(), user, hashRecovery(user, code))
	} else if step, ok := crm.MatchTOTP(secret, code, now); ok {
		used, err = t.change("UPDATE two_step SET last_step = ? WHERE user_id = ? AND last_step < ?", step, user, step)
	}
	if err != nil {
		return fmt.Errorf("use a code: %w", err)
	}
	if used == 0 {
		return crm.ErrWrongCode
	}
	return nil
}
