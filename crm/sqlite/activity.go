package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// contactTitle is crm.Contact.Title of the contact c, empty while it is in the bin.
const contactTitle = `coalesce(nullif(trim(c.given_name || ' ' || c.family_name), ''), json_extract(c.emails, '$[0]'), '')`

// leadTitle is crm.Lead.Title of the lead q.
const leadTitle = `coalesce(nullif(trim(q.given_name || ' ' || q.family_name), ''), nullif(q.company_name, ''), json_extract(q.emails, '$[0]'), '')`

// activityColumns are read by scanActivity; the joins name what an activity is
// linked to, and its owner.
const (
	activityColumns = `r.id, r.type, r.subject, r.body, r.starts, r.ends, r.place, r.reminder,
		coalesce(r.contact_id, 0), ` + contactTitle + `, coalesce(c.owner_id, 0),
		coalesce(r.company_id, 0), coalesce(k.name, ''), coalesce(k.owner_id, 0),
		coalesce(r.deal_id, 0), coalesce(d.name, ''), coalesce(d.owner_id, 0),
		coalesce(r.lead_id, 0), ` + leadTitle + `, coalesce(q.owner_id, 0), r.owner_id, coalesce(u.name, ''),
		r.done_at, r.created_at, r.updated_at, r.version`
	activityJoins = `LEFT JOIN contact AS c ON c.id = r.contact_id AND c.deleted_at IS NULL
		LEFT JOIN company AS k ON k.id = r.company_id AND k.deleted_at IS NULL
		LEFT JOIN deal AS d ON d.id = r.deal_id AND d.deleted_at IS NULL
		LEFT JOIN lead AS q ON q.id = r.lead_id AND q.deleted_at IS NULL
		LEFT JOIN user AS u ON u.id = r.owner_id`
	selectActivity = `SELECT ` + activityColumns + `, r.deleted_at IS NOT NULL FROM activity AS r ` + activityJoins + ` WHERE r.id = ?`
)

// scanActivity reads a row for somebody who sees the records of one owner (0: of
// all): the others that it is linked to stay unnamed. seen says whether one of
// its records is of those.
func scanActivity(scan func(...any) error, scope int64, more ...any) (a *crm.Activity, seen bool, err error) {
	a = &crm.Activity{}
	var contactOwner, companyOwner, dealOwner, leadOwner, done, created, updated int64
	err = scan(append([]any{
		&a.ID, &a.Type, &a.Subject, &a.Body, &a.Starts, &a.Ends, &a.Place, &a.Reminder,
		&a.ContactID, &a.ContactName, &contactOwner, &a.CompanyID, &a.CompanyName, &companyOwner,
		&a.DealID, &a.DealName, &dealOwner, &a.LeadID, &a.LeadName, &leadOwner, &a.OwnerID, &a.OwnerName, &done, &created, &updated, &a.Version,
	}, more...)...)
	if err != nil {
		return nil, false, err
	}
	a.DoneAt, a.CreatedAt, a.UpdatedAt = instant(done), instant(created), instant(updated)
	if scope == 0 {
		return a, true, nil
	}
	if contactOwner != scope {
		a.ContactName = ""
	}
	if companyOwner != scope {
		a.CompanyName = ""
	}
	if dealOwner != scope {
		a.DealName = ""
	}
	if leadOwner != scope {
		a.LeadName = ""
	}
	return a, a.OwnerID == scope || leadOwner == scope || contactOwner == scope || companyOwner == scope || dealOwner == scope, nil
}

// activityListing is for somebody who sees the records of one owner (0: of all).
func activityListing(scope int64) listing[*crm.Activity] {
	return listing[*crm.Activity]{
		table:   "activity",
		columns: activityColumns + ", r.due",
		joins:   activityJoins,
		scan: func(rows *sql.Rows) (*crm.Activity, error) {
			var due string
			a, _, err := scanActivity(rows.Scan, scope, &due)
			return a, err
		},
		id: func(a *crm.Activity) int64 { return a.ID },
		orders: map[crm.Sort]order[*crm.Activity]{
			crm.SortDue:    {"due", true, func(a *crm.Activity) any { return string(dueOf(a)) }},
			crm.SortRecent: {"updated_at", false, func(a *crm.Activity) any { return a.UpdatedAt.UnixMicro() }},
			crm.SortDone:   {"done_at", false, func(a *crm.Activity) any { return a.DoneAt.UnixMicro() }},
		},
	}
}

// Activity returns one activity that is not in the bin.
func (db *DB) Activity(ctx context.Context, id int64) (*crm.Activity, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	deleted := false
	a, seen, err := scanActivity(db.queries.queryRow(ctx, selectActivity, id).Scan, db.scope(actor), &deleted)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && (deleted || !seen):
		return nil, crm.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("read activity %d: %w", id, err)
	}
	return a, nil
}

// Activities returns a page of what is to be done, or was.
func (db *DB) Activities(ctx context.Context, f crm.ActivityFilter) (crm.Page[*crm.Activity], error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Page[*crm.Activity]{}, err
	}
	scope := db.scope(actor)
	if f.Now == "" {
		f.Now = crm.MomentOf(db.stamp().In(db.zone()))
	}
	s, err := activitySelection(f)
	if err != nil {
		return crm.Page[*crm.Activity]{}, err
	}
	page, err := activityListing(scope).page(ctx, &db.queries, s.within(scope))
	if err != nil {
		return page, fmt.Errorf("list activities: %w", err)
	}
	return page, nil
}

func activitySelection(f crm.ActivityFilter) (selection, error) {
	s := selection{words: f.Query, sort: crm.SortDue, after: f.After, before: f.Before, limit: f.Limit}
	if f.OwnerID != 0 {
		s.equal("owner_id", f.OwnerID)
	}
	if f.Type != "" {
		s.equal("type", string(f.Type))
	}
	now, today := string(f.Now), string(f.Now.Day())
	tomorrow := string(f.Now.Day().AddDays(1))
	if f.State == crm.DueAny {
		s.sort = crm.SortRecent
		return s, nil
	}
	if f.State == crm.DueDone {
		s.sort = crm.SortDone
		s.matching("r.type = 'task' AND r.done_at > 0")
		return s, nil
	}
	s.matching("r.due <> ''")
	switch f.State {
	case "", crm.DueOpen:
	case crm.DueOverdue: // of today, what has an hour that has passed
		s.matching("r.due < ? AND r.due <> ?", now, today)
	case crm.DueToday:
		s.matching("r.due >= ? AND r.due < ? AND (r.due = ? OR r.due >= ?)", today, tomorrow, today, now)
	case crm.DueUpcoming:
		s.matching("r.due >= ?", tomorrow)
	default:
		return s, crm.Invalid{"state": crm.KeyChoice}
	}
	return s, nil
}

// CreateActivity stores a new activity and fills in its ID, owner, times and
// version.
func (db *DB) CreateActivity(ctx context.Context, a *crm.Activity) error {
	if err := db.maySeeLinks(ctx, a, &crm.Activity{}); err != nil {
		return err
	}
	return createRecord(ctx, db, activities, a)
}

// UpdateActivity writes a over the version that it was read with.
func (db *DB) UpdateActivity(ctx context.Context, a *crm.Activity) error {
	before, err := db.Activity(ctx, a.ID)
	if err != nil {
		return err
	}
	if err := db.maySeeLinks(ctx, a, before); err != nil {
		return err
	}
	return updateRecord(ctx, db, activities, a)
}

// DeleteActivity moves an activity to the bin.
func (db *DB) DeleteActivity(ctx context.Context, id int64) (int64, error) {
	return deleteRecord(ctx, db, activities, id)
}

// maySeeLinks refuses a new link to a record that the actor does not see.
func (db *DB) maySeeLinks(ctx context.Context, a, before *crm.Activity) error {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return err
	}
	for _, link := range activityLinks(a, before) {
		if link.id == 0 || link.id == link.before {
			continue
		}
		err := db.maySeeRecord(ctx, actor, link.kind, link.id)
		if errors.Is(err, crm.ErrNotFound) {
			return crm.Invalid{link.field: crm.KeyUnknown}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SetActivityDone says that a task or call was done, or is to be done after all.
func (db *DB) SetActivityDone(ctx context.Context, id int64, done bool) (int64, error) {
	actor, err := db.mayWrite(ctx)
	if err != nil {
		return 0, err
	}
	action := int64(0)
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		action = 0
		before, err := loadLive(db, t, activities, id, actor)
		if err != nil || before.Done() == done {
			return err
		}
		if !before.Type.Doable() {
			return crm.Invalid{"type": crm.KeyChoice}
		}
		record, now := *before, db.stamp()
		record.DoneAt = time.Time{}
		if done {
			record.DoneAt = now
		}
		record.UpdatedAt, record.Version = now, before.Version+1
		changes := changed(activityFields(before), activityFields(&record))
		action, err = saveUpdate(t, activities, &record, before, actor, changes, 0)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("set whether activity %d is done: %w", id, err)
	}
	return action, nil
}

// scanActivityHit names whom an activity is about below it, unless that is its
// name already.
func scanActivityHit(rows *sql.Rows) (crm.Hit, error) {
	a := crm.Activity{}
	if err := rows.Scan(&a.ID, &a.Subject, &a.Body, &a.DealName, &a.ContactName, &a.CompanyName); err != nil {
		return crm.Hit{}, err
	}
	hit := crm.Hit{Kind: crm.KindActivity, ID: a.ID, Title: a.Title()}
	if about := firstOf(a.DealName, a.ContactName, a.CompanyName); about != hit.Title {
		hit.Subtitle = about
	}
	return hit, nil
}
