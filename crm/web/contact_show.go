package web

import (
	"net/http"
	"net/url"

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
	if err := s.addDuplicates(v, crm.Hit{Kind: crm.KindContact, ID: id}); err != nil {
		return err
	}
	history, err := s.history(v, crm.KindContact, id, page.ContactLink(id))
	if err != nil {
		return err
	}
	if v.frame.Custom, err = s.Services.Fields.CustomFields(v.ctx(), crm.KindContact); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionContacts, c.Title()
	return v.render(http.StatusOK, page.ContactRecord(v.frame, c, history))
}

// historyShown is how many actions a record's page lists at once.
const historyShown = 20

func (s *server) history(v *visit, kind crm.Kind, id int64, link string) (page.History, error) {
	after := crm.Cursor(v.r.URL.Query().Get("history"))
	found, err := s.Services.Actions.History(v.ctx(), kind, id, after, historyShown)
	if err != nil {
		return page.History{}, err
	}
	h := page.History{Actions: found.Items, Here: link}
	if found.Next != "" {
		h.Older = link + "?history=" + url.QueryEscape(string(found.Next))
	}
	return h, nil
}
