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
)

// ListField is one field of a kind of record as lists know it.
type ListField struct {
	Name   string       // "city", "c12": in addresses and saved views
	Label  string       // message key; of a custom field its label
	Custom *CustomField // nil: a field that every team has
	Type   FieldType
	Filter bool // lists can be filtered by it
	Column bool // it can be a column
	Edit   bool // it can be set for many records at once
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
