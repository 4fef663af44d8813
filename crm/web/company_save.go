package web

import (
	"errors"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) companyCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := readCompany(v)
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.settleParent(v, &form); err != nil {
			return "", err
		}
		if err := s.Services.Companies.CreateCompany(v.ctx(), &form.Company); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.created", Name: form.Company.Name})
		return page.CompanyLink(form.Company.ID), nil
	})
	if err != nil {
		form.Company.ID = 0
		return s.refuseCompany(v, form, err)
	}
	return v.redirect(to)
}

func (s *server) companyUpdate(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	form := readCompany(v)
	form.Company.ID = id
	if err = s.settleParent(v, &form); err == nil {
		err = s.Services.Companies.UpdateCompany(v.ctx(), &form.Company)
	}
	if errors.Is(err, crm.ErrConflict) {
		return s.companyConflict(v, form)
	}
	if err != nil {
		return s.refuseCompany(v, form, err)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: form.Company.Name})
	return v.redirect(page.CompanyLink(id))
}

func (s *server) companyConflict(v *visit, form page.CompanyForm) error {
	stored, err := s.Services.Companies.Company(v.ctx(), form.Company.ID)
	if err != nil {
		return err
	}
	owners, err := s.owners(v, form.Company.OwnerID)
	if err != nil {
		return err
	}
	names := ownerNames(owners, stored.OwnerID, stored.OwnerName)
	mine, theirs := companyValues(&form.Company, form.ParentText, names), companyValues(stored, stored.ParentName, names)
	if mine, theirs, err = s.extraValues(v, crm.KindCompany, mine, theirs, &form.Company.Extra, &stored.Extra); err != nil {
		return err
	}
	return s.resolve(v, crm.KindCompany, page.Conflict{
		Action: page.CompanyLink(form.Company.ID), Record: page.CompanyLink(form.Company.ID), Version: stored.Version,
	}, mine, theirs)
}

// companyDelete moves the company to the bin; its contacts stay.
func (s *server) companyDelete(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	c, err := s.Services.Companies.Company(v.ctx(), id)
	if err != nil {
		return err
	}
	action, err := s.Services.Companies.DeleteCompany(v.ctx(), id)
	if err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.deleted", Name: c.Name, UndoID: action})
	return v.redirect("/companies")
}
