package api

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// company is an organisation as JSON.
type company struct {
	Common
	Name       string   `json:"name" minLength:"1" maxLength:"200"`
	Domain     string   `json:"domain,omitempty" doc:"acme.example, without scheme."`
	RFC        string   `json:"rfc,omitempty" doc:"Mexican tax id; its check digit is verified."`
	Phone      string   `json:"phone,omitempty" maxLength:"40"`
	Website    string   `json:"website,omitempty" maxLength:"200"`
	ParentID   int64    `json:"parentId,omitempty" doc:"The company that this one is part of."`
	ParentName string   `json:"parentName,omitempty" readOnly:"true"`
	Address    *address `json:"address,omitempty"`
}

func companies(services crm.Services) resource[crm.Company, company] {
	store := services.Companies
	return resource[crm.Company, company]{
		one: "company", many: "companies",
		list: func(ctx context.Context, l listing) (crm.Page[*crm.Company], error) {
			return store.Companies(ctx, crm.CompanyFilter{
				Query: l.Q, OwnerID: l.Owner, Sort: crm.Sort(l.Sort), After: crm.Cursor(l.After), Limit: l.Limit,
			})
		},
		get:    func(ctx context.Context, id int64) (*crm.Company, error) { return store.Company(ctx, id) },
		create: func(ctx context.Context, c *crm.Company) error { return store.CreateCompany(ctx, c) },
		update: func(ctx context.Context, c *crm.Company) error { return store.UpdateCompany(ctx, c) },
		remove: func(ctx context.Context, id int64) (int64, error) { return store.DeleteCompany(ctx, id) },
		show:   showCompany, take: takeCompany,
		id: func(c *crm.Company) *int64 { return &c.ID },
	}
}

func showCompany(c *crm.Company) company {
	return company{
		Common: Common{
			ID: c.ID, Version: c.Version, OwnerID: c.OwnerID, OwnerName: c.OwnerName,
			Tags: c.Tags, Custom: c.Custom, CreatedAt: &c.CreatedAt, UpdatedAt: &c.UpdatedAt,
		},
		Name: c.Name, Domain: c.Domain, RFC: c.RFC, Phone: c.Phone, Website: c.Website,
		ParentID: c.ParentID, ParentName: c.ParentName, Address: showAddress(c.Address),
	}
}

func takeCompany(j company, c *crm.Company) {
	c.Name, c.Domain, c.RFC, c.Phone, c.Website, c.ParentID = j.Name, j.Domain, j.RFC, j.Phone, j.Website, j.ParentID
	c.Address, c.OwnerID, c.Version, c.Extra = j.Address.take(), j.OwnerID, j.Version, j.extra()
}
