package web

import (
	"errors"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) settings(v *visit) error { return v.redirect("/settings/profile") }

func (s *server) profile(v *visit) error {
	return s.showProfile(v, http.StatusOK, page.Profile{Name: v.user.Name, Email: v.user.Email})
}

func (s *server) showProfile(v *visit, status int, d page.Profile) error {
	if err := s.readFeed(v, &d); err != nil {
		return err
	}
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
		return s.showProfile(v, status, page.Profile{Name: v.user.Name, Email: v.user.Email, Errors: faults, Alert: alert})
	}
	s.flash(v, page.Flash{Key: "flash.preferences"})
	return v.redirect("/settings/profile")
}

// identity stores one's own name and e-mail.
func (s *server) identity(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	d := page.Profile{Name: v.text("name"), Email: v.text("email")}
	err := s.Services.Users.SetIdentity(v.ctx(), d.Name, d.Email, v.r.PostFormValue("current"))
	if err == nil {
		s.flash(v, page.Flash{Key: "flash.identity"})
		return v.redirect("/settings/profile")
	}
	faults, alert, status, ok := s.secretRefusal(v, err)
	if !ok {
		return err
	}
	d.Errors, d.Alert = faults, alert
	return s.showProfile(v, status, d)
}

// secretRefusal is refusal for forms that ask for a password or a code, which
// are slowed down.
func (s *server) secretRefusal(v *visit, err error) (faults crm.Invalid, alert string, status int, ok bool) {
	var slow *crm.TooManyAttempts
	if errors.As(err, &slow) {
		return nil, s.waiting(v, slow), http.StatusTooManyRequests, true
	}
	return refusal(v, err)
}
