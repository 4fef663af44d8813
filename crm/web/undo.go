package web

import (
	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// undo takes an action back and shows the record it was about.
func (s *server) undo(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	undone, err := s.Services.Actions.UndoAction(v.ctx(), v.number("action"))
	if err != nil {
		return err
	}
	done := undone.Action
	s.flash(v, page.Flash{Key: "flash.undone", Name: done.Title})
	return v.redirect(page.HitLink(crm.Hit{Kind: done.Kind, ID: done.RecordID}))
}
