package sqlite

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// rows lists the titles of the contacts that an address asks for.
func rows(t *testing.T, o *office, address string, more ...func(*crm.ListQuery)) ([]string, error) {
	t.Helper()
	return rowsOf(t, o, crm.KindContact, address, more...)
}

// rowsOf does so for any kind.
func rowsOf(t *testing.T, o *office, kind crm.Kind, address string, more ...func(*crm.ListQuery)) ([]string, error) {
	t.Helper()
	values, err := url.ParseQuery(address)
	if err != nil {
		t.Fatal(err)
	}
	fields, err := o.ListFields(o.owner, kind)
	if err != nil {
		t.Fatal(err)
	}
	filters, err := crm.ParseFilters(values, fields)
	if err != nil {
		return nil, err
	}
	q := crm.ListQuery{Filters: filters, Query: values.Get("q"), Sort: crm.Sort(values.Get("sort"))}
	for _, change := range more {
		change(&q)
	}
	page, err := o.Rows(o.owner, kind, q)
	var all []string
	for _, row := range page.Items {
		all = append(all, row.Title)
	}
	return all, err
}

func TestListsAreFilteredByEveryField(t *testing.T) {
	o := newOffice(t)
	o.rights.TimeZone = "America/Hermosillo"
	acme := o.company("Acme")
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro", "Plata")
	zones := o.field(crm.KindContact, "Zonas", crm.FieldChoices, "Norte", "Sur")
	credit := o.field(crm.KindContact, "Crédito", crm.FieldMoney)
	height := o.field(crm.KindContact, "Altura", crm.FieldNumber)
	since := o.field(crm.KindContact, "Desde", crm.FieldDate)
	prefers := o.field(crm.KindContact, "Preferente", crm.FieldCheck)
	nick := o.field(crm.KindContact, "Apodo", crm.FieldText)
	for i, c := range []*crm.Contact{
		{GivenName: "Ana", CompanyID: acme.ID, Source: "Feria", Address: crm.Address{City: "Hermosillo", State: "Sonora"}, Extra: crm.Extra{Tags: []string{"VIP", "Ñoño"},
			Custom: map[int64]string{level.ID: "Oro", zones.ID: "Norte", credit.ID: "100", height.ID: "1.5", since.ID: "2026-12-31", prefers.ID: "1", nick.ID: "Anita la Huerfanita"}}},
		{GivenName: "Beto", Address: crm.Address{City: "HERMOSILLO"}, Extra: crm.Extra{Tags: []string{"vip"},
			Custom: map[int64]string{level.ID: "Plata", zones.ID: "Norte; Sur", credit.ID: "200.50", height.ID: "-3", since.ID: "2026-01-01"}}},
		{GivenName: "Carla", Address: crm.Address{City: "Nogales"}},
	} {
		if i > 0 {
			o.clock.Advance(24 * time.Hour)
		}
		if err := o.CreateContact(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	custom := func(f *crm.CustomField, rest string) string { return customName(f.ID) + rest }
	for address, want := range map[string]string{
		"":                                     "Carla Beto Ana",
		"city=hermosillo":                      "Beto Ana",
		"city=Herm*&sort=name":                 "Ana Beto",
		"city=nogales&city=hermosillo":         "Carla Beto Ana",
		"state.empty=1":                        "Carla Beto",
		"state.empty=0":                        "Ana",
		"source=feria":                         "Ana",
		"company=" + fmt.Sprint(acme.ID):       "Ana",
		"company.empty=1":                      "Carla Beto",
		"owner=me":                             "Carla Beto Ana",
		"owner=1&owner=77":                     "Carla Beto Ana",
		"owner=77":                             "",
		"tag=vip":                              "Beto Ana",
		"tag=nono":                             "Ana",
		"tag.empty=1":                          "Carla",
		"tag=vip&city=hermosillo&source=feria": "Ana",
		"created.from=2027-01-05":              "Carla Beto",
		"created.to=4/1/2027":                  "Ana",
		"created.from=-1d&created.to=-0d":      "Carla Beto",
		"updated.from=2027-01-05&sort=name":    "Beto Carla",
		"updated.to=2027-01-04":                "Ana",
		custom(level, "=oro"):                  "Ana",
		custom(level, "=oro&") + custom(level, "=plata"): "Beto Ana",
		custom(level, ".empty=1"):                        "Carla",
		custom(zones, "=norte"):                          "Beto Ana",
		custom(zones, "=sur"):                            "Beto",
		custom(credit, ".from=100.01"):                   "Beto",
		custom(credit, ".to=200.50"):                     "Beto Ana",
		custom(credit, "=$200.50"):                       "Beto",
		custom(height, ".to=0"):                          "Beto",
		custom(height, "=1.50"):                          "Ana",
		custom(height, ".from=1.5"):                      "Ana",
		custom(since, ".from=2026-06-01"):                "Ana",
		custom(since, "=1/1/2026"):                       "Beto",
		custom(prefers, "=1"):                            "Ana",
		custom(prefers, ".empty=1"):                      "Carla Beto",
		custom(nick, "=anita*"):                          "Ana",
		custom(nick, "=anita"):                           "",
		"q=anita&tag=vip":                                "Ana",
		"q=a&tag=vip":                                    "Ana",
		"q=hermosillo&" + custom(level, ".empty=0"):      "Beto Ana",
		"tag=" + url.QueryEscape("' OR 1=1 --"):          "",
	} {
		got, err := rows(t, o, address)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s lists %v, %v; want %s", address, got, err, want)
		}
	}
}

func TestFiltersThatMeanNothingAreRefused(t *testing.T) {
	o := newOffice(t)
	height := o.field(crm.KindContact, "Altura", crm.FieldNumber)
	for address, field := range map[string]string{
		"owner=ana":                          "owner",
		"owner.empty=1":                      "owner",
		"company=-1":                         "company",
		"created=2027":                       "created",
		"created.from=ayer":                  "created.from",
		"city.from=a":                        "city",
		customName(height.ID) + "=alto":      customName(height.ID),
		customName(height.ID) + ".from=alto": customName(height.ID) + ".from",
	} {
		_, err := rows(t, o, address)
		var invalid crm.Invalid
		if !errors.As(err, &invalid) || invalid[field] == "" {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := rows(t, o, "", func(q *crm.ListQuery) { q.Columns = []string{"password_hash"} }); err == nil {
		t.Error("a column that no list has is shown")
	}
	if _, err := o.Rows(o.owner, "user", crm.ListQuery{}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("users are listed: %v", err)
	}
}

// Filters that hold for many rows, and words that match many, are asked of each
// row of the list; pages are the same as where rows are found by them.
func TestManyMatchesArePagedLikeFew(t *testing.T) {
	o := newOffice(t)
	for i := range few + 150 {
		c := &crm.Contact{GivenName: fmt.Sprintf("Persona %04d", i), JobTitle: "Compras", Extra: crm.Extra{Tags: []string{"todos"}}}
		if i%40 == 0 {
			c.Tags, c.JobTitle = append(c.Tags, "pocos"), "Compras raras"
		}
		if err := o.CreateContact(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	for address, want := range map[string]int{
		"q=com": few + 150, "tag=todos": few + 150, "tag=pocos": 54, "q=compras&tag=pocos": 54, "q=raras&tag=todos": 54, "q=p&tag=todos&sort=name": few + 150,
	} {
		values, _ := url.ParseQuery(address)
		fields, _ := o.ListFields(o.owner, crm.KindContact)
		filters, err := crm.ParseFilters(values, fields)
		if err != nil {
			t.Fatal(err)
		}
		q := crm.ListQuery{Query: values.Get("q"), Filters: filters, Sort: crm.Sort(values.Get("sort")), Limit: 200}
		seen := map[int64]bool{}
		for pages := 0; pages < 30; pages++ {
			page, err := o.Rows(o.owner, crm.KindContact, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range page.Items {
				seen[row.ID] = true
			}
			if q.After = page.Next; q.After == "" {
				break
			}
		}
		if len(seen) != want {
			t.Errorf("%s: %d records on all pages, want %d", address, len(seen), want)
		}
	}
}

func TestColumnsAreRead(t *testing.T) {
	o := newOffice(t)
	level := o.field(crm.KindContact, "Nivel", crm.FieldText)
	c := &crm.Contact{GivenName: "Ana", JobTitle: "Compras", Emails: []string{"ana@acme.example"}, Extra: crm.Extra{Tags: []string{"a", "b"}, Custom: map[int64]string{level.ID: "Oro"}}}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	page, err := o.Rows(o.owner, crm.KindContact, crm.ListQuery{Columns: []string{customName(level.ID), "email", "tag", "owner"}})
	if err != nil {
		t.Fatal(err)
	}
	row := page.Items[0]
	want := []crm.Cell{{Text: "Oro"}, {Text: "ana@acme.example"}, {Text: "a; b"}, {ID: 1, Text: "Lucía Moreno"}}
	if !slices.Equal(row.Cells, want) || row.Title != "Ana" || row.Subtitle != "Compras" {
		t.Errorf("read %+v", row)
	}
}

func TestASellerOfAnOwnTeamFiltersOwnRecordsAlone(t *testing.T) {
	o := newOffice(t)
	seller, user, _ := o.hire(crm.RoleSeller, "vende@acme.example")
	for _, owner := range []int64{1, user.ID} {
		c := &crm.Contact{GivenName: "Ana", OwnerID: owner, Extra: crm.Extra{Tags: []string{"vip"}}}
		if err := o.CreateContact(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
	q := crm.ListQuery{Filters: []crm.Filter{{Field: "tag", Values: []string{"vip"}}}}
	page, err := o.Rows(seller, crm.KindContact, q)
	if err != nil || len(page.Items) != 1 || page.Items[0].ID != 2 {
		t.Errorf("sees %d rows, %v", len(page.Items), err)
	}
	ids, _, err := o.MatchIDs(seller, crm.KindContact, q)
	if err != nil || !slices.Equal(ids, []int64{2}) {
		t.Errorf("matches %v, %v", ids, err)
	}
	done, err := o.EditMany(seller, crm.KindContact, []int64{1, 2}, crm.BulkEdit{Delete: true})
	if err != nil || done.Changed != 1 || len(done.Left) != 1 || done.Left[0].Title != "" {
		t.Errorf("edits %+v, %v", done, err)
	}
}
