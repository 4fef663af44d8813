package web

import (
	"strings"

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
	s.flash(v, undoneFlash(v, undone))
	if next := v.text("next"); next != "" {
		return v.redirect(local(next))
	}
	return v.redirect(afterUndo(undone.Action))
}

// undoneFlash says what was put back, and how much was left because it changed
// since.
func undoneFlash(v *visit, undone crm.Undone) page.Flash {
	switch {
	case undone.Action.Verb == "merge":
		return unmergedFlash(v, undone)
	case undone.Left > 0:
		return page.Flash{Key: "flash.undoneLeft", Tone: "warning",
			Name: v.frame.L.N("audit.records", undone.Records) + "; " + v.frame.L.N("audit.left", undone.Left)}
	case undone.Action.Several || undone.Action.RecordID == 0 || undone.Records > 1:
		return page.Flash{Key: "flash.undoneSeveral", Name: v.frame.L.N("audit.records", undone.Records)}
	case undone.Action.Verb == "update":
		return page.Flash{Key: "flash.undoneChange", Name: undone.Action.Title}
	}
	return page.Flash{Key: "flash.undone", Name: undone.Action.Title}
}

// afterUndo is the page that shows what was put back.
func afterUndo(done *crm.Action) string {
	if link := page.ActionLink(done); link != "" {
		return link
	}
	return "/"
}

// unmergedFlash says what is back and what stays as it was changed since.
func unmergedFlash(v *visit, undone crm.Undone) page.Flash {
	if len(undone.Stays) == 0 {
		return page.Flash{Key: "flash.unmerged", Name: undone.Action.Title, UndoID: undone.By}
	}
	fields := make([]string, len(undone.Stays))
	for i, field := range undone.Stays {
		fields[i] = v.frame.T(page.FieldLabel(field))
	}
	return page.Flash{Key: "flash.unmergedStays", Name: strings.Join(fields, ", "), Tone: "warning"}
}
