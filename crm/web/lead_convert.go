package web

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// leadConvertPage offers what the lead may be already, else a new contact and
// company with what is known.
func (s *server) leadConvertPage(v *visit) error {
	l, err := s.lead(v)
	if err != nil {
		return err
	}
	if l.Status == crm.LeadConverted {
		return v.redirect(page.LeadLink(l.ID))
	}
	d := page.Convert{Lead: l, Contact: l.AsContact(), CompanyChoice: "none"}
	if c := l.AsCompany(); c != nil {
		d.Company, d.CompanyChoice = *c, "new"
	}
	if d.Matches, err = s.Services.Leads.LeadMatches(v.ctx(), l); err != nil {
		return err
	}
	if found := d.Matches.Contacts; len(found) > 0 {
		d.ContactID = found[0].ID
	}
	if found := d.Matches.Companies; len(found) > 0 {
		d.CompanyChoice = strconv.FormatInt(found[0].ID, 10)
	}
	return s.showConvert(v, http.StatusOK, d)
}

func (s *server) showConvert(v *visit, status int, d page.Convert) error {
	v.frame.Section, v.frame.Title = page.SectionLeads, v.frame.F("lead.converting", "Name", d.Lead.Title())
	return v.render(status, page.ConvertLead(v.frame, d))
}

func (s *server) leadConvert(v *visit) error {
	l, err := s.lead(v)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	d := readConvert(v, l)
	c := crm.Conversion{LeadID: l.ID, LeadVersion: v.number("version"), Contact: d.Contact}
	if d.ContactID != 0 {
		c.Contact = crm.Contact{ID: d.ContactID}
	}
	switch company := d.Company; d.CompanyChoice {
	case "new":
		c.Company = &company
	case "none":
	default:
		c.Company = &crm.Company{ID: numberIn(d.CompanyChoice)}
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		action, err := s.Services.Leads.ConvertLead(v.ctx(), &c)
		if err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.converted", Name: l.Title(), UndoID: action})
		return page.ContactLink(c.Contact.ID), nil
	})
	if err == nil {
		return v.redirect(to)
	}
	if l.Status == crm.LeadConverted {
		return v.redirect(page.LeadLink(l.ID)) // somebody else did it
	}
	return s.refuseConvert(v, d, err)
}

// refuseConvert shows the page again with what is wrong, or with the lead as it
// is now.
func (s *server) refuseConvert(v *visit, d page.Convert, err error) error {
	status := http.StatusConflict
	d.Alert = v.frame.T("lead.changed")
	if !errors.Is(err, crm.ErrConflict) {
		var ok bool
		if d.Errors, d.Alert, status, ok = refusal(v, err); !ok {
			return err
		}
	}
	if d.Matches, err = s.Services.Leads.LeadMatches(v.ctx(), d.Lead); err != nil {
		return err
	}
	return s.showConvert(v, status, d)
}

// readConvert takes what the lead becomes from the form. E-mails, phones and
// tags are the lead's own.
func readConvert(v *visit, l *crm.Lead) page.Convert {
	d := page.Convert{Lead: l, Contact: l.AsContact(), ContactID: v.number("contactId"), CompanyChoice: v.text("companyChoice")}
	d.Contact.GivenName, d.Contact.FamilyName, d.Contact.JobTitle = v.text("givenName"), v.text("familyName"), v.text("jobTitle")
	d.Company = crm.Company{
		Name: v.text("company.name"), Domain: v.text("company.domain"), RFC: v.text("company.rfc"), OwnerID: l.OwnerID,
	}
	return d
}
