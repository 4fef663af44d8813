package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// recordList is the list of one kind of record, with its views, exports and
// changes of many. Its rows, filters and columns come from crm.ListService.
type recordList struct {
	texts   page.ListTexts
	columns []string // those that are shown when none were chosen
	// older writes an address as it is written now; nil: it is as it always was.
	older func(url.Values) url.Values
	// settle says what is usual for what the list shows; nil: the same for all.
	settle func(*page.RecordView) (columns []string)
}

var contactRecords = recordList{
	texts: page.ListTexts{
		Kind: crm.KindContact, Path: "/contacts", Icon: "users", Section: page.SectionContacts, Imports: true, Merges: true,
		Title: "contacts.title", Filter: "contacts.filter", New: "contacts.new", Empty: "contacts.empty", Hint: "contacts.emptyHint", Orders: page.PlainOrders(),
	},
	columns: []string{"company", "email", "phone", "owner", "updated"},
}

var companyRecords = recordList{
	texts: page.ListTexts{
		Kind: crm.KindCompany, Path: "/companies", Icon: "building", Section: page.SectionCompanies, Square: true, Imports: true, Merges: true,
		Title: "companies.title", Filter: "companies.filter", New: "companies.new", Empty: "companies.empty", Hint: "companies.emptyHint", Orders: page.PlainOrders(),
	},
	columns: []string{"domain", "phone", "city", "owner", "updated"},
}

// routes are those that every list has.
func (l *recordList) routes() []route {
	at := func(pattern string, n need, do func(*recordList, *server, *visit) error) route {
		method, path, _ := strings.Cut(pattern, " ")
		return route{method + " " + l.texts.Path + path, n, func(s *server, v *visit) error { return do(l, s, v) }}
	}
	return []route{
		at("GET ", reader, (*recordList).show),
		at("GET /view", reader, (*recordList).viewPage),
		at("POST /views", reader, (*recordList).viewCreate),
		{"POST /views" + l.texts.Path + "/{id}", reader, func(s *server, v *visit) error { return l.viewChange(s, v) }},
		at("GET /export", reader, (*recordList).export),
		at("POST /bulk", seller, (*recordList).bulkAsk),
		at("POST /bulk/apply", seller, (*recordList).bulkApply),
	}
}

// mostColumns is how many columns a list shows besides the name.
const mostColumns = 8

// read takes from an address how the list is looked at. Faults of filters are
// in the view; fields are all that the kind has.
func (l *recordList) read(s *server, v *visit, q url.Values) (page.RecordView, []crm.ListField, error) {
	if l.older != nil {
		q = l.older(q)
	}
	view := page.RecordView{ListTexts: l.texts, Query: q.Get("q"), Sort: crm.Sort(q.Get("sort")), Usual: crm.SortRecent}
	if len(view.Query) > 400 {
		view.Query = ""
	}
	view.View, _ = strconv.ParseInt(q.Get("view"), 10, 64)
	fields, err := s.Services.Lists.ListFields(v.ctx(), l.texts.Kind)
	if err != nil {
		return view, nil, err
	}
	var invalid crm.Invalid
	if view.Filters, err = crm.ParseFilters(q, fields); err != nil && !errors.As(err, &invalid) {
		return view, nil, err
	}
	names := l.columns
	if l.settle != nil {
		names = l.settle(&view)
	}
	if !view.Has(view.Sort) {
		view.Sort = view.Usual
	}
	if chosen := q["cols"]; len(chosen) > 0 && !slices.Equal(chosen, names) {
		names, view.Chosen = chosen[:min(len(chosen), mostColumns)], true
	}
	for _, name := range names {
		at := slices.IndexFunc(fields, func(f crm.ListField) bool { return f.Column && f.Name == name })
		if at >= 0 { // one that is gone is left out
			view.Columns = append(view.Columns, fields[at])
		}
	}
	view.Faults = faultTexts(v, invalid, fields)
	view.Chips = s.chips(v, view, fields)
	return view, fields, nil
}

// faultTexts say which filters mean nothing, in words.
func faultTexts(v *visit, invalid crm.Invalid, fields []crm.ListField) []string {
	var all []string
	for name, key := range invalid {
		field, _, _ := strings.Cut(name, ".")
		text := v.frame.T(key)
		if at := slices.IndexFunc(fields, func(f crm.ListField) bool { return f.Name == field }); at >= 0 {
			text = page.ListLabel(v.frame, fields[at]) + ": " + text
		}
		all = append(all, text)
	}
	slices.Sort(all)
	return all
}

func query(view page.RecordView) crm.ListQuery {
	q := crm.ListQuery{Query: view.Query, Filters: view.Filters, Sort: view.Sort}
	for _, c := range view.Columns {
		q.Columns = append(q.Columns, c.Name)
	}
	return q
}

// show is the list itself.
func (l *recordList) show(s *server, v *visit) error {
	q := v.r.URL.Query()
	view, fields, err := l.read(s, v, q)
	if err != nil {
		return err
	}
	var rows []*crm.Row
	status := http.StatusOK
	if len(view.Faults) == 0 {
		ask := query(view)
		ask.After, ask.Before = crm.Cursor(q.Get("after")), crm.Cursor(q.Get("before"))
		found, err := s.Services.Lists.Rows(v.ctx(), l.texts.Kind, ask)
		var invalid crm.Invalid
		switch {
		case errors.As(err, &invalid) && invalid["after"] == "":
			view.Faults = faultTexts(v, invalid, fields)
		case err != nil:
			return err
		}
		rows, view.Next, view.Prev = found.Items, found.Next, found.Prev
	}
	if len(view.Faults) > 0 {
		status = http.StatusBadRequest
	}
	v.frame.Section, v.frame.Title = l.texts.Section, v.frame.T(l.texts.Title)
	if v.htmx("list") {
		return v.render(http.StatusOK, page.RecordRows(v.frame, view, rows))
	}
	if view.Views, err = s.Services.Views.Views(v.ctx(), l.texts.Kind); err != nil {
		return err
	}
	return v.render(status, page.RecordList(v.frame, view, rows))
}

// owners are those who can look after a record: everybody who may sign in, and
// the one who does now.
func (s *server) owners(v *visit, now int64) ([]*crm.User, error) {
	all, err := s.Services.Users.Users(v.ctx())
	if err != nil {
		return nil, err
	}
	kept := make([]*crm.User, 0, len(all))
	for _, u := range all {
		if u.DisabledAt.IsZero() || u.ID == now {
			kept = append(kept, u)
		}
	}
	return kept, nil
}
