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
	if done.RecordID == 0 { // of several records, none of them the main one
		s.flash(v, page.Flash{Key: "flash.undoneMany", Name: v.frame.L.Int(int64(undone.Records))})
		return v.redirect(page.ListLink(done.Kind))
	}
	s.flash(v, undoneFlash(v, undone))
	usual := page.HitLink(crm.Hit{Kind: done.Kind, ID: done.RecordID})
	if done.Kind == crm.KindActivity && v.text("back") == "" {
		return s.stayAround(v, done.RecordID)
	}
	return v.redirect(backTo(v, usual))
}

// undoneFlash says what is back and, of a merge, what stays as it was changed since.
func undoneFlash(v *visit, undone crm.Undone) page.Flash {
	if undone.Action.Verb != "merge" {
		return page.Flash{Key: "flash.undone", Name: undone.Action.Title}
	}
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
