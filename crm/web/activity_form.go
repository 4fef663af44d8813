package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
)

// activityNew is the form of a new activity: a page of its own or, for a script,
// the composer on a record's page.
func (s *server) activityNew(v *visit) error {
	q := v.r.URL.Query()
	form := page.ActivityForm{
		Activity: crm.Activity{Type: crm.ActivityType(q.Get("type")), OwnerID: v.user.ID}, Next: next(q.Get("next")),
	}
	if page.NewActivityText(form.Activity.Type) == "" {
		form.Activity.Type = crm.ActivityTask
	}
	var on page.Linked
	for _, kind := range []crm.Kind{crm.KindCompany, crm.KindContact, crm.KindDeal, crm.KindLead} {
		id, err := strconv.ParseInt(q.Get(string(kind)), 10, 64)
		if err != nil || id < 1 {
			continue
		}
		if on, err = s.linkOf(v, kind, id); err != nil {
			return err
		}
		link(&form.Activity, on)
	}
	propose(&form.Activity, crm.Moment(q.Get("date")), now(v))
	if v.htmx("composer") && on.ID != 0 {
		form.On = on
	}
	return s.showActivityForm(v, http.StatusOK, form)
}

// propose fills in when something may be: on the day that was chosen; a call
// was just now; a meeting begins with the next hour and takes one.
func propose(a *crm.Activity, day, now crm.Moment) {
	chosen := day.IsDay() && day.Valid()
	switch a.Type {
	case crm.ActivityTask:
		if chosen {
			a.Starts = day
		}
	case crm.ActivityCall:
		a.Starts = now
		if chosen && day != now.Day() {
			a.Starts = day
		}
	case crm.ActivityMeeting:
		hour, _ := strconv.Atoi(now.Clock()[:2])
		a.Starts = now.Day().AddDays((hour + 1) / 24)
		if chosen {
			a.Starts = day
		}
		a.Starts += crm.Moment("T" + leadingZero((hour+1)%24) + ":00")
		a.Ends = a.Starts.Add(oneHour)
	default: // a note has no time
	}
}

func (s *server) showActivityForm(v *visit, status int, form page.ActivityForm) error {
	var err error
	if form.Owners, err = s.owners(v, form.Activity.OwnerID); err != nil {
		return err
	}
	if form.On.ID != 0 {
		return v.render(status, page.Composer(v.frame, form))
	}
	v.frame.Section = page.SectionTasks
	v.frame.Title = v.frame.T(page.NewActivityText(form.Activity.Type))
	if form.Activity.ID != 0 {
		v.frame.Title = v.frame.F("activity.editing", "Name", form.Activity.Title())
	}
	return v.render(status, page.EditActivity(v.frame, form))
}

// readActivity is the form as it was sent.
func readActivity(v *visit) page.ActivityForm {
	a := crm.Activity{
		Type: crm.ActivityType(v.text("type")), Subject: v.text("subject"), Body: v.text("body"),
		Starts: readMoment(v, "starts", now(v).Day()), Place: v.text("place"), Reminder: crm.Reminder(v.text("reminder")),
		ContactID: v.number("contactId"), CompanyID: v.number("companyId"), DealID: v.number("dealId"), LeadID: v.number("leadId"),
		OwnerID: v.number("ownerId"), Version: v.number("version"),
	}
	a.Ends = readMoment(v, "ends", a.Starts.Day())
	return page.ActivityForm{Activity: a, About: v.text("about"), Link: v.text("link"), Next: next(v.text("next"))}
}

// readMoment reads a moment from one field, or from one for the day and one for
// the time. A time alone is one of the usual day.
func readMoment(v *visit, name string, usual crm.Moment) crm.Moment {
	if whole := v.text(name); whole != "" {
		return crm.Moment(whole)
	}
	day, clock := v.text(name+"Date"), v.text(name+"Time")
	if len(clock) == len("16:30:00") {
		clock = clock[:5]
	}
	switch {
	case clock == "":
		return crm.Moment(day)
	case day == "":
		day = string(usual)
	}
	return crm.Moment(day + "T" + clock)
}

// next is where a form leads back to; empty when it does not say.
func next(address string) string {
	if address == "" {
		return ""
	}
	return local(address)
}

// errWhichRecord asks which record the typed words mean.
var errWhichRecord = errors.New("which record")

// settleLink finds the further record that was picked or typed. It changes form
// to ask when it is not clear.
func (s *server) settleLink(v *visit, form *page.ActivityForm) error {
	chosen := form.Link
	if choice := v.text("linkChoice"); choice != "" {
		chosen = choice
	}
	if chosen == "none" || form.About == "" {
		return nil
	}
	if kind, number, found := strings.Cut(chosen, ":"); found {
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return crm.Invalid{"about": crm.KeyUnknown}
		}
		l, err := s.linkOf(v, crm.Kind(kind), id)
		if errors.Is(err, crm.ErrNotFound) {
			return crm.Invalid{"about": crm.KeyUnknown}
		}
		if err == nil {
			link(&form.Activity, l)
		}
		return err
	}
	hits, err := s.linkable(v, form.About)
	if err != nil {
		return err
	}
	if len(hits) == 0 {
		return crm.Invalid{"about": crm.KeyUnknown}
	}
	if len(hits) == 1 && sameName(hits[0].Title, form.About) {
		link(&form.Activity, page.Linked{Kind: hits[0].Kind, ID: hits[0].ID, Name: hits[0].Title})
		return nil
	}
	form.Candidates = hits
	form.Errors, form.Alert = crm.Invalid{"about": "error.whichRecord"}, v.frame.T("form.mend")
	return errWhichRecord
}

// linkable are the records found by words that an activity may be about.
func (s *server) linkable(v *visit, words string) ([]crm.Hit, error) {
	found, err := s.Services.Search.Search(v.ctx(), words, candidatesShown*3)
	if err != nil {
		return nil, err
	}
	var hits []crm.Hit
	for _, h := range found {
		if h.Kind != crm.KindActivity {
			hits = append(hits, h)
		}
	}
	return hits[:min(len(hits), candidatesShown)], nil
}

// activityAbout answers while somebody types whom an activity is about.
func (s *server) activityAbout(v *visit) error {
	hits, err := s.linkable(v, v.r.URL.Query().Get("about"))
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, page.AboutOptions(v.frame, hits))
}

// nameLinks fills in the names of the records that a form is about.
func (s *server) nameLinks(v *visit, a *crm.Activity) error {
	for _, l := range []struct {
		kind crm.Kind
		id   int64
	}{{crm.KindContact, a.ContactID}, {crm.KindCompany, a.CompanyID}, {crm.KindDeal, a.DealID}, {crm.KindLead, a.LeadID}} {
		if l.id == 0 {
			continue
		}
		found, err := s.linkOf(v, l.kind, l.id)
		if err != nil && !errors.Is(err, crm.ErrNotFound) {
			return err
		}
		if err == nil {
			link(a, found)
		}
	}
	return nil
}
