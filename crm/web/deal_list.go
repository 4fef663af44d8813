package web

import (
	"net/http"
	"net/url"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) dealList(v *visit) error {
	view, filter, err := s.dealListView(v)
	if err != nil {
		return err
	}
	found, err := s.Services.Deals.Deals(v.ctx(), filter)
	if err != nil {
		return err
	}
	view.Next, view.Prev = found.Next, found.Prev
	v.frame.Section, v.frame.Title = page.SectionDeals, v.frame.T("deals.title")
	if v.htmx("list") {
		return v.render(http.StatusOK, page.DealRows(v.frame, view, found.Items))
	}
	return v.render(http.StatusOK, page.DealList(v.frame, view, found.Items))
}

// keptFilters are filters of the table that have no box in it: figures of other
// pages link to the deals behind them.
var keptFilters = []string{"company", "contact", "reason", "closeFrom", "closeTo", "closedFrom", "closedTo"}

// dealListView reads from the address how the table is looked at, and which
// deals that means.
func (s *server) dealListView(v *visit) (page.DealListView, crm.DealFilter, error) {
	q := v.r.URL.Query()
	view := page.DealListView{
		BoardView: boardView(q), Query: q.Get("q"), Status: crm.DealStatus(q.Get("status")),
		Overdue: q.Get("when") == "overdue", Quiet: q.Get("when") == "quiet", Sort: crm.Sort(q.Get("sort")), Kept: url.Values{},
	}
	if len(view.Query) > 400 {
		view.Query = ""
	}
	for _, name := range keptFilters {
		if value := q.Get(name); value != "" {
			view.Kept.Set(name, value)
		}
	}
	if id := queryID(q, "stage"); id != 0 {
		stage, _, err := s.stage(v, id)
		if err != nil {
			return view, crm.DealFilter{}, err
		}
		view.Stage, view.Status = stage, stage.Kind
	}
	if view.Status != crm.StageWon && view.Status != crm.StageLost {
		view.Status = crm.StageOpen
	}
	view.UsualSort()
	f := crm.DealFilter{
		Status: view.Status, PipelineID: view.Pipeline, Query: view.Query, Sort: view.Sort,
		After: crm.Cursor(q.Get("after")), Before: crm.Cursor(q.Get("before")),
		CompanyID: queryID(q, "company"), ContactID: queryID(q, "contact"), LostReasonID: queryID(q, "reason"),
		CloseFrom: civilOf(q, "closeFrom"), CloseTo: civilOf(q, "closeTo"),
		ClosedFrom: v.dayBegins(q.Get("closedFrom"), 0), ClosedTo: v.dayBegins(q.Get("closedTo"), 1),
	}
	if view.Stage != nil {
		f.StageID = view.Stage.ID
	}
	if view.Mine {
		f.OwnerID = v.user.ID
	}
	if view.Overdue {
		f.CloseTo = v.frame.L.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	}
	if view.Quiet {
		f.QuietBefore = v.frame.L.Now().Add(-crm.QuietAfter)
	}
	return view, f, nil
}

// civilOf is a civil date in an address; anything else is none.
func civilOf(q url.Values, name string) string {
	if _, err := time.Parse(time.DateOnly, q.Get(name)); err != nil {
		return ""
	}
	return q.Get(name)
}

// dayBegins is midnight of a civil date in the tenant's zone, some days later;
// zero for what is no date.
func (v *visit) dayBegins(date string, later int) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, date, v.frame.L.Now().Location())
	if err != nil {
		return time.Time{}
	}
	return day.AddDate(0, 0, later)
}
