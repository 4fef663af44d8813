package web

import (
	"errors"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) contactUpdate(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	form := readContact(v)
	form.Contact.ID = id
	if wantsMoreBoxes(v, &form) {
		return s.showContactForm(v, http.StatusOK, form)
	}
	err = s.settleCompany(v, &form)
	if errors.Is(err, errWhichCompany) {
		return s.showContactForm(v, http.StatusUnprocessableEntity, form)
	}
	if err == nil {
		err = s.Services.Contacts.UpdateContact(v.ctx(), &form.Contact)
	}
	if errors.Is(err, crm.ErrConflict) {
		return s.contactConflict(v, form)
	}
	if err != nil {
		return s.refuseContact(v, form, err)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: form.Contact.Title()})
	return v.redirect(page.ContactLink(id))
}

// contactConflict shows both versions when somebody saved in between. When
// both agree there is nothing to ask: what was wanted is stored already.
func (s *server) contactConflict(v *visit, form page.ContactForm) error {
	stored, err := s.Services.Contacts.Contact(v.ctx(), form.Contact.ID)
	if err != nil {
		return err
	}
	owners, err := s.owners(v, form.Contact.OwnerID)
	if err != nil {
		return err
	}
	names := ownerNames(owners, stored.OwnerID, stored.OwnerName)
	mine, theirs := contactValues(&form.Contact, form.CompanyText, names), contactValues(stored, stored.CompanyName, names)
	if mine, theirs, err = s.extraValues(v, crm.KindContact, mine, theirs, &form.Contact.Extra, &stored.Extra); err != nil {
		return err
	}
	return s.resolve(v, crm.KindContact, page.Conflict{
		Action: page.ContactLink(form.Contact.ID), Record: page.ContactLink(form.Contact.ID), Version: stored.Version,
	}, mine, theirs)
}
