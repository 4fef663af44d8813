package crm

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// FieldType is what the values of a custom field are.
type FieldType string

// Types of custom fields, each with the canonical text of its values.
const (
	FieldText    FieldType = "text"    // one line
	FieldNumber  FieldType = "number"  // "-1234.5": no separators of thousands, no needless zeros
	FieldMoney   FieldType = "money"   // "MXN 1234.50", as Money writes itself
	FieldDate    FieldType = "date"    // "2026-11-23"
	FieldChoice  FieldType = "choice"  // one of Choices
	FieldChoices FieldType = "choices" // some of Choices in their order: "Norte; Sur"
	FieldCheck   FieldType = "check"   // "1"; unchecked is no value
	FieldLink    FieldType = "link"    // "https://…"
)

// FieldTypes are all of them, as a form offers them.
var FieldTypes = []FieldType{FieldText, FieldNumber, FieldMoney, FieldDate, FieldChoice, FieldChoices, FieldCheck, FieldLink}

// HasChoices says whether the values are chosen from a list.
func (t FieldType) HasChoices() bool { return t == FieldChoice || t == FieldChoices }

// CustomField is a field that a team gave one kind of record. Its type never
// changes: there may be values.
type CustomField struct {
	ID       int64
	Kind     Kind
	Label    string // at most 60 characters, each once a kind (case does not matter)
	Type     FieldType
	Choices  []string // of FieldChoice and FieldChoices: at most 100, each at most 60 characters, without ";"
	Required bool     // new records need a value, and it cannot be emptied
	Position int      // fields are shown in this order
	Archived bool     // no longer shown or asked for; records keep their values
}

// CustomKinds are the kinds of records that can have custom fields.
var CustomKinds = []Kind{KindContact, KindCompany, KindDeal, KindLead}

// Message keys of custom fields, as in Invalid.
const (
	KeyTwice         = "error.twice"
	KeySemicolon     = "error.semicolon"
	KeyNumber        = "error.number"
	KeyNumberTooLong = "error.numberTooLong"
	KeyCheck         = "error.check"
	KeyLabelTaken    = "error.labelTaken"
	KeyManyChoices   = "error.tooManyChoices"
	KeyManyFields    = "error.tooManyFields"
	KeyManyTags      = "error.tooManyTags"
)

// Limits of custom fields.
const (
	maxLabel      = 60
	maxChoices    = 100
	maxCustomText = 500
)

// MaxCustomFields is how many fields one kind of record can have, archived ones
// too.
const MaxCustomFields = 50

// Input is the name of the field in forms, in Invalid and in Change.
func (f *CustomField) Input() string { return CustomInput(f.ID) }

// CustomInput is the name of a custom field in forms, in Invalid and in Change.
func CustomInput(id int64) string { return CustomPrefix + strconv.FormatInt(id, 10) }

// CustomPrefix is what the names of CustomInput begin with.
const CustomPrefix = "custom."

// Normalize writes the definition as it is stored.
func (f *CustomField) Normalize() {
	f.Label = tidy(f.Label)
	f.Choices = tidyList(f.Choices)
	if !f.Type.HasChoices() {
		f.Choices = nil
	}
	if f.Type == FieldCheck {
		f.Required = false // "must be checked" is not something to ask of a record
	}
}

// Validate reports what cannot be stored, as Invalid, or nil.
func (f *CustomField) Validate() error {
	invalid := Invalid{}
	if !slices.Contains(CustomKinds, f.Kind) {
		invalid.set("kind", KeyChoice)
	}
	if f.Label == "" {
		invalid.set("label", KeyRequired)
	}
	invalid.text("label", f.Label, maxLabel)
	if !slices.Contains(FieldTypes, f.Type) {
		invalid.set("type", KeyChoice)
	}
	if f.Type.HasChoices() {
		f.checkChoices(invalid)
	}
	return invalid.orNil()
}

func (f *CustomField) checkChoices(invalid Invalid) {
	if len(f.Choices) == 0 {
		invalid.set("choices", KeyRequired)
	}
	if len(f.Choices) > maxChoices {
		invalid.set("choices", KeyManyChoices)
	}
	seen := map[string]bool{}
	for _, choice := range f.Choices {
		invalid.text("choices", choice, maxLabel)
		if folded := foldChoice(choice); seen[folded] {
			invalid.set("choices", KeyTwice)
		} else {
			seen[folded] = true
		}
		if strings.Contains(choice, ";") {
			invalid.set("choices", KeySemicolon)
		}
	}
}

// CustomFieldService keeps the definitions of custom fields.
//
// Errors: Invalid, ErrNotFound, ErrForbidden (owners and managers define
// fields), ErrReadOnly, ErrVolumeFull.
type CustomFieldService interface {
	// CustomFields lists the fields of a kind in their order, without the
	// archived ones.
	CustomFields(ctx context.Context, kind Kind) ([]*CustomField, error)
	// AllCustomFields lists the fields of all kinds, archived ones too.
	AllCustomFields(ctx context.Context) ([]*CustomField, error)
	// CreateCustomField stores a new field at the end of its kind's.
	CreateCustomField(ctx context.Context, f *CustomField) error
	// UpdateCustomField changes label, choices, required and archived.
	UpdateCustomField(ctx context.Context, f *CustomField) error
	// MoveCustomField moves a field up (-1) or down (1) among its kind's.
	MoveCustomField(ctx context.Context, id int64, by int) error
}
