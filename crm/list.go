package crm

import (
	"context"
	"time"
)

// Types of the cells of lists, besides those of custom fields.
const (
	FieldInstant FieldType = "instant" // Cell.At
	FieldEmail   FieldType = "email"
	FieldPhone   FieldType = "phone"
	FieldTags    FieldType = "tags"    // as FieldChoices
	FieldUser    FieldType = "user"    // Cell.ID, Text is the name
	FieldCompany FieldType = "company" // Cell.ID, Text is the name
	FieldContact FieldType = "contact" // Cell.ID, Text is the name
	FieldRecord  FieldType = "record"  // Cell.ID, Text is the name; one of the field's Options
	FieldStatus  FieldType = "status"  // the value of one of the field's Options
	FieldDue     FieldType = "due"     // of deals: the expected close, as FieldDate
)

// StatusAll is the value of a filter by status that leaves none out. Lists of
// deals and leads show those that want work unless they are asked for others.
const StatusAll = "all"

// ListOption is one of the values that a field can have.
type ListOption struct {
	Value string
	Text  string // message key; empty: Name is what it is called
	Name  string
	Fixed bool // it cannot be set for many records at once
}

// ListField is one field of a kind of record as lists know it.
type ListField struct {
	Name   string       // "city", "c12": in addresses and saved views
	Label  string       // message key; of a custom field its label
	Custom *CustomField // nil: a field that every team has
	Type   FieldType
	Filter bool // lists can be filtered by it
	Column bool // it can be a column
	Edit   bool // it can be set for many records at once
	Sort   Sort // the order by this field; empty: there is none
	// Options are the values of a FieldStatus or FieldRecord.
	Options []ListOption
}

// Option is what a value of the field stands for; nil: it is none.
func (f ListField) Option(value string) *ListOption {
	for i := range f.Options {
		if f.Options[i].Value == value {
			return &f.Options[i]
		}
	}
	return nil
}

// Cell is one field of one record. Text is canonical (see FieldType).
type Cell struct {
	Text string
	ID   int64
	At   time.Time
}

// Row is one record in a list.
type Row struct {
	ID              int64
	Title, Subtitle string
	Where           string // the company, where a phone has no column for it
	Tags            []string
	UpdatedAt       time.Time
	Cells           []Cell // as many as columns were asked for, in their order
	Deal            *Deal  // in lists of deals: the deal itself
}

// ListQuery chooses a page of records of one kind.
type ListQuery struct {
	Query         string // typed by a person
	Filters       []Filter
	Sort          Sort
	Columns       []string // names of ListFields
	After, Before Cursor
	Limit         int // 1 to 200; 0 means 50
}

// MaxMatches is how many records an action of several records takes.
const MaxMatches = 10_000

// ListService lists records of every kind in the same way: filtered, with
// chosen columns. Errors: Invalid, whose fields are the parameters of filters
// ("city", "created.from", "cols"); ErrNotFound for a kind that has no list.
type ListService interface {
	// ListFields are the fields of a kind, custom ones last.
	ListFields(ctx context.Context, kind Kind) ([]ListField, error)
	Rows(ctx context.Context, kind Kind, q ListQuery) (Page[*Row], error)
}
