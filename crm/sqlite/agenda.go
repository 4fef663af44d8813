package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// An agenda begins as early as a meeting may have begun that lasts until its
// first day.
const (
	agendaOfAll = `SELECT ` + activityColumns + ` FROM activity AS r ` + activityJoins + `
		WHERE r.starts <> '' AND r.starts >= ?1 AND r.starts < ?2 AND (r.starts >= ?3 OR r.ends >= ?3)
		AND r.deleted_at IS NULL ORDER BY r.starts, r.id LIMIT ?4`
	agendaOfOwner = `SELECT ` + activityColumns + ` FROM activity AS r ` + activityJoins + `
		WHERE r.owner_id = ?5 AND r.starts <> '' AND r.starts >= ?1 AND r.starts < ?2 AND (r.starts >= ?3 OR r.ends >= ?3)
		AND r.deleted_at IS NULL ORDER BY r.starts, r.id LIMIT ?4`
	selectReminders = `SELECT ` + activityColumns + ` FROM activity AS r ` + activityJoins + `
		WHERE r.owner_id = ? AND r.remind_at <> '' AND r.remind_at <= ? AND r.remind_at <> r.reminded
		AND r.deleted_at IS NULL ORDER BY r.remind_at LIMIT ?`
)

// remindersShown bounds the reminders that are told of at once.
const remindersShown = 10

// Agenda lists what has a date from the first day to the last.
func (db *DB) Agenda(ctx context.Context, first, last crm.Moment, owner int64) ([]*crm.Activity, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	if scope := db.scope(actor); scope != 0 {
		if owner != 0 && owner != scope {
			return nil, nil
		}
		owner = scope
	}
	first, last = first.Day(), last.Day()
	query := agendaOfAll
	args := []any{string(first.AddDays(-crm.MaxMeetingDays)), string(last.AddDays(1)), string(first), crm.MaxAgenda}
	if owner != 0 {
		query, args = agendaOfOwner, append(args, owner)
	}
	all, err := db.readActivities(ctx, actor, query, args...)
	if err != nil {
		return nil, fmt.Errorf("agenda from %s to %s: %w", first, last, err)
	}
	return all, nil
}

// reminderKey is whose reminders they are, and when. Every page has them.
type reminderKey struct {
	user int64
	now  crm.Moment
}

// Reminders are the actor's activities that ask for attention.
func (db *DB) Reminders(ctx context.Context, now crm.Moment) ([]*crm.Activity, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	all, err := db.reminders.get(db.writer.commits.Load, reminderKey{actor.User.ID, now}, func() ([]*crm.Activity, error) {
		return db.readActivities(ctx, actor, selectReminders, actor.User.ID, string(now), remindersShown)
	})
	if err != nil {
		return nil, fmt.Errorf("list reminders: %w", err)
	}
	return all, nil
}

// DismissReminder says that the actor has seen a reminder.
func (db *DB) DismissReminder(ctx context.Context, id int64) error {
	actor, err := mayLook(ctx)
	if err != nil {
		return err
	}
	err = db.writer.do(ctx, essential, func(t *tx) error {
		n, err := t.change("UPDATE activity SET reminded = remind_at WHERE id = ? AND owner_id = ? AND deleted_at IS NULL", id, actor.User.ID)
		if err == nil && n == 0 {
			return crm.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("dismiss reminder of activity %d: %w", id, err)
	}
	return nil
}

// zone is the tenant's time zone; an unknown one is UTC.
func (db *DB) zone() *time.Location {
	zone, err := time.LoadLocation(db.rights().TimeZone)
	if err != nil {
		return time.UTC
	}
	return zone
}

func (t *tx) zone() *time.Location { return t.w.zone() }
