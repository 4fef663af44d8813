package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) leadCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := readLead(v)
	if wantsMoreLeadBoxes(v, &form) {
		return s.showLeadForm(v, http.StatusOK, form)
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.Services.Leads.CreateLead(v.ctx(), &form.Lead); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.created", Name: form.Lead.Title()})
		return page.LeadLink(form.Lead.ID), nil
	})
	if err != nil {
		form.Lead.ID = 0
		return s.refuseLead(v, form, err)
	}
	return v.redirect(to)
}

func (s *server) leadUpdate(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	form := readLead(v)
	form.Lead.ID = id
	if wantsMoreLeadBoxes(v, &form) {
		return s.showLeadForm(v, http.StatusOK, form)
	}
	err = s.Services.Leads.UpdateLead(v.ctx(), &form.Lead)
	if errors.Is(err, crm.ErrConflict) {
		return s.leadConflict(v, form)
	}
	if err != nil {
		return s.refuseLead(v, form, err)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: form.Lead.Title()})
	return v.redirect(page.LeadLink(id))
}

// leadConflict shows both versions when somebody saved in between.
func (s *server) leadConflict(v *visit, form page.LeadForm) error {
	stored, err := s.Services.Leads.Lead(v.ctx(), form.Lead.ID)
	if err != nil {
		return err
	}
	owners, err := s.owners(v, form.Lead.OwnerID)
	if err != nil {
		return err
	}
	names := ownerNames(owners, stored.OwnerID, stored.OwnerName)
	mine, theirs, err := s.extraValues(v, crm.KindLead, leadValues(v, &form.Lead, names), leadValues(v, stored, names), &form.Lead.Extra, &stored.Extra)
	if err != nil {
		return err
	}
	return s.resolve(v, crm.KindLead, page.Conflict{
		Action: page.LeadLink(stored.ID), Record: page.LeadLink(stored.ID), Version: stored.Version,
	}, mine, theirs)
}

func leadValues(v *visit, l *crm.Lead, owners map[int64]string) []value {
	return []value{
		plain("givenName", "field.givenName", l.GivenName),
		plain("familyName", "field.familyName", l.FamilyName),
		plain("companyName", "field.companyId", l.CompanyName),
		plain("jobTitle", "field.jobTitle", l.JobTitle),
		plain("emails", "field.emails", strings.Join(l.Emails, "\n")),
		plain("phones", "field.phones", strings.Join(l.Phones, "\n")),
		plain("source", "field.source", l.Source),
		{"status", "field.status", string(l.Status), v.frame.T(page.LeadStatusText(l.Status))},
		plain("note", "field.note", l.Note),
		{"ownerId", "field.ownerId", strconv.FormatInt(l.OwnerID, 10), owners[l.OwnerID]},
	}
}
