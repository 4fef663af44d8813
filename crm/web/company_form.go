package web

import (
	"errors"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) companyNew(v *visit) error {
	return s.showCompanyForm(v, http.StatusOK, page.CompanyForm{Company: crm.Company{OwnerID: v.user.ID}})
}

func (s *server) companyEdit(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	c, err := s.Services.Companies.Company(v.ctx(), id)
	if err != nil {
		return err
	}
	return s.showCompanyForm(v, http.StatusOK, page.CompanyForm{Company: *c, ParentText: c.ParentName})
}

func (s *server) showCompanyForm(v *visit, status int, form page.CompanyForm) error {
	owners, err := s.owners(v, form.Company.OwnerID)
	if err != nil {
		return err
	}
	form.Owners = owners
	if form.Custom, err = s.customOf(v, crm.KindCompany, form.Company.Custom); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionCompanies, v.frame.T("companies.new")
	if form.Company.ID != 0 {
		v.frame.Title = v.frame.F("contact.editing", "Name", form.Company.Name)
	}
	return v.render(status, page.EditCompany(v.frame, form))
}

// readCompany takes a company from the form as typed.
func readCompany(v *visit) page.CompanyForm {
	return page.CompanyForm{
		Company: crm.Company{
			Name: v.text("name"), Domain: v.text("domain"), RFC: v.text("rfc"),
			Phone: v.text("phone"), Website: v.text("website"),
			ParentID: v.number("parentId"), OwnerID: v.number("ownerId"),
			Address: v.address(), Version: v.number("version"), Extra: readExtra(v),
		},
		ParentText: v.text("company"),
	}
}

// settleParent finds the company that this one is part of by its typed name.
func (s *server) settleParent(v *visit, form *page.CompanyForm) error {
	switch chosen := v.text("parentChoice"); chosen {
	case "":
	case "none":
		form.Company.ParentID, form.ParentText = 0, ""
		return nil
	default:
		form.Company.ParentID = v.number("parentChoice")
		return nil
	}
	if form.ParentText == "" {
		binned, err := s.isBinned(v, form.Company.ParentID)
		if !binned || form.Company.ID == 0 {
			form.Company.ParentID = 0
		}
		return err
	}
	if form.Company.ParentID != 0 {
		c, err := s.Services.Companies.Company(v.ctx(), form.Company.ParentID)
		if err == nil && sameName(c.Name, form.ParentText) {
			return nil
		}
		if err != nil && !errors.Is(err, crm.ErrNotFound) {
			return err
		}
	}
	found, err := s.companiesLike(v, form.ParentText, candidatesShown)
	if err != nil {
		return err
	}
	form.Company.ParentID = 0
	for _, c := range found {
		if sameName(c.Name, form.ParentText) {
			form.Company.ParentID = c.ID
			return nil
		}
	}
	return crm.Invalid{"parentId": crm.KeyUnknown}
}

// refuseCompany shows the form again with what is wrong.
func (s *server) refuseCompany(v *visit, form page.CompanyForm, err error) error {
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	form.Errors, form.Alert = faults, alert
	return s.showCompanyForm(v, status, form)
}
