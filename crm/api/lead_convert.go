package api

import (
	"context"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
)

// conversion says what a lead becomes.
type conversion struct {
	Version        int64 `json:"version" doc:"The lead's, as it was read: 409 when it has another by now, or was converted already."`
	ContactID      int64 `json:"contactId,omitempty" minimum:"0" doc:"Id of the contact that the person is already; left out: a contact is made of the lead."`
	CompanyID      int64 `json:"companyId,omitempty" minimum:"0" doc:"Id of the company that it is already; left out: a company is made of the lead's companyName, where it has one."`
	WithoutCompany bool  `json:"withoutCompany,omitempty" doc:"true: no company is made, whatever companyName says."`
	Deal           *deal `json:"deal,omitempty" doc:"A deal to be made with the contact and company; left out: none is made."`
}

type converted struct {
	Action
	Lead lead `json:"lead" doc:"The lead with the ids of what it became."`
}

// match is a record that a lead may be already.
type match struct {
	ID   int64  `json:"id" doc:"Id of the contact or company."`
	Name string `json:"name" doc:"Its name."`
}

type matches struct {
	Contacts  []match `json:"contacts" nullable:"false" doc:"Contacts with an e-mail or phone of the lead."`
	Companies []match `json:"companies" nullable:"false" doc:"Companies with the domain or the name of the lead's."`
}

// registerConversion adds what is done with a lead that is worth it.
func registerConversion(s *server, service crm.LeadService) {
	find := operation("match-lead", http.MethodGet, "/leads/{id}/matches", "Contacts and companies that a lead may be already")
	handle(s, find, func(ctx context.Context, in *ByID) (matches, error) {
		l, err := service.Lead(ctx, in.ID)
		if err != nil {
			return matches{}, err
		}
		found, err := service.LeadMatches(ctx, l)
		return matches{Contacts: showMatches(found.Contacts), Companies: showMatches(found.Companies)}, err
	})
	convert := operation("convert-lead", http.MethodPost, "/leads/{id}/convert", "Make a contact, a company and a deal of a lead", http.StatusConflict)
	convert.Description = "One action, undone as a whole. Look at /leads/{id}/matches first: what is there already need not be made again."
	handle(s, convert, func(ctx context.Context, in *changeOf[conversion]) (converted, error) {
		l, err := service.Lead(ctx, in.ID)
		if err != nil {
			return converted{}, err
		}
		c := in.Body.of(l)
		id, err := service.ConvertLead(ctx, &c)
		if err != nil {
			return converted{}, err
		}
		l, err = service.Lead(ctx, in.ID)
		if err != nil {
			return converted{}, err
		}
		return converted{Action{id}, showLead(l)}, nil
	})
}

func (j conversion) of(l *crm.Lead) crm.Conversion {
	c := crm.Conversion{LeadID: l.ID, LeadVersion: j.Version, Contact: l.AsContact()}
	if j.ContactID != 0 {
		c.Contact = crm.Contact{ID: j.ContactID}
	}
	switch {
	case j.CompanyID != 0:
		c.Company = &crm.Company{ID: j.CompanyID}
	case !j.WithoutCompany:
		c.Company = l.AsCompany()
	}
	if j.Deal != nil {
		c.Deal = &crm.Deal{}
		takeDeal(*j.Deal, c.Deal)
	}
	return c
}

func showMatches(found []crm.Duplicate) []match {
	all := make([]match, 0, len(found))
	for _, d := range found {
		all = append(all, match{ID: d.ID, Name: d.Title})
	}
	return all
}
