package importing

import (
	"errors"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/table"
)

// Row is a row of the table as a record. Exactly one of Contact and Company is
// there.
type Row struct {
	Line    int
	Contact *crm.Contact
	Company *crm.Company
	// CompanyName is the company that a contact works for, to be found or created.
	CompanyName string
	// Owner is who looks after it, as written; empty: whoever imports.
	Owner       string
	OwnerColumn int
}

// Title is the record's name.
func (r *Row) Title() string {
	if r.Contact != nil {
		return r.Contact.Title()
	}
	return r.Company.Name
}

// faults are the problems of rows that cannot even be read.
var faults = map[table.Fault]string{
	table.FaultQuote: KeyQuote, table.FaultWide: KeyWide, table.FaultLong: KeyLong, table.FaultEncoding: KeyEncoding,
}

// Read makes a record of a row, or says why it cannot.
func (p *Plan) Read(row table.Row) (Row, []Problem) {
	if row.Fault != "" {
		return Row{Line: row.Line}, []Problem{{Column: -1, Key: faults[row.Fault]}}
	}
	read := Row{Line: row.Line, OwnerColumn: -1}
	columns := map[Field]int{}
	for i, field := range p.Columns {
		if _, known := columns[field]; !known {
			columns[field] = i
		}
	}
	var err error
	var early []Problem
	if p.Kind == crm.KindCompany {
		read.Company = p.company(row.Cells, &read)
		early = p.own(row.Cells, &read.Company.Extra)
		read.Company.Normalize()
		err = read.Company.Validate()
	} else {
		read.Contact, early = p.contact(row.Cells, &read)
		early = append(early, p.own(row.Cells, &read.Contact.Extra)...)
		read.Contact.Normalize()
		err = read.Contact.Validate()
	}
	return read, append(early, p.problems(err, row.Cells, columns, early)...)
}

// problems writes what validation found as problems of columns.
func (p *Plan) problems(err error, cells []string, columns map[Field]int, known []Problem) []Problem {
	var invalid crm.Invalid
	if !errors.As(err, &invalid) {
		return nil
	}
	var found []Problem
	for _, field := range append([]Field{"givenName"}, append(Fields(p.Kind, nil), "name")...) {
		key := invalid[string(field)]
		if key == "" {
			continue
		}
		delete(invalid, string(field))
		if key == crm.KeyRequired {
			found = append(found, Problem{Column: -1, Key: KeyNoName})
			continue
		}
		column, value := p.columnOf(field, columns), ""
		if column >= 0 && column < len(cells) {
			value = p.culprit(field, cells, &column)
		}
		if !hasColumn(known, column) {
			found = append(found, Problem{Column: column, Key: key, Value: value})
		}
	}
	for _, key := range invalid { // a field without a column of its own
		found = append(found, Problem{Column: -1, Key: key})
	}
	return found
}

func hasColumn(problems []Problem, column int) bool {
	for _, p := range problems {
		if p.Column == column && column >= 0 {
			return true
		}
	}
	return false
}

func (p *Plan) columnOf(field Field, columns map[Field]int) int {
	for _, candidate := range []Field{field, FullName} {
		if i, ok := columns[candidate]; ok && (candidate == field || field == Given || field == Family) {
			return i
		}
	}
	if i, ok := columns[Email]; ok && field == Domain {
		return i
	}
	return -1
}

// culprit is the value that is wrong. Where several columns go to one field it
// finds the one.
func (p *Plan) culprit(field Field, cells []string, column *int) string {
	wrong := func(string) bool { return false }
	switch field {
	case Email:
		wrong = func(cell string) bool { return anyWrong(namedEmails(tidy(cell)), crm.ValidEmail) }
	case Phone:
		wrong = func(cell string) bool {
			return anyWrong(phones(cell), func(phone string) bool {
				return (&crm.Contact{GivenName: "x", Phones: []string{phone}}).Validate() == nil
			})
		}
	}
	for i, f := range p.Columns {
		if f == field && i < len(cells) && wrong(cells[i]) {
			*column = i
			break
		}
	}
	return cells[*column]
}

func anyWrong(values []string, valid func(string) bool) bool {
	for _, value := range values {
		if !valid(value) {
			return true
		}
	}
	return false
}

func (p *Plan) contact(cells []string, read *Row) (c *crm.Contact, early []Problem) {
	c = &crm.Contact{}
	second := ""
	for i, field := range p.Columns {
		if i >= len(cells) {
			break
		}
		value := tidy(cells[i])
		if value == "" {
			continue
		}
		switch field {
		case FullName:
			c.GivenName, c.FamilyName = fullName(c, value)
		case Given:
			c.GivenName = value
		case Family:
			c.FamilyName = value
		case SecondName:
			second = value
		case Email:
			c.Emails = addTexts(c.Emails, namedEmails(value), strings.ToLower)
		case Phone:
			c.Phones = addTexts(c.Phones, phones(cells[i]), crm.DigitsOf)
		case Company:
			read.CompanyName = value
		case "jobTitle":
			c.JobTitle = value
		case "source":
			c.Source = value
		case Birthday:
			date, ok := Date(value, p.MonthFirst)
			if !ok {
				early = append(early, Problem{Column: i, Key: crm.KeyDate, Value: value})
			}
			c.Birthday = date
		default:
			p.common(field, value, i, &c.Address, &c.Extra, read)
		}
	}
	c.FamilyName = strings.TrimSpace(c.FamilyName + " " + second)
	c.Tags = p.tagged(c.Tags)
	if name := read.CompanyName; name != "" {
		company := crm.Company{Name: name}
		company.Normalize()
		if company.Validate() != nil {
			early = append(early, Problem{Column: p.first(Company), Key: crm.KeyTooLong, Value: name})
		}
		read.CompanyName = company.Name
	}
	return c, early
}

// fullName is cut, unless columns of their own say it better.
func fullName(c *crm.Contact, value string) (given, family string) {
	given, family = SplitName(value)
	if c.GivenName != "" {
		given = c.GivenName
	}
	if c.FamilyName != "" {
		family = c.FamilyName
	}
	return given, family
}

func (p *Plan) company(cells []string, read *Row) *crm.Company {
	c := &crm.Company{}
	for i, field := range p.Columns {
		if i >= len(cells) {
			break
		}
		value := tidy(cells[i])
		if value == "" {
			continue
		}
		switch field {
		case Name:
			c.Name = value
		case RFC:
			c.RFC = value
		case Domain:
			c.Domain = value
			if at := strings.LastIndexByte(value, '@'); at >= 0 {
				c.Domain = value[at+1:]
			}
		case "website":
			c.Website = value
		case "phone":
			if all := phones(cells[i]); len(all) > 0 {
				c.Phone = all[0]
			}
		default:
			p.common(field, value, i, &c.Address, &c.Extra, read)
		}
	}
	c.Tags = p.tagged(c.Tags)
	return c
}

// common are the fields that every kind has.
func (p *Plan) common(field Field, value string, column int, a *crm.Address, e *crm.Extra, read *Row) {
	switch field {
	case "street":
		a.Street = value
	case "city":
		a.City = value
	case "state":
		a.State = value
	case "postalCode":
		a.PostalCode = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(value, "CP"), "C.P."))
	case "country":
		a.Country = value
	case Tags:
		e.Tags = append(e.Tags, strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == ',' || r == '|' })...)
	case Owner:
		read.Owner, read.OwnerColumn = value, column
	}
}

// own reads the columns of the team's own fields.
func (p *Plan) own(cells []string, e *crm.Extra) (problems []Problem) {
	for i, field := range p.Columns {
		own := p.custom[field]
		if own == nil || i >= len(cells) || tidy(cells[i]) == "" {
			continue
		}
		value, fault := own.Parse(tidy(cells[i]))
		if fault != "" {
			problems = append(problems, Problem{Column: i, Key: fault, Value: cells[i]})
			continue
		}
		if e.Custom == nil {
			e.Custom = map[int64]string{}
		}
		e.Custom[own.ID] = value
	}
	return problems
}

func (p *Plan) tagged(tags []string) []string {
	if p.Tag == "" {
		return tags
	}
	return append(tags, p.Tag)
}

func (p *Plan) first(field Field) int {
	for i, f := range p.Columns {
		if f == field {
			return i
		}
	}
	return -1
}

// addTexts adds what is not there yet, compared by its key.
func addTexts(to, more []string, key func(string) string) []string {
	for _, text := range more {
		known := false
		for _, other := range to {
			known = known || (key(other) == key(text) && key(text) != "") || other == text
		}
		if !known {
			to = append(to, text)
		}
	}
	return to
}
