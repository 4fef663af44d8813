package web

import "github.com/grupobizopps/salexops/crm/web/page"

// contactDelete moves the contact to the bin; the next page offers Undo.
func (s *server) contactDelete(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	c, err := s.Services.Contacts.Contact(v.ctx(), id)
	if err != nil {
		return err
	}
	action, err := s.Services.Contacts.DeleteContact(v.ctx(), id)
	if err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.deleted", Name: c.Title(), UndoID: action})
	return v.redirect("/contacts")
}
