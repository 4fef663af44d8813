package sqlite

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func dealNames(deals []*crm.Deal) []string {
	all := make([]string, len(deals))
	for i, d := range deals {
		all[i] = d.Name
	}
	return all
}

func TestTheBoardCountsAndSumsItsLanes(t *testing.T) {
	o := newOffice(t)
	dollars := func(d *crm.Deal) { d.Value = crm.Money{Minor: 50000, Currency: crm.USD} }
	due := func(day string) func(*crm.Deal) { return func(d *crm.Deal) { d.ExpectedClose = day } }
	o.deal("sin fecha")
	o.deal("tarde", due("2027-01-30"))
	o.deal("antes", due("2027-01-05"))
	o.deal("dólares", dollars, due("2027-02-01"))
	o.move(o.deal("propuesta", due("2027-01-31")), 3)
	o.move(o.deal("ganado hace mucho"), 5)
	o.clock.Advance(crm.WonShown)
	o.move(o.deal("ganado"), 5)
	o.move(o.deal("perdido"), 6)
	filter := crm.BoardFilter{WonSince: o.clock.Now().Add(-crm.WonShown), MonthFrom: "2027-01-01", MonthTo: "2027-01-31", Limit: 2}
	b, err := o.Board(o.owner, filter)
	if err != nil {
		t.Fatal(err)
	}
	var lanes []string
	for _, l := range b.Lanes {
		lanes = append(lanes, l.Stage.Name)
	}
	if !slices.Equal(lanes, []string{"Prospecto", "Calificado", "Propuesta", "Negociación", "Ganado"}) {
		t.Errorf("lanes %v", lanes)
	}
	first, won := b.Lanes[0], b.Lanes[4]
	if first.Tally.Count != 4 || !slices.Equal(first.Tally.Sums, []crm.Money{pesos(3000), {Minor: 50000, Currency: crm.USD}}) {
		t.Errorf("first lane: %+v", first.Tally)
	}
	if won.Tally.Count != 1 || len(won.Deals.Items) != 1 || won.Deals.Items[0].Name != "ganado" {
		t.Errorf("won lane: %+v", won)
	}
	if b.Open.Count != 5 || b.Open.Sums[0] != pesos(4000) {
		t.Errorf("open: %+v", b.Open)
	}
	if !slices.Equal(b.Forecast, []crm.Money{pesos(700)}) { // 2 × 1,000 × 10 % + 1,000 × 50 %
		t.Errorf("forecast: %v", b.Forecast)
	}
	if got := dealNames(first.Deals.Items); !slices.Equal(got, []string{"antes", "tarde"}) || first.Deals.Next == "" {
		t.Errorf("cards: %v", got)
	}
	more := filter.Lane(first.Stage)
	more.After = first.Deals.Next
	page, err := o.Deals(o.owner, more)
	if got := dealNames(page.Items); err != nil || !slices.Equal(got, []string{"dólares", "sin fecha"}) || page.Next != "" {
		t.Errorf("more cards: %v, %v", got, err)
	}
	if _, err := o.Board(o.owner, crm.BoardFilter{PipelineID: 9}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("no such pipeline: %v", err)
	}
}

func TestDealsAreSortedBothWays(t *testing.T) {
	o := newOffice(t)
	for i, name := range []string{"Ñandú", "Zorro", "abeja"} {
		o.clock.Advance(time.Minute)
		o.deal(name, func(d *crm.Deal) {
			d.Value, d.ExpectedClose, d.StageID = pesos(int64(100+i)), "2027-01-1"+string(rune('0'+i)), int64(3-i)
		})
	}
	for sort, want := range map[crm.Sort][]string{
		crm.SortRecent: {"abeja", "Zorro", "Ñandú"}, crm.SortName: {"abeja", "Ñandú", "Zorro"},
		crm.SortValue: {"abeja", "Zorro", "Ñandú"}, crm.SortClose: {"Ñandú", "Zorro", "abeja"},
		crm.SortStage: {"abeja", "Zorro", "Ñandú"}, crm.SortQuiet: {"Ñandú", "Zorro", "abeja"},
	} {
		for _, reversed := range []bool{false, true} {
			if reversed {
				sort = "-" + sort
				slices.Reverse(want)
			}
			var got []string
			for after, first := crm.Cursor(""), true; first || after != ""; first = false {
				page, err := o.Deals(o.owner, crm.DealFilter{Status: crm.StageOpen, Sort: sort, After: after, Limit: 1})
				if err != nil {
					t.Fatal(err)
				}
				got, after = append(got, dealNames(page.Items)...), page.Next
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", sort, got, want)
			}
		}
	}
	var invalid crm.Invalid
	if _, err := o.Deals(o.owner, crm.DealFilter{Sort: crm.SortValue}); !errors.As(err, &invalid) {
		t.Errorf("a sort without an index: %v", err)
	}
}

func TestEveryListOfDealsWalksItsIndex(t *testing.T) {
	o := newOffice(t)
	lists := map[string]crm.DealFilter{
		"deal_recent": {}, "deal_name": {Sort: crm.SortName}, "deal_owner_recent": {OwnerID: 1}, "deal_owner_name": {OwnerID: 1, Sort: crm.SortName},
		"deal_company_recent": {CompanyID: 1}, "deal_contact_recent": {ContactID: 1},
		"deal_stage_close": {StageID: 1, Sort: crm.SortClose}, "deal_stage_owner_close": {StageID: 1, OwnerID: 1, Sort: crm.SortClose},
		"deal_stage_closed": {StageID: 1, Sort: crm.SortClosed}, "deal_stage_owner_closed": {StageID: 1, OwnerID: 1, Sort: crm.SortClosed},
	}
	for _, sort := range []crm.Sort{crm.SortRecent, crm.SortName, crm.SortValue, crm.SortClose, crm.SortStage, crm.SortClosed, crm.SortQuiet} {
		lists["deal_status_"+string(sort)] = crm.DealFilter{Status: crm.StageOpen, Sort: sort}
		lists["deal_owner_status_"+string(sort)] = crm.DealFilter{Status: crm.StageOpen, OwnerID: 1, Sort: sort}
	}
	for index, f := range lists {
		s, err := dealSelection(f)
		if err != nil {
			t.Fatal(err)
		}
		assertWalks(t, o, index, func(from, back bool) string { return dealListing.query(s, from, back) })
	}
	for index, f := range map[string]crm.ProductFilter{"product_name": {}, "product_active_name": {ActiveOnly: true}} {
		assertWalks(t, o, index, func(from, back bool) string { return productListing.query(productSelection(f), from, back) })
	}
}

// The sums of the board come out of an index alone.
func TestOtherDealQueriesUseAnIndex(t *testing.T) {
	o := newOffice(t)
	for query, want := range map[string]string{
		tallyOpen:    "SEARCH deal USING COVERING INDEX deal_tally (pipeline_id=? AND status=?)",
		tallyClosed:  "SEARCH deal USING COVERING INDEX deal_stage_closed (stage_id=? AND closed_at>?)",
		selectDeal:   "SEARCH r USING INTEGER PRIMARY KEY",
		selectItems:  "SEARCH deal_item USING PRIMARY KEY",
		selectSpans:  "SEARCH h USING PRIMARY KEY",
		selectQuotes: "SEARCH q USING INDEX quote_deal",
		"SELECT coalesce(max(serial), 0) + 1 FROM quote WHERE year = ?":            "sqlite_autoindex_quote_1",
		"SELECT id FROM deal WHERE deleted_at < ? ORDER BY deleted_at, id LIMIT ?": "INDEX deal_bin",
	} {
		if steps := plan(t, o, query); !strings.Contains(steps, want) || (query != tallyClosed && strings.Contains(steps, "TEMP B-TREE")) {
			t.Errorf("%s\nis read by\n%s", query, steps)
		}
	}
}
