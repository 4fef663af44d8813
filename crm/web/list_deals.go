package web

import (
	"maps"
	"net/url"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// overdueTo and quietTo are the last days of an expected close that has passed
// and of an activity that is long ago.
const overdueTo, quietTo = "-1d", "-14d"

var dealRecords = recordList{
	texts: page.ListTexts{
		Kind: crm.KindDeal, Path: "/deals/list", NewLink: "/deals/new", Icon: "coin", Section: page.SectionDeals, Bare: true,
		Title: "deals.title", Filter: "deals.filter", New: "deals.new", Empty: "deals.empty", Hint: "deals.emptyHint",
		Orders: []page.ListOrder{
			{Sort: crm.SortRecent, Text: "list.recent"}, {Sort: crm.SortName, Text: "list.byName"}, {Sort: crm.SortClose, Text: "field.expectedClose"},
			{Sort: crm.SortValue, Text: "field.value"}, {Sort: crm.SortStage, Text: "field.stageId"},
			{Sort: crm.SortClosed, Text: "deals.decided"}, {Sort: crm.SortQuiet, Text: "deals.lastActivity"},
		},
		Steps: []page.ListStep{
			{Text: "deals.statusOpen"},
			{Text: "deals.whenOverdue", Params: []string{"close.to", overdueTo}},
			{Text: "deals.whenQuiet", Params: []string{"activity.to", quietTo}},
			{Text: "deals.statusWon", Params: []string{"status", string(crm.StageWon)}},
			{Text: "deals.statusLost", Params: []string{"status", string(crm.StageLost)}},
			{Text: "list.all", Params: []string{"status", crm.StatusAll}},
		},
	},
	columns: []string{"stage", "value", "close", "owner", "updated"},
	older:   olderDeals,
	settle:  settleDeals,
}

// olderDeals reads the addresses that lists of deals used to have.
func olderDeals(given url.Values) url.Values {
	q := maps.Clone(given)
	for was, is := range map[string]string{"closeFrom": "close.from", "closeTo": "close.to", "closedFrom": "closed.from", "closedTo": "closed.to"} {
		if values, found := q[was]; found {
			q[is] = values
			delete(q, was)
		}
	}
	switch q.Get("when") {
	case "overdue":
		q.Set("close.to", overdueTo)
	case "quiet":
		q.Set("activity.to", quietTo)
	}
	q.Del("when")
	return q
}

// settleDeals: open deals are sorted by when they should close, others by when
// they were decided; deals of several statuses have fewer orders.
func settleDeals(view *page.RecordView) (columns []string) {
	columns = []string{"stage", "value", "close", "owner", "updated"}
	status, stages := []string{string(crm.StageOpen)}, 0
	for _, f := range view.Filters {
		switch f.Field {
		case "status":
			status = f.Values
		case "stage":
			stages = len(f.Values)
		}
	}
	view.Usual = crm.SortClose
	switch {
	case len(status) > 1 || status[0] == crm.StatusAll || stages > 1:
		view.Usual = crm.SortRecent
		if by := strings.TrimPrefix(string(view.Sort), "-"); by != string(crm.SortName) && by != string(crm.SortRecent) {
			view.Sort = view.Usual
		}
	case status[0] != string(crm.StageOpen):
		view.Usual = crm.SortClosed
		columns = []string{"stage", "value", "closed", "owner", "updated"}
		if status[0] == string(crm.StageLost) {
			columns = []string{"stage", "value", "closed", "reason", "owner", "updated"}
		}
	}
	return columns
}
