package api

import (
	"context"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// Common is what every record has besides its own fields. Ids, names of other
// records and times are read only: what a program sends in them is not used.
type Common struct {
	ID        int64            `json:"id,omitempty" readOnly:"true"`
	Version   int64            `json:"version,omitempty" doc:"Raised by one with each change. An update states the one it read."`
	OwnerID   int64            `json:"ownerId,omitempty" doc:"The user who looks after the record; left out: the key's user."`
	OwnerName string           `json:"ownerName,omitempty" readOnly:"true"`
	Tags      []string         `json:"tags,omitempty" maxItems:"20"`
	Custom    map[int64]string `json:"custom,omitempty" doc:"Values of the team's own fields, by the id of the field."`
	CreatedAt *time.Time       `json:"createdAt,omitempty" readOnly:"true"`
	UpdatedAt *time.Time       `json:"updatedAt,omitempty" readOnly:"true"`
}

func (c *Common) extra() crm.Extra { return crm.Extra{Tags: c.Tags, Custom: c.Custom} }

type address struct {
	Street     string `json:"street,omitempty"`
	City       string `json:"city,omitempty"`
	State      string `json:"state,omitempty"`
	PostalCode string `json:"postalCode,omitempty"`
	Country    string `json:"country,omitempty"`
}

// contact is a person as JSON. At least one of the names and the e-mails is set.
type contact struct {
	Common
	GivenName   string   `json:"givenName,omitempty" maxLength:"100"`
	FamilyName  string   `json:"familyName,omitempty" maxLength:"100"`
	Emails      []string `json:"emails,omitempty" maxItems:"10" doc:"The main one first."`
	Phones      []string `json:"phones,omitempty" maxItems:"10"`
	CompanyID   int64    `json:"companyId,omitempty"`
	CompanyName string   `json:"companyName,omitempty" readOnly:"true"`
	JobTitle    string   `json:"jobTitle,omitempty" maxLength:"100"`
	Source      string   `json:"source,omitempty" maxLength:"100"`
	Birthday    string   `json:"birthday,omitempty" doc:"YYYY-MM-DD"`
	Address     *address `json:"address,omitempty"`
}

func contacts(services crm.Services) resource[crm.Contact, contact] {
	store := services.Contacts
	return resource[crm.Contact, contact]{
		one: "contact", many: "contacts",
		list: func(ctx context.Context, l listing) (crm.Page[*crm.Contact], error) {
			return store.Contacts(ctx, crm.ContactFilter{
				Query: l.Q, OwnerID: l.Owner, Sort: crm.Sort(l.Sort), After: crm.Cursor(l.After), Limit: l.Limit,
			})
		},
		get:    func(ctx context.Context, id int64) (*crm.Contact, error) { return store.Contact(ctx, id) },
		create: func(ctx context.Context, c *crm.Contact) error { return store.CreateContact(ctx, c) },
		update: func(ctx context.Context, c *crm.Contact) error { return store.UpdateContact(ctx, c) },
		remove: func(ctx context.Context, id int64) (int64, error) { return store.DeleteContact(ctx, id) },
		show:   showContact, take: takeContact,
		id: func(c *crm.Contact) *int64 { return &c.ID },
	}
}

func showContact(c *crm.Contact) contact {
	return contact{
		Common: Common{
			ID: c.ID, Version: c.Version, OwnerID: c.OwnerID, OwnerName: c.OwnerName,
			Tags: c.Tags, Custom: c.Custom, CreatedAt: &c.CreatedAt, UpdatedAt: &c.UpdatedAt,
		},
		GivenName: c.GivenName, FamilyName: c.FamilyName, Emails: c.Emails, Phones: c.Phones,
		CompanyID: c.CompanyID, CompanyName: c.CompanyName, JobTitle: c.JobTitle, Source: c.Source,
		Birthday: c.Birthday, Address: showAddress(c.Address),
	}
}

func takeContact(j contact, c *crm.Contact) {
	c.GivenName, c.FamilyName, c.Emails, c.Phones = j.GivenName, j.FamilyName, j.Emails, j.Phones
	c.CompanyID, c.JobTitle, c.Source, c.Birthday = j.CompanyID, j.JobTitle, j.Source, j.Birthday
	c.Address, c.OwnerID, c.Version, c.Extra = j.Address.take(), j.OwnerID, j.Version, j.extra()
}

func showAddress(a crm.Address) *address {
	if a == (crm.Address{}) {
		return nil
	}
	shown := address(a)
	return &shown
}

func (a *address) take() crm.Address {
	if a == nil {
		return crm.Address{}
	}
	return crm.Address(*a)
}
