package api_test

import (
	"slices"
	"testing"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

func TestLeadsFromCreationToTheBin(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	made, err := c.CreateLeadWithResponse(t.Context(), client.Lead{
		GivenName: ptr.To("José"), CompanyName: ptr.To("Grupo Yaqui"), Emails: &[]string{"jose@yaqui.example"}, Note: ptr.To("uno\ndos"), Tags: &[]string{"feria"},
	})
	lead := *got(t, made.JSON201, err, made.Body)
	if *lead.Status != client.LeadStatusNew || *lead.Note != "uno\ndos" || (*lead.Tags)[0] != "feria" || lead.ContactId != nil {
		t.Errorf("created: %s", made.Body)
	}
	lead.Status = ptr.To(client.LeadStatusQualified)
	changed, err := c.UpdateLeadWithResponse(t.Context(), *lead.Id, lead)
	if now := got(t, changed.JSON200, err, changed.Body); *now.Status != client.LeadStatusQualified || *now.Version != 2 {
		t.Errorf("changed: %s", changed.Body)
	}
	late, err := c.UpdateLeadWithResponse(t.Context(), *lead.Id, lead)
	got(t, late.ApplicationproblemJSON409, err, late.Body)
	for name, test := range map[string]struct {
		params client.ListLeadsParams
		want   int
	}{
		"all":       {client.ListLeadsParams{}, 1},
		"open":      {client.ListLeadsParams{Open: ptr.To(true)}, 1},
		"qualified": {client.ListLeadsParams{Status: ptr.To(client.ListLeadsParamsStatusQualified)}, 1},
		"new":       {client.ListLeadsParams{Status: ptr.To(client.ListLeadsParamsStatusNew)}, 0},
		"by words":  {client.ListLeadsParams{Q: ptr.To("yaqui")}, 1},
	} {
		listed, err := c.ListLeadsWithResponse(t.Context(), &test.params)
		if all := got(t, listed.JSON200, err, listed.Body).Items; len(all) != test.want {
			t.Errorf("%s: %d leads", name, len(all))
		}
	}
	gone, err := c.DeleteLeadWithResponse(t.Context(), *lead.Id)
	got(t, gone.JSON200, err, gone.Body)
	missing, err := c.GetLeadWithResponse(t.Context(), *lead.Id)
	got(t, missing.ApplicationproblemJSON404, err, missing.Body)
}

func TestALeadBecomesAContactAndACompany(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	lead := func(company string) client.Lead {
		t.Helper()
		made, err := c.CreateLeadWithResponse(t.Context(), client.Lead{GivenName: ptr.To("José"), CompanyName: &company, Emails: &[]string{"jose@yaqui.example"}})
		return *got(t, made.JSON201, err, made.Body)
	}
	convert := func(l client.Lead, how client.Conversion) client.Converted {
		t.Helper()
		how.Version = *l.Version
		r, err := c.ConvertLeadWithResponse(t.Context(), *l.Id, how)
		return *got(t, r.JSON200, err, r.Body)
	}
	first := lead("Grupo Yaqui")
	done := convert(first, client.Conversion{})
	if *done.Lead.Status != client.LeadStatusConverted || *done.Lead.ContactId != 1 || *done.Lead.CompanyId != 1 {
		t.Errorf("converted: %+v", done.Lead)
	}
	contact, err := c.GetContactWithResponse(t.Context(), 1)
	if made := got(t, contact.JSON200, err, contact.Body); *made.GivenName != "José" || *made.CompanyName != "Grupo Yaqui" {
		t.Errorf("the contact: %s", contact.Body)
	}
	again, err := c.ConvertLeadWithResponse(t.Context(), *first.Id, client.Conversion{Version: *done.Lead.Version})
	got(t, again.ApplicationproblemJSON409, err, again.Body)
	late, err := c.UpdateLeadWithResponse(t.Context(), *first.Id, done.Lead)
	if places := faults(got(t, late.ApplicationproblemJSON422, err, late.Body)); !slices.Equal(places, []string{"body.status"}) {
		t.Errorf("a change of a converted lead: %q", places)
	}

	second := lead("Grupo Yaqui")
	found, err := c.MatchLeadWithResponse(t.Context(), *second.Id)
	known := got(t, found.JSON200, err, found.Body)
	if len(known.Contacts) != 1 || known.Contacts[0].Name != "José" || len(known.Companies) != 1 {
		t.Fatalf("matches: %s", found.Body)
	}
	joined := convert(second, client.Conversion{ContactId: &known.Contacts[0].Id, CompanyId: &known.Companies[0].Id})
	if *joined.Lead.ContactId != 1 || *joined.Lead.CompanyId != 1 {
		t.Errorf("joined: %+v", joined.Lead)
	}
	sold := convert(lead("Grupo Yaqui"), client.Conversion{ContactId: ptr.To[int64](1), CompanyId: ptr.To[int64](1), Deal: &client.Deal{Title: "Bodega", Value: pesos("900")}})
	deal, err := c.GetDealWithResponse(t.Context(), *sold.Lead.DealId)
	if d := got(t, deal.JSON200, err, deal.Body); d.Title != "Bodega" || d.Value.Amount != "900" || *d.ContactId != 1 || *d.CompanyId != 1 {
		t.Errorf("the deal: %s", deal.Body)
	}
	alone := convert(lead("Otra"), client.Conversion{WithoutCompany: ptr.To(true)})
	if *alone.Lead.ContactId != 2 || alone.Lead.CompanyId != nil {
		t.Errorf("without a company: %+v", alone.Lead)
	}
	unknown := lead("Otra")
	bad, err := c.ConvertLeadWithResponse(t.Context(), *unknown.Id, client.Conversion{Version: 1, ContactId: ptr.To[int64](99)})
	if err != nil || bad.StatusCode() != 404 {
		t.Errorf("a contact that there is not: %v, %s", err, bad.Body)
	}

	undone, err := c.UndoActionWithResponse(t.Context(), *done.Action)
	if err != nil || (undone.JSON200 == nil && undone.ApplicationproblemJSON409 == nil) {
		t.Errorf("undone: %v, %s", err, undone.Body)
	}
}
