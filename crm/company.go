package crm

import (
	"context"
	"time"
)

// Company is an organisation that contacts work for.
type Company struct {
	ID        int64
	Name      string // required, at most 200 characters
	Domain    string // "acme.example", without scheme
	RFC       string // Mexican tax id with its check digit, upper case, or empty
	Phone     string
	Website   string
	ParentID  int64 // 0: none; never its own ancestor
	OwnerID   int64
	Address   Address
	CreatedAt time.Time // UTC
	UpdatedAt time.Time // UTC
	Version   int64

	Extra

	Contacts   int    // read only: how many contacts, on the record page
	OwnerName  string // read only, for lists
	ParentName string // read only
}

// CompanyFilter chooses a page of companies.
type CompanyFilter struct {
	OwnerID  int64
	ParentID int64 // 0: all
	Query    string
	Filters  []Filter // of the fields that ListService names; all must hold
	Sort     Sort
	After    Cursor
	Before   Cursor
	Limit    int // 1 to 200; 0 means 50
}

// CompanyService keeps companies. Errors as ContactService.
type CompanyService interface {
	Company(ctx context.Context, id int64) (*Company, error)
	Companies(ctx context.Context, f CompanyFilter) (Page[*Company], error)
	CreateCompany(ctx context.Context, c *Company) error
	UpdateCompany(ctx context.Context, c *Company) error
	// DeleteCompany moves the company to the bin; its contacts stay and keep
	// their link, which shows again when the deletion is undone.
	DeleteCompany(ctx context.Context, id int64) (actionID int64, err error)
}
