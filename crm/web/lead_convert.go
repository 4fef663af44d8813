package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// leadConvertPage offers what the lead may be already, else a new contact and
// company with what is known, and a deal.
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
	d.WithDeal = true
	d.Deal = crm.Deal{
		Name: v.frame.F("lead.dealName", "Name", cmp.Or(l.CompanyName, l.Title())), Value: crm.Money{Currency: crm.MXN},
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

func (s *server) showConvert(v *visit, status int, d page.Convert) (err error) {
	if d.Pipelines, err = s.Services.Pipelines.Pipelines(v.ctx()); err != nil {
		return err
	}
	if d.PipelineID == 0 && len(d.Pipelines) > 0 {
		d.PipelineID = d.Pipelines[0].ID
	}
	if err := s.convertNeeds(v, &d); err != nil {
		return err
	}
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
	if err := s.convertNeeds(v, &d); err != nil {
		return err
	}
	d.Contact.Custom, d.Company.Custom, d.Deal.Custom = given(d.ContactNeeds), given(d.CompanyNeeds), given(d.DealNeeds)
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
		if d.WithDeal {
			if c.Deal, err = s.convertDeal(v, d); err != nil {
				return "", err
			}
		}
		action, err := s.Services.Leads.ConvertLead(v.ctx(), &c)
		if err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.converted", Name: l.Title(), UndoID: action})
		if c.Deal != nil {
			return page.DealLink(c.Deal.ID), nil
		}
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

// convertNeeds are the fields that the team requires of what is created.
func (s *server) convertNeeds(v *visit, d *page.Convert) (err error) {
	for kind, needs := range map[crm.Kind]*page.CustomValues{
		crm.KindContact: &d.ContactNeeds, crm.KindCompany: &d.CompanyNeeds, crm.KindDeal: &d.DealNeeds,
	} {
		if *needs, err = s.customOf(v, kind, d.Custom); err != nil {
			return err
		}
		needs.Fields = slices.DeleteFunc(slices.Clone(needs.Fields), func(f *crm.CustomField) bool { return !f.Required })
	}
	return nil
}

// given are the values of some fields; nil where there are none to ask for.
func given(needs page.CustomValues) map[int64]string {
	if len(needs.Fields) == 0 {
		return nil
	}
	values := map[int64]string{}
	for _, f := range needs.Fields {
		values[f.ID] = needs.Values[f.ID]
	}
	return values
}

// convertDeal is the deal of the form, at the beginning of its pipeline.
func (s *server) convertDeal(v *visit, d page.Convert) (*crm.Deal, error) {
	deal := d.Deal
	value, err := crm.ParseMoney(d.Amount, deal.Value.Currency)
	var fault crm.Fault
	if errors.As(err, &fault) {
		return nil, crm.Invalid{"deal.value": string(fault)}
	}
	deal.Value = value
	p, err := s.pipeline(v, d.PipelineID)
	if errors.Is(err, crm.ErrNotFound) {
		return nil, crm.Invalid{"deal.stageId": crm.KeyUnknown}
	}
	if err != nil {
		return nil, err
	}
	deal.StageID = p.Open()[0].ID
	return &deal, nil
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
	d.WithDeal, d.Amount, d.PipelineID = v.text("withDeal") == "1", v.text("deal.value"), v.number("deal.pipeline")
	d.Deal = crm.Deal{
		Name: v.text("deal.title"), Value: crm.Money{Currency: crm.Currency(v.text("deal.currency"))},
		ExpectedClose: v.text("deal.expectedClose"), Source: l.Source, OwnerID: l.OwnerID,
	}
	d.Custom = readExtra(v).Custom
	return d
}
