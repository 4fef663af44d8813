package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) leadNew(v *visit) error {
	return s.showLeadForm(v, http.StatusOK, page.LeadForm{Lead: crm.Lead{OwnerID: v.user.ID, Status: crm.LeadNew}})
}

func (s *server) leadEdit(v *visit) error {
	l, err := s.lead(v)
	if err != nil {
		return err
	}
	if l.Status == crm.LeadConverted {
		return v.redirect(page.LeadLink(l.ID))
	}
	return s.showLeadForm(v, http.StatusOK, page.LeadForm{Lead: *l})
}

func (s *server) showLeadForm(v *visit, status int, form page.LeadForm) error {
	owners, err := s.owners(v, form.Lead.OwnerID)
	if err != nil {
		return err
	}
	form.Owners = owners
	if form.Custom, err = s.customOf(v, crm.KindLead, form.Lead.Custom); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionLeads, v.frame.T("leads.new")
	if form.Lead.ID != 0 {
		v.frame.Title = v.frame.F("contact.editing", "Name", form.Lead.Title())
	}
	return v.render(status, page.EditLead(v.frame, form))
}

// readLead takes a lead from the form as typed.
func readLead(v *visit) page.LeadForm {
	form := page.LeadForm{Lead: crm.Lead{
		GivenName: v.text("givenName"), FamilyName: v.text("familyName"),
		CompanyName: v.text("companyName"), JobTitle: v.text("jobTitle"),
		Emails: v.texts("emails"), Phones: v.texts("phones"), Source: v.text("source"),
		Status: crm.LeadStatus(v.text("status")), Note: v.r.PostFormValue("note"),
		OwnerID: v.number("ownerId"), Version: v.number("version"), Extra: readExtra(v),
	}}
	return form
}

// wantsMoreLeadBoxes says whether the button for one more e-mail or phone sent
// the form, which happens without a script.
func wantsMoreLeadBoxes(v *visit, form *page.LeadForm) bool {
	switch v.text("more") {
	case "emails":
		form.MoreEmails = 1
	case "phones":
		form.MorePhones = 1
	default:
		return false
	}
	return true
}

// refuseLead shows the form again with what is wrong.
func (s *server) refuseLead(v *visit, form page.LeadForm, err error) error {
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	if faults["givenName"] == crm.KeyRequired {
		faults["givenName"] = "error.nameOrEmail"
	}
	form.Errors, form.Alert = faults, alert
	return s.showLeadForm(v, status, form)
}
