package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) contactList(v *visit) error {
	view, after, before := listView(v, "/contacts")
	found, err := s.Services.Contacts.Contacts(v.ctx(), crm.ContactFilter{
		Query: view.Query, Sort: view.Sort, OwnerID: ownerOf(v, view), After: after, Before: before,
	})
	if err != nil {
		return err
	}
	view.Next, view.Prev = found.Next, found.Prev
	v.frame.Section, v.frame.Title = page.SectionContacts, v.frame.T("contacts.title")
	if v.htmx("list") {
		return v.render(http.StatusOK, page.ContactRows(v.frame, view, found.Items))
	}
	return v.render(http.StatusOK, page.ContactList(v.frame, view, found.Items))
}
