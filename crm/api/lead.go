package api

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// lead is somebody who may become a customer, as JSON.
type lead struct {
	Record
	Extra
	GivenName   string   `json:"givenName,omitempty" maxLength:"100" doc:"At least one of givenName, familyName, companyName and emails is needed."`
	FamilyName  string   `json:"familyName,omitempty" maxLength:"100" doc:"Both family names, where there are two."`
	CompanyName string   `json:"companyName,omitempty" maxLength:"200" doc:"Of the company as the lead calls it; it need not be known."`
	JobTitle    string   `json:"jobTitle,omitempty" maxLength:"100" doc:"What the person does there."`
	Emails      []string `json:"emails,omitempty" maxItems:"10" doc:"The main one first."`
	Phones      []string `json:"phones,omitempty" maxItems:"10" doc:"As people write them, the main one first; each of at most 40 characters."`
	Source      string   `json:"source,omitempty" maxLength:"100" doc:"Where the lead comes from, in the team's own words: a form, a fair."`
	Status      string   `json:"status,omitempty" enum:"new,contacted,qualified,unqualified,converted" default:"new" doc:"How far the lead has come. Only /leads/{id}/convert makes it converted; then it does not change any more."`
	Note        string   `json:"note,omitempty" maxLength:"2000" doc:"Several lines."`
	ContactID   int64    `json:"contactId,omitempty" readOnly:"true" doc:"Id of the contact that it became."`
	CompanyID   int64    `json:"companyId,omitempty" readOnly:"true" doc:"Id of the company that it became."`
	DealID      int64    `json:"dealId,omitempty" readOnly:"true" doc:"Id of the deal that it became."`
}

type leadList struct {
	Words
	OfOwner
	Open   bool   `query:"open" doc:"true: only leads that want work (new, contacted, qualified)."`
	Status string `query:"status" enum:"new,contacted,qualified,unqualified,converted" doc:"Only leads with this status."`
	ByChange
	Filters
	Paging
}

var leads = resource[crm.LeadService, crm.Lead, lead, leadList]{
	one: "lead", many: "leads",
	list: func(s crm.LeadService, ctx context.Context, l *leadList) (crm.Page[*crm.Lead], error) {
		return s.Leads(ctx, crm.LeadFilter{
			Query: l.Q, OwnerID: l.Owner, Open: l.Open, Status: crm.LeadStatus(l.Status), Filters: l.chosen,
			Sort: crm.Sort(l.Sort), After: crm.Cursor(l.After), Limit: l.Limit,
		})
	},
	get:    crm.LeadService.Lead,
	create: crm.LeadService.CreateLead,
	update: crm.LeadService.UpdateLead,
	remove: crm.LeadService.DeleteLead,
	show:   showLead,
	take:   takeLead,
	id:     func(l *crm.Lead) *int64 { return &l.ID },
	notes:  map[string]string{"delete": "The lead goes to the bin for 30 days."},
}

func showLead(l *crm.Lead) lead {
	return lead{
		Record:    Record{Stamp{l.ID, l.Version, &l.CreatedAt, &l.UpdatedAt}, l.OwnerID, l.OwnerName},
		Extra:     showExtra(l.Extra),
		GivenName: l.GivenName, FamilyName: l.FamilyName, CompanyName: l.CompanyName, JobTitle: l.JobTitle,
		Emails: l.Emails, Phones: l.Phones, Source: l.Source, Status: string(l.Status), Note: l.Note,
		ContactID: l.ContactID, CompanyID: l.CompanyID, DealID: l.DealID,
	}
}

func takeLead(j lead, l *crm.Lead) {
	l.Version, l.OwnerID, l.Extra = j.Version, j.OwnerID, j.extra()
	l.GivenName, l.FamilyName, l.CompanyName, l.JobTitle = j.GivenName, j.FamilyName, j.CompanyName, j.JobTitle
	l.Emails, l.Phones, l.Source, l.Status, l.Note = j.Emails, j.Phones, j.Source, crm.LeadStatus(j.Status), j.Note
}
