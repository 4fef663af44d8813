package crm

import (
	"context"
	"time"
)

// LeadStatus says how far a lead has come.
type LeadStatus string

// Statuses of leads. A lead becomes converted by ConvertLead alone.
const (
	LeadNew         LeadStatus = "new"
	LeadContacted   LeadStatus = "contacted"
	LeadQualified   LeadStatus = "qualified"
	LeadUnqualified LeadStatus = "unqualified"
	LeadConverted   LeadStatus = "converted"
)

// LeadStatuses are those that people choose.
var LeadStatuses = []LeadStatus{LeadNew, LeadContacted, LeadQualified, LeadUnqualified}

// IsOpen says whether a lead with this status still wants work.
func (s LeadStatus) IsOpen() bool {
	return s == LeadNew || s == LeadContacted || s == LeadQualified
}

// Lead is somebody who may become a customer: what is known of them before they
// are worth a contact, a company and a deal.
type Lead struct {
	ID          int64
	GivenName   string // at least one of GivenName, FamilyName, CompanyName, Emails is set
	FamilyName  string
	CompanyName string // as typed; no company of the CRM yet
	JobTitle    string
	Emails      []string // as of contacts
	Phones      []string
	Source      string
	Status      LeadStatus
	Note        string // several lines, at most 2,000 characters
	OwnerID     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
	Version     int64

	Extra

	// What it was converted into; 0: nothing. ConvertLead alone sets them.
	ContactID, CompanyID, DealID int64

	OwnerName string // read only
}

// LeadFilter chooses a page of leads.
type LeadFilter struct {
	Open    bool       // only those that want work
	Status  LeadStatus // empty: all
	OwnerID int64
	Filters []Filter // of the fields that ListService names; all must hold
	Query   string
	Sort    Sort
	After   Cursor
	Before  Cursor
	Limit   int
}

// LeadMatches are the records that a lead may be already.
type LeadMatches struct {
	Contacts  []Duplicate
	Companies []Duplicate
}

// Conversion says what a lead becomes. Contact and Company are created when
// their ID is 0, else the existing ones are used as they are. A deal is always a
// new one; the store makes it one with this contact and company.
type Conversion struct {
	LeadID, LeadVersion int64
	Contact             Contact
	Company             *Company // nil: none
	Deal                *Deal    // nil: none
}

// LeadService keeps leads. Errors as ContactService.
type LeadService interface {
	Lead(ctx context.Context, id int64) (*Lead, error)
	Leads(ctx context.Context, f LeadFilter) (Page[*Lead], error)
	CreateLead(ctx context.Context, l *Lead) error
	// UpdateLead changes a lead that was not converted; one that was is
	// Invalid{"status": "error.converted"}.
	UpdateLead(ctx context.Context, l *Lead) error
	DeleteLead(ctx context.Context, id int64) (actionID int64, err error)
	// LeadMatches finds contacts with an e-mail or phone of the lead, and
	// companies with its domain or name.
	LeadMatches(ctx context.Context, l *Lead) (LeadMatches, error)
	// ConvertLead makes a contact, a company and a deal of a lead in one action,
	// which UndoAction takes back as a whole. The ids of what was made are in c
	// then. Errors: as the services of these, with "company." and "deal." before
	// the fields of a company and a deal; ErrConflict when the lead changed or was
	// converted.
	ConvertLead(ctx context.Context, c *Conversion) (actionID int64, err error)
}
