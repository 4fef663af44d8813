package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// errWhich: a form must ask which record is meant.
var errWhich = errors.New("what was picked is not clear")

// formID writes an id as forms and addresses have it.
func formID(id int64) string { return strconv.FormatInt(id, 10) }

// pickable is a kind of record that forms pick from.
type pickable struct {
	like   func(ctx context.Context, typed string) ([]page.Candidate, error)
	title  func(ctx context.Context, id int64) (string, error)
	create func(ctx context.Context, typed string) (int64, error)
}

// readPicker takes a picker from the form as typed.
func readPicker(v *visit, p page.Picker) page.Picker {
	p.ID, p.Text, p.New = v.number(p.Field()), v.text(p.Name), v.text(p.Name+"New") == "1"
	switch chosen := v.text(p.Name + "Choice"); chosen {
	case "":
	case "new":
		p.New = true
	case "none":
		p.Text, p.ID, p.New = "", 0, false
	default:
		p.ID, p.New, p.Text = v.number(p.Name+"Choice"), false, ""
	}
	return p
}

// settle finds what was typed into a picker, or creates it when the person
// said so. It changes p to ask when neither is clear, and says errWhich.
func settle(v *visit, p *page.Picker, of pickable) error {
	if p.ID != 0 {
		title, err := of.title(v.ctx(), p.ID)
		switch {
		case errors.Is(err, crm.ErrNotFound) && p.Text == "":
			return nil // In the bin: the store judges whether the link may stay.
		case err == nil && p.Text == "" && v.text(p.Name+"Choice") == "":
			p.ID = 0 // Emptied.
			return nil
		case err == nil && (p.Text == "" || sameName(title, p.Text)):
			p.Text = title
			return nil
		case err != nil && !errors.Is(err, crm.ErrNotFound):
			return err
		}
	}
	p.ID = 0
	if p.Text == "" {
		return nil
	}
	if p.New {
		id, err := of.create(v.ctx(), p.Text)
		if err != nil {
			return err
		}
		p.ID, p.New = id, false
		return nil
	}
	return match(v, p, of)
}

// match finds the one record with the typed name. With none or several the
// form asks.
func match(v *visit, p *page.Picker, of pickable) error {
	found, err := of.like(v.ctx(), p.Text)
	if err != nil {
		return err
	}
	var same []page.Candidate
	for _, c := range found {
		if sameName(c.Title, p.Text) {
			same = append(same, c)
		}
	}
	if len(same) == 1 {
		p.ID, p.Text = same[0].ID, same[0].Title
		return nil
	}
	p.Ask, p.Candidates = true, found
	return errWhich
}

// companies and people are what the pickers of other records pick from. A new
// one belongs to its owner, and a new person to a company.
func (s *server) companies(owner int64) pickable {
	return pickable{
		like: func(ctx context.Context, typed string) ([]page.Candidate, error) {
			found, err := s.Services.Companies.Companies(ctx, crm.CompanyFilter{Query: typed, Sort: crm.SortName, Limit: candidatesShown})
			all := make([]page.Candidate, len(found.Items))
			for i, c := range found.Items {
				all[i] = page.Candidate{ID: c.ID, Title: c.Name, More: c.Address.City}
			}
			return all, err
		},
		title: func(ctx context.Context, id int64) (string, error) {
			c, err := s.Services.Companies.Company(ctx, id)
			if err != nil {
				return "", err
			}
			return c.Name, nil
		},
		create: func(ctx context.Context, typed string) (int64, error) {
			c := crm.Company{Name: typed, OwnerID: owner}
			err := s.Services.Companies.CreateCompany(ctx, &c)
			return c.ID, picked(err, "companyId")
		},
	}
}

func (s *server) people(owner, company int64) pickable {
	return pickable{
		like: func(ctx context.Context, typed string) ([]page.Candidate, error) {
			found, err := s.Services.Contacts.Contacts(ctx, crm.ContactFilter{Query: typed, Sort: crm.SortName, Limit: candidatesShown})
			all := make([]page.Candidate, len(found.Items))
			for i, c := range found.Items {
				all[i] = page.Candidate{ID: c.ID, Title: c.Title(), More: c.CompanyName}
			}
			return all, err
		},
		title: func(ctx context.Context, id int64) (string, error) {
			c, err := s.Services.Contacts.Contact(ctx, id)
			if err != nil {
				return "", err
			}
			return c.Title(), nil
		},
		create: func(ctx context.Context, typed string) (int64, error) {
			given, family, _ := strings.Cut(typed, " ")
			c := crm.Contact{GivenName: given, FamilyName: family, CompanyID: company, OwnerID: owner}
			err := s.Services.Contacts.CreateContact(ctx, &c)
			return c.ID, picked(err, "contactId")
		},
	}
}

// picked puts the fault of a new record's name beside its picker.
func picked(err error, field string) error {
	var faults crm.Invalid
	if errors.As(err, &faults) {
		for _, key := range faults {
			return crm.Invalid{field: key}
		}
	}
	return err
}

// pickCompany and pickContact answer pickers while typing.
func (s *server) pickCompany(v *visit) error {
	return s.pick(v, companyPicker(v), s.companies(0))
}

func (s *server) pickContact(v *visit) error {
	return s.pick(v, contactPicker(v), s.people(0, 0))
}

func (s *server) pick(v *visit, p page.Picker, of pickable) error {
	p.Text = strings.TrimSpace(v.r.URL.Query().Get(p.Name))
	if p.Text == "" || len(p.Text) > 400 {
		p.Create = ""
		return v.render(http.StatusOK, page.PickerOptions(p))
	}
	found, err := of.like(v.ctx(), p.Text)
	if err != nil {
		return err
	}
	p.Candidates = found
	for _, c := range found {
		if sameName(c.Title, p.Text) && p.Name == "company" {
			p.Create = "" // Two people may have one name, two companies hardly.
		}
	}
	if p.Create != "" {
		p = worded(v, p)
	}
	return v.render(http.StatusOK, page.PickerOptions(p))
}

// companyPicker and contactPicker are the empty pickers.
func companyPicker(v *visit) page.Picker {
	return page.Picker{Name: "company", Label: v.frame.T("field.companyId"), Path: "/pick/company", Icon: "building", Create: "company"}
}

func contactPicker(v *visit) page.Picker {
	return page.Picker{Name: "contact", Label: v.frame.T("field.contactId"), Path: "/pick/contact", Icon: "user", Create: "contact"}
}

// worded fills in the questions about what was typed.
func worded(v *visit, p page.Picker) page.Picker {
	if p.Name == "company" {
		p.Which, p.Create, p.None = v.frame.F("company.which", "Name", p.Text), v.frame.F("company.create", "Name", p.Text), v.frame.T("company.none")
	} else {
		p.Which, p.Create, p.None = v.frame.F("contact.which", "Name", p.Text), v.frame.F("contact.create", "Name", p.Text), v.frame.T("contact.none")
	}
	return p
}
