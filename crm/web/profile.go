package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) settings(v *visit) error { return v.redirect("/settings/profile") }

func (s *server) profile(v *visit) error {
	return s.showProfile(v, http.StatusOK, page.Profile{})
}

func (s *server) showProfile(v *visit, status int, d page.Profile) error {
	sessions, err := s.Services.Users.Sessions(v.ctx())
	if err != nil {
		return err
	}
	d.Sessions, d.SessionID = sessions, v.session.ID
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.profile")
	return v.render(status, page.ProfilePage(v.frame, d))
}

// preferences stores language and theme.
func (s *server) preferences(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	err := s.Services.Users.SetPreferences(v.ctx(), v.text("locale"), v.text("theme"))
	if err != nil {
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		return s.showProfile(v, status, page.Profile{Errors: faults, Alert: alert})
	}
	s.flash(v, page.Flash{Key: "flash.preferences"})
	return v.redirect("/settings/profile")
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
	return v.redirect("/settings/profile")
}
