package web

import "github.com/grupobizopps/salexops/crm/web/page"

// teamReset gives a user a new initial password, to be handed over.
func (s *server) teamReset(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		u, err := s.Services.Users.User(v.ctx(), id)
		if err != nil {
			return "", err
		}
		password, err := s.Services.Users.ResetPassword(v.ctx(), id)
		if err != nil {
			return "", err
		}
		s.reveal.keep(v.session.ID, page.Reveal{UserID: id, Name: u.Name, Email: u.Email, Password: password})
		return "/settings/team", nil
	})
	if err != nil {
		return err
	}
	return v.redirect(to)
}

// teamResetSecondFactor is for a lost phone.
func (s *server) teamResetSecondFactor(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	u, err := s.Services.Users.User(v.ctx(), id)
	if err != nil {
		return err
	}
	if err := s.Services.Security.ResetSecondFactor(v.ctx(), id); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.secondFactorReset", Name: u.Name})
	return v.redirect("/settings/team")
}

func (s *server) teamDisable(v *visit) error { return s.setDisabled(v, true, "flash.disabled") }
func (s *server) teamEnable(v *visit) error  { return s.setDisabled(v, false, "flash.enabled") }

// setDisabled stops or allows a user's sign-in.
func (s *server) setDisabled(v *visit, disabled bool, message string) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	u, err := s.Services.Users.User(v.ctx(), id)
	if err != nil {
		return err
	}
	if err := s.Services.Users.SetUserDisabled(v.ctx(), id, disabled); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: message, Name: u.Name})
	if disabled {
		held, err := s.Services.Team.Holdings(v.ctx(), id)
		if err != nil {
			return err
		}
		if len(held) > 0 {
			return v.redirect(memberLink(id) + "?left=1") // offer to hand over what they looked after
		}
	}
	return v.redirect("/settings/team")
}
