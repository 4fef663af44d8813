package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) contactShow(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	c, err := s.Services.Contacts.Contact(v.ctx(), id)
	if err != nil {
		return s.elsewhere(v, crm.KindContact, id, err)
	}
	if err := s.addDeals(v, crm.Hit{Kind: crm.KindContact, ID: id}); err != nil {
		return err
	}
	if err := s.addDuplicates(v, crm.Hit{Kind: crm.KindContact, ID: id}); err != nil {
		return err
	}
	t, done, err := s.timeline(v, page.Linked{Field: "contactId", Kind: crm.KindContact, ID: id, Name: c.Title()})
	if done || err != nil {
		return err
	}
	if v.frame.Custom, err = s.Services.Fields.CustomFields(v.ctx(), crm.KindContact); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionContacts, c.Title()
	return v.render(http.StatusOK, page.ContactRecord(v.frame, c, t))
}
