package sqlite

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// How long a session lives.
const (
	sessionIdle     = 72 * time.Hour      // without a request
	sessionAbsolute = 30 * 24 * time.Hour // whatever happens
	// sessionTouch is how exactly the last request is known: one write in this
	// time for each session, instead of one for each page.
	sessionTouch = time.Minute
)

const (
	sessionColumns = `s.id, s.user_id, s.user_agent, s.remote_addr, s.created_at, s.last_seen_at, s.ended_others`
	selectSession  = `SELECT ` + userColumns + `, ` + sessionColumns + `, s.ended_at IS NOT NULL, s.end_reason
		FROM session AS s JOIN user AS u ON u.id = s.user_id WHERE s.token_hash = ?`
	selectSessions = `SELECT ` + sessionColumns + ` FROM session AS s
		WHERE s.user_id = ? AND s.ended_at IS NULL AND s.last_seen_at > ? AND s.created_at > ? ORDER BY s.created_at DESC, s.id DESC`
)

// newToken makes a session's secret: 256 random bits, of which the database
// keeps the SHA-256 alone. The secret has enough entropy of its own, so the
// hash needs neither salt nor cost.
func newToken() (token string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails: crypto/rand.Read
	token = base64.RawURLEncoding.EncodeToString(raw)
	return token, hashToken(token)
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// sessionTargets are where the columns of a session are read into; the times
// are set by calling done.
func sessionTargets(s *crm.Session) (targets []any, done func()) {
	var created, seen int64
	targets = []any{&s.ID, &s.UserID, &s.UserAgent, &s.RemoteAddr, &created, &seen, &s.EndedOthers}
	return targets, func() { s.CreatedAt, s.LastSeenAt = instant(created), instant(seen) }
}

// Session finds the live session of a token and its user.
func (db *DB) Session(ctx context.Context, token string) (*crm.Session, *crm.User, error) {
	s := &crm.Session{}
	targets, done := sessionTargets(s)
	ended, reason := false, crm.EndReason("")
	u, err := db.scanUser(db.queries.queryRow(ctx, selectSession, hashToken(token)).Scan, append(targets, &ended, &reason)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, &crm.SessionEnded{Reason: crm.EndedByExpiry}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("find session: %w", err)
	}
	done()
	now := db.now()
	switch {
	case ended:
		return nil, nil, &crm.SessionEnded{Reason: reason, UserID: u.ID}
	case !u.DisabledAt.IsZero():
		return nil, nil, &crm.SessionEnded{Reason: crm.EndedByDisable, UserID: u.ID}
	case now.Sub(s.LastSeenAt) >= sessionIdle, now.Sub(s.CreatedAt) >= sessionAbsolute:
		return nil, nil, &crm.SessionEnded{Reason: crm.EndedByExpiry, UserID: u.ID}
	}
	if err := db.mayEnter(u.Role); err != nil {
		return nil, nil, err
	}
	if now.Sub(s.LastSeenAt) >= sessionTouch {
		db.touch(ctx, s)
	}
	return s, u, nil
}

// touch notes that the session and its user were seen. A page does not fail
// because this could not be written, on a full volume for instance.
func (db *DB) touch(ctx context.Context, s *crm.Session) {
	now := db.stamp()
	err := db.writer.do(context.WithoutCancel(ctx), essential, func(t *tx) error {
		if _, err := t.exec("UPDATE session SET last_seen_at = ? WHERE id = ?", now.UnixMicro(), s.ID); err != nil {
			return err
		}
		_, err := t.exec("UPDATE user SET last_seen_at = ? WHERE id = ?", now.UnixMicro(), s.UserID)
		return err
	})
	if err != nil {
		db.log.WarnContext(ctx, "the last visit of a session was not noted", "session", s.ID, "error", err)
		return
	}
	s.LastSeenAt = now
}

// SignOut ends the session of a token. A token that is unknown or whose
// session is over is no error: the result is as wished.
func (db *DB) SignOut(ctx context.Context, token string) error {
	err := db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.exec("UPDATE session SET ended_at = ?, end_reason = ? WHERE token_hash = ? AND ended_at IS NULL",
			db.stamp().UnixMicro(), string(crm.EndedBySignOut), hashToken(token))
		return err
	})
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	return nil
}

// Sessions lists the actor's own live sessions, the newest first.
func (db *DB) Sessions(ctx context.Context) ([]*crm.Session, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	var all []*crm.Session
	args := append([]any{actor.User.ID}, db.liveSince()...)
	err = db.queries.each(ctx, selectSessions, args, func(rows *sql.Rows) error {
		s := &crm.Session{}
		targets, done := sessionTargets(s)
		err := rows.Scan(targets...)
		done()
		all = append(all, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	return all, nil
}

// liveSince are the times after which a live session was seen and created.
func (db *DB) liveSince() []any {
	now := db.now()
	return []any{now.Add(-sessionIdle).UnixMicro(), now.Add(-sessionAbsolute).UnixMicro()}
}

// EndSession ends one of the actor's own sessions.
func (db *DB) EndSession(ctx context.Context, id int64) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		ended, err := t.change("UPDATE session SET ended_at = ?, end_reason = ? WHERE id = ? AND user_id = ? AND ended_at IS NULL",
			db.stamp().UnixMicro(), string(crm.EndedBySignOut), id, actor.User.ID)
		if err == nil && ended == 0 {
			return crm.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("end session %d: %w", id, err)
	}
	return nil
}

// EndOtherSessions ends all of the actor's sessions but the one in use.
func (db *DB) EndOtherSessions(ctx context.Context) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.endSessions(actor.User.ID, actor.SessionID, db.stamp(), crm.EndedBySignOut)
		return err
	})
	if err != nil {
		return fmt.Errorf("end other sessions of user %d: %w", actor.User.ID, err)
	}
	return nil
}

// endSessions ends all live sessions of a user but one, and counts them.
func (t *tx) endSessions(user, but int64, now time.Time, reason crm.EndReason) (int64, error) {
	return t.change("UPDATE session SET ended_at = ?, end_reason = ? WHERE user_id = ? AND id <> ? AND ended_at IS NULL",
		now.UnixMicro(), string(reason), user, but)
}

// clip shortens what a browser says of itself to what is worth keeping.
func clip(text string, longest int) string {
	text = strings.ToValidUTF8(text, "")
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	return text
}
