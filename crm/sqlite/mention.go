package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

const (
	selectCallable = `SELECT id, name FROM user WHERE disabled_at IS NULL`
	selectMentions = `SELECT ` + activityColumns + `, m.by_name, m.at, m.read_at FROM mention AS m
		CROSS JOIN activity AS r ON r.id = m.activity_id ` + activityJoins + `
		WHERE m.user_id = ? AND (m.at, m.activity_id) < (?, ?) AND r.deleted_at IS NULL
		ORDER BY m.at DESC, m.activity_id DESC LIMIT ?`
	selectUnread = `SELECT ` + activityColumns + `, m.by_name, m.at, m.read_at FROM mention AS m
		CROSS JOIN activity AS r ON r.id = m.activity_id ` + activityJoins + `
		WHERE m.user_id = ? AND (m.at, m.activity_id) < (?, ?) AND m.read_at = 0 AND r.deleted_at IS NULL
		ORDER BY m.at DESC, m.activity_id DESC LIMIT ?`
)

// saveMentions stores whom the text of an activity calls. Who was called before
// is not called again, and nobody calls themselves.
func (t *tx) saveMentions(id int64, a *crm.Activity) error {
	author := crm.Actor{User: &crm.User{}}
	if actor, ok := crm.ActorFrom(t.ctx); ok {
		author = actor
	}
	var called []int64
	if strings.Contains(a.Body, "@") {
		users, err := t.callable()
		if err != nil {
			return err
		}
		for _, span := range crm.FindMentions(a.Body, users) {
			called = append(called, span.UserID)
		}
	}
	var known []int64
	err := t.each("SELECT user_id FROM mention WHERE activity_id = ?", []any{id}, func(rows *sql.Rows) error {
		var user int64
		err := rows.Scan(&user)
		known = append(known, user)
		return err
	})
	if err != nil {
		return fmt.Errorf("read mentions: %w", err)
	}
	for _, user := range known {
		if slices.Contains(called, user) {
			continue
		}
		if _, err := t.exec("DELETE FROM mention WHERE activity_id = ? AND user_id = ?", id, user); err != nil {
			return fmt.Errorf("drop mention: %w", err)
		}
	}
	for _, user := range called {
		if user == author.User.ID || slices.Contains(known, user) {
			continue
		}
		if _, err := t.exec(`INSERT OR IGNORE INTO mention (activity_id, user_id, by_name, at, read_at) VALUES (?, ?, ?, ?, 0)`,
			id, user, author.User.Name, a.UpdatedAt.UnixMicro()); err != nil {
			return fmt.Errorf("store mention: %w", err)
		}
	}
	return nil
}

func (t *tx) callable() ([]*crm.User, error) {
	var users []*crm.User
	err := t.each(selectCallable, nil, func(rows *sql.Rows) error {
		u := &crm.User{}
		err := rows.Scan(&u.ID, &u.Name)
		users = append(users, u)
		return err
	})
	return users, err
}

// Mentions lists where others called the actor.
func (db *DB) Mentions(ctx context.Context, unreadOnly bool, after crm.Cursor, limit int) (crm.Page[*crm.Mention], error) {
	var page crm.Page[*crm.Mention]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	at := []int64{lastPlace, lastPlace}
	if after != "" {
		if at, err = parseNumbers(after, len(at)); err != nil {
			return page, err
		}
	}
	query := selectMentions
	if unreadOnly {
		query = selectUnread
	}
	limit = pageLimit(limit)
	err = db.queries.each(ctx, query, []any{actor.User.ID, at[0], at[1], limit + 1}, func(rows *sql.Rows) error {
		m := &crm.Mention{}
		var at, read int64
		m.Activity, _, err = scanActivity(rows.Scan, db.scope(actor), &m.ByName, &at, &read)
		m.At, m.ReadAt = instant(at), instant(read)
		page.Items = append(page.Items, m)
		return err
	})
	if err != nil {
		return crm.Page[*crm.Mention]{}, fmt.Errorf("list mentions: %w", err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		last := page.Items[limit-1]
		page.Next = numbersCursor(last.At.UnixMicro(), last.Activity.ID)
	}
	return page, nil
}

// ReadMention notes that the actor has read one.
func (db *DB) ReadMention(ctx context.Context, activityID int64) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		found := false
		if err := t.queryRow("SELECT EXISTS (SELECT 1 FROM mention WHERE activity_id = ? AND user_id = ?)",
			activityID, actor.User.ID).Scan(&found); err != nil {
			return err
		}
		if !found {
			return crm.ErrNotFound
		}
		_, err := t.exec("UPDATE mention SET read_at = ? WHERE activity_id = ? AND user_id = ? AND read_at = 0",
			db.stamp().UnixMicro(), activityID, actor.User.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("read mention in activity %d: %w", activityID, err)
	}
	return nil
}
