package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/grupobizopps/salexops/crm"
)

const selectLogin = `SELECT ` + userColumns + `, u.password_hash FROM user AS u WHERE u.login = ?`

// SignIn checks the password and starts a session. It ends the user's sessions
// past the licence's number, the oldest first (contract 2.5).
func (db *DB) SignIn(ctx context.Context, in crm.SignIn) (string, *crm.Session, *crm.User, error) {
	login := clip(crm.LoginKey(in.Email), 254)
	if wait := db.slow.attempt(login, in.RemoteAddr); wait > 0 {
		db.log.WarnContext(ctx, "sign-in slowed down", "login", login, "address", in.RemoteAddr, "retryAfter", wait)
		return "", nil, nil, &crm.TooManyAttempts{RetryAfter: wait}
	}
	u, err := db.identify(ctx, login, in.Password)
	if err != nil {
		if errors.Is(err, crm.ErrWrongCredentials) {
			db.log.WarnContext(ctx, "sign-in failed", "login", login, "address", in.RemoteAddr)
		}
		return "", nil, nil, err
	}
	db.slow.succeeded(login, in.RemoteAddr)
	if err := db.mayEnter(u.Role); err != nil {
		return "", nil, nil, err
	}
	token, s, err := db.startSession(ctx, u, in)
	if err != nil {
		return "", nil, nil, fmt.Errorf("sign user %d in: %w", u.ID, err)
	}
	db.log.InfoContext(ctx, "signed in", "user", u.ID, "session", s.ID, "address", in.RemoteAddr, "endedOthers", s.EndedOthers)
	return token, s, u, nil
}

// identify finds the enabled user with this login and password. Unknown logins
// and disabled users cost as much time as a wrong password.
func (db *DB) identify(ctx context.Context, login, password string) (*crm.User, error) {
	stored := ""
	u, err := db.scanUser(db.queries.queryRow(ctx, selectLogin, login).Scan, &stored)
	unknown := errors.Is(err, sql.ErrNoRows)
	if err != nil && !unknown {
		return nil, fmt.Errorf("find login: %w", err)
	}
	if len(password) > 4*crm.MaxPassword {
		stored, password = "", "" // longer than any password: the same work, no more
	}
	right, err := db.hashing.matches(ctx, stored, password)
	if err != nil {
		return nil, fmt.Errorf("check password: %w", err)
	}
	if !right || unknown || !u.DisabledAt.IsZero() {
		return nil, crm.ErrWrongCredentials
	}
	return u, nil
}

func (db *DB) startSession(ctx context.Context, u *crm.User, in crm.SignIn) (string, *crm.Session, error) {
	token, hash := newToken()
	var started *crm.Session
	err := db.writer.do(ctx, essential, func(t *tx) error {
		now := db.stamp()
		ended, err := db.endOldest(t, u.ID)
		if err != nil {
			return err
		}
		s := &crm.Session{
			UserID: u.ID, UserAgent: clip(in.UserAgent, 300), RemoteAddr: clip(in.RemoteAddr, 64),
			CreatedAt: now, LastSeenAt: now, EndedOthers: ended,
		}
		s.ID, err = t.insert(`INSERT INTO session (token_hash, user_id, user_agent, remote_addr, created_at, last_seen_at, ended_others)
			VALUES (?, ?, ?, ?, ?, ?, ?)`, hash, s.UserID, s.UserAgent, s.RemoteAddr, now.UnixMicro(), now.UnixMicro(), ended)
		if err != nil {
			return err
		}
		started = s
		_, err = t.exec("UPDATE user SET last_seen_at = ? WHERE id = ?", now.UnixMicro(), u.ID)
		return err
	})
	return token, started, err
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
