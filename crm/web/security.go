package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm/web/page"
)

// security is the page about what guards one's own account.
func (s *server) security(v *visit) error {
	return s.showSecurity(v, http.StatusOK, page.Security{})
}

func (s *server) showSecurity(v *visit, status int, d page.Security) error {
	var err error
	if d.Sessions, err = s.Services.Users.Sessions(v.ctx()); err != nil {
		return err
	}
	if d.TwoStep, err = s.Services.Security.TwoStep(v.ctx()); err != nil {
		return err
	}
	if d.Passkeys, err = s.Services.Security.Passkeys(v.ctx()); err != nil {
		return err
	}
	d.SessionID = v.session.ID
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.security")
	return v.render(status, page.SecurityPage(v.frame, d))
}

// sessionEnd ends another of one's own sessions.
func (s *server) sessionEnd(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Services.Users.EndSession(v.ctx(), id); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.sessionEnded"})
	return v.redirect("/settings/security")
}

// sessionsEndOthers ends all of one's own sessions but this one.
func (s *server) sessionsEndOthers(v *visit) error {
	if err := s.Services.Users.EndOtherSessions(v.ctx()); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.sessionsEnded"})
	return v.redirect("/settings/security")
}
