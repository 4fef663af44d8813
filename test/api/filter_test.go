package api_test

import (
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

// Deals and leads take the browser's filters, without what its lists leave out
// as long as nothing is asked for: decided deals, settled leads.
func TestDealsAndLeadsAreFilteredAsInTheBrowser(t *testing.T) {
	h := newHouse(t)
	for _, d := range []crm.Deal{
		{Name: "Botas", Value: crm.Money{Minor: 50000, Currency: crm.MXN}, Extra: crm.Extra{Tags: []string{"VIP"}}},
		{Name: "Cascos", Value: crm.Money{Minor: 900000, Currency: crm.MXN}},
		{Name: "Guantes", Value: crm.Money{Minor: 20000, Currency: crm.MXN}},
	} {
		if err := h.DB.CreateDeal(h.owner, &d); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := h.DB.MoveDeal(h.owner, crm.Move{DealID: 1, StageID: 5}); err != nil {
		t.Fatal(err)
	}
	for _, l := range []crm.Lead{
		{GivenName: "Ana", Source: "Feria"}, {GivenName: "Eva", Source: "Feria", Status: crm.LeadUnqualified}, {GivenName: "Noé"},
	} {
		if err := h.DB.CreateLead(h.owner, &l); err != nil {
			t.Fatal(err)
		}
	}
	c := h.program(h.owner, crm.ScopeRead)
	for condition, want := range map[string]int{"tag=VIP": 1, "value.from=300": 2, "status=won": 1, "status=open": 2, "owner=me": 3} {
		r, err := c.ListDealsWithResponse(t.Context(), &client.ListDealsParams{Filter: &[]string{condition}})
		if found := got(t, r.JSON200, err, r.Body).Items; len(found) != want {
			t.Errorf("%s: %d deals, want %d", condition, len(found), want)
		}
	}
	for condition, want := range map[string]int{"source=Feria": 2, "status=unqualified": 1, "tag.empty=1": 3} {
		r, err := c.ListLeadsWithResponse(t.Context(), &client.ListLeadsParams{Filter: &[]string{condition}})
		if found := got(t, r.JSON200, err, r.Body).Items; len(found) != want {
			t.Errorf("%s: %d leads, want %d", condition, len(found), want)
		}
	}
	bad, err := c.ListDealsWithResponse(t.Context(), &client.ListDealsParams{Filter: &[]string{"value.from=mucho"}})
	got(t, bad.ApplicationproblemJSON422, err, bad.Body)
}
