package web

import (
	"errors"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// dealNew is the empty form; ?company, ?contact and ?stage fill in what the
// page before knows.
func (s *server) dealNew(v *visit) error {
	q := v.r.URL.Query()
	form := page.DealForm{
		Deal:    crm.Deal{OwnerID: v.user.ID, StageID: queryID(q, "stage"), Value: crm.Money{Currency: crm.MXN}},
		Company: companyPicker(v), Contact: contactPicker(v),
	}
	if c, err := s.Services.Contacts.Contact(v.ctx(), queryID(q, "contact")); err == nil {
		form.Contact.ID, form.Contact.Text = c.ID, c.Title()
		form.Company.ID, form.Company.Text = c.CompanyID, c.CompanyName
	}
	if c, err := s.Services.Companies.Company(v.ctx(), queryID(q, "company")); err == nil {
		form.Company.ID, form.Company.Text = c.ID, c.Name
	}
	return s.showDealForm(v, http.StatusOK, form)
}

func (s *server) dealEdit(v *visit) error {
	d, err := s.deal(v)
	if err != nil {
		return err
	}
	form := page.DealForm{Deal: *d, Company: companyPicker(v), Contact: contactPicker(v)}
	form.Company.ID, form.Company.Text = d.CompanyID, d.CompanyName
	form.Contact.ID, form.Contact.Text = d.ContactID, d.ContactName
	if !d.Value.IsZero() {
		form.Amount = d.Value.Amount()
	}
	return s.showDealForm(v, http.StatusOK, form)
}

func (s *server) showDealForm(v *visit, status int, form page.DealForm) (err error) {
	if form.Owners, err = s.owners(v, form.Deal.OwnerID); err != nil {
		return err
	}
	if form.Pipelines, err = s.Services.Pipelines.Pipelines(v.ctx()); err != nil {
		return err
	}
	if form.Custom, err = s.customOf(v, crm.KindDeal, form.Deal.Custom); err != nil {
		return err
	}
	form.Company, form.Contact = worded(v, form.Company), worded(v, form.Contact)
	v.frame.Section, v.frame.Title = page.SectionDeals, v.frame.T("deals.newTitle")
	if form.Deal.ID != 0 {
		v.frame.Title = v.frame.F("deals.editing", "Name", form.Deal.Name)
	}
	return v.render(status, page.EditDeal(v.frame, form))
}

// readDeal takes a deal from the form as typed.
func readDeal(v *visit) page.DealForm {
	return page.DealForm{
		Deal: crm.Deal{
			Name: v.text("title"), OwnerID: v.number("ownerId"), StageID: v.number("stageId"),
			Value: crm.Money{Currency: crm.Currency(v.text("currency"))}, ExpectedClose: v.text("expectedClose"),
			Source: v.text("source"), Version: v.number("version"), Extra: readExtra(v),
		},
		Amount:  v.text("value"),
		Company: readPicker(v, companyPicker(v)),
		Contact: readPicker(v, contactPicker(v)),
	}
}

// settleDeal makes of the form what can be stored: an amount, a company and a
// contact, who may be new. Nothing new is made while something else is wrong.
func (s *server) settleDeal(v *visit, form *page.DealForm) error {
	d := &form.Deal
	value, err := crm.ParseMoney(form.Amount, d.Value.Currency)
	var fault crm.Fault
	if errors.As(err, &fault) {
		return crm.Invalid{"value": string(fault)}
	}
	d.Value = value
	checked := *d
	checked.Normalize()
	if err := checked.Validate(); err != nil {
		return err
	}
	which := settle(v, &form.Company, s.companies(d.OwnerID))
	if which != nil && !errors.Is(which, errWhich) {
		return which
	}
	if which != nil && form.Contact.New {
		return which // The new person's company is not clear yet.
	}
	err = settle(v, &form.Contact, s.people(d.OwnerID, form.Company.ID))
	d.CompanyID, d.ContactID = form.Company.ID, form.Contact.ID
	return errors.Join(err, which)
}

func (s *server) dealCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := readDeal(v)
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.settleDeal(v, &form); err != nil {
			return "", err
		}
		if err := s.Services.Deals.CreateDeal(v.ctx(), &form.Deal); err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.created", Name: form.Deal.Name})
		return page.DealLink(form.Deal.ID), nil
	})
	if err != nil {
		form.Deal.ID = 0
		return s.refuseDeal(v, form, err)
	}
	return v.redirect(to)
}

func (s *server) dealUpdate(v *visit) error {
	stored, err := s.deal(v)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	form := readDeal(v)
	form.Deal.ID, form.Deal.StageID, form.Deal.Items = stored.ID, 0, stored.Items
	form.Deal.LostReasonID, form.Deal.LostNote = stored.LostReasonID, stored.LostNote
	if err = s.settleDeal(v, &form); err == nil {
		err = s.Services.Deals.UpdateDeal(v.ctx(), &form.Deal)
	}
	switch {
	case errors.Is(err, crm.ErrConflict):
		return s.dealConflict(v, form, stored)
	case err != nil:
		return s.refuseDeal(v, form, err)
	}
	s.flash(v, page.Flash{Key: "flash.saved", Name: form.Deal.Name})
	return v.redirect(page.DealLink(stored.ID))
}

// refuseDeal shows the form again with what is wrong.
func (s *server) refuseDeal(v *visit, form page.DealForm, err error) error {
	if errors.Is(err, errWhich) {
		form.Errors = crm.Invalid{}
		for _, p := range []page.Picker{form.Company, form.Contact} {
			if p.Ask {
				form.Errors[p.Field()] = "error.which"
			}
		}
		return s.showDealForm(v, http.StatusUnprocessableEntity, form)
	}
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	form.Errors, form.Alert = faults, alert
	return s.showDealForm(v, status, form)
}

// dealConflict shows both versions when somebody saved in between.
func (s *server) dealConflict(v *visit, form page.DealForm, stored *crm.Deal) error {
	owners, err := s.owners(v, form.Deal.OwnerID)
	if err != nil {
		return err
	}
	names := ownerNames(owners, stored.OwnerID, stored.OwnerName)
	mine := dealValues(v, &form.Deal, form.Company.Text, form.Contact.Text, names)
	theirs := dealValues(v, stored, stored.CompanyName, stored.ContactName, names)
	if mine, theirs, err = s.extraValues(v, crm.KindDeal, mine, theirs, &form.Deal.Extra, &stored.Extra); err != nil {
		return err
	}
	return s.resolve(v, crm.KindDeal, page.Conflict{
		Action: page.DealLink(stored.ID), Record: page.DealLink(stored.ID), Version: stored.Version,
	}, mine, theirs)
}

func dealValues(v *visit, d *crm.Deal, company, contact string, owners map[int64]string) []value {
	return []value{
		plain("title", "deals.name", d.Name),
		{"companyChoice", "field.companyId", companyChoice(d.CompanyID), company},
		{"contactChoice", "field.contactId", companyChoice(d.ContactID), contact},
		{"value", "field.value", d.Value.String(), v.frame.L.Money(d.Value)},
		{"expectedClose", "field.expectedClose", d.ExpectedClose, v.frame.L.Civil(d.ExpectedClose)},
		{"ownerId", "field.ownerId", formID(d.OwnerID), owners[d.OwnerID]},
		plain("source", "field.source", d.Source),
	}
}
