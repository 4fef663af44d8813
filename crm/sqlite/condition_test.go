package sqlite

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// Whatever filters a list has, its rows are found by the index of the one that
// the fewest rows meet, or by walking the list's own index.
func TestFilteredListsUseAnIndex(t *testing.T) {
	o := newOffice(t)
	kind := crm.KindContact
	equal, err := facetEquals(kind, 1, []any{"a"})
	if err != nil {
		t.Fatal(err)
	}
	some, err := facetEquals(kind, 1, []any{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]condition{
		"equal": equal, "any of": some, "range": facetBetween(kind, 1, 1, 2), "filled": facetEmpty(kind, 1, false), "empty": facetEmpty(kind, 1, true),
	}
	s := selection{}
	filtered{table: "contact", column: "created_at"}.instant(&s, crm.Filter{Field: "created"}, o.today(), crm.Invalid{})
	filtered{table: "contact", column: "company_id"}.reference(&s, crm.Filter{Field: "company", Values: []string{"1", "2"}}, true, crm.Actor{}, crm.Invalid{})
	all["created"], all["companies"] = s.conditions[0], s.conditions[1]
	for name, c := range all {
		for _, sort := range []crm.Sort{crm.SortRecent, crm.SortName} {
			walked := selection{planned: true, sort: sort}
			walked.matching(c.holds, c.values...)
			index := map[crm.Sort]string{crm.SortRecent: "contact_recent", crm.SortName: "contact_name"}[sort]
			assertWalks(t, o, index, func(from, back bool) string { return contactListing.query(walked, from, back) })
			if c.finds == "" {
				continue
			}
			found := selection{planned: true, sort: sort, finds: c.finds, findsValues: c.values}
			found.matching(equal.holds, equal.values...)
			steps := plan(t, o, contactListing.query(found, true, false))
			if strings.Contains(steps, "SCAN r\n") || strings.Contains(steps, "SCAN facet") || strings.Contains(steps, "SCAN contact") ||
				!strings.Contains(steps, "SEARCH r USING INTEGER PRIMARY KEY") {
				t.Errorf("%s, %s:\n%s", name, sort, steps)
			}
		}
		if c.finds != "" {
			if steps := plan(t, o, "SELECT count(*) FROM ("+c.finds+" LIMIT ?)"); !strings.Contains(steps, "SEARCH") {
				t.Errorf("%s is counted so:\n%s", name, steps)
			}
		}
	}
}

// An owner's or a company's list walks its own index, filtered or not.
func TestFilteredListsOfAnOwnerWalkTheirIndex(t *testing.T) {
	o := newOffice(t)
	c := facetBetween(crm.KindContact, 1, 1, 2)
	s := selection{planned: true}
	s.equal("owner_id", 1)
	s.matching(c.holds, c.values...)
	assertWalks(t, o, "contact_owner_recent", func(from, back bool) string { return contactListing.query(s, from, back) })
}
