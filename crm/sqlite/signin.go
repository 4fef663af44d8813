package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

const selectLogin = `SELECT ` + userColumns + `, u.password_hash FROM user AS u WHERE u.login = ?`

// SignIn checks the password and starts a session, or asks for the second
// step. It ends the user's sessions past the licence's number, the oldest
// first (contract 2.5).
func (db *DB) SignIn(ctx context.Context, in crm.SignIn) (string, *crm.Session, *crm.User, error) {
	login := clip(crm.LoginKey(in.Email), 254)
	a := newAttempt(crm.ByPassword, in.UserAgent, in.RemoteAddr)
	if crm.ValidEmail(login) {
		a.Login = login
	}
	limits := passwordLimits(login, in.RemoteAddr)
	if err := db.slowDown(ctx, a, limits); err != nil {
		return "", nil, nil, err
	}
	u, stored, err := db.identify(ctx, login, in.Password)
	a.by(u)
	if err != nil {
		if errors.Is(err, crm.ErrWrongCredentials) {
			db.refused(ctx, a)
		}
		return "", nil, nil, err
	}
	db.slow.succeeded(limits)
	return db.enter(ctx, u, a, stored, false)
}

// identify finds the enabled user with this login and password, and the stored
// hash. Unknown logins and disabled users cost as much time as a wrong
// password; a user who is known is told with ErrWrongCredentials, too.
func (db *DB) identify(ctx context.Context, login, password string) (*crm.User, string, error) {
	stored := ""
	u, err := db.scanUser(db.queries.queryRow(ctx, selectLogin, login).Scan, &stored)
	unknown := errors.Is(err, sql.ErrNoRows)
	if err != nil && !unknown {
		return nil, "", fmt.Errorf("find login: %w", err)
	}
	if len(password) > 4*crm.MaxPassword {
		stored, password = "", "" // longer than any password: the same work, no more
	}
	right, err := db.hashing.matches(ctx, stored, password)
	if err != nil {
		return nil, "", fmt.Errorf("check password: %w", err)
	}
	if unknown {
		return nil, "", crm.ErrWrongCredentials
	}
	if !right || !u.DisabledAt.IsZero() {
		return u, "", crm.ErrWrongCredentials
	}
	return u, stored, nil
}

// enter lets an identified user in, past the licence and, unless what was
// shown is enough, past the second step.
func (db *DB) enter(ctx context.Context, u *crm.User, a *attempt, passwordHash string, enough bool) (string, *crm.Session, *crm.User, error) {
	if err := db.mayEnter(u.Role); err != nil {
		a.Outcome = crm.SignInClosed
		db.note(ctx, a)
		return "", nil, nil, err
	}
	if !enough {
		on := false
		if err := db.queries.queryRow(ctx, hasTwoStep, u.ID).Scan(&on); err != nil {
			return "", nil, nil, fmt.Errorf("look for the second step of user %d: %w", u.ID, err)
		}
		if on {
			a.Outcome = crm.SignInHalf
			db.note(ctx, a)
			return "", nil, nil, &crm.SecondFactorNeeded{Ticket: db.newTicket(u.ID, passwordHash)}
		}
	}
	return db.startSession(ctx, u, a, func(*tx) error { return nil })
}

// startSession does what is needed first, and starts a session with it or not
// at all.
func (db *DB) startSession(ctx context.Context, u *crm.User, a *attempt, first func(*tx) error) (string, *crm.Session, *crm.User, error) {
	token, hash := newToken()
	var started *crm.Session
	err := db.writer.do(ctx, essential, func(t *tx) error {
		if err := first(t); err != nil {
			return err
		}
		now := db.stamp()
		ended, err := db.endOldest(t, u.ID)
		if err != nil {
			return err
		}
		s := &crm.Session{
			UserID: u.ID, UserAgent: a.UserAgent, RemoteAddr: a.RemoteAddr,
			CreatedAt: now, LastSeenAt: now, EndedOthers: ended,
		}
		s.ID, err = t.insert(`INSERT INTO session (token_hash, user_id, user_agent, remote_addr, created_at, last_seen_at, ended_others)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, hash, s.UserID, s.UserAgent, s.RemoteAddr, now.UnixMicro(), now.UnixMicro(), ended)
		if err != nil {
			return err
		}
		started = s
		if _, err = t.exec("UPDATE user SET last_seen_at = ? WHERE id = ?", now.UnixMicro(), u.ID); err != nil {
			return err
		}
		a.Outcome = crm.SignInDone
		return t.noteAttempt(a, now)
	})
	if err != nil {
		return "", nil, nil, fmt.Errorf("sign user %d in: %w", u.ID, err)
	}
	db.log.InfoContext(ctx, "signed in", "user", u.ID, "session", started.ID, "method", a.Method,
		"address", a.RemoteAddr, "endedOthers", started.EndedOthers)
	return token, started, u, nil
}

// endOldest ends live sessions until there is room for one more and counts
// them. Sessions that have run out are ended too, but do not count: nobody
// used them.
func (db *DB) endOldest(t *tx, user int64) (int, error) {
	now := db.stamp().UnixMicro()
	since := db.liveSince()
	_, err := t.exec(`UPDATE session SET ended_at = ?, end_reason = ?
		WHERE user_id = ? AND ended_at IS NULL AND NOT (last_seen_at > ? AND created_at > ?)`,
		now, string(crm.EndedByExpiry), user, since[0], since[1])
	if err != nil {
		return 0, fmt.Errorf("end expired sessions: %w", err)
	}
	ended, err := t.change(`UPDATE session SET ended_at = ?, end_reason = ? WHERE id IN (
			SELECT id FROM session WHERE user_id = ? AND ended_at IS NULL ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?)`,
		now, string(crm.EndedByOther), user, max(db.rights().SessionsPerUser, 1)-1)
	if err != nil {
		return 0, fmt.Errorf("end other sessions: %w", err)
	}
	return int(ended), nil
}
