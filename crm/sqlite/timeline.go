package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// A timeline merges two lists, each a walk along an index from its own place:
// the history of the record, and the activities in its reach. Whoever sees the
// records of one owner alone sees, of what a record of theirs reaches, what
// they do themselves and what is linked to records of theirs.
const (
	timelineOrder = ` AND (l.happened_at, l.activity_id) < (?4, ?5) AND r.deleted_at IS NULL
		AND (?3 = 0 OR r.owner_id = ?3 OR c.owner_id = ?3 OR k.owner_id = ?3 OR d.owner_id = ?3 OR q.owner_id = ?3)
		ORDER BY l.happened_at DESC, l.activity_id DESC LIMIT ?6`
	timelineFrom = `SELECT ` + activityColumns + `, l.happened_at FROM activity_link AS l
		CROSS JOIN activity AS r ON r.id = l.activity_id ` + activityJoins + ` WHERE l.kind = ?1 AND l.record_id = ?2`
	timelineAll    = timelineFrom + timelineOrder
	timelineOfType = timelineFrom + ` AND l.type = ?7` + timelineOrder

	nextSteps = `SELECT ` + activityColumns + ` FROM activity_link AS l
		CROSS JOIN activity AS r ON r.id = l.activity_id ` + activityJoins + `
		WHERE l.kind = ?1 AND l.record_id = ?2 AND l.next <> '' AND (l.type <> 'meeting' OR l.next >= ?4)
		AND r.deleted_at IS NULL AND (?3 = 0 OR r.owner_id = ?3 OR c.owner_id = ?3 OR k.owner_id = ?3 OR d.owner_id = ?3 OR q.owner_id = ?3)
		ORDER BY l.next LIMIT ?5`
)

// timelineEntry is an item with what it is sorted by.
type timelineEntry struct {
	crm.TimelineItem
	at time.Time
}

// timelinePlace is where both lists of a timeline go on.
type timelinePlace struct{ action, happened, activity int64 }

func parseTimelinePlace(after crm.Cursor) (timelinePlace, error) {
	if after == "" {
		return timelinePlace{lastPlace, lastPlace, lastPlace}, nil
	}
	n, err := parseNumbers(after, 3)
	if err != nil {
		return timelinePlace{}, err
	}
	return timelinePlace{n[0], n[1], n[2]}, nil
}

// Timeline lists what happened around a record.
func (db *DB) Timeline(ctx context.Context, f crm.TimelineFilter) (crm.Page[crm.TimelineItem], error) {
	var page crm.Page[crm.TimelineItem]
	actor, err := mayLook(ctx)
	if err != nil {
		return page, err
	}
	if err := db.maySeeRecord(ctx, actor, f.Kind, f.ID); err != nil {
		return page, err
	}
	place, err := parseTimelinePlace(f.After)
	if err != nil {
		return page, err
	}
	limit := pageLimit(f.Limit)
	entries, err := db.timelineEntries(ctx, f, db.scope(actor), place, limit+1)
	if err != nil {
		return page, fmt.Errorf("timeline of %s %d: %w", f.Kind, f.ID, err)
	}
	more := len(entries) > limit
	entries = entries[:min(len(entries), limit)]
	for _, e := range entries {
		page.Items = append(page.Items, e.TimelineItem)
		if e.Action != nil {
			place.action = e.Action.ID
		} else {
			place.happened, place.activity = e.at.UnixMicro(), e.Activity.ID
		}
	}
	if more {
		page.Next = numbersCursor(place.action, place.happened, place.activity)
	}
	return page, nil
}

// timelineEntries reads as many of both lists and sorts them into one. Of the
// same moment, what was done comes above what was changed by it.
func (db *DB) timelineEntries(ctx context.Context, f crm.TimelineFilter, scope int64, from timelinePlace, limit int) ([]timelineEntry, error) {
	var entries []timelineEntry
	var err error
	if f.Show != crm.ShowChanges {
		if entries, err = db.timelineActivities(ctx, f, scope, from, limit); err != nil {
			return nil, err
		}
	}
	if f.Show == crm.ShowAll || f.Show == crm.ShowChanges {
		actor, err := mayLook(ctx)
		if err != nil {
			return nil, err
		}
		actions, err := db.tell(ctx, actor, historyAfter, []any{string(f.Kind), f.ID, from.action, limit})
		if err != nil {
			return nil, err
		}
		for _, action := range actions {
			entries = append(entries, timelineEntry{crm.TimelineItem{Action: action}, action.At})
		}
	}
	slices.SortStableFunc(entries, func(a, b timelineEntry) int { return b.at.Compare(a.at) })
	return entries, err
}

func (db *DB) timelineActivities(ctx context.Context, f crm.TimelineFilter, scope int64, from timelinePlace, limit int) ([]timelineEntry, error) {
	query, args := timelineAll, []any{string(f.Kind), f.ID, scope, from.happened, from.activity, limit}
	if f.Show != crm.ShowAll && f.Show != crm.ShowActivities {
		if !slices.Contains(crm.ActivityTypes, crm.ActivityType(f.Show)) {
			return nil, crm.Invalid{"show": crm.KeyChoice}
		}
		query, args = timelineOfType, append(args, string(f.Show))
	}
	var entries []timelineEntry
	err := db.queries.each(ctx, query, args, func(rows *sql.Rows) error {
		var at int64
		a, _, err := scanActivity(rows.Scan, scope, &at)
		entries = append(entries, timelineEntry{crm.TimelineItem{Activity: a}, instant(at)})
		return err
	})
	return entries, err
}

// NextSteps lists what is to come around a record.
func (db *DB) NextSteps(ctx context.Context, kind crm.Kind, id int64, today crm.Moment, limit int) ([]*crm.Activity, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	if err := db.maySeeRecord(ctx, actor, kind, id); err != nil {
		return nil, err
	}
	all, err := db.readActivities(ctx, actor, nextSteps, string(kind), id, db.scope(actor), string(today.Day()), pageLimit(limit))
	if err != nil {
		return nil, fmt.Errorf("next steps of %s %d: %w", kind, id, err)
	}
	return all, nil
}

func (db *DB) readActivities(ctx context.Context, actor crm.Actor, query string, args ...any) ([]*crm.Activity, error) {
	var all []*crm.Activity
	scope := db.scope(actor)
	err := db.queries.each(ctx, query, args, func(rows *sql.Rows) error {
		a, _, err := scanActivity(rows.Scan, scope)
		all = append(all, a)
		return err
	})
	return all, err
}
