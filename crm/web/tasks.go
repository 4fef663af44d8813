package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) taskList(v *visit) error {
	q := v.r.URL.Query()
	t := page.Tasks{State: crm.DueState(q.Get("state")), All: q.Get("owner") == "all", Query: q.Get("q")}
	if t.State == "" {
		t.State = crm.DueOpen
	}
	f := crm.ActivityFilter{
		State: t.State, Now: now(v), OwnerID: v.user.ID, Query: t.Query,
		After: crm.Cursor(q.Get("after")), Before: crm.Cursor(q.Get("before")),
	}
	if t.All {
		f.OwnerID = 0
	}
	found, err := s.Services.Activities.Activities(v.ctx(), f)
	if err != nil {
		return err
	}
	t.Items, t.Next, t.Prev = found.Items, found.Next, found.Prev
	v.frame.Section, v.frame.Title = page.SectionTasks, v.frame.T("tasks.title")
	return v.render(http.StatusOK, page.TaskList(v.frame, t))
}
