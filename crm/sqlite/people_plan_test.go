package sqlite

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestEveryListOfLeadsWalksItsIndex(t *testing.T) {
	o := newOffice(t)
	for index, f := range map[string]crm.LeadFilter{
		"lead_recent":        {},
		"lead_owner_recent":  {OwnerID: 1},
		"lead_open_recent":   {Open: true},
		"lead_status_recent": {Status: crm.LeadNew},
		"lead_name":          {Sort: crm.SortName},
		"lead_owner_name":    {OwnerID: 1, Sort: crm.SortName},
		"lead_open_name":     {Open: true, Sort: crm.SortName},
		"lead_status_name":   {Status: crm.LeadNew, Sort: crm.SortName},
	} {
		assertWalks(t, o, index, func(from, back bool) string { return leadListing.query(leadSelection(f), from, back) })
	}
}

func TestSubsidiariesWalkTheirIndex(t *testing.T) {
	o := newOffice(t)
	s := companySelection(crm.CompanyFilter{ParentID: 1, Sort: crm.SortName})
	assertWalks(t, o, "company_parent_name", func(from, back bool) string { return companyListing.query(s, from, back) })
}

func TestQueriesOfDuplicatesUseAnIndex(t *testing.T) {
	o := newOffice(t)
	queries := map[string]string{
		selectLead:        "SEARCH r USING INTEGER PRIMARY KEY",
		selectKeys:        "SEARCH identity USING COVERING INDEX identity_record",
		selectStatesSince: "SEARCH action USING INDEX action_record",
		selectLastWhole:   "SEARCH action USING INDEX action_record",
	}
	for _, w := range twins {
		queries[w.sharing()] = "SEARCH o USING PRIMARY KEY (kind=? AND likeness=? AND value=?)"
		queries[w.having()] = "SEARCH i USING PRIMARY KEY (kind=? AND likeness=? AND value=?)"
		queries[w.sharedAfter()] = "SEARCH i USING COVERING INDEX identity_shared"
		queries[w.hit] = "SEARCH r USING INTEGER PRIMARY KEY"
	}
	for query, want := range queries {
		steps := plan(t, o, query)
		if !strings.Contains(steps, want) || strings.Contains(steps, "TEMP B-TREE") || strings.Contains(steps, "SCAN r") {
			t.Errorf("%s\ndoes not use %q:\n%s", query, want, steps)
		}
	}
}

// Whatever names another record is found by an index, so that a merge reads
// what it moves and nothing else.
func TestEveryLinkIsFoundByAnIndex(t *testing.T) {
	o := newOffice(t)
	for _, k := range o.kinds {
		for _, find := range k.linkQueries() {
			if steps := plan(t, o, find); !strings.Contains(steps, "USING INDEX") && !strings.Contains(steps, "USING COVERING INDEX") {
				t.Errorf("%s\nuses no index:\n%s", find, steps)
			}
		}
	}
}
