package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) apiPage(v *visit) error {
	return s.showAPI(v, http.StatusOK, page.API{Key: crm.APIKey{Scope: crm.ScopeRead}})
}

func (s *server) showAPI(v *visit, status int, d page.API) error {
	keys, err := s.Services.APIKeys.APIKeys(v.ctx())
	if err != nil {
		return err
	}
	d.Keys, d.Fresh = keys, s.keys.see(v.session.ID)
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("nav.api")
	return v.render(status, page.APIPage(v.frame, d))
}

// apiKeyCreate makes a key and keeps it on show until it is noted.
func (s *server) apiKeyCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	k := crm.APIKey{Name: v.text("name"), Scope: crm.APIScope(v.text("scope"))}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		key, err := s.Services.APIKeys.CreateAPIKey(v.ctx(), &k)
		if err != nil {
			return "", err
		}
		s.keys.keep(v.session.ID, page.Reveal{Name: k.Name, Password: key})
		return "/settings/api", nil
	})
	if err != nil {
		faults, alert, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		return s.showAPI(v, status, page.API{Key: k, Errors: faults, Alert: alert})
	}
	return v.redirect(to)
}

// apiKeyNoted forgets the key on show.
func (s *server) apiKeyNoted(v *visit) error {
	s.keys.forget(v.session.ID)
	return v.redirect("/settings/api")
}

func (s *server) apiKeyRevoke(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Services.APIKeys.RevokeAPIKey(v.ctx(), id); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.keyRevoked"})
	return v.redirect("/settings/api")
}
