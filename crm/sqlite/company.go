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
	companyColumns = `r.id, r.name, r.domain, r.rfc, r.phone, r.website,
		coalesce(r.parent_id, 0), coalesce(p.name, ''), r.owner_id, coalesce(u.name, ''),
		r.street, r.city, r.state, r.postal_code, r.country, r.created_at, r.updated_at, r.version,
		` + extraColumns
	companyJoins = `LEFT JOIN company AS p ON p.id = r.parent_id AND p.deleted_at IS NULL
		LEFT JOIN user AS u ON u.id = r.owner_id`
	selectCompany = `SELECT ` + companyColumns + `, r.deleted_at IS NOT NULL FROM company AS r ` + companyJoins + ` WHERE r.id = ?`

	countCompanyContacts = `SELECT count(*) FROM contact WHERE company_id = ?1 AND deleted_at IS NULL AND (?2 = 0 OR owner_id = ?2)`
)

var companyListing = listing[*crm.Company]{
	table:   "company",
	columns: companyColumns,
	joins:   companyJoins,
	scan:    func(rows *sql.Rows) (*crm.Company, error) { return scanCompany(rows.Scan) },
	id:      func(c *crm.Company) int64 { return c.ID },
	text:    companyText,
	orders: map[crm.Sort]order[*crm.Company]{
		crm.SortRecent: {"updated_at", false, func(c *crm.Company) any { return c.UpdatedAt.UnixMicro() }},
		crm.SortName:   {"sort_key", true, func(c *crm.Company) any { return sortKey(c.Name) }},
	},
}

func scanCompany(scan func(...any) error, more ...any) (*crm.Company, error) {
	c := &crm.Company{}
	var created, updated int64
	var extra storedExtra
	err := scan(append([]any{
		&c.ID, &c.Name, &c.Domain, &c.RFC, &c.Phone, &c.Website,
		&c.ParentID, &c.ParentName, &c.OwnerID, &c.OwnerName,
		&c.Address.Street, &c.Address.City, &c.Address.State, &c.Address.PostalCode, &c.Address.Country,
		&created, &updated, &c.Version,
	}, append(extra.targets(), more...)...)...)
	if err != nil {
		return nil, err
	}
	c.CreatedAt, c.UpdatedAt = time.UnixMicro(created).UTC(), time.UnixMicro(updated).UTC()
	if err := extra.read(&c.Extra); err != nil {
		return nil, fmt.Errorf("company %d: %w", c.ID, err)
	}
	return c, nil
}

// Company returns one company that is not in the bin, with the number of its
// contacts.
func (db *DB) Company(ctx context.Context, id int64) (*crm.Company, error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return nil, err
	}
	deleted := false
	c, err := scanCompany(db.queries.queryRow(ctx, selectCompany, id).Scan, &deleted)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && (deleted || !db.sees(actor, c.OwnerID)):
		return nil, crm.ErrNotFound
	case err != nil:
		return nil, fmt.Errorf("read company %d: %w", id, err)
	}
	if err := db.queries.queryRow(ctx, countCompanyContacts, id, db.scope(actor)).Scan(&c.Contacts); err != nil {
		return nil, fmt.Errorf("count contacts of company %d: %w", id, err)
	}
	return c, nil
}

// Companies returns a page of companies. Contacts are not counted in lists.
func (db *DB) Companies(ctx context.Context, f crm.CompanyFilter) (crm.Page[*crm.Company], error) {
	actor, err := mayLook(ctx)
	if err != nil {
		return crm.Page[*crm.Company]{}, err
	}
	s, err := companyList.narrowed(db, actor, companySelection(f), f.Filters)
	if err != nil {
		return crm.Page[*crm.Company]{}, err
	}
	page, err := companyListing.page(ctx, &db.queries, s)
	if err != nil {
		return page, fmt.Errorf("list companies: %w", err)
	}
	return page, nil
}

func companySelection(f crm.CompanyFilter) selection {
	s := selection{words: f.Query, sort: f.Sort, after: f.After, before: f.Before, limit: f.Limit}
	if f.OwnerID != 0 {
		s.equal("owner_id", f.OwnerID)
	}
	if f.ParentID != 0 {
		s.equal("parent_id", f.ParentID)
	}
	return s
}

// CreateCompany stores a new company and fills in its ID, owner, times and
// version.
func (db *DB) CreateCompany(ctx context.Context, c *crm.Company) error {
	return createRecord(ctx, db, companies, c)
}

// UpdateCompany writes c over the version that it was read with.
func (db *DB) UpdateCompany(ctx context.Context, c *crm.Company) error {
	return updateRecord(ctx, db, companies, c)
}

// DeleteCompany moves a company to the bin.
func (db *DB) DeleteCompany(ctx context.Context, id int64) (int64, error) {
	return deleteRecord(ctx, db, companies, id)
}
