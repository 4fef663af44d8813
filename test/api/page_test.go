package api_test

import (
	"slices"
	"testing"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

func TestListsAreWalkedPageByPage(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"Zoé", "Ñoño", "Ana", "Noé", "Óscar"} {
		if err := h.DB.CreateContact(h.owner, &crm.Contact{GivenName: name}); err != nil {
			t.Fatal(err)
		}
	}
	c := h.program(h.owner, crm.ScopeRead)
	params := &client.ListContactsParams{Sort: ptr.To(client.ListContactsParamsSortName), Limit: ptr.To[int64](2)}
	var names []string
	for pages := 0; pages < 5; pages++ {
		got, err := c.ListContactsWithResponse(t.Context(), params)
		if err != nil || got.JSON200 == nil {
			t.Fatalf("%v, %s", err, got.Body)
		}
		for _, item := range got.JSON200.Items {
			names = append(names, *item.GivenName)
		}
		if got.JSON200.Next == nil {
			break
		}
		params.After = got.JSON200.Next
	}
	if want := []string{"Ana", "Noé", "Ñoño", "Óscar", "Zoé"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	found, err := c.ListContactsWithResponse(t.Context(), &client.ListContactsParams{Q: ptr.To("nono")})
	if err != nil || found.JSON200 == nil || len(found.JSON200.Items) != 1 {
		t.Errorf("by words: %v, %s", err, found.Body)
	}
}
