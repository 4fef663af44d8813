package web

import (
	"errors"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) contactCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := readContact(v)
	if wantsMoreBoxes(v, &form) {
		return s.showContactForm(v, http.StatusOK, form)
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.settleCompany(v, &form); err != nil {
			return "", err
		}
		if err := s.Services.Contacts.CreateContact(v.ctx(), &form.Contact); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.created", Name: form.Contact.Title()})
		return page.ContactLink(form.Contact.ID), nil
	})
	if errors.Is(err, errWhichCompany) {
		return s.showContactForm(v, http.StatusUnprocessableEntity, form)
	}
	if err != nil {
		form.Contact.ID = 0
		return s.refuseContact(v, form, err)
	}
	return v.redirect(to)
}

// settleCompany finds the company that was typed, or creates it when the
// person said so. It changes form to ask when neither is clear.
func (s *server) settleCompany(v *visit, form *page.ContactForm) error {
	switch chosen := v.text("companyChoice"); chosen {
	case "":
	case "new":
		form.NewCompany = true
	case "none":
		form.CompanyText, form.Contact.CompanyID = "", 0
	default:
		form.Contact.CompanyID = v.number("companyChoice")
		return s.nameCompany(v, form)
	}
	if form.CompanyText == "" {
		return s.keepHiddenCompany(v, form)
	}
	if form.NewCompany {
		return s.createTyped(v, form)
	}
	if form.Contact.CompanyID != 0 {
		c, err := s.Services.Companies.Company(v.ctx(), form.Contact.CompanyID)
		if err == nil && sameName(c.Name, form.CompanyText) {
			return nil
		}
		if err != nil && !errors.Is(err, crm.ErrNotFound) {
			return err
		}
	}
	return s.matchCompany(v, form)
}

// keepHiddenCompany: an empty box means no company, but where the contact's
// company is in the bin its name cannot be shown, and the link must stay.
func (s *server) keepHiddenCompany(v *visit, form *page.ContactForm) error {
	binned, err := s.isBinned(v, form.Contact.CompanyID)
	if !binned || form.Contact.ID == 0 {
		form.Contact.CompanyID = 0
	}
	return err
}

// isBinned says whether a company that a record points to is not there now.
// The store takes such a link only from a record that had it before.
func (s *server) isBinned(v *visit, company int64) (bool, error) {
	if company == 0 {
		return false, nil
	}
	_, err := s.Services.Companies.Company(v.ctx(), company)
	if errors.Is(err, crm.ErrNotFound) {
		return true, nil
	}
	return false, err
}

func (s *server) nameCompany(v *visit, form *page.ContactForm) error {
	c, err := s.Services.Companies.Company(v.ctx(), form.Contact.CompanyID)
	switch {
	case errors.Is(err, crm.ErrNotFound):
		form.CompanyText = "" // In the bin: the store judges whether the link may stay.
		return nil
	case err != nil:
		return err
	}
	form.CompanyText = c.Name
	return nil
}

func (s *server) createTyped(v *visit, form *page.ContactForm) error {
	c := crm.Company{Name: form.CompanyText, OwnerID: form.Contact.OwnerID}
	if err := s.Services.Companies.CreateCompany(v.ctx(), &c); err != nil {
		var faults crm.Invalid
		if errors.As(err, &faults) && faults["name"] != "" {
			return crm.Invalid{"companyId": faults["name"]}
		}
		return err
	}
	form.Contact.CompanyID, form.NewCompany = c.ID, false
	return nil
}
