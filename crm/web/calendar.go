package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// closesShown is how many expected closes of deals a calendar has room for.
const closesShown = 200

func (s *server) calendar(v *visit) error {
	q := v.r.URL.Query()
	c := page.Calendar{Week: q.Get("view") == "week", All: q.Get("owner") == "all", At: crm.Moment(q.Get("date"))}
	if !c.At.Valid() || !c.At.IsDay() || c.At < "1900" || c.At >= "2200" {
		c.At = now(v).Day()
	}
	owner := v.user.ID
	if c.All {
		owner = 0
	}
	first, last := c.Range()
	var err error
	if c.Items, err = s.Services.Activities.Agenda(v.ctx(), first, last, owner); err != nil {
		return err
	}
	closing, err := s.Services.Deals.Deals(v.ctx(), crm.DealFilter{
		Status: crm.StageOpen, OwnerID: owner, CloseFrom: string(first), CloseTo: string(last), Sort: crm.SortClose, Limit: closesShown,
	})
	if err != nil {
		return err
	}
	c.Close = closing.Items
	v.frame.Section, v.frame.Title = page.SectionCalendar, v.frame.T("nav.calendar")
	return v.render(http.StatusOK, page.CalendarPage(v.frame, c))
}
