package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// chips are the filters in words, each with the address of the list without it.
// "Mine" has a switch of its own among the tools.
func (s *server) chips(v *visit, view page.RecordView, fields []crm.ListField) []page.Chip {
	var all []page.Chip
	for _, f := range view.Filters {
		at := slices.IndexFunc(fields, func(d crm.ListField) bool { return d.Name == f.Field })
		if at < 0 || view.OfStep(f) || (f.Field == "owner" && slices.Equal(f.Values, []string{"me"})) {
			continue
		}
		label := page.ListLabel(v.frame, fields[at])
		without := view.Link("", func(q url.Values) {
			for _, part := range []string{"", ".from", ".to", ".empty"} {
				q.Del(f.Field + part)
			}
		})
		all = append(all, page.Chip{Text: label + ": " + s.filterText(v, fields[at], f), Without: without})
	}
	return all
}

// filterText says what a filter asks for.
func (s *server) filterText(v *visit, d crm.ListField, f crm.Filter) string {
	var parts []string
	for _, value := range f.Values {
		parts = append(parts, s.filterValue(v, d, value))
	}
	text := strings.Join(parts, ", ")
	if f.From != "" || f.To != "" {
		text = joinRange(s.filterValue(v, d, f.From), s.filterValue(v, d, f.To))
	}
	switch f.Empty {
	case "1":
		text = v.frame.T("views.isEmpty")
	case "0":
		text = v.frame.T("views.filled")
	}
	return text
}

func joinRange(from, to string) string {
	switch {
	case from == "":
		return "≤ " + to
	case to == "":
		return "≥ " + from
	}
	return from + " – " + to
}

// filterValue names a user or a company, and writes days and amounts for people.
func (s *server) filterValue(v *visit, d crm.ListField, value string) string {
	if name := page.OptionText(v.frame, d, value); name != "" {
		return name
	}
	id, err := strconv.ParseInt(value, 10, 64)
	switch d.Type {
	case crm.FieldContact:
		if c, e := s.Services.Contacts.Contact(v.ctx(), id); err == nil && e == nil {
			return c.Title()
		}
	case crm.FieldUser:
		if value == "me" {
			return v.frame.T("views.me")
		}
		if u, e := s.Services.Users.User(v.ctx(), id); err == nil && e == nil {
			return u.Name
		}
	case crm.FieldCompany:
		if c, e := s.Services.Companies.Company(v.ctx(), id); err == nil && e == nil {
			return c.Name
		}
	case crm.FieldInstant, crm.FieldDate, crm.FieldDue:
		if at, ok := crm.ParseDay(value, v.frame.L.Now()); ok {
			return v.frame.L.Day(at)
		}
	case crm.FieldNumber, crm.FieldMoney, crm.FieldCheck:
		if d.Custom != nil {
			if canonical, fault := d.Custom.Parse(value); fault == "" {
				return page.CustomText(v.frame, d.Type, canonical)
			}
		}
	}
	return value
}
