package api

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// contact is a person as JSON. At least one of the names and the e-mails is set.
type contact struct {
	Record
	Extra
	GivenName   string   `json:"givenName,omitempty" maxLength:"100" doc:"At least one of givenName, familyName and emails is needed."`
	FamilyName  string   `json:"familyName,omitempty" maxLength:"100" doc:"Both family names, where there are two."`
	Emails      []string `json:"emails,omitempty" maxItems:"10" doc:"The main one first."`
	Phones      []string `json:"phones,omitempty" maxItems:"10" doc:"As people write them, the main one first; each of at most 40 characters."`
	CompanyID   int64    `json:"companyId,omitempty" doc:"Id of the company that the person works for."`
	CompanyName string   `json:"companyName,omitempty" readOnly:"true" doc:"That company's name."`
	JobTitle    string   `json:"jobTitle,omitempty" maxLength:"100" doc:"What the person does there."`
	Source      string   `json:"source,omitempty" maxLength:"100" doc:"Where the contact comes from, in the team's own words."`
	Birthday    string   `json:"birthday,omitempty" format:"date" doc:"YYYY-MM-DD"`
	Address     *address `json:"address,omitempty" doc:"Where the person is."`
}

type contactList struct {
	Words
	OfOwner
	Company int64 `query:"company" minimum:"0" doc:"Id of a company: only the people who work for it; 0: all."`
	Filters
	ByChange
	Paging
}

var contacts = resource[crm.ContactService, crm.Contact, contact, contactList]{
	one: "contact", many: "contacts",
	list: func(s crm.ContactService, ctx context.Context, l *contactList) (crm.Page[*crm.Contact], error) {
		return s.Contacts(ctx, crm.ContactFilter{
			Query: l.Q, OwnerID: l.Owner, CompanyID: l.Company, Filters: l.chosen,
			Sort: crm.Sort(l.Sort), After: crm.Cursor(l.After), Limit: l.Limit,
		})
	},
	get:    crm.ContactService.Contact,
	create: crm.ContactService.CreateContact,
	update: crm.ContactService.UpdateContact,
	remove: crm.ContactService.DeleteContact,
	show:   showContact,
	take:   takeContact,
	id:     func(c *crm.Contact) *int64 { return &c.ID },
	notes:  map[string]string{"delete": "The contact goes to the bin for 30 days."},
}

func showContact(c *crm.Contact) contact {
	return contact{
		Record:    Record{Stamp{c.ID, c.Version, &c.CreatedAt, &c.UpdatedAt}, c.OwnerID, c.OwnerName},
		Extra:     showExtra(c.Extra),
		GivenName: c.GivenName, FamilyName: c.FamilyName, Emails: c.Emails, Phones: c.Phones,
		CompanyID: c.CompanyID, CompanyName: c.CompanyName, JobTitle: c.JobTitle, Source: c.Source,
		Birthday: c.Birthday, Address: showAddress(c.Address),
	}
}

func takeContact(j contact, c *crm.Contact) {
	c.Version, c.OwnerID, c.Extra = j.Version, j.OwnerID, j.extra()
	c.GivenName, c.FamilyName, c.Emails, c.Phones = j.GivenName, j.FamilyName, j.Emails, j.Phones
	c.CompanyID, c.JobTitle, c.Source, c.Birthday = j.CompanyID, j.JobTitle, j.Source, j.Birthday
	c.Address = j.Address.take()
}
