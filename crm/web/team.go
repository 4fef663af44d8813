package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) team(v *visit) error {
	users, err := s.Services.Users.Users(v.ctx())
	if err != nil {
		return err
	}
	factors, err := s.Services.Security.SecondFactors(v.ctx())
	if err != nil {
		return err
	}
	d := page.Team{Users: users, Factors: factors, Reveal: s.reveal.see(v.session.ID)}
	settings, err := s.Services.Team.Settings(v.ctx())
	if err != nil {
		return err
	}
	d.Visibility = settings.Visibility
	for _, u := range users {
		if u.DisabledAt.IsZero() {
			d.Taken++
		}
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.team")
	return v.render(http.StatusOK, page.TeamPage(v.frame, d))
}

// teamHandedOver forgets the initial password on show.
func (s *server) teamHandedOver(v *visit) error {
	s.reveal.forget(v.session.ID)
	return v.redirect("/settings/team")
}

func (s *server) teamInvitePage(v *visit) error {
	return s.showInvitation(v, http.StatusOK, page.Invitation{
		User: crm.User{Role: crm.RoleSeller, Locale: v.rights.Locale},
	})
}

func (s *server) showInvitation(v *visit, status int, d page.Invitation) error {
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("team.invite")
	return v.render(status, page.InvitePage(v.frame, d))
}

// teamInvite creates a user and keeps the initial password to be handed over.
func (s *server) teamInvite(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	u := crm.User{
		Email: v.text("email"), Name: v.text("name"), Role: crm.Role(v.text("role")), Locale: v.text("locale"),
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		password, err := s.Services.Users.CreateUser(v.ctx(), &u)
		if err != nil {
			return "", err
		}
		s.reveal.keep(v.session.ID, page.Reveal{UserID: u.ID, Name: u.Name, Email: u.Email, Password: password})
		return "/settings/team", nil
	})
	if err != nil {
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		return s.showInvitation(v, status, page.Invitation{User: u, Errors: faults, Alert: alert})
	}
	return v.redirect(to)
}
