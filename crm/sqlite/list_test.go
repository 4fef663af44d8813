package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// walk reads all pages forwards and then all of them backwards and returns the
// titles both ways.
func walk(t *testing.T, o *office, filter crm.ContactFilter) (forwards, backwards []string) {
	t.Helper()
	var pages [][]string
	last := crm.Page[*crm.Contact]{Next: "begin"}
	for after := crm.Cursor(""); last.Next != ""; after = last.Next {
		filter.After = after
		page, err := o.Contacts(o.owner, filter)
		if err != nil {
			t.Fatal(err)
		}
		if (after == "") != (page.Prev == "") {
			t.Errorf("page after %q: Prev = %q", after, page.Prev)
		}
		pages, last = append(pages, names(page.Items)), page
		if len(pages) > 100 {
			t.Fatal("the list does not end")
		}
	}
	backwards = names(last.Items)
	filter.After = ""
	for before := last.Prev; before != ""; {
		filter.Before = before
		page, err := o.Contacts(o.owner, filter)
		if err != nil {
			t.Fatal(err)
		}
		if page.Next == "" {
			t.Error("a page before another has no Next")
		}
		backwards, before = append(names(page.Items), backwards...), page.Prev
	}
	return slices.Concat(pages...), backwards
}

func TestPagesCoverTheListBothWays(t *testing.T) {
	o := newOffice(t)
	acme := o.company("Acme")
	var byName, recent []string
	for i := range 23 {
		c := &crm.Contact{GivenName: fmt.Sprintf("Persona %c", 'a'+i), CompanyID: acme.ID}
		if i%3 == 0 {
			o.clock.Advance(time.Second) // two of three share their time with others
		}
		if err := o.CreateContact(o.owner, c); err != nil {
			t.Fatal(err)
		}
		byName = append(byName, c.Title())
	}
	recent = slices.Clone(byName)
	slices.Reverse(recent)
	for name, test := range map[string]struct {
		filter crm.ContactFilter
		want   []string
	}{
		"recent":            {crm.ContactFilter{}, recent},
		"by name":           {crm.ContactFilter{Sort: crm.SortName}, byName},
		"of an owner":       {crm.ContactFilter{OwnerID: 1}, recent},
		"of a company":      {crm.ContactFilter{CompanyID: acme.ID, Sort: crm.SortName}, byName},
		"of both":           {crm.ContactFilter{CompanyID: acme.ID, OwnerID: 1}, recent},
		"with words":        {crm.ContactFilter{Query: "PERSÓNA"}, recent},
		"words and company": {crm.ContactFilter{Query: "perso", CompanyID: acme.ID, Sort: crm.SortName}, byName},
		"of nobody":         {crm.ContactFilter{OwnerID: 77}, nil},
		"without a match":   {crm.ContactFilter{Query: "nadie"}, nil},
		"no word at all":    {crm.ContactFilter{Query: "!?"}, nil},
	} {
		for _, limit := range []int{1, 5, 22, 23, 24} {
			test.filter.Limit = limit
			forwards, backwards := walk(t, o, test.filter)
			if !slices.Equal(forwards, test.want) || !slices.Equal(backwards, test.want) {
				t.Errorf("%s, %d a page:\nforwards  %v\nbackwards %v\nwant      %v", name, limit, forwards, backwards, test.want)
			}
		}
	}
}

func TestNamesAreInSpanishOrder(t *testing.T) {
	o := newOffice(t)
	want := []string{"Álvaro Peña", "Ana Núñez", "José Nuzo", "Ñico Abad", "Oscar Ríos"}
	for _, i := range []int{3, 0, 4, 2, 1} {
		o.contact("", want[i])
	}
	page, err := o.Contacts(o.owner, crm.ContactFilter{Sort: crm.SortName})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(page.Items); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPagesHoldStillWhileRecordsCome(t *testing.T) {
	o := newOffice(t)
	for i := range 6 {
		o.clock.Advance(time.Second)
		o.contact("Persona", fmt.Sprint(i))
	}
	first, err := o.Contacts(o.owner, crm.ContactFilter{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(time.Second)
	o.contact("Recién", "llegada")
	if _, err := o.DeleteContact(o.owner, first.Items[2].ID); err != nil {
		t.Fatal(err)
	}
	second, err := o.Contacts(o.owner, crm.ContactFilter{Limit: 3, After: first.Next})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(second.Items); !slices.Equal(got, []string{"Persona 2", "Persona 1", "Persona 0"}) {
		t.Errorf("second page: %v", got)
	}
}

func TestCursorsOfOthersAreRefused(t *testing.T) {
	o := newOffice(t)
	for i := range 3 {
		o.contact("Persona", fmt.Sprint(i))
	}
	byName, err := o.Contacts(o.owner, crm.ContactFilter{Sort: crm.SortName, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, cursor := range []crm.Cursor{byName.Next, "x", "%%", "cg", "bm90LWEtY3Vyc29y"} {
		_, err := o.Contacts(o.owner, crm.ContactFilter{After: cursor})
		var invalid crm.Invalid
		if !errors.As(err, &invalid) || invalid["after"] != crm.KeyCursor {
			t.Errorf("cursor %q: %v", cursor, err)
		}
	}
	if _, err := o.Contacts(o.owner, crm.ContactFilter{Sort: "drop table"}); !errors.As(err, &crm.Invalid{}) {
		t.Errorf("unknown order: %v", err)
	}
}

func TestCompaniesPage(t *testing.T) {
	o := newOffice(t)
	for _, name := range []string{"Óptica Luz", "Nardo", "Ñandú"} {
		o.company(name)
	}
	page, err := o.Companies(o.owner, crm.CompanyFilter{Sort: crm.SortName, Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	rest, err := o.Companies(o.owner, crm.CompanyFilter{Sort: crm.SortName, Limit: 2, After: page.Next})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range append(page.Items, rest.Items...) {
		got = append(got, c.Name)
	}
	if want := []string{"Nardo", "Ñandú", "Óptica Luz"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	filtered, err := o.Companies(o.owner, crm.CompanyFilter{Query: "optica", OwnerID: 1})
	if err != nil || len(filtered.Items) != 1 {
		t.Errorf("filter: %v, %v", filtered.Items, err)
	}
}
