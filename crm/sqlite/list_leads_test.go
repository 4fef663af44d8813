package sqlite

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestListsOfLeadsAreFilteredByEveryField(t *testing.T) {
	o := newOffice(t)
	zone := o.field(crm.KindLead, "Zona", crm.FieldText)
	o.lead(crm.Lead{GivenName: "Ana", Source: "Feria", Extra: crm.Extra{Tags: []string{"VIP"}, Custom: map[int64]string{zone.ID: "Norte"}}})
	o.clock.Advance(24 * time.Hour)
	o.lead(crm.Lead{GivenName: "Beto", Status: crm.LeadQualified, CompanyName: "Acme"})
	o.lead(crm.Lead{GivenName: "Carla", Status: crm.LeadUnqualified})
	for address, want := range map[string]string{
		"":                              "Beto Ana",
		"sort=name":                     "Ana Beto",
		"status=qualified":              "Beto",
		"status=new&status=unqualified": "Carla Ana",
		"status=all&sort=name":          "Ana Beto Carla",
		"source=feria":                  "Ana",
		"source.empty=1":                "Beto",
		"tag=vip":                       "Ana",
		customName(zone.ID) + "=norte":  "Ana",
		"created.from=2027-01-05":       "Beto",
		"updated.to=2027-01-04":         "Ana",
		"owner=me":                      "Beto Ana",
		"owner=1&owner=2":               "Beto Ana",
		"q=acme":                        "Beto",
		"q=carla&status=all":            "Carla",
	} {
		got, err := rowsOf(t, o, crm.KindLead, address)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s lists %v, %v; want %s", address, got, err, want)
		}
	}
}

func TestListsOfLeadsWalkTheirIndex(t *testing.T) {
	o := newOffice(t)
	owner := crm.Actor{User: &crm.User{ID: 1, Role: crm.RoleOwner}}
	mine, status, all := crm.Filter{Field: "owner", Values: []string{"me"}}, crm.Filter{Field: "status", Values: []string{"new"}}, crm.Filter{Field: "status", Values: []string{crm.StatusAll}}
	for index, filters := range map[string][]crm.Filter{
		"lead_open_": nil, "lead_owner_open_": {mine}, "lead_status_": {status}, "lead_owner_status_": {mine, status}, "lead_": {all}, "lead_owner_": {all, mine},
	} {
		for _, sort := range []crm.Sort{crm.SortRecent, crm.SortName} {
			s, err := leadList.selection(o.DB, owner, crm.ListQuery{Sort: sort, Filters: filters})
			if err != nil {
				t.Fatal(err)
			}
			assertWalks(t, o, index+string(sort), func(from, back bool) string { return leadListing.query(s, from, back) })
		}
	}
	s, err := leadList.selection(o.DB, owner, crm.ListQuery{Sort: crm.SortName, Filters: []crm.Filter{
		{Field: "status", Values: []string{"new", "converted"}}, {Field: "owner", Values: []string{"1", "2"}},
		{Field: "created", From: "-7d"}, {Field: "updated", From: "-7d"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	assertFinds(t, o, "lead", s)
}

func TestManyLeadsAreChangedAndBack(t *testing.T) {
	o := newOffice(t)
	ana, beto := o.lead(crm.Lead{GivenName: "Ana"}), o.lead(crm.Lead{GivenName: "Beto", Status: crm.LeadContacted})
	ids := []int64{ana.ID, beto.ID}
	done, err := o.EditMany(o.owner, crm.KindLead, ids, crm.BulkEdit{Field: "status", Value: string(crm.LeadContacted)})
	if err != nil || done.Changed != 1 || done.Same != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	o.undo(done.Action)
	if o.fetchLead(ana.ID).Status != crm.LeadNew {
		t.Error("the status is not back")
	}
	for _, value := range []string{string(crm.LeadConverted), crm.StatusAll, "", "nada"} {
		var invalid crm.Invalid
		if _, err := o.EditMany(o.owner, crm.KindLead, ids, crm.BulkEdit{Field: "status", Value: value}); !errors.As(err, &invalid) || invalid["value"] == "" {
			t.Errorf("status %q: %v", value, err)
		}
	}
}

// What was stored by an older binary is found by its source, too.
func TestOldLeadsAndDealsAreFoundByTheirSource(t *testing.T) {
	o := newOffice(t)
	o.lead(crm.Lead{GivenName: "Ana", Source: "Feria"})
	o.deal("Almacén", func(d *crm.Deal) { d.Source = "Feria" })
	o.close()
	o.raw("DELETE FROM facet")
	o.raw("UPDATE setting SET value = '1' WHERE name = 'index'")
	o.open(nil)
	for kind, want := range map[crm.Kind]string{crm.KindLead: "Ana", crm.KindDeal: "Almacén"} {
		if got, err := rowsOf(t, o, kind, "source=feria"); err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %v, %v", kind, got, err)
		}
	}
}
