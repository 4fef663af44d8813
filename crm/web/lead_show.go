package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) leadShow(v *visit) error {
	l, err := s.lead(v)
	if err != nil {
		return err
	}
	if err := s.addDuplicates(v, crm.Hit{Kind: crm.KindLead, ID: l.ID}); err != nil {
		return err
	}
	t, done, err := s.timeline(v, page.Linked{Field: "leadId", Kind: crm.KindLead, ID: l.ID, Name: l.Title()})
	if done || err != nil {
		return err
	}
	if v.frame.Custom, err = s.Services.Fields.CustomFields(v.ctx(), crm.KindLead); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionLeads, l.Title()
	return v.render(http.StatusOK, page.LeadRecord(v.frame, l, t))
}

// lead is the one in the address.
func (s *server) lead(v *visit) (*crm.Lead, error) {
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	return s.Services.Leads.Lead(v.ctx(), id)
}

// leadDelete moves the lead to the bin; the next page offers Undo.
func (s *server) leadDelete(v *visit) error {
	l, err := s.lead(v)
	if err != nil {
		return err
	}
	action, err := s.Services.Leads.DeleteLead(v.ctx(), l.ID)
	if err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.deleted", Name: l.Title(), UndoID: action})
	return v.redirect("/leads")
}

// leadStatus changes the status alone, from the lead's page.
func (s *server) leadStatus(v *visit) error {
	l, err := s.lead(v)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	l.Status, l.Version = crm.LeadStatus(v.text("status")), v.number("version")
	if err := s.Services.Leads.UpdateLead(v.ctx(), l); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: l.Title()})
	return v.redirect(page.LeadLink(l.ID))
}
