package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

const oneHour = time.Hour

func leadingZero(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func (s *server) activityCreate(v *visit) error {
	if err := v.parse(); err != nil {
		return err
	}
	form := readActivity(v)
	if form.Activity.Type == crm.ActivityCall {
		callWas(&form.Activity, s.Now(), now(v))
	}
	to, err := s.once.do(v.ctx(), v.session.ID, v.text("formToken"), func() (string, error) {
		if err := s.settleLink(v, &form); err != nil {
			return "", err
		}
		if err := s.Services.Activities.CreateActivity(v.ctx(), &form.Activity); err != nil {
			return "", err
		}
		if form.Next != "" {
			return form.Next, nil
		}
		return page.ActivityLink(form.Activity.ID), nil
	})
	if err != nil {
		return s.refuseActivity(v, form, err)
	}
	done := page.Flash{Key: "flash.created", Name: form.Activity.Title()}
	if form.Activity.ID != 0 {
		if done.UndoID, err = s.lastAction(v, form.Activity.ID); err != nil {
			return err
		}
	}
	if answered, err := s.answerTimeline(v, done); answered || err != nil {
		return err
	}
	s.flash(v, done)
	return v.redirect(to)
}

// callWas says that a call is done, unless it is still to come. Without a time
// it was just now.
func callWas(a *crm.Activity, at time.Time, now crm.Moment) {
	if a.Starts == "" {
		a.Starts = now
	}
	if a.Starts <= now {
		a.DoneAt = at
	}
}

// lastAction is what undo takes back of what was just done to an activity.
func (s *server) lastAction(v *visit, id int64) (int64, error) {
	last, err := s.Services.Actions.History(v.ctx(), crm.KindActivity, id, "", 1)
	if err != nil || len(last.Items) == 0 {
		return 0, err
	}
	return last.Items[0].ID, nil
}

// answerTimeline answers a script on a record's page with its timeline.
func (s *server) answerTimeline(v *visit, done page.Flash) (answered bool, err error) {
	if !v.htmx("timeline") {
		return false, nil
	}
	on, err := s.linkOf(v, crm.Kind(v.text("onKind")), v.number("onId"))
	if err != nil {
		return false, err
	}
	t, err := s.timelineFrom(v, on, crm.ShowAll, "")
	if err != nil {
		return false, err
	}
	v.frame.Flash = &done
	return true, v.render(http.StatusOK, page.TimelineAnswer(v.frame, t))
}

func (s *server) activityUpdate(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	if err := v.parse(); err != nil {
		return err
	}
	stored, err := s.Services.Activities.Activity(v.ctx(), id)
	if err != nil {
		return err
	}
	form := readActivity(v)
	form.Activity.ID, form.Activity.DoneAt = id, time.Time{}
	if v.text("done") != "" {
		if form.Activity.DoneAt = stored.DoneAt; !stored.Done() {
			form.Activity.DoneAt = s.Now()
		}
	}
	if err = s.settleLink(v, &form); err == nil {
		err = s.Services.Activities.UpdateActivity(v.ctx(), &form.Activity)
	}
	if errors.Is(err, crm.ErrConflict) {
		return s.activityConflict(v, form, stored)
	}
	if err != nil {
		return s.refuseActivity(v, form, err)
	}
	done := page.Flash{Key: "flash.saved", Name: form.Activity.Title()}
	if form.Activity.Version != v.number("version") {
		if done.UndoID, err = s.lastAction(v, id); err != nil {
			return err
		}
	}
	s.flash(v, done)
	return v.redirect(firstNonEmpty(form.Next, page.ActivityLink(id)))
}

func firstNonEmpty(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// refuseActivity shows the form again with what is wrong.
func (s *server) refuseActivity(v *visit, form page.ActivityForm, err error) error {
	if errors.Is(err, errWhichRecord) {
		return s.showActivityForm(v, http.StatusUnprocessableEntity, form)
	}
	faults, alert, status, ok := refusal(v, err)
	if !ok {
		return err
	}
	form.Errors, form.Alert = faults, alert
	if err := s.nameLinks(v, &form.Activity); err != nil {
		return err
	}
	if form.Activity.OwnerID == 0 {
		form.Activity.OwnerID = v.user.ID
	}
	if page.NewActivityText(form.Activity.Type) == "" {
		form.Activity.Type = crm.ActivityTask
	}
	if v.htmx("timeline") {
		on, err := s.linkOf(v, crm.Kind(v.text("onKind")), v.number("onId"))
		if err != nil {
			return err
		}
		form.On = on
		v.w.Header().Set("HX-Retarget", "#composer")
	}
	return s.showActivityForm(v, status, form)
}

// activityConflict shows both versions when somebody saved in between.
func (s *server) activityConflict(v *visit, form page.ActivityForm, stored *crm.Activity) error {
	owners, err := s.owners(v, form.Activity.OwnerID)
	if err != nil {
		return err
	}
	if err := s.nameLinks(v, &form.Activity); err != nil {
		return err
	}
	names := ownerNames(owners, stored.OwnerID, stored.OwnerName)
	link := page.ActivityLink(form.Activity.ID)
	return s.resolve(v, crm.KindActivity, page.Conflict{Action: link, Record: link, Version: stored.Version},
		activityValues(v, &form.Activity, names), activityValues(v, stored, names))
}

func activityValues(v *visit, a *crm.Activity, owners map[int64]string) []value {
	done := ""
	if a.Done() {
		done = "1"
	}
	return []value{
		plain("type", "activity.type", string(a.Type)),
		plain("subject", "activity.what", a.Subject), plain("body", "activity.text", a.Body),
		{"starts", "activity.when", string(a.Starts), strings.ReplaceAll(string(a.Starts), "T", " ")},
		{"ends", "activity.ends", string(a.Ends), strings.ReplaceAll(string(a.Ends), "T", " ")},
		plain("place", "activity.place", a.Place),
		{"reminder", "activity.reminder", string(a.Reminder), v.frame.T(page.ReminderText(a.Reminder))},
		{"contactId", "search.contact", strconv.FormatInt(a.ContactID, 10), a.ContactName},
		{"companyId", "field.companyId", strconv.FormatInt(a.CompanyID, 10), a.CompanyName},
		{"dealId", "search.deal", strconv.FormatInt(a.DealID, 10), a.DealName},
		{"leadId", "search.lead", strconv.FormatInt(a.LeadID, 10), a.LeadName},
		{"ownerId", "field.ownerId", strconv.FormatInt(a.OwnerID, 10), owners[a.OwnerID]},
		{"done", "activity.isDone", done, done},
	}
}
