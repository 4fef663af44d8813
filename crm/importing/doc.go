// Package importing holds the rules of an import: which column is which field,
// how what people keep in spreadsheets becomes a value of a record, why a row
// cannot, and which records are the same. It knows no file and no database.
package importing

import (
	"maps"
	"slices"

	"github.com/grupobizopps/salexops/crm"
)

// Field is what a column can be imported as. The names are those of the
// records' fields, and some that only a table has.
type Field string

// Fields that only a table has; the others are named in fieldsOf.
const (
	Ignored    Field = ""
	FullName   Field = "fullName"   // cut into given and family names
	SecondName Field = "secondName" // the second family name, in a column of its own
	Company    Field = "company"    // by name: found or created
	Owner      Field = "owner"      // by e-mail or name
	Email      Field = "emails"
	Phone      Field = "phones"
	Tags       Field = "tags"
	Name       Field = "name"
	Domain     Field = "domain"
	RFC        Field = "rfc"
	Given      Field = "givenName"
	Family     Field = "familyName"
	Birthday   Field = "birthday"
)

// contactFields and companyFields are what the columns of each kind can be, in
// the order in which they are offered.
var (
	contactFields = []Field{
		FullName, Given, Family, SecondName, Email, Phone, Company, "jobTitle", "source", Birthday,
		"street", "city", "state", "postalCode", "country", Tags, Owner,
	}
	companyFields = []Field{
		Name, RFC, Domain, "website", "phone", "street", "city", "state", "postalCode", "country", Tags, Owner,
	}
)

// Kinds are the kinds of records that can be imported.
var Kinds = []crm.Kind{crm.KindContact, crm.KindCompany}

// Fields lists what the columns of a kind can be, the team's own fields last;
// nil for a kind that cannot be imported.
func Fields(kind crm.Kind, custom []*crm.CustomField) []Field {
	var all []Field
	switch kind {
	case crm.KindContact:
		all = slices.Clone(contactFields)
	case crm.KindCompany:
		all = slices.Clone(companyFields)
	default:
		return nil
	}
	for _, f := range custom {
		if !f.Archived {
			all = append(all, Field(f.Input()))
		}
	}
	return all
}

// Several says whether more than one column may go to the field.
func (f Field) Several() bool {
	return f == Ignored || f == Email || f == Phone || f == Tags
}

// Duplicates says what becomes of a row that is a record already.
type Duplicates string

// What can become of duplicates.
const (
	Skip   Duplicates = "skip"
	Merge  Duplicates = "merge" // fill in what is empty, add e-mails and phones
	Create Duplicates = "create"
)

// Plan is how the rows of a table become records.
type Plan struct {
	Kind       crm.Kind   `json:"kind"`
	Columns    []Field    `json:"columns"` // one a column of the table
	Duplicates Duplicates `json:"duplicates"`
	MonthFirst bool       `json:"monthFirst,omitempty"` // 4/3/2027 is in April
	Tag        string     `json:"tag,omitempty"`        // given to every record

	custom map[Field]*crm.CustomField
}

// With returns the plan with the team's own fields as they are now.
func (p Plan) With(custom []*crm.CustomField) Plan {
	p.custom = map[Field]*crm.CustomField{}
	for _, f := range custom {
		if !f.Archived {
			p.custom[Field(f.Input())] = f
		}
	}
	return p
}

// offered lists what the columns can be.
func (p *Plan) offered() []Field {
	return slices.Concat(Fields(p.Kind, nil), slices.Sorted(maps.Keys(p.custom)))
}

// NewPlan is the plan for a table that is seen for the first time. sample are
// some of its rows.
func NewPlan(kind crm.Kind, columns []string, sample [][]string, custom []*crm.CustomField) Plan {
	plan := Plan{Kind: kind, Columns: Guess(kind, columns, sample, custom), Duplicates: Merge}.With(custom)
	if at := plan.first(Birthday); at >= 0 {
		plan.MonthFirst = MonthFirst(column(sample, at))
	}
	return plan
}

// Problem is why a row cannot be imported.
type Problem struct {
	Column int    `json:"column"` // from 0; -1: the row
	Key    string `json:"key"`    // of the catalogue
	Value  string `json:"value,omitempty"`
}

// Keys of problems that only an import has. The catalogue of package web has a
// text for each.
const (
	KeyQuote     = "import.reason.quote"
	KeyWide      = "import.reason.wide"
	KeyLong      = "import.reason.long"
	KeyEncoding  = "import.reason.encoding"
	KeyNoName    = "import.reason.noName"
	KeyOwner     = "import.reason.owner"
	KeyTwoFields = "import.plan.twice"
	KeyNoColumn  = "import.plan.none"
	KeyNameless  = "import.plan.nameless"
)

// Check says what is wrong with a plan for a table of so many columns, as
// crm.Invalid, or nil.
func (p *Plan) Check(columns int) error {
	invalid := crm.Invalid{}
	offered := map[Field]int{Ignored: 0}
	for _, field := range p.offered() {
		offered[field] = 0
	}
	for _, field := range p.Columns {
		if _, known := offered[field]; !known {
			invalid["columns"] = crm.KeyChoice
			return invalid
		}
		offered[field]++
	}
	for field, times := range offered {
		if times > 1 && !field.Several() {
			invalid["columns"] = KeyTwoFields
		}
	}
	switch {
	case len(p.Columns) != columns || Fields(p.Kind, nil) == nil:
		invalid["columns"] = crm.KeyChoice
	case offered[Ignored] == columns:
		invalid["columns"] = KeyNoColumn
	case offered[FullName]+offered[Given]+offered[Family]+offered[Email]+offered[Name] == 0:
		invalid["columns"] = KeyNameless
	}
	switch p.Duplicates {
	case Skip, Merge, Create:
	default:
		invalid["duplicates"] = crm.KeyChoice
	}
	if len(invalid) == 0 {
		return nil
	}
	return invalid
}
