package api_test

import (
	"encoding/json"
	"net/http"
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

// Every list that the document says comes in pages does so, in each order.
func TestEveryListIsTheSameInPagesAndAtOnce(t *testing.T) {
	h := newHouse(t)
	h.furnish(3)
	key := h.key(crm.ScopeRead)
	read := func(address string) (ids []int64, next string) {
		t.Helper()
		r := h.ask(http.MethodGet, address, key, "")
		var part struct {
			Items []struct{ ID int64 }
			Next  string
		}
		if err := json.Unmarshal(r.body, &part); err != nil || r.status != http.StatusOK {
			t.Fatalf("%s: %s", address, r)
		}
		for _, item := range part.Items {
			ids = append(ids, item.ID)
		}
		return ids, part.Next
	}
	lists := 0
	for _, o := range operations(t) {
		if !o.paged {
			continue
		}
		orders := []string{o.at("1") + "?"}
		for _, sort := range o.sorts {
			orders = append(orders, o.at("1")+"?sort="+sort+"&")
			if o.path == "/deals" {
				orders[len(orders)-1] += "status=open&"
			}
		}
		for _, address := range orders {
			lists++
			all, next := read(address + "limit=200")
			if len(all) != 3 || next != "" {
				t.Errorf("%s: %v, then %q", address, all, next)
			}
			var walked []int64
			for after := ""; len(walked) < 10; {
				ids, next := read(address + "limit=1&after=" + after)
				walked = append(walked, ids...)
				if after = next; after == "" {
					break
				}
			}
			if !slices.Equal(walked, all) {
				t.Errorf("%s: in pages %v, at once %v", address, walked, all)
			}
			if r := h.ask(http.MethodGet, address+"after=nonsense", key, ""); !r.isProblem(http.StatusUnprocessableEntity) {
				t.Errorf("%s: a bad cursor: %s", address, r)
			}
		}
	}
	if lists < 20 {
		t.Errorf("only %d lists and orders", lists)
	}
}
