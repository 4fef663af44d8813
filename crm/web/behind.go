package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// dealsBehind lists the deals behind a figure: the address says which.
func (s *server) dealsBehind(v *visit) error {
	q := v.r.URL.Query()
	slice := dealSlice(v, q)
	b := page.Behind{Path: "/dashboard/deals", Params: q, Weighted: slice.Status == crm.StageOpen}
	var err error
	if b.Sum, err = s.Services.Dashboards.SumDeals(v.ctx(), slice); err != nil {
		return err
	}
	found, err := s.Services.Dashboards.DealsBehind(v.ctx(), slice)
	if err != nil {
		return err
	}
	b.Deals, b.Next, b.Prev = found.Items, found.Next, found.Prev
	b.Title = v.frame.T(dealTitle(slice))
	if b.Conditions, err = s.dealConditions(v, slice); err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionDashboard, b.Title
	return v.render(http.StatusOK, page.DealsBehind(v.frame, b))
}

func dealSlice(v *visit, q url.Values) crm.DealSlice {
	number := func(name string) int64 {
		id, _ := strconv.ParseInt(q.Get(name), 10, 64)
		return id
	}
	f := crm.DealSlice{
		DealFilter: crm.DealFilter{
			PipelineID: number("pipeline"), StageID: number("stage"), OwnerID: ownerParam(v, q.Get("owner")),
			CloseFrom: string(dayParam(q, "closeFrom")), CloseTo: string(dayParam(q, "closeTo")),
			After: crm.Cursor(q.Get("after")), Before: crm.Cursor(q.Get("before")),
		},
		Undated: q.Get("undated") == "1", Created: spanParam(v, q, "created"),
		ReachedID: number("reached"), LeftID: number("left"), Left: spanParam(v, q, "left"),
	}
	switch status := crm.DealStatus(q.Get("status")); status {
	case crm.StageOpen, crm.StageWon, crm.StageLost:
		f.Status = status
	}
	if c := crm.Currency(q.Get("currency")); c.Valid() {
		f.Currency = c
	}
	closed := spanParam(v, q, "closed")
	f.ClosedFrom, f.ClosedTo = closed.From, closed.To
	return f
}

// dayParam reads a civil date; anything else is none.
func dayParam(q url.Values, name string) crm.Moment {
	if m := crm.Moment(q.Get(name)); m.IsDay() && m.Valid() {
		return m
	}
	return ""
}

// spanParam reads two days, both of which belong to it; one alone is none.
func spanParam(v *visit, q url.Values, name string) crm.Span {
	from, to := dayParam(q, name+"From"), dayParam(q, name+"To")
	if from == "" || to == "" {
		return crm.Span{}
	}
	zone := v.frame.L.Now().Location()
	return crm.Span{From: from.In(zone), To: to.AddDays(1).In(zone)}
}

// dealTitle says which deals these are: a message.
func dealTitle(f crm.DealSlice) string {
	switch f.Status {
	case crm.StageOpen:
		return "dash.openDeals"
	case crm.StageWon:
		return "dash.wonDeals"
	case crm.StageLost:
		return "dash.lostDeals"
	}
	return "dash.allDeals"
}

// dealConditions say what was chosen, in words.
func (s *server) dealConditions(v *visit, f crm.DealSlice) ([]string, error) {
	pipelines, err := s.Services.Pipelines.Pipelines(v.ctx())
	if err != nil {
		return nil, err
	}
	var all []string
	say := func(key, name, value string) {
		if value != "" {
			all = append(all, v.frame.F(key, name, value))
		}
	}
	days := func(key string, span crm.Span) {
		if !span.IsZero() {
			say(key, "Days", page.DealSpan(v.frame, span))
		}
	}
	for _, p := range pipelines {
		if p.ID == f.PipelineID && len(pipelines) > 1 {
			all = append(all, p.Name)
		}
		for _, stage := range []struct {
			key string
			id  int64
		}{{"dash.inStage", f.StageID}, {"dash.reachedStage", f.ReachedID}, {"dash.leftStage", f.LeftID}} {
			if at := p.Stage(stage.id); at != nil {
				say(stage.key, "Stage", at.Name)
			}
		}
	}
	days("dash.createdOn", f.Created)
	days("dash.decidedOn", crm.Span{From: f.ClosedFrom, To: f.ClosedTo})
	days("dash.leftOn", f.Left)
	zone := v.frame.L.Now().Location()
	switch from, to := crm.Moment(f.CloseFrom), crm.Moment(f.CloseTo); {
	case f.Undated:
		all = append(all, v.frame.T("dash.undated"))
	case from != "" && to != "" && to < "9999":
		days("dash.closesOn", crm.Span{From: from.In(zone), To: to.AddDays(1).In(zone)})
	case from != "":
		say("dash.closesFrom", "Day", v.frame.L.Civil(f.CloseFrom))
	case to != "":
		say("dash.closesUntil", "Day", v.frame.L.Civil(f.CloseTo))
	}
	if f.Currency != "" {
		all = append(all, string(f.Currency))
	}
	if f.OwnerID != 0 {
		people, err := s.owners(v, f.OwnerID)
		if err != nil {
			return nil, err
		}
		all = append(all, personName(people, f.OwnerID))
	}
	return all, nil
}

// workBehind lists the activities behind a figure.
func (s *server) workBehind(v *visit) error {
	q := v.r.URL.Query()
	span := spanParam(v, url.Values{"workFrom": q["from"], "workTo": q["to"]}, "work")
	if span.IsZero() {
		span = crm.PeriodMonth.Around(v.frame.L.Now())
	}
	slice := crm.ActivitySlice{
		OwnerID: ownerParam(v, q.Get("owner")), Span: span,
		After: crm.Cursor(q.Get("after")), Before: crm.Cursor(q.Get("before")),
	}
	title := "dash.work"
	if text, known := page.WorkTitles[crm.ActivityType(q.Get("type"))]; known {
		slice.Type, title = crm.ActivityType(q.Get("type")), text
	}
	b := page.Behind{Path: "/dashboard/activities", Params: q, Title: v.frame.T(title), Conditions: []string{page.DealSpan(v.frame, span)}}
	var err error
	if b.Count, err = s.Services.Dashboards.CountActivities(v.ctx(), slice); err != nil {
		return err
	}
	found, err := s.Services.Dashboards.ActivitiesBehind(v.ctx(), slice)
	if err != nil {
		return err
	}
	b.Work, b.Next, b.Prev = found.Items, found.Next, found.Prev
	people, err := s.owners(v, slice.OwnerID)
	if err != nil {
		return err
	}
	if name := personName(people, slice.OwnerID); name != "" {
		b.Conditions = append(b.Conditions, name)
	}
	v.frame.Section, v.frame.Title = page.SectionDashboard, b.Title
	return v.render(http.StatusOK, page.WorkBehind(v.frame, b))
}
