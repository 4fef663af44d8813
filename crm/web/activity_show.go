package web

import (
	"net/http"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

func (s *server) activityShow(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	a, err := s.Services.Activities.Activity(v.ctx(), id)
	if err != nil {
		return err
	}
	users, err := s.owners(v, a.OwnerID)
	if err != nil {
		return err
	}
	history, err := s.Services.Timelines.Timeline(v.ctx(), crm.TimelineFilter{Kind: crm.KindActivity, ID: id, Show: crm.ShowChanges})
	if err != nil {
		return err
	}
	actions := make([]*crm.Action, 0, len(history.Items))
	for _, item := range history.Items {
		actions = append(actions, item.Action)
	}
	v.frame.Section, v.frame.Title = page.SectionTasks, a.Title()
	return v.render(http.StatusOK, page.ActivityRecord(v.frame, a, users, actions))
}

func (s *server) activityEdit(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	a, err := s.Services.Activities.Activity(v.ctx(), id)
	if err != nil {
		return err
	}
	return s.showActivityForm(v, http.StatusOK, page.ActivityForm{Activity: *a, Next: next(v.r.URL.Query().Get("next"))})
}

// activityDelete moves an activity to the bin; the next page offers Undo.
func (s *server) activityDelete(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	a, err := s.Services.Activities.Activity(v.ctx(), id)
	if err != nil {
		return err
	}
	action, err := s.Services.Activities.DeleteActivity(v.ctx(), id)
	if err != nil {
		return err
	}
	s.flash(v, page.Flash{Key: "flash.deleted", Name: a.Title(), UndoID: action})
	return v.redirect(firstNonEmpty(next(v.text("next")), "/tasks"))
}

// activityDone ticks a task or call, or takes the tick back.
func (s *server) activityDone(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	done := v.text("done") != ""
	action, err := s.Services.Activities.SetActivityDone(v.ctx(), id, done)
	if err != nil {
		return err
	}
	a, err := s.Services.Activities.Activity(v.ctx(), id)
	if err != nil {
		return err
	}
	told := page.Flash{Key: "flash.reopened", Name: a.Title(), UndoID: action}
	if done {
		told.Key = "flash.done"
	}
	if answered, err := s.answerTimeline(v, told); answered || err != nil {
		return err
	}
	to := firstNonEmpty(next(v.text("next")), page.ActivityLink(id))
	if v.isHTMX() && strings.HasPrefix(v.r.Header.Get("HX-Target"), "todo-") {
		v.frame.Flash = &told
		on := page.Linked{Kind: crm.Kind(v.text("onKind")), ID: v.number("onId")}
		return v.render(http.StatusOK, page.RowAnswer(v.frame, a, to, on))
	}
	s.flash(v, told)
	return v.redirect(to)
}
