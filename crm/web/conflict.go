package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// value is one field of a record as a form sends it and as a person reads it.
type value struct{ name, label, sent, shown string }

func plain(name, label, text string) value { return value{name, label, text, text} }

func contactValues(c *crm.Contact, company string, owners map[int64]string) []value {
	return append([]value{
		plain("givenName", "field.givenName", c.GivenName),
		plain("familyName", "field.familyName", c.FamilyName),
		{"companyChoice", "field.companyId", companyChoice(c.CompanyID), company},
		plain("jobTitle", "field.jobTitle", c.JobTitle),
		plain("emails", "field.emails", strings.Join(c.Emails, "\n")),
		plain("phones", "field.phones", strings.Join(c.Phones, "\n")),
		{"ownerId", "field.ownerId", strconv.FormatInt(c.OwnerID, 10), owners[c.OwnerID]},
		plain("source", "field.source", c.Source),
		plain("birthday", "field.birthday", c.Birthday),
	}, addressValues(c.Address)...)
}

// companyChoice is how the form names a company that needs no look-up by name.
func companyChoice(id int64) string {
	if id == 0 {
		return "none"
	}
	return strconv.FormatInt(id, 10)
}

func companyValues(c *crm.Company, parent string, owners map[int64]string) []value {
	return append([]value{
		plain("name", "field.name", c.Name),
		plain("domain", "field.domain", c.Domain),
		plain("rfc", "field.rfc", c.RFC),
		plain("phone", "field.phone", c.Phone),
		plain("website", "field.website", c.Website),
		{"parentChoice", "field.parentId", companyChoice(c.ParentID), parent},
		{"ownerId", "field.ownerId", strconv.FormatInt(c.OwnerID, 10), owners[c.OwnerID]},
	}, addressValues(c.Address)...)
}

func addressValues(a crm.Address) []value {
	return []value{
		plain("street", "field.street", a.Street),
		plain("city", "field.city", a.City),
		plain("state", "field.state", a.State),
		plain("postalCode", "field.postalCode", a.PostalCode),
		plain("country", "field.country", a.Country),
	}
}

func ownerNames(owners []*crm.User, id int64, name string) map[int64]string {
	names := map[int64]string{id: name}
	for _, u := range owners {
		names[u.ID] = u.Name
	}
	return names
}

// resolve asks field by field which version stays. mine and theirs list the
// same fields in the same order. When both agree in all there is nothing to
// ask: what was wanted is stored already.
func (s *server) resolve(v *visit, kind crm.Kind, d page.Conflict, mine, theirs []value) error {
	for i := range mine {
		m, t := mine[i], theirs[i]
		clash := page.Clash{
			Name: m.name, Label: v.frame.T(m.label),
			Mine: m.sent, MineText: m.shown, Theirs: t.sent, TheirsText: t.shown,
		}
		if m.sent == t.sent {
			d.Same = append(d.Same, clash)
		} else {
			d.Clashes = append(d.Clashes, clash)
		}
	}
	if len(d.Clashes) == 0 {
		return v.redirect(d.Record)
	}
	id, err := v.id()
	if err != nil {
		return err
	}
	last, err := s.Services.Actions.History(v.ctx(), kind, id, "", 1)
	if err != nil {
		return err
	}
	if len(last.Items) > 0 {
		d.Who = last.Items[0].UserName
	}
	v.frame.Title = v.frame.T("conflict.title")
	v.frame.Section = page.SectionContacts
	if kind == crm.KindCompany {
		v.frame.Section = page.SectionCompanies
	}
	return v.render(http.StatusConflict, page.ResolveConflict(v.frame, d))
}
