package sqlite

import (
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Cells as the fields of kinds make them.
func textCell(text string) crm.Cell          { return crm.Cell{Text: text} }
func instantCell(at time.Time) crm.Cell      { return crm.Cell{At: at} }
func refCell(id int64, name string) crm.Cell { return crm.Cell{ID: id, Text: name} }
func firstCell(all []string) crm.Cell        { return crm.Cell{Text: firstOf(all...)} }

// textField is a field of one line, a column that can be set for many records;
// with a facet it is a filter, too.
func textField[R any](name, label string, facet int64, of func(*R) *string) listField[R] {
	return listField[R]{
		ListField: crm.ListField{Name: name, Label: label, Type: crm.FieldText, Filter: facet != 0, Column: true, Edit: true},
		cell:      func(record *R) crm.Cell { return textCell(*of(record)) },
		facet:     facet,
		set:       func(record *R, text string) { *of(record) = text },
	}
}

// headFields are those of every kind: tags, who looks after a record, when it
// was made and changed.
func headFields[R any](k *recordKind[R], ownerName func(*R) string) []listField[R] {
	return []listField[R]{
		{
			ListField: crm.ListField{Name: "owner", Label: "field.ownerId", Type: crm.FieldUser, Filter: true, Column: true},
			cell:      func(record *R) crm.Cell { return refCell(*k.head(record).owner, ownerName(record)) },
			column:    "owner_id", ordered: true,
		},
		{
			ListField: crm.ListField{Name: "tag", Label: "field.tags", Type: crm.FieldTags, Filter: true, Column: true},
			cell:      func(record *R) crm.Cell { return textCell(strings.Join(k.extra(record).Tags, "; ")) },
			facet:     tagField,
		},
		{
			ListField: crm.ListField{Name: "created", Label: "field.createdAt", Type: crm.FieldInstant, Filter: true, Column: true},
			cell:      func(record *R) crm.Cell { return instantCell(*k.head(record).created) },
			column:    "created_at",
		},
		{
			ListField: crm.ListField{Name: "updated", Label: "list.changed", Type: crm.FieldInstant, Filter: true, Column: true},
			cell:      func(record *R) crm.Cell { return instantCell(*k.head(record).updated) },
			column:    "updated_at",
		},
	}
}

// column is a field that is shown and neither filtered nor set.
func column[R any](name, label string, of crm.FieldType, cell func(*R) crm.Cell) listField[R] {
	return listField[R]{ListField: crm.ListField{Name: name, Label: label, Type: of, Column: true}, cell: cell}
}

// companyField is the company that a record belongs to.
func companyField[R any](name, label, sqlColumn string, cell func(*R) crm.Cell) listField[R] {
	return listField[R]{
		ListField: crm.ListField{Name: name, Label: label, Type: crm.FieldCompany, Filter: true, Column: true},
		cell:      cell, column: sqlColumn, ordered: true,
	}
}

// contactList says how lists of contacts are filtered and shown.
var contactList = &listKind[crm.Contact]{
	record: contacts,
	list:   contactListing,
	row: func(c *crm.Contact) crm.Row {
		return crm.Row{Title: c.Title(), Subtitle: c.JobTitle, Where: c.CompanyName}
	},
	fields: append([]listField[crm.Contact]{
		companyField("company", "field.companyId", "company_id", func(c *crm.Contact) crm.Cell { return refCell(c.CompanyID, c.CompanyName) }),
		textField("jobTitle", "field.jobTitle", 0, func(c *crm.Contact) *string { return &c.JobTitle }),
		column("email", "field.emails", crm.FieldEmail, func(c *crm.Contact) crm.Cell { return firstCell(c.Emails) }),
		column("phone", "field.phones", crm.FieldPhone, func(c *crm.Contact) crm.Cell { return firstCell(c.Phones) }),
		textField("source", "field.source", sourceField, func(c *crm.Contact) *string { return &c.Source }),
		column("birthday", "field.birthday", crm.FieldDate, func(c *crm.Contact) crm.Cell { return textCell(c.Birthday) }),
		textField("street", "field.street", 0, func(c *crm.Contact) *string { return &c.Address.Street }),
		textField("city", "field.city", cityField, func(c *crm.Contact) *string { return &c.Address.City }),
		textField("state", "field.state", stateField, func(c *crm.Contact) *string { return &c.Address.State }),
		textField("postalCode", "field.postalCode", 0, func(c *crm.Contact) *string { return &c.Address.PostalCode }),
		textField("country", "field.country", 0, func(c *crm.Contact) *string { return &c.Address.Country }),
	}, headFields(contacts, func(c *crm.Contact) string { return c.OwnerName })...),
}

// companyList says how lists of companies are filtered and shown.
var companyList = &listKind[crm.Company]{
	record: companies,
	list:   companyListing,
	row: func(c *crm.Company) crm.Row {
		return crm.Row{Title: c.Name, Subtitle: joined(" · ", c.ParentName, c.Address.City)}
	},
	fields: append([]listField[crm.Company]{
		column("domain", "field.domain", crm.FieldText, func(c *crm.Company) crm.Cell { return textCell(c.Domain) }),
		column("rfc", "field.rfc", crm.FieldText, func(c *crm.Company) crm.Cell { return textCell(c.RFC) }),
		column("phone", "field.phone", crm.FieldPhone, func(c *crm.Company) crm.Cell { return textCell(c.Phone) }),
		column("website", "field.website", crm.FieldLink, func(c *crm.Company) crm.Cell { return textCell(c.Website) }),
		companyField("parent", "field.parentId", "parent_id", func(c *crm.Company) crm.Cell { return refCell(c.ParentID, c.ParentName) }),
		textField("street", "field.street", 0, func(c *crm.Company) *string { return &c.Address.Street }),
		textField("city", "field.city", cityField, func(c *crm.Company) *string { return &c.Address.City }),
		textField("state", "field.state", stateField, func(c *crm.Company) *string { return &c.Address.State }),
		textField("postalCode", "field.postalCode", 0, func(c *crm.Company) *string { return &c.Address.PostalCode }),
		textField("country", "field.country", 0, func(c *crm.Company) *string { return &c.Address.Country }),
	}, headFields(companies, func(c *crm.Company) string { return c.OwnerName })...),
}

func joined(between string, texts ...string) string {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, between)
}
