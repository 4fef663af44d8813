package api_test

import (
	"net/http"
	"testing"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
	"github.com/grupobizopps/salexops/test/api/client"
)

func TestContactsFromCreationToTheBin(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	company, err := c.CreateCompanyWithResponse(t.Context(), client.Company{Name: "Ferretería del Yaqui", Rfc: ptr.To("sat-970701-nn3")})
	if err != nil || company.JSON201 == nil || *company.JSON201.Rfc != "SAT970701NN3" {
		t.Fatalf("create company: %v, %s", err, company.Body)
	}
	made, err := c.CreateContactWithResponse(t.Context(), client.Contact{
		GivenName: ptr.To("José"), FamilyName: ptr.To("Núñez"), Emails: &[]string{"jose@correo.example"},
		CompanyId: company.JSON201.Id, Tags: &[]string{"VIP"}, Address: &client.Address{City: ptr.To("Hermosillo")},
	})
	if err != nil || made.JSON201 == nil {
		t.Fatalf("create contact: %v, %s", err, made.Body)
	}
	if got := made.HTTPResponse.Header.Get("Location"); got != "/api/v1/contacts/1" {
		t.Errorf("its address is %q", got)
	}
	read, err := c.GetContactWithResponse(t.Context(), *made.JSON201.Id)
	if err != nil || read.JSON200 == nil || *read.JSON200.CompanyName != "Ferretería del Yaqui" || *read.JSON200.Address.City != "Hermosillo" {
		t.Fatalf("read: %v, %s", err, read.Body)
	}
	change := *read.JSON200
	change.JobTitle = ptr.To("Compras")
	changed, err := c.UpdateContactWithResponse(t.Context(), *change.Id, change)
	if err != nil || changed.JSON200 == nil || *changed.JSON200.Version != 2 || *changed.JSON200.JobTitle != "Compras" {
		t.Fatalf("update: %v, %s", err, changed.Body)
	}
	again, err := c.UpdateContactWithResponse(t.Context(), *change.Id, change)
	if err != nil || again.StatusCode() != http.StatusConflict || again.ApplicationproblemJSON409 == nil {
		t.Errorf("update of an old version: %v, %s", err, again.Body)
	}
	gone, err := c.DeleteContactWithResponse(t.Context(), *change.Id)
	if err != nil || gone.JSON200 == nil || gone.JSON200.Action == nil {
		t.Fatalf("delete: %v, %s", err, gone.Body)
	}
	missing, err := c.GetContactWithResponse(t.Context(), *change.Id)
	if err != nil || missing.ApplicationproblemJSON404 == nil {
		t.Errorf("read after delete: %v, %s", err, missing.Body)
	}
	history, err := h.DB.History(h.owner, crm.KindContact, *change.Id, "", 10)
	if err != nil || len(history.Items) != 3 || history.Items[0].UserName != webtest.OwnerName {
		t.Errorf("history: %+v, %v", history.Items, err)
	}
}

func TestContactsAreFilteredAsInTheBrowser(t *testing.T) {
	h := newHouse(t)
	h.furnish(2)
	c := h.program(h.owner, crm.ScopeWrite)
	made, err := c.CreateContactWithResponse(t.Context(), client.Contact{GivenName: ptr.To("Ana"), Tags: &[]string{"VIP"}, CompanyId: ptr.To[int64](2), Address: &client.Address{City: ptr.To("Nogales")}})
	got(t, made.JSON201, err, made.Body)
	for name, test := range map[string]struct {
		params client.ListContactsParams
		want   int
	}{
		"tag":             {client.ListContactsParams{Filter: &[]string{"tag=vip"}}, 1},
		"any of two":      {client.ListContactsParams{Filter: &[]string{"city=Nogales", "city=Guaymas", "owner=me"}}, 1},
		"without a tag":   {client.ListContactsParams{Filter: &[]string{"tag.empty=1"}}, 2},
		"company":         {client.ListContactsParams{Company: ptr.To[int64](1)}, 2},
		"company and tag": {client.ListContactsParams{Company: ptr.To[int64](1), Filter: &[]string{"tag=vip"}}, 0},
		"created":         {client.ListContactsParams{Filter: &[]string{"created.from=-1d"}}, 3},
	} {
		listed, err := c.ListContactsWithResponse(t.Context(), &test.params)
		if all := got(t, listed.JSON200, err, listed.Body).Items; len(all) != test.want {
			t.Errorf("%s: %d contacts", name, len(all))
		}
	}
	bad, err := c.ListContactsWithResponse(t.Context(), &client.ListContactsParams{Filter: &[]string{"created.from=soon"}})
	if places := faults(got(t, bad.ApplicationproblemJSON422, err, bad.Body)); len(places) != 1 || places[0] != "query.created.from" {
		t.Errorf("a bad day: %q", places)
	}
	parts, err := c.ListCompaniesWithResponse(t.Context(), &client.ListCompaniesParams{Filter: &[]string{"tag.empty=1"}})
	if all := got(t, parts.JSON200, err, parts.Body).Items; len(all) != 2 {
		t.Errorf("companies: %s", parts.Body)
	}
}
