package web

import (
	"net/http"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// auditLog shows who changed what from what to what.
func (s *server) auditLog(v *visit) error {
	users, err := s.Services.Users.Users(v.ctx())
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	d := page.Audit{Users: users, Filter: readAudit(v), Here: v.r.URL.RequestURI()}
	filter, faults := d.Filter.Filter(v.frame.L.Now().Location())
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.log")
	if len(faults) > 0 {
		d.Errors = faults
		return v.render(http.StatusUnprocessableEntity, page.AuditPage(v.frame, d))
	}
	filter.After = crm.Cursor(q.Get("after"))
	found, err := s.Services.Audit.Audit(v.ctx(), filter)
	if err != nil {
		return err
	}
	d.Actions = found.Items
	if found.Next != "" {
		d.Older = d.Filter.Link(found.Next)
	}
	if filter.After != "" {
		d.Newest = d.Filter.Link("")
	}
	return v.render(http.StatusOK, page.AuditPage(v.frame, d))
}

func readAudit(v *visit) page.AuditForm {
	q := v.r.URL.Query()
	user, err := strconv.ParseInt(q.Get("user"), 10, 64)
	if err != nil {
		user = 0
	}
	return page.AuditForm{
		UserID: user, Kind: crm.Kind(q.Get("kind")), Verb: q.Get("verb"), From: q.Get("from"), Until: q.Get("until"),
	}
}

// auditParts opens an action of several records.
func (s *server) auditParts(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	action, err := s.Services.Audit.Action(v.ctx(), id)
	if err != nil {
		return err
	}
	after := crm.Cursor(v.r.URL.Query().Get("after"))
	parts, err := s.Services.Audit.ActionParts(v.ctx(), id, after, 0)
	if err != nil {
		return err
	}
	link := "/settings/log/" + strconv.FormatInt(id, 10)
	d := page.Parts{Action: action, Actions: parts.Items, Here: v.r.URL.RequestURI()}
	if parts.Next != "" {
		d.Older = link + "?after=" + queryEscape(string(parts.Next))
	}
	if after != "" {
		d.Newest = link
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.log")
	return v.render(http.StatusOK, page.PartsPage(v.frame, d))
}
