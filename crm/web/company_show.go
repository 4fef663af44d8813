package web

import (
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// peopleShown is how many of its contacts a company's page lists.
const peopleShown = 8

func (s *server) companyShow(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	c, err := s.Services.Companies.Company(v.ctx(), id)
	if err != nil {
		return s.elsewhere(v, crm.KindCompany, id, err)
	}
	if err := s.addDeals(v, crm.Hit{Kind: crm.KindCompany, ID: id}); err != nil {
		return err
	}
	if err := s.addFamily(v, c); err != nil {
		return err
	}
	if err := s.addDuplicates(v, crm.Hit{Kind: crm.KindCompany, ID: id}); err != nil {
		return err
	}
	t, done, err := s.timeline(v, page.Linked{Field: "companyId", Kind: crm.KindCompany, ID: id, Name: c.Name})
	if done || err != nil {
		return err
	}
	people, err := s.Services.Contacts.Contacts(v.ctx(), crm.ContactFilter{CompanyID: id, Sort: crm.SortName, Limit: peopleShown})
	if err != nil {
		return err
	}
	if v.frame.Custom, err = s.Services.Fields.CustomFields(v.ctx(), crm.KindCompany); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionCompanies, c.Name
	return v.render(http.StatusOK, page.CompanyRecord(v.frame, c, people.Items, people.Next != "", t))
}

// companyContacts lists everybody at a company, for those with many.
func (s *server) companyContacts(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if _, err := s.Services.Companies.Company(v.ctx(), id); err != nil {
		return err
	}
	return v.redirect("/contacts?sort=name&company=" + strconv.FormatInt(id, 10))
}
