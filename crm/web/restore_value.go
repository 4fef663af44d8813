package web

import (
	"errors"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// restoreValue puts one changed field back to what it was.
func (s *server) restoreValue(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	to := local(v.text("next"))
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		by, err := s.Services.Audit.RestoreValue(v.ctx(), v.number("action"), v.text("field"), v.number("version"))
		switch {
		case errors.Is(err, crm.ErrNotUndoable):
			s.flash(v, page.Flash{Key: "flash.cannotPutBack", Tone: "warning"})
		case err != nil:
			return "", err
		case by == 0:
			s.flash(v, page.Flash{Key: "flash.alreadySo"})
		default:
			s.flash(v, page.Flash{Key: "flash.putBack", UndoID: by})
		}
		return to, nil
	})
	if err != nil {
		return err
	}
	return v.redirect(to)
}
