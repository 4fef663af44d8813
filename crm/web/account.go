package web

import (
	"fmt"
	"net/http"

	"github.com/grupobizopps/salexops/crm/web/page"
)

// account shows what the plan is and what of it is used.
func (s *server) account(v *visit) error {
	usage, err := s.Usage(v.ctx())
	if err != nil {
		return fmt.Errorf("measuring what is stored: %w", err)
	}
	requests, err := s.Services.Account.Requests(v.ctx())
	if err != nil {
		return err
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.account")
	return v.render(http.StatusOK, page.AccountPage(v.frame, page.Account{Usage: usage, Version: s.Version, Requests: requests}))
}
