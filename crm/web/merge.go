package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) contactMergePage(v *visit) error { return showMerge(s, v, mergeContacts) }
func (s *server) contactMerge(v *visit) error     { return doMerge(s, v, mergeContacts) }
func (s *server) companyMergePage(v *visit) error { return showMerge(s, v, mergeCompanies) }
func (s *server) companyMerge(v *visit) error     { return doMerge(s, v, mergeCompanies) }

// showMerge compares two records; without ?with it asks for the other one.
func showMerge[R any](s *server, v *visit, k mergeable[R]) error {
	kept, err := recordOf(s, v, k)
	if err != nil {
		return err
	}
	other := numberIn(v.r.URL.Query().Get("with"))
	if other == 0 {
		return askForOther(s, v, k, kept)
	}
	absorbed, err := k.get(s, v.ctx(), other)
	if err != nil {
		return err
	}
	if k.side(kept).Hit.ID == other {
		return crm.ErrNotFound
	}
	return drawMerge(s, v, k, http.StatusOK, comparison[R]{kept: kept, absorbed: absorbed, choice: preferred(k, kept, absorbed)})
}

func recordOf[R any](s *server, v *visit, k mergeable[R]) (*R, error) {
	id, err := v.id()
	if err != nil {
		return nil, err
	}
	return k.get(s, v.ctx(), id)
}

// askForOther is the page that looks for the record to merge with.
func askForOther[R any](s *server, v *visit, k mergeable[R], record *R) error {
	d := page.MergeSearch{Record: k.side(record).Hit, Query: strings.TrimSpace(v.r.URL.Query().Get("q"))}
	var err error
	if len(d.Query) > 400 {
		d.Query = ""
	}
	if d.Query != "" {
		found, err := k.find(s, v.ctx(), d.Query)
		if err != nil {
			return err
		}
		for _, other := range found {
			if hit := k.side(other).Hit; hit.ID != d.Record.ID {
				d.Found = append(d.Found, hit)
			}
		}
	} else if d.Duplicates, err = s.Services.Merges.Duplicates(v.ctx(), k.kind, d.Record.ID); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = sectionOf(k.kind), v.frame.F("merge.with", "Name", d.Record.Title)
	return v.render(http.StatusOK, page.MergeWith(v.frame, d))
}

// doMerge merges as chosen. When either record changed meanwhile, the page
// comes back with what they are now, and with the choices.
func doMerge[R any](s *server, v *visit, k mergeable[R]) error {
	kept, err := recordOf(s, v, k)
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	absorbed, err := k.get(s, v.ctx(), v.number("with"))
	if err != nil {
		return err
	}
	c := comparison[R]{kept: kept, absorbed: absorbed, choice: chosen(v)}
	c.dropped = map[string][]string{}
	merged := k.merged(kept, absorbed, c.choice)
	for _, list := range k.lists {
		values := list.of(merged)
		*values = slices.DeleteFunc(slices.Clone(*values), func(value string) bool {
			drop := !slices.Contains(v.r.PostForm[list.name], value)
			if drop {
				c.dropped[list.name] = append(c.dropped[list.name], value)
			}
			return drop
		})
	}
	m := crm.Merge{
		KeptID: k.side(kept).Hit.ID, KeptVersion: v.number("version"),
		AbsorbedID: k.side(absorbed).Hit.ID, AbsorbedVersion: v.number("withVersion"),
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		action, err := k.save(s, v.ctx(), m, merged)
		if err != nil {
			return "", err
		}
		s.flash(v, page.Flash{Key: "flash.merged", Name: k.side(merged).Hit.Title, UndoID: action})
		return page.HitLink(k.side(kept).Hit), nil
	})
	if errors.Is(err, crm.ErrConflict) {
		c.alert = v.frame.T("merge.changed")
		return drawMerge(s, v, k, http.StatusConflict, c)
	}
	if err != nil {
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		c.faults, c.alert = faults, alert
		return drawMerge(s, v, k, status, c)
	}
	return v.redirect(to)
}

// chosen reads which record's value of each field stays.
func chosen(v *visit) func(string) bool {
	return func(field string) bool { return v.r.PostFormValue("take."+field) == "absorbed" }
}

// preferred chooses where nobody has chosen yet.
func preferred[R any](k mergeable[R], kept, absorbed *R) func(string) bool {
	a, b := k.side(kept).Updated, k.side(absorbed).Updated
	return func(name string) bool {
		for _, field := range k.fields {
			if field.Name == name {
				return crm.PreferAbsorbed(field.Text(kept), field.Text(absorbed), a, b)
			}
		}
		id := customID(name)
		return crm.PreferAbsorbed(k.extra(kept).Custom[id], k.extra(absorbed).Custom[id], a, b)
	}
}

// comparison is two records with what was chosen.
type comparison[R any] struct {
	kept, absorbed *R
	choice         func(field string) bool
	dropped        map[string][]string
	faults         crm.Invalid
	alert          string
}

func drawMerge[R any](s *server, v *visit, k mergeable[R], status int, c comparison[R]) error {
	d := page.Merge{Kind: k.kind, Kept: k.side(c.kept), Absorbed: k.side(c.absorbed), Errors: c.faults, Alert: c.alert}
	add := func(r page.MergeRow) {
		if r.Kept != "" || r.Absorbed != "" {
			r.FromAbsorbed = c.choice(r.Name)
			d.Rows = append(d.Rows, r)
		}
	}
	for _, field := range k.fields {
		text := func(r *R) string {
			if field.Name == "birthday" && field.Text(r) != "" {
				return v.frame.L.Civil(field.Text(r))
			}
			return field.Text(r)
		}
		add(page.MergeRow{Name: field.Name, Label: v.frame.T(page.FieldLabel(field.Name)), Kept: text(c.kept), Absorbed: text(c.absorbed)})
	}
	custom, err := s.Services.Fields.CustomFields(v.ctx(), k.kind)
	if err != nil {
		return err
	}
	for _, f := range custom {
		text := func(r *R) string { return page.CustomText(v.frame, f.Type, k.extra(r).Custom[f.ID]) }
		add(page.MergeRow{Name: f.Input(), Label: f.Label, Kept: text(c.kept), Absorbed: text(c.absorbed)})
	}
	both := k.merged(c.kept, c.absorbed, c.choice)
	for _, list := range k.lists {
		l := page.MergeList{Name: list.name, Label: v.frame.T(list.label), Values: *list.of(both), Dropped: map[string]bool{}}
		for _, value := range c.dropped[list.name] {
			l.Dropped[value] = true
		}
		if len(l.Values) > 0 {
			d.Lists = append(d.Lists, l)
		}
	}
	v.frame.Section, v.frame.Title = sectionOf(k.kind), v.frame.T("merge.title")
	return v.render(status, page.MergeRecords(v.frame, d))
}

func sectionOf(kind crm.Kind) page.Section {
	switch kind {
	case crm.KindCompany:
		return page.SectionCompanies
	case crm.KindLead:
		return page.SectionLeads
	case crm.KindDeal:
		return page.SectionDeals
	}
	return page.SectionContacts
}
