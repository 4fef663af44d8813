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

// extraValues adds tags and custom values to both versions of a record. A custom
// field has its label in place of a message.
func (s *server) extraValues(v *visit, kind crm.Kind, mine, theirs []value, my, their *crm.Extra) (both, others []value, err error) {
	fields, err := s.Services.Fields.CustomFields(v.ctx(), kind)
	if err != nil {
		return nil, nil, err
	}
	tags := func(e *crm.Extra) value { return plain("tags", "field.tags", strings.Join(e.Tags, ", ")) }
	mine, theirs = append(mine, tags(my)), append(theirs, tags(their))
	for _, f := range fields {
		if typed, given := my.Custom[f.ID]; given {
			if canonical, fault := f.Parse(typed); fault == "" {
				typed = canonical
			}
			stored := their.Custom[f.ID]
			mine = append(mine, value{f.Input(), f.Label, typed, page.CustomText(v.frame, f.Type, typed)})
			theirs = append(theirs, value{f.Input(), f.Label, stored, page.CustomText(v.frame, f.Type, stored)})
		}
	}
	return mine, theirs, nil
}

// label names the field of a value.
func label(v *visit, m value) string {
	if customID(m.name) != 0 {
		return m.label
	}
	return v.frame.T(m.label)
}

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
			Name: m.name, Label: label(v, m),
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
	v.frame.Section = sectionOf(kind)
	return v.render(http.StatusConflict, page.ResolveConflict(v.frame, d))
}
