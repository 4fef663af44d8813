package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) dashboard(v *visit) error {
	q := v.r.URL.Query()
	view := page.DashboardView{Period: periodOf(q.Get("period")), OwnerID: ownerParam(v, q.Get("owner"))}
	pipeline, _ := strconv.ParseInt(q.Get("pipeline"), 10, 64)
	view.Span = view.Period.Around(v.frame.L.Now())
	var err error
	if view.SeesAll, err = s.Services.Dashboards.SeesAll(v.ctx()); err != nil {
		return err
	}
	if !view.SeesAll {
		view.OwnerID = v.user.ID
	}
	if view.Pipelines, err = s.Services.Pipelines.Pipelines(v.ctx()); err != nil {
		return err
	}
	if view.People, err = s.owners(v, view.OwnerID); err != nil {
		return err
	}
	view.Owner = personName(view.People, view.OwnerID)
	view.Dashboard, err = s.Services.Dashboards.Dashboard(v.ctx(), crm.DashboardFilter{
		PipelineID: pipeline, OwnerID: view.OwnerID, Period: view.Period, Now: v.frame.L.Now(),
	})
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionDashboard, v.frame.T("dash.title")
	if v.htmx("dashboard") {
		return v.render(http.StatusOK, page.DashboardPart(v.frame, view))
	}
	return v.render(http.StatusOK, page.Dashboard(v.frame, view))
}

// periodOf is the period of an address; the month where it names none.
func periodOf(name string) crm.Period {
	if p := crm.Period(name); slices.Contains(crm.Periods, p) {
		return p
	}
	return crm.PeriodMonth
}

// ownerParam is the user whom an address names: "me" or a number; 0: nobody.
func ownerParam(v *visit, name string) int64 {
	if name == "me" {
		return v.user.ID
	}
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

func personName(people []*crm.User, id int64) string {
	if at := slices.IndexFunc(people, func(u *crm.User) bool { return u.ID == id }); at >= 0 {
		return people[at].Name
	}
	return ""
}
