package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const (
	// attemptTime is how long attempts to sign in can be looked at.
	attemptTime = 90 * 24 * time.Hour
	// maxAttempts bounds the room that strangers can make us use.
	maxAttempts = 20_000
)

// attempt is a try to sign in that goes on.
type attempt struct{ crm.SignInAttempt }

func newAttempt(method crm.SignInMethod, userAgent, address string) *attempt {
	return &attempt{crm.SignInAttempt{Method: method, UserAgent: clip(userAgent, 300), RemoteAddr: clip(address, 64)}}
}

// by says who tries, once it is known.
func (a *attempt) by(u *crm.User) {
	if u == nil {
		return
	}
	a.UserID, a.Login, a.Outcome = u.ID, crm.LoginKey(u.Email), crm.SignInWrong
	if !u.DisabledAt.IsZero() {
		a.Outcome = crm.SignInDisabled
	}
}

// slowDown refuses an attempt that comes too soon after failures.
func (db *DB) slowDown(ctx context.Context, a *attempt, limits []limit) error {
	wait, first := db.slow.attempt(limits)
	if wait == 0 {
		return nil
	}
	if first {
		a.Outcome = crm.SignInSlowed
		db.note(ctx, a)
	}
	return &crm.TooManyAttempts{RetryAfter: wait}
}

// refused records a wrong password, code or passkey.
func (db *DB) refused(ctx context.Context, a *attempt) {
	if a.Outcome == "" {
		a.Outcome = crm.SignInWrong
	}
	db.note(ctx, a)
}

// note records an attempt that started no session. The answer does not depend
// on whether this could be written.
func (db *DB) note(ctx context.Context, a *attempt) {
	db.log.WarnContext(ctx, "no sign-in", "outcome", a.Outcome, "method", a.Method, "user", a.UserID, "address", a.RemoteAddr)
	err := db.writer.do(context.WithoutCancel(ctx), essential, func(t *tx) error { return t.noteAttempt(a, db.stamp()) })
	if err != nil {
		db.log.WarnContext(ctx, "an attempt to sign in was not recorded", "error", err)
	}
}

const forgetAttempts = "DELETE FROM sign_in_attempt WHERE at < ?"

func (t *tx) noteAttempt(a *attempt, at time.Time) error {
	var user any
	if a.UserID != 0 {
		user = a.UserID
	}
	id, err := t.insert(`INSERT INTO sign_in_attempt (at, user_id, login, method, outcome, user_agent, remote_addr)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, at.UnixMicro(), user, a.Login, string(a.Method), string(a.Outcome), a.UserAgent, a.RemoteAddr)
	if err != nil {
		return fmt.Errorf("record attempt: %w", err)
	}
	_, err = t.exec("DELETE FROM sign_in_attempt WHERE id <= ?", id-maxAttempts)
	return err
}

const (
	attemptColumns = `a.id, a.at, coalesce(a.user_id, 0), coalesce(u.name, ''), a.login, a.method, a.outcome, a.user_agent, a.remote_addr`
	attemptsOf     = `SELECT ` + attemptColumns + ` FROM sign_in_attempt AS a LEFT JOIN user AS u ON u.id = a.user_id WHERE a.id < ?`
	allAttempts    = attemptsOf + ` ORDER BY a.id DESC LIMIT ?`
	failedAttempts = attemptsOf + ` AND a.outcome <> 'done' ORDER BY a.id DESC LIMIT ?`
)

// SignInAttempts lists what was tried, newest first. Prev is always empty: it
// is read downwards.
func (db *DB) SignInAttempts(ctx context.Context, failedOnly bool, after crm.Cursor, limit int) (crm.Page[*crm.SignInAttempt], error) {
	var page crm.Page[*crm.SignInAttempt]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	if !actor.User.Role.CanOwn() {
		return page, crm.ErrForbidden
	}
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	from := int64(math.MaxInt64)
	if after != "" {
		if from, err = parseActionCursor(after); err != nil {
			return page, err
		}
	}
	query := allAttempts
	if failedOnly {
		query = failedAttempts
	}
	err = db.queries.each(ctx, query, []any{from, limit + 1}, func(rows *sql.Rows) error {
		a, at := &crm.SignInAttempt{}, int64(0)
		err := rows.Scan(&a.ID, &at, &a.UserID, &a.UserName, &a.Login, &a.Method, &a.Outcome, &a.UserAgent, &a.RemoteAddr)
		a.At = instant(at)
		page.Items = append(page.Items, a)
		return err
	})
	if err != nil {
		return crm.Page[*crm.SignInAttempt]{}, fmt.Errorf("list attempts to sign in: %w", err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		page.Next = actionCursor(page.Items[limit-1].ID)
	}
	return page, nil
}
