package web

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// mergeable is what the pages of a merge need to know of a kind of record.
type mergeable[R any] struct {
	kind   crm.Kind
	get    func(*server, context.Context, int64) (*R, error)
	find   func(*server, context.Context, string) ([]*R, error)
	side   func(*R) page.MergeSide
	extra  func(*R) *crm.Extra
	fields []crm.MergeField[R]
	lists  []mergeList[R]
	merged func(kept, absorbed *R, fromAbsorbed func(string) bool) *R
	save   func(*server, context.Context, crm.Merge, *R) (int64, error)
}

// mergeList is a field with several values.
type mergeList[R any] struct {
	name, label string
	of          func(*R) *[]string
}

var mergeContacts = mergeable[crm.Contact]{
	kind: crm.KindContact,
	get: func(s *server, ctx context.Context, id int64) (*crm.Contact, error) {
		return s.Services.Contacts.Contact(ctx, id)
	},
	find: func(s *server, ctx context.Context, typed string) ([]*crm.Contact, error) {
		found, err := s.Services.Contacts.Contacts(ctx, crm.ContactFilter{Query: typed, Sort: crm.SortName, Limit: mergeFound})
		return found.Items, err
	},
	side: func(c *crm.Contact) page.MergeSide {
		hit := crm.Hit{Kind: crm.KindContact, ID: c.ID, Title: c.Title(), Subtitle: page.ContactSubtitle(c)}
		return page.MergeSide{Hit: hit, Version: c.Version, Created: c.CreatedAt, Updated: c.UpdatedAt}
	},
	extra:  func(c *crm.Contact) *crm.Extra { return &c.Extra },
	fields: crm.ContactMergeFields,
	lists: []mergeList[crm.Contact]{
		{"emails", "field.emails", func(c *crm.Contact) *[]string { return &c.Emails }},
		{"phones", "field.phones", func(c *crm.Contact) *[]string { return &c.Phones }},
		{"tags", "field.tags", func(c *crm.Contact) *[]string { return &c.Tags }},
	},
	merged: crm.MergedContact,
	save: func(s *server, ctx context.Context, m crm.Merge, c *crm.Contact) (int64, error) {
		return s.Services.Merges.MergeContacts(ctx, m, c)
	},
}

var mergeCompanies = mergeable[crm.Company]{
	kind: crm.KindCompany,
	get: func(s *server, ctx context.Context, id int64) (*crm.Company, error) {
		return s.Services.Companies.Company(ctx, id)
	},
	find: func(s *server, ctx context.Context, typed string) ([]*crm.Company, error) {
		found, err := s.Services.Companies.Companies(ctx, crm.CompanyFilter{Query: typed, Sort: crm.SortName, Limit: mergeFound})
		return found.Items, err
	},
	side: func(c *crm.Company) page.MergeSide {
		hit := crm.Hit{Kind: crm.KindCompany, ID: c.ID, Title: c.Name, Subtitle: c.Address.City}
		return page.MergeSide{Hit: hit, Version: c.Version, Created: c.CreatedAt, Updated: c.UpdatedAt}
	},
	extra:  func(c *crm.Company) *crm.Extra { return &c.Extra },
	fields: crm.CompanyMergeFields,
	lists:  []mergeList[crm.Company]{{"tags", "field.tags", func(c *crm.Company) *[]string { return &c.Tags }}},
	merged: crm.MergedCompany,
	save: func(s *server, ctx context.Context, m crm.Merge, c *crm.Company) (int64, error) {
		return s.Services.Merges.MergeCompanies(ctx, m, c)
	},
}

// mergeFound is how many records a search for the other one shows.
const mergeFound = 10
