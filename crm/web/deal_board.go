package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// cardsShown is how many cards of a lane come at once: more than a screen holds.
const cardsShown = 20

func (s *server) dealBoard(v *visit) error {
	pipelines, err := s.Services.Pipelines.Pipelines(v.ctx())
	if err != nil {
		return err
	}
	view := boardView(v.r.URL.Query())
	view.Pipelines = pipelines
	b, err := s.Services.Deals.Board(v.ctx(), boardFilter(v, view))
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionDeals, v.frame.T("deals.title")
	return v.render(http.StatusOK, page.DealBoard(v.frame, view, b))
}

// boardView reads from an address how the board is looked at.
func boardView(q url.Values) page.BoardView {
	return page.BoardView{Pipeline: queryID(q, "pipeline"), Mine: q.Get("owner") == "me"}
}

// queryID is an id in an address; unreadable is 0.
func queryID(q url.Values, name string) int64 {
	id, err := strconv.ParseInt(q.Get(name), 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

// boardFilter is what of the deals a view shows: the month is the present one
// in the tenant's zone.
func boardFilter(v *visit, view page.BoardView) crm.BoardFilter {
	now := v.frame.L.Now()
	first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	f := crm.BoardFilter{
		PipelineID: view.Pipeline, Limit: cardsShown, WonSince: now.Add(-crm.WonShown),
		MonthFrom: first.Format(time.DateOnly), MonthTo: first.AddDate(0, 1, -1).Format(time.DateOnly),
	}
	if view.Mine {
		f.OwnerID = v.user.ID
	}
	return f
}

// dealLane answers with the next cards of one lane.
func (s *server) dealLane(v *visit) error {
	q := v.r.URL.Query()
	stage, p, err := s.stage(v, queryID(q, "stage"))
	if err != nil {
		return err
	}
	view := boardView(q)
	view.Pipeline = p.ID
	f := boardFilter(v, view).Lane(*stage)
	f.After = crm.Cursor(q.Get("after"))
	lane := crm.Lane{Stage: *stage}
	if lane.Deals, err = s.Services.Deals.Deals(v.ctx(), f); err != nil {
		return err
	}
	return v.render(http.StatusOK, page.LaneCards(v.frame, view, p, lane))
}

// stage finds a stage and its pipeline. Errors: crm.ErrNotFound.
func (s *server) stage(v *visit, id int64) (*crm.Stage, *crm.Pipeline, error) {
	pipelines, err := s.Services.Pipelines.Pipelines(v.ctx())
	if err != nil {
		return nil, nil, err
	}
	for _, p := range pipelines {
		if stage := p.Stage(id); stage != nil {
			return stage, p, nil
		}
	}
	return nil, nil, crm.ErrNotFound
}

// pipeline finds a pipeline. Errors: crm.ErrNotFound.
func (s *server) pipeline(v *visit, id int64) (*crm.Pipeline, error) {
	pipelines, err := s.Services.Pipelines.Pipelines(v.ctx())
	if err != nil {
		return nil, err
	}
	for _, p := range pipelines {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, crm.ErrNotFound
}
