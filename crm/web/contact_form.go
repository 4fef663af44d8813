package web

import (
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// contactNew is the empty form; ?company=ID fills in where the person works.
func (s *server) contactNew(v *visit) error {
	form := page.ContactForm{Contact: crm.Contact{OwnerID: v.user.ID}}
	if id, err := strconv.ParseInt(v.r.URL.Query().Get("company"), 10, 64); err == nil {
		if c, err := s.Services.Companies.Company(v.ctx(), id); err == nil {
			form.Contact.CompanyID, form.CompanyText = c.ID, c.Name
		}
	}
	if name := v.r.URL.Query().Get("name"); len(name) <= 100 {
		form.Contact.GivenName = name
	}
	return s.showContactForm(v, http.StatusOK, form)
}

func (s *server) contactEdit(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	c, err := s.Services.Contacts.Contact(v.ctx(), id)
	if err != nil {
		return err
	}
	return s.showContactForm(v, http.StatusOK, page.ContactForm{Contact: *c, CompanyText: c.CompanyName})
}

func (s *server) showContactForm(v *visit, status int, form page.ContactForm) error {
	owners, err := s.owners(v, form.Contact.OwnerID)
	if err != nil {
		return err
	}
	form.Owners = owners
	if form.Custom, err = s.customOf(v, crm.KindContact, form.Contact.Custom); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionContacts, v.frame.T("contacts.new")
	if form.Contact.ID != 0 {
		v.frame.Title = v.frame.F("contact.editing", "Name", form.Contact.Title())
	}
	return v.render(status, page.EditContact(v.frame, form))
}

// readContact takes a contact from the form as typed.
func readContact(v *visit) page.ContactForm {
	return page.ContactForm{
		Contact: crm.Contact{
			GivenName: v.text("givenName"), FamilyName: v.text("familyName"),
			Emails: v.texts("emails"), Phones: v.texts("phones"),
			CompanyID: v.number("companyId"), JobTitle: v.text("jobTitle"),
			OwnerID: v.number("ownerId"), Source: v.text("source"), Birthday: v.text("birthday"),
			Address: v.address(), Version: v.number("version"), Extra: readExtra(v),
		},
		CompanyText: v.text("company"),
		NewCompany:  v.text("newCompany") == "1",
	}
}

// wantsMoreBoxes says whether the button for one more e-mail or phone sent the
// form, which happens without a script.
func wantsMoreBoxes(v *visit, form *page.ContactForm) bool {
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

// refuseContact shows the form again with what is wrong.
func (s *server) refuseContact(v *visit, form page.ContactForm, err error) error {
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	if faults["givenName"] == crm.KeyRequired {
		faults["givenName"] = "error.nameOrEmail"
	}
	form.Errors, form.Alert = faults, alert
	return s.showContactForm(v, status, form)
}
