package sqlite

import (
	"errors"
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestFiltersAndFixedChoicesHoldTogether(t *testing.T) {
	o := newOffice(t)
	acme := o.company("Acme")
	zone := o.field(crm.KindContact, "Zona", crm.FieldChoice, "Norte", "Sur")
	for _, c := range []crm.Contact{
		{GivenName: "Ana", CompanyID: acme.ID, Address: crm.Address{City: "Nogales"}, Extra: crm.Extra{Tags: []string{"VIP"}, Custom: map[int64]string{zone.ID: "Norte"}}},
		{GivenName: "Beto", CompanyID: acme.ID, Address: crm.Address{City: "Nogales"}, Extra: crm.Extra{Custom: map[int64]string{zone.ID: "Sur"}}},
		{GivenName: "Carla", Address: crm.Address{City: "Nogales"}, Extra: crm.Extra{Tags: []string{"VIP"}}},
	} {
		if err := o.CreateContact(o.owner, &c); err != nil {
			t.Fatal(err)
		}
	}
	tagged := crm.Filter{Field: "tag", Values: []string{"vip"}}
	for name, test := range map[string]struct {
		filter crm.ContactFilter
		want   []string
	}{
		"tag":             {crm.ContactFilter{Filters: []crm.Filter{tagged}}, []string{"Ana", "Carla"}},
		"tag and company": {crm.ContactFilter{CompanyID: acme.ID, Filters: []crm.Filter{tagged}}, []string{"Ana"}},
		"custom field":    {crm.ContactFilter{Filters: []crm.Filter{{Field: customName(zone.ID), Values: []string{"sur"}}}}, []string{"Beto"}},
		"words":           {crm.ContactFilter{Query: "carla", Filters: []crm.Filter{tagged, {Field: "city", Values: []string{"nogales"}}}}, []string{"Carla"}},
	} {
		test.filter.Sort, test.filter.Limit = crm.SortName, 1
		var got []string
		for page := (crm.Page[*crm.Contact]{Next: "first"}); page.Next != ""; test.filter.After = page.Next {
			var err error
			if page, err = o.Contacts(o.owner, test.filter); err != nil {
				t.Fatal(err)
			}
			for _, c := range page.Items {
				got = append(got, c.Title())
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	var invalid crm.Invalid
	_, err := o.Companies(o.owner, crm.CompanyFilter{Filters: []crm.Filter{{Field: "nothing", Values: []string{"x"}}}})
	if !errors.As(err, &invalid) || invalid["nothing"] != crm.KeyFilterUnknown {
		t.Errorf("a field that there is not: %v", err)
	}
}
