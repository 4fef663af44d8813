package api_test

import (
	"net/http"
	"slices"
	"strconv"
	"testing"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

func TestCustomFieldsAreDefinedUsedAndArchived(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	define := func(f client.CustomField) client.CustomField {
		t.Helper()
		made, err := c.CreateCustomFieldWithResponse(t.Context(), f)
		return *got(t, made.JSON201, err, made.Body)
	}
	zone := define(client.CustomField{Kind: client.CustomFieldKindContact, Label: "Zona", Type: client.CustomFieldTypeChoices, Choices: &[]string{"Norte", "Sur"}})
	limit := define(client.CustomField{Kind: client.CustomFieldKindContact, Label: "Crédito", Type: client.CustomFieldTypeMoney})
	define(client.CustomField{Kind: client.CustomFieldKindLead, Label: "Zona", Type: client.CustomFieldTypeText})
	twin, err := c.CreateCustomFieldWithResponse(t.Context(), client.CustomField{Kind: client.CustomFieldKindContact, Label: "zona", Type: client.CustomFieldTypeText})
	if places := faults(got(t, twin.ApplicationproblemJSON422, err, twin.Body)); !slices.Equal(places, []string{"body.label"}) {
		t.Errorf("the same label: %q", places)
	}

	id := func(f client.CustomField) string { return strconv.FormatInt(*f.Id, 10) }
	made, err := c.CreateContactWithResponse(t.Context(), client.Contact{GivenName: ptr.To("Ana"), Custom: &map[string]string{id(zone): "sur; norte", id(limit): "1500.5"}})
	contact := *got(t, made.JSON201, err, made.Body)
	if values := *contact.Custom; values[id(zone)] != "Norte; Sur" || values[id(limit)] != "MXN 1500.50" {
		t.Errorf("values: %v", values)
	}
	contact.Custom = &map[string]string{id(limit): "mucho"}
	bad, err := c.UpdateContactWithResponse(t.Context(), *contact.Id, contact)
	if places := faults(got(t, bad.ApplicationproblemJSON422, err, bad.Body)); !slices.Equal(places, []string{"body.custom." + id(limit)}) {
		t.Errorf("a bad value: %q", places)
	}
	contact.Custom = &map[string]string{id(limit): ""}
	emptied, err := c.UpdateContactWithResponse(t.Context(), *contact.Id, contact)
	if values := *got(t, emptied.JSON200, err, emptied.Body).Custom; len(values) != 1 || values[id(zone)] == "" {
		t.Errorf("emptied: %v", values)
	}

	up, err := c.MoveCustomFieldWithResponse(t.Context(), *limit.Id, client.Step{By: client.Minus1})
	if *got(t, up.JSON200, err, up.Body).Position != 1 {
		t.Errorf("moved: %s", up.Body)
	}
	zone.Archived = ptr.To(true)
	archived, err := c.UpdateCustomFieldWithResponse(t.Context(), *zone.Id, zone)
	if !*got(t, archived.JSON200, err, archived.Body).Archived {
		t.Errorf("archived: %s", archived.Body)
	}
	for _, test := range []struct {
		params client.ListCustomFieldsParams
		want   int
	}{
		{client.ListCustomFieldsParams{}, 2},
		{client.ListCustomFieldsParams{Archived: ptr.To(true)}, 3},
		{client.ListCustomFieldsParams{Kind: ptr.To(client.ListCustomFieldsParamsKindLead)}, 1},
	} {
		listed, err := c.ListCustomFieldsWithResponse(t.Context(), &test.params)
		if all := got(t, listed.JSON200, err, listed.Body).Items; len(all) != test.want {
			t.Errorf("%+v: %s", test.params, listed.Body)
		}
	}
	missing, err := c.GetCustomFieldWithResponse(t.Context(), 99)
	got(t, missing.ApplicationproblemJSON404, err, missing.Body)
}

func TestTagsAreListedRenamedAndTakenAway(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	for _, name := range []string{"Ana", "Eva"} {
		made, err := c.CreateContactWithResponse(t.Context(), client.Contact{GivenName: &name, Tags: &[]string{"a/b ñ"}})
		got(t, made.JSON201, err, made.Body)
	}
	renamed, err := c.RenameTagWithResponse(t.Context(), "a/b ñ", client.NewName{Name: "VIP"})
	if done := got(t, renamed.JSON200, err, renamed.Body); done.Changed != 2 || done.Action == nil || done.Left != nil {
		t.Errorf("renamed: %s", renamed.Body)
	}
	listed, err := c.ListTagsWithResponse(t.Context())
	if all := got(t, listed.JSON200, err, listed.Body).Items; len(all) != 1 || all[0].Name != "VIP" || all[0].Records != 2 {
		t.Errorf("listed: %s", listed.Body)
	}
	gone, err := c.DeleteTagWithResponse(t.Context(), "vip")
	action := *got(t, gone.JSON200, err, gone.Body).Action
	missing, err := c.DeleteTagWithResponse(t.Context(), "vip")
	got(t, missing.ApplicationproblemJSON404, err, missing.Body)
	undone, err := c.UndoActionWithResponse(t.Context(), action)
	if got(t, undone.JSON200, err, undone.Body).Records != 2 {
		t.Errorf("undone: %s", undone.Body)
	}
}

func TestUsersAreReadAndTheirAddressesByManagers(t *testing.T) {
	h := newHouse(t)
	seller := h.join("saul@acme.example", crm.RoleSeller)
	emails := func(c *client.ClientWithResponses) (seen []string) {
		t.Helper()
		listed, err := c.ListUsersWithResponse(t.Context())
		for _, u := range got(t, listed.JSON200, err, listed.Body).Items {
			seen = append(seen, ptr.Deref(u.Email, ""))
		}
		return seen
	}
	if seen := emails(h.program(h.owner, crm.ScopeRead)); !slices.Equal(seen, []string{"lucia@acme.example", "saul@acme.example"}) {
		t.Errorf("the owner sees %q", seen)
	}
	c := h.program(seller, crm.ScopeRead)
	if seen := emails(c); !slices.Equal(seen, []string{"", "saul@acme.example"}) {
		t.Errorf("a seller sees %q", seen)
	}
	one, err := c.GetUserWithResponse(t.Context(), 1)
	if u := got(t, one.JSON200, err, one.Body); u.Name != "Lucía Moreno" || u.Role != client.Owner || !u.Active {
		t.Errorf("one user: %s", one.Body)
	}
	missing, err := c.GetUserWithResponse(t.Context(), 99)
	got(t, missing.ApplicationproblemJSON404, err, missing.Body)
}

// What managers decide is not for a seller's key, and in a team of own records
// it finds no trace of what others look after.
func TestAKeyDoesWhatItsUserMay(t *testing.T) {
	h := newHouse(t)
	seller := h.join("saul@acme.example", crm.RoleSeller)
	c := h.program(seller, crm.ScopeWrite)
	product, err := c.CreateProductWithResponse(t.Context(), client.Product{Name: "Extintor"})
	got(t, product.ApplicationproblemJSON403, err, product.Body)
	field, err := c.CreateCustomFieldWithResponse(t.Context(), client.CustomField{Kind: "deal", Label: "Zona", Type: "text"})
	got(t, field.ApplicationproblemJSON403, err, field.Body)
	reason, err := c.CreateLostReasonWithResponse(t.Context(), client.LostReason{Name: "Tardamos"})
	got(t, reason.ApplicationproblemJSON403, err, reason.Body)
	stage, err := c.DeleteStageWithResponse(t.Context(), 1, &client.DeleteStageParams{MoveTo: 2})
	got(t, stage.ApplicationproblemJSON403, err, stage.Body)
	tag, err := c.DeleteTagWithResponse(t.Context(), "VIP")
	got(t, tag.ApplicationproblemJSON403, err, tag.Body)

	if err := h.DB.SaveSettings(h.owner, crm.Settings{Visibility: crm.VisibleToOwner}); err != nil {
		t.Fatal(err)
	}
	theirs := crm.Deal{Name: "de Lucía"}
	if err := h.DB.CreateDeal(h.owner, &theirs); err != nil {
		t.Fatal(err)
	}
	own, err := c.CreateDealWithResponse(t.Context(), client.Deal{Title: "de Saúl"})
	got(t, own.JSON201, err, own.Body)
	listed, err := c.ListDealsWithResponse(t.Context(), nil)
	if all := got(t, listed.JSON200, err, listed.Body).Items; len(all) != 1 || all[0].Title != "de Saúl" {
		t.Errorf("listed: %s", listed.Body)
	}
	read, err := c.GetDealWithResponse(t.Context(), theirs.ID)
	got(t, read.ApplicationproblemJSON404, err, read.Body)
	changed, err := c.UpdateDealWithResponse(t.Context(), theirs.ID, client.Deal{Title: "mío", Version: ptr.To[int64](1)})
	got(t, changed.ApplicationproblemJSON404, err, changed.Body)
	moved, err := c.MoveDealWithResponse(t.Context(), theirs.ID, client.Move{StageId: 2})
	got(t, moved.ApplicationproblemJSON404, err, moved.Body)
	items, err := c.SetDealItemsWithResponse(t.Context(), theirs.ID, client.ItemsOf{Version: 1, Items: []client.LineItem{}})
	got(t, items.ApplicationproblemJSON404, err, items.Body)
	stages, err := c.ListDealStagesWithResponse(t.Context(), theirs.ID)
	got(t, stages.ApplicationproblemJSON404, err, stages.Body)
	around, err := c.ListDealActivitiesWithResponse(t.Context(), theirs.ID, nil)
	got(t, around.ApplicationproblemJSON404, err, around.Body)
	noted, err := c.CreateActivityWithResponse(t.Context(), client.Activity{Type: client.ActivityTypeNote, Body: ptr.To("x"), DealId: &theirs.ID})
	if err != nil || noted.StatusCode() != http.StatusUnprocessableEntity {
		t.Errorf("a note on somebody else's deal: %v, %s", err, noted.Body)
	}

	reader := h.program(h.join("rosa@acme.example", crm.RoleReadOnly), crm.ScopeWrite)
	lead, err := reader.CreateLeadWithResponse(t.Context(), client.Lead{GivenName: ptr.To("Ana")})
	got(t, lead.ApplicationproblemJSON403, err, lead.Body)
}
