package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
	"github.com/grupobizopps/salexops/crm/web/qr"
)

// twoStep is the page to set two-step sign-in up, or to look after it.
func (s *server) twoStep(v *visit) error {
	return s.showTwoStep(v, http.StatusOK, page.TwoStep{})
}

func (s *server) showTwoStep(v *visit, status int, d page.TwoStep) error {
	var err error
	if d.State, err = s.Services.Security.TwoStep(v.ctx()); err != nil {
		return err
	}
	if d.State.Since.IsZero() {
		d.Secret = s.pendingSecret(v.session.ID)
		address, err := crm.TOTPAddress(d.Secret, v.rights.Name, v.user.Email)
		if err != nil {
			return err
		}
		if d.Code, err = qr.Draw(address); err != nil {
			return err
		}
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("twoStep.title")
	return v.render(status, page.TwoStepPage(v.frame, d))
}

// pendingSecret is the same for a while: who sets it up on the phone itself
// leaves the page for the app and comes back.
func (s *server) pendingSecret(session int64) string {
	if secret, ok := s.secrets.See(session); ok {
		return secret
	}
	secret := crm.NewTOTPSecret()
	s.secrets.Keep(session, secret)
	return secret
}

func (s *server) twoStepOn(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	secret, ok := s.secrets.See(v.session.ID)
	if !ok {
		if _, done := s.recovery.See(v.session.ID); done {
			return v.redirect("/settings/two-step/codes") // a second click
		}
		return s.showTwoStep(v, http.StatusUnprocessableEntity, page.TwoStep{Alert: v.frame.T("twoStep.late")})
	}
	codes, err := s.Services.Security.TurnTwoStepOn(v.ctx(), secret, v.text("code"), v.r.PostFormValue("current"))
	if err != nil {
		return s.twoStepRefused(v, err)
	}
	s.secrets.Forget(v.session.ID)
	s.recovery.Keep(v.session.ID, codes)
	s.flash(v, page.Flash{Key: "flash.twoStepOn"})
	return v.redirect("/settings/two-step/codes")
}

func (s *server) twoStepOff(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	if err := s.Services.Security.TurnTwoStepOff(v.ctx(), v.r.PostFormValue("current")); err != nil {
		return s.twoStepRefused(v, err)
	}
	s.recovery.Forget(v.session.ID)
	s.flash(v, page.Flash{Key: "flash.twoStepOff"})
	return v.redirect("/settings/security")
}

func (s *server) twoStepRefused(v *visit, err error) error {
	faults, alert, status, ok := s.secretRefusal(v, err)
	if !ok {
		return err
	}
	if faults != nil {
		alert = ""
	}
	return s.showTwoStep(v, status, page.TwoStep{Errors: faults, Alert: alert})
}

// recoveryNew makes new recovery codes in place of the former.
func (s *server) recoveryNew(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	codes, err := s.Services.Security.NewRecoveryCodes(v.ctx(), v.r.PostFormValue("current"))
	if err != nil {
		return s.twoStepRefused(v, err)
	}
	s.recovery.Keep(v.session.ID, codes)
	return v.redirect("/settings/two-step/codes")
}

// recoveryCodes shows them to the session that made them, until it says that
// they are stored or the time is up.
func (s *server) recoveryCodes(v *visit) error {
	codes, ok := s.recovery.See(v.session.ID)
	if !ok {
		return v.redirect("/settings/two-step")
	}
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("recovery.title")
	return v.render(http.StatusOK, page.RecoveryPage(v.frame, codes))
}

func (s *server) recoveryStored(v *visit) error {
	s.recovery.Forget(v.session.ID)
	return v.redirect("/settings/security")
}
