package web

import (
	"errors"
	"strconv"
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
	action := v.number("action")
	switch id, err := s.Imports.ImportOf(v.ctx(), action); {
	case err != nil:
		return err
	case id != 0: // of many records: it takes its time, and has a page
		v.r.SetPathValue("id", strconv.FormatInt(id, 10))
		return s.importUndo(v)
	}
	undone, err := s.Services.Actions.UndoAction(v.ctx(), action)
	if err != nil {
		return err
	}
	done := undone.Action
	s.flash(v, undoneFlash(v, undone))
	usual := afterUndo(done)
	switch next := v.text("next"); {
	case next != "":
		return v.redirect(local(next))
	case done.Kind == crm.KindActivity && v.text("back") == "":
		return s.stayAround(v, done.RecordID)
	}
	return v.redirect(backTo(v, usual))
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
		return page.Flash{Key: "flash.unmerged", UndoID: undone.By}
	}
	fields := make([]string, len(undone.Stays))
	for i, field := range undone.Stays {
		fields[i] = v.frame.T(page.FieldLabel(field))
	}
	return page.Flash{Key: "flash.unmergedStays", Name: strings.Join(fields, ", "), Tone: "warning"}
}

// stayAround leads back to where an activity was a line of a list, and to the
// list of all when its own page is gone.
func (s *server) stayAround(v *visit, id int64) error {
	to := wanted(v.r)
	if !strings.HasPrefix(to, page.ActivityLink(id)) {
		return v.redirect(to)
	}
	_, err := s.Services.Activities.Activity(v.ctx(), id)
	if errors.Is(err, crm.ErrNotFound) {
		return v.redirect("/tasks")
	}
	if err != nil {
		return err
	}
	return v.redirect(page.ActivityLink(id))
}
