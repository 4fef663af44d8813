package api

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// company is an organisation as JSON.
type company struct {
	Record
	Extra
	Name       string   `json:"name" minLength:"1" maxLength:"200" doc:"As the team calls it, or as it is registered."`
	Domain     string   `json:"domain,omitempty" doc:"acme.example, without scheme."`
	RFC        string   `json:"rfc,omitempty" doc:"Mexican tax id of 12 or 13 characters; its check digit is verified. Kept in upper case without hyphens."`
	Phone      string   `json:"phone,omitempty" maxLength:"40" doc:"As people write it."`
	Website    string   `json:"website,omitempty" maxLength:"200" doc:"An address with http or https."`
	ParentID   int64    `json:"parentId,omitempty" doc:"Id of the company that this one is part of."`
	ParentName string   `json:"parentName,omitempty" readOnly:"true" doc:"That company's name."`
	Address    *address `json:"address,omitempty" doc:"Where it is."`
}

type companyList struct {
	Words
	OfOwner
	Parent int64 `query:"parent" minimum:"0" doc:"Id of a company: only those that are part of it; 0: all."`
	Filters
	ByChange
	Paging
}

var companies = resource[crm.CompanyService, crm.Company, company, companyList]{
	one: "company", many: "companies",
	list: func(s crm.CompanyService, ctx context.Context, l *companyList) (crm.Page[*crm.Company], error) {
		return s.Companies(ctx, crm.CompanyFilter{
			Query: l.Q, OwnerID: l.Owner, ParentID: l.Parent, Filters: l.chosen,
			Sort: crm.Sort(l.Sort), After: crm.Cursor(l.After), Limit: l.Limit,
		})
	},
	get:    crm.CompanyService.Company,
	create: crm.CompanyService.CreateCompany,
	update: crm.CompanyService.UpdateCompany,
	remove: crm.CompanyService.DeleteCompany,
	show:   showCompany,
	take:   takeCompany,
	id:     func(c *crm.Company) *int64 { return &c.ID },
	notes:  map[string]string{"delete": "The company goes to the bin for 30 days; its contacts stay."},
}

func showCompany(c *crm.Company) company {
	return company{
		Record: Record{Stamp{c.ID, c.Version, &c.CreatedAt, &c.UpdatedAt}, c.OwnerID, c.OwnerName},
		Extra:  showExtra(c.Extra),
		Name:   c.Name, Domain: c.Domain, RFC: c.RFC, Phone: c.Phone, Website: c.Website,
		ParentID: c.ParentID, ParentName: c.ParentName, Address: showAddress(c.Address),
	}
}

func takeCompany(j company, c *crm.Company) {
	c.Version, c.OwnerID, c.Extra = j.Version, j.OwnerID, j.extra()
	c.Name, c.Domain, c.RFC, c.Phone, c.Website, c.ParentID = j.Name, j.Domain, j.RFC, j.Phone, j.Website, j.ParentID
	c.Address = j.Address.take()
}
