package web

import (
	"net/http"
	"slices"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// leadList lists the leads that want work, or those with one status.
func (s *server) leadList(v *visit) error {
	list, after, before := listView(v, "/leads")
	view := page.LeadView{ListView: list, Status: crm.LeadStatus(v.r.URL.Query().Get("status"))}
	if !slices.Contains(crm.LeadStatuses, view.Status) && view.Status != crm.LeadConverted {
		view.Status = ""
	}
	if view.Status != "" {
		view.Keep = [][2]string{{"status", string(view.Status)}}
	}
	found, err := s.Services.Leads.Leads(v.ctx(), crm.LeadFilter{
		Open: true, Status: view.Status, Query: view.Query, Sort: view.Sort, OwnerID: ownerOf(v, list), After: after, Before: before,
	})
	if err != nil {
		return err
	}
	view.Next, view.Prev = found.Next, found.Prev
	v.frame.Section, v.frame.Title = page.SectionLeads, v.frame.T("leads.title")
	if v.htmx("list") {
		return v.render(http.StatusOK, page.LeadRows(v.frame, view, found.Items))
	}
	return v.render(http.StatusOK, page.LeadList(v.frame, view, found.Items))
}
