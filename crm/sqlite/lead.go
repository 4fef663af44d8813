package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

const (
	leadColumns = `r.id, r.given_name, r.family_name, r.company_name, r.job_title, r.emails, r.phones,
		r.source, r.status, r.note, r.owner_id, coalesce(u.name, ''),
		coalesce(r.contact_id, 0), coalesce(r.company_id, 0), coalesce(r.deal_id, 0),
		r.created_at, r.updated_at, r.version, ` + extraColumns
	leadJoins  = `LEFT JOIN user AS u ON u.id = r.owner_id`
	selectLead = `SELECT ` + leadColumns + `, r.deleted_at IS NOT NULL FROM lead AS r ` + leadJoins + ` WHERE r.id = ?`
)

var leadListing = listing[*crm.Lead]{
	table:   "lead",
	columns: leadColumns,
	joins:   leadJoins,
	scan:    func(rows *sql.Rows) (*crm.Lead, error) { return scanLead(rows.Scan) },
	id:      func(l *crm.Lead) int64 { return l.ID },
	orders: map[crm.Sort]order[*crm.Lead]{
		crm.SortRecent: {"updated_at", false, func(l *crm.Lead) any { return l.UpdatedAt.UnixMicro() }},
		crm.SortName:   {"sort_key", true, func(l *crm.Lead) any { return sortKey(l.Title()) }},
	},
}

func scanLead(scan func(...any) error, more ...any) (*crm.Lead, error) {
	l := &crm.Lead{}
	var emails, phones string
	var extra storedExtra
	var created, updated int64
	err := scan(append([]any{
		&l.ID, &l.GivenName, &l.FamilyName, &l.CompanyName, &l.JobTitle, &emails, &phones,
		&l.Source, &l.Status, &l.Note, &l.OwnerID, &l.OwnerName,
		&l.ContactID, &l.CompanyID, &l.DealID,
		&created, &updated, &l.Version,
	}, append(extra.targets(), more...)...)...)
	if err != nil {
		return nil, err
	}
	l.CreatedAt, l.UpdatedAt = time.UnixMicro(created).UTC(), time.UnixMicro(updated).UTC()
	if l.Emails, err = readList(emails); err != nil {
		return nil, fmt.Errorf("e-mails of lead %d: %w", l.ID, err)
	}
	if l.Phones, err = readList(phones); err != nil {
		return nil, fmt.Errorf("phones of lead %d: %w", l.ID, err)
	}
	if err := extra.read(&l.Extra); err != nil {
		return nil, fmt.Errorf("lead %d: %w", l.ID, err)
	}
	return l, nil
}

// Lead returns one lead that is not in the bin.
func (db *DB) Lead(ctx context.Context, id int64) (*crm.Lead, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	deleted := false
	l, err := scanLead(db.queries.queryRow(ctx, selectLead, id).Scan, &deleted)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && (deleted || !db.sees(actor, l.OwnerID)):
		return nil, crm.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("read lead %d: %w", id, err)
	}
	return l, nil
}

// Leads returns a page of leads.
func (db *DB) Leads(ctx context.Context, f crm.LeadFilter) (crm.Page[*crm.Lead], error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Page[*crm.Lead]{}, err
	}
	s, err := leadList.narrowed(db, actor, leadSelection(f), f.Filters)
	if err != nil {
		return crm.Page[*crm.Lead]{}, err
	}
	page, err := leadListing.page(ctx, &db.queries, s)
	if err != nil {
		return page, fmt.Errorf("list leads: %w", err)
	}
	return page, nil
}

func leadSelection(f crm.LeadFilter) selection {
	s := selection{words: f.Query, sort: f.Sort, after: f.After, before: f.Before, limit: f.Limit}
	switch {
	case f.Status != "":
		s.equal("status", string(f.Status))
	case f.Open:
		s.equal("open", 1)
	}
	if f.OwnerID != 0 {
		s.equal("owner_id", f.OwnerID)
	}
	return s
}

// CreateLead stores a new lead and fills in its ID, owner, times and version.
func (db *DB) CreateLead(ctx context.Context, l *crm.Lead) error {
	if l.Status == crm.LeadConverted {
		return crm.Invalid{"status": crm.KeyChoice}
	}
	l.ContactID, l.CompanyID, l.DealID = 0, 0, 0
	return createRecord(ctx, db, leads, l)
}

// UpdateLead writes l over the version that it was read with.
func (db *DB) UpdateLead(ctx context.Context, l *crm.Lead) error {
	if l.Status == crm.LeadConverted {
		return crm.Invalid{"status": crm.KeyConverted}
	}
	l.ContactID, l.CompanyID, l.DealID = 0, 0, 0
	return updateRecord(ctx, db, leads, l)
}

// DeleteLead moves a lead to the bin.
func (db *DB) DeleteLead(ctx context.Context, id int64) (int64, error) {
	return deleteRecord(ctx, db, leads, id)
}

// LeadMatches finds what a lead may be already.
func (db *DB) LeadMatches(ctx context.Context, l *crm.Lead) (crm.LeadMatches, error) {
	var matches crm.LeadMatches
	actor, err := mayLook(ctx)
	if err != nil {
		return matches, err
	}
	scope := db.scope(actor)
	if matches.Contacts, err = db.knownBy(ctx, crm.KindContact, l.PersonKeys(), scope); err != nil {
		return matches, fmt.Errorf("match lead %d: %w", l.ID, err)
	}
	if matches.Companies, err = db.knownBy(ctx, crm.KindCompany, l.CompanyKeys(), scope); err != nil {
		return matches, fmt.Errorf("match lead %d: %w", l.ID, err)
	}
	return matches, nil
}

// knownBy lists the records of a kind that have one of the keys.
func (db *DB) knownBy(ctx context.Context, kind crm.Kind, keys []crm.IdentityKey, scope int64) ([]crm.Duplicate, error) {
	w, found := twins[kind], alike{}
	for _, key := range keys {
		err := db.collect(ctx, found, w.having(), string(kind), int64(key.Like), key.Value, scope, duplicatesShown)
		if err != nil {
			return nil, err
		}
	}
	return db.duplicates(ctx, w, found)
}
