package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// contactColumns are read by scanContact; the joins name company and owner.
// The company's name is empty while the company is in the bin.
const (
	contactColumns = `r.id, r.given_name, r.family_name, r.emails, r.phones,
		coalesce(r.company_id, 0), coalesce(c.name, ''), r.job_title, r.owner_id, coalesce(u.name, ''),
		r.source, r.birthday, r.street, r.city, r.state, r.postal_code, r.country,
		r.created_at, r.updated_at, r.version, ` + extraColumns
	contactJoins = `LEFT JOIN company AS c ON c.id = r.company_id AND c.deleted_at IS NULL
		LEFT JOIN user AS u ON u.id = r.owner_id`
	selectContact = `SELECT ` + contactColumns + `, r.deleted_at IS NOT NULL FROM contact AS r ` + contactJoins + ` WHERE r.id = ?`
)

var contactListing = listing[*crm.Contact]{
	table:   "contact",
	columns: contactColumns,
	joins:   contactJoins,
	scan:    func(rows *sql.Rows) (*crm.Contact, error) { return scanContact(rows.Scan) },
	id:      func(c *crm.Contact) int64 { return c.ID },
	text:    contactText,
	orders: map[crm.Sort]order[*crm.Contact]{
		crm.SortRecent: {"updated_at", false, func(c *crm.Contact) any { return c.UpdatedAt.UnixMicro() }},
		crm.SortName:   {"sort_key", true, func(c *crm.Contact) any { return sortKey(c.Title()) }},
	},
}

func scanContact(scan func(...any) error, more ...any) (*crm.Contact, error) {
	c := &crm.Contact{}
	var emails, phones string
	var extra storedExtra
	var created, updated int64
	err := scan(append([]any{
		&c.ID, &c.GivenName, &c.FamilyName, &emails, &phones,
		&c.CompanyID, &c.CompanyName, &c.JobTitle, &c.OwnerID, &c.OwnerName,
		&c.Source, &c.Birthday, &c.Address.Street, &c.Address.City, &c.Address.State,
		&c.Address.PostalCode, &c.Address.Country,
		&created, &updated, &c.Version,
	}, append(extra.targets(), more...)...)...)
	if err != nil {
		return nil, err
	}
	c.CreatedAt, c.UpdatedAt = time.UnixMicro(created).UTC(), time.UnixMicro(updated).UTC()
	if c.Emails, err = readList(emails); err != nil {
		return nil, fmt.Errorf("e-mails of contact %d: %w", c.ID, err)
	}
	if c.Phones, err = readList(phones); err != nil {
		return nil, fmt.Errorf("phones of contact %d: %w", c.ID, err)
	}
	if err := extra.read(&c.Extra); err != nil {
		return nil, fmt.Errorf("contact %d: %w", c.ID, err)
	}
	return c, nil
}

// Contact returns one contact that is not in the bin.
func (db *DB) Contact(ctx context.Context, id int64) (*crm.Contact, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	deleted := false
	c, err := scanContact(db.queries.queryRow(ctx, selectContact, id).Scan, &deleted)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && (deleted || !db.sees(actor, c.OwnerID)):
		return nil, crm.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("read contact %d: %w", id, err)
	}
	return c, nil
}

// Contacts returns a page of contacts.
func (db *DB) Contacts(ctx context.Context, f crm.ContactFilter) (crm.Page[*crm.Contact], error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Page[*crm.Contact]{}, err
	}
	s, err := contactList.narrowed(db, actor, contactSelection(f), f.Filters)
	if err != nil {
		return crm.Page[*crm.Contact]{}, err
	}
	page, err := contactListing.page(ctx, &db.queries, s)
	if err != nil {
		return page, fmt.Errorf("list contacts: %w", err)
	}
	return page, nil
}

func contactSelection(f crm.ContactFilter) selection {
	s := selection{words: f.Query, sort: f.Sort, after: f.After, before: f.Before, limit: f.Limit}
	if f.CompanyID != 0 {
		s.equal("company_id", f.CompanyID)
	}
	if f.OwnerID != 0 {
		s.equal("owner_id", f.OwnerID)
	}
	return s
}

// CreateContact stores a new contact and fills in its ID, owner, times and
// version.
func (db *DB) CreateContact(ctx context.Context, c *crm.Contact) error {
	return createRecord(ctx, db, contacts, c)
}

// UpdateContact writes c over the version that it was read with.
func (db *DB) UpdateContact(ctx context.Context, c *crm.Contact) error {
	return updateRecord(ctx, db, contacts, c)
}

// DeleteContact moves a contact to the bin.
func (db *DB) DeleteContact(ctx context.Context, id int64) (int64, error) {
	return deleteRecord(ctx, db, contacts, id)
}
