package web

import (
	"errors"
	"log/slog"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/passkey"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// newPasskey is one that a browser is making.
type newPasskey struct {
	name     string
	handle   []byte
	ceremony passkey.Ceremony
}

func (s *server) passkeyNew(v *visit) error {
	return s.showPasskeyNew(v, http.StatusOK, page.NewPasskey{Name: page.DeviceText(v.frame, v.r.UserAgent())})
}

func (s *server) showPasskeyNew(v *visit, status int, d page.NewPasskey) error {
	v.frame.Section, v.frame.Title = page.SectionSettings, v.frame.T("passkey.new")
	return v.render(status, page.NewPasskeyPage(v.frame, d))
}

// passkeyBegin checks the password and says what passkey.js hands to the
// browser. Without the script, the page says that one is needed.
func (s *server) passkeyBegin(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	options, err := s.beginPasskey(v)
	if err == nil {
		return v.answerJSON(http.StatusOK, question{Options: options})
	}
	if errors.Is(err, passkey.ErrNoSite) {
		return v.answerJSON(http.StatusBadRequest, question{Alert: v.frame.T("passkey.noSite")})
	}
	faults, alert, status, ok := s.secretRefusal(v, err)
	if !ok {
		return err
	}
	for _, key := range faults {
		alert = v.frame.T(key)
	}
	return v.answerJSON(status, question{Alert: alert})
}

func (s *server) beginPasskey(v *visit) ([]byte, error) {
	name, err := crm.PasskeyName(v.text("name"))
	if err != nil {
		return nil, err
	}
	site, err := s.site(v)
	if err != nil {
		return nil, err
	}
	if err := s.Services.Security.CheckPassword(v.ctx(), v.r.PostFormValue("current")); err != nil {
		return nil, err
	}
	have, err := s.Services.Security.Passkeys(v.ctx())
	if err != nil {
		return nil, err
	}
	if len(have) >= crm.MaxPasskeys {
		return nil, crm.Invalid{"name": crm.KeyPasskeys}
	}
	handle, err := s.Services.Security.PasskeyHandle(v.ctx())
	if err != nil {
		return nil, err
	}
	options, ceremony, err := site.BeginRegistration(v.user, handle, have)
	if err != nil {
		return nil, err
	}
	s.passkeys.Keep(v.session.ID, newPasskey{name, handle, ceremony})
	return options, nil
}

// passkeyCreate stores what the browser made.
func (s *server) passkeyCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	begun, ok := s.passkeys.Take(v.session.ID)
	if !ok {
		return s.showPasskeyNew(v, http.StatusUnprocessableEntity, page.NewPasskey{Name: v.text("name"), Alert: v.frame.T("passkey.late")})
	}
	site, err := s.site(v)
	if err != nil {
		return err
	}
	made, err := site.FinishRegistration(v.user, begun.handle, begun.ceremony, []byte(v.r.PostFormValue("credential")))
	if err != nil {
		s.Logger.LogAttrs(v.ctx(), slog.LevelInfo, "a new passkey was refused",
			slog.String("request", v.frame.RequestID), slog.String("error", err.Error()))
		return s.showPasskeyNew(v, http.StatusUnprocessableEntity, page.NewPasskey{Name: begun.name, Alert: v.frame.T("passkey.failed")})
	}
	made.Name = begun.name
	if err := s.Services.Security.AddPasskey(v.ctx(), made); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.passkeyAdded", Name: made.Name})
	return v.redirect("/settings/security")
}

func (s *server) passkeyRename(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	if err := s.Services.Security.RenamePasskey(v.ctx(), id, v.text("name")); err != nil {
		faults, _, status, ok := refusal(v, err)
		if !ok {
			return err
		}
		return s.showSecurity(v, status, page.Security{Renaming: id, RenameErrors: faults})
	}
	s.flash(v, page.Flash{Key: "flash.passkeyRenamed"})
	return v.redirect("/settings/security")
}

func (s *server) passkeyRemove(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Services.Security.RemovePasskey(v.ctx(), id); err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.passkeyRemoved"})
	return v.redirect("/settings/security")
}
