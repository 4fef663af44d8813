package web

import (
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// undo takes an action back and shows the record it was about, or what the
// form names.
func (s *server) undo(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	undone, err := s.Services.Actions.UndoAction(v.ctx(), v.number("action"))
	if err != nil {
		return err
	}
	done := undone.Action
	if done.RecordID == 0 { // of several records, none of them the main one
		s.flash(v, page.Flash{Key: "flash.undoneMany", Name: v.frame.L.Int(int64(undone.Records))})
		return v.redirect(page.ListLink(done.Kind))
	}
	s.flash(v, undoneFlash(v, undone))
	return v.redirect(backTo(v, page.HitLink(crm.Hit{Kind: done.Kind, ID: done.RecordID})))
}

// undoneFlash says what is back and, of a merge, what stays as it was changed since.
func undoneFlash(v *visit, undone crm.Undone) page.Flash {
	if undone.Action.Verb != "merge" {
		return page.Flash{Key: "flash.undone", Name: undone.Action.Title}
	}
	if len(undone.Stays) == 0 {
		return page.Flash{Key: "flash.unmerged", Name: undone.Action.Title, UndoID: undone.By}
	}
	fields := make([]string, len(undone.Stays))
	for i, field := range undone.Stays {
		fields[i] = v.frame.T(page.FieldLabel(field))
	}
	return page.Flash{Key: "flash.unmergedStays", Name: strings.Join(fields, ", "), Tone: "warning"}
}
