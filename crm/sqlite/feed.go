package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// feedTouch is how exactly the last use of a calendar address is known.
const feedTouch = time.Hour

const (
	selectFeed     = `SELECT created_at, used_at FROM feed WHERE user_id = ?`
	selectFeedUser = `SELECT ` + userColumns + `, f.used_at FROM feed AS f JOIN user AS u ON u.id = f.user_id WHERE f.token_hash = ?`
)

// Feed tells about the actor's calendar address.
func (db *DB) Feed(ctx context.Context) (*crm.Feed, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	var created, used int64
	err = db.queries.queryRow(ctx, selectFeed, actor.User.ID).Scan(&created, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, crm.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("read calendar address: %w", err)
	}
	return &crm.Feed{CreatedAt: instant(created), UsedAt: instant(used)}, nil
}

// CreateFeed makes a new secret for the actor's calendar.
func (db *DB) CreateFeed(ctx context.Context) (string, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return "", err
	}
	token, hash := newToken()
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		_, err := t.exec("INSERT OR REPLACE INTO feed (user_id, token_hash, created_at, used_at) VALUES (?, ?, ?, 0)",
			actor.User.ID, hash, db.stamp().UnixMicro())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("create calendar address: %w", err)
	}
	return token, nil
}

// RevokeFeed ends the actor's calendar address.
func (db *DB) RevokeFeed(ctx context.Context) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		_, err := t.exec("DELETE FROM feed WHERE user_id = ?", actor.User.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("revoke calendar address: %w", err)
	}
	return nil
}

// FeedUser finds out whose secret it is. Wrong ones slow their network address
// down, as failed sign-ins do, but apart from them.
func (db *DB) FeedUser(ctx context.Context, token, remoteAddr string) (*crm.User, error) {
	if wait, _ := db.guesses.attempt([]limit{addressLimit(remoteAddr)}); wait > 0 {
		return nil, &crm.TooManyAttempts{RetryAfter: wait}
	}
	var used int64
	u, err := db.scanUser(db.queries.queryRow(ctx, selectFeedUser, hashToken(token)).Scan, &used)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, crm.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("find calendar address: %w", err)
	}
	db.guesses.succeeded([]limit{addressLimit(remoteAddr)})
	if !u.DisabledAt.IsZero() || u.MustChangePassword || db.mayEnter(u.Role) != nil {
		return nil, crm.ErrNotFound
	}
	if db.now().Sub(instant(used)) >= feedTouch {
		db.touchFeed(ctx, u.ID)
	}
	return u, nil
}

// touchFeed notes that a calendar asked. It does not fail because this could
// not be written.
func (db *DB) touchFeed(ctx context.Context, user int64) {
	err := db.writer.do(context.WithoutCancel(ctx), essential, func(t *tx) error {
		_, err := t.exec("UPDATE feed SET used_at = ? WHERE user_id = ?", db.stamp().UnixMicro(), user)
		return err
	})
	if err != nil {
		db.log.WarnContext(ctx, "the last use of a calendar address was not noted", "user", user, "error", err)
	}
}
