package crm

import (
	"context"
	"time"
)

// Contact is a person the team sells to.
type Contact struct {
	ID         int64
	GivenName  string // at least one of GivenName, FamilyName, Emails is set
	FamilyName string
	Emails     []string // first is the main one; at most 10, each at most 254 bytes
	Phones     []string // as typed, at most 10, each at most 40 characters
	CompanyID  int64    // 0: none
	JobTitle   string
	OwnerID    int64     // the user who looks after it
	Source     string    // free text: "feria", "referencia"
	Birthday   string    // YYYY-MM-DD, or empty
	Address    Address   //
	CreatedAt  time.Time // UTC
	UpdatedAt  time.Time // UTC
	Version    int64     // raised by one with each change; an update states the one it read

	Extra

	CompanyName string // read only, for lists
	OwnerName   string // read only, for lists
}

// Address is a postal address; every line may be empty.
type Address struct {
	Street, City, State, PostalCode, Country string
}

// ContactFilter chooses a page of contacts, newest change first or by name.
type ContactFilter struct {
	CompanyID int64    // 0: all
	OwnerID   int64    // 0: all
	Query     string   // typed by a person; accents and case do not matter
	Filters   []Filter // of the fields that ListService names; all must hold
	Sort      Sort
	After     Cursor // empty: the first page
	Before    Cursor // set instead of After: the page before
	Limit     int    // 1 to 200; 0 means 50
}

// ContactService keeps contacts.
//
// Errors: Invalid, ErrNotFound, ErrConflict, ErrForbidden, ErrReadOnly,
// ErrVolumeFull.
type ContactService interface {
	Contact(ctx context.Context, id int64) (*Contact, error)
	Contacts(ctx context.Context, f ContactFilter) (Page[*Contact], error)
	CreateContact(ctx context.Context, c *Contact) error
	// UpdateContact writes c when c.Version is the stored one, else ErrConflict.
	UpdateContact(ctx context.Context, c *Contact) error
	// DeleteContact moves the contact to the bin and returns the action that
	// UndoAction takes back.
	DeleteContact(ctx context.Context, id int64) (actionID int64, err error)
}
