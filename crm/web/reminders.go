package web

import (
	"net/http"

	"github.com/grupobizopps/salexops/crm/web/page"
)

// remind puts what asks for attention on the page that is about to be drawn. A
// page does not fail because this could not be read.
func (s *server) remind(v *visit) {
	if v.user == nil || v.user.MustChangePassword || v.r.Method != http.MethodGet || v.isHTMX() {
		return
	}
	due, err := s.Services.Activities.Reminders(v.ctx(), now(v))
	if err != nil {
		s.log(v, err)
		return
	}
	v.frame.Reminders = due
}

// reminderPoll answers the script that asks every minute.
func (s *server) reminderPoll(v *visit) error {
	due, err := s.Services.Activities.Reminders(v.ctx(), now(v))
	if err != nil {
		return err
	}
	v.frame.Reminders = due
	return v.render(http.StatusOK, page.ReminderNotices(v.frame))
}

// reminderSeen puts a reminder away, and stays where it was shown.
func (s *server) reminderSeen(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := s.Services.Activities.DismissReminder(v.ctx(), id); err != nil {
		return err
	}
	return v.redirect(wanted(v.r))
}
