package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// attempts lists who tried to sign in.
func (s *server) attempts(v *visit) error {
	q := v.r.URL.Query()
	d := page.Attempts{FailedOnly: q.Get("failed") == "1", Later: q.Get("after") != ""}
	found, err := s.Services.Security.SignInAttempts(v.ctx(), d.FailedOnly, crm.Cursor(q.Get("after")), 0)
	if err != nil {
		return err
	}
	d.Items, d.Next = found.Items, found.Next
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.signIns")
	return v.render(http.StatusOK, page.AttemptsPage(v.frame, d))
}
