package page

import (
	"net/url"
	"strings"

	"github.com/grupobizopps/salexops/crm"
)

// ActivityLink is the address of an activity.
func ActivityLink(id int64) string { return "/activities/" + formatID(id) }

// activityIcons and activityTexts show and name the types.
var activityIcons = map[crm.ActivityType]string{
	crm.ActivityNote: "note", crm.ActivityCall: "phone", crm.ActivityTask: "square-check", crm.ActivityMeeting: "calendar-event",
}

var activityTexts = map[crm.ActivityType]string{
	crm.ActivityNote: "activity.note", crm.ActivityCall: "activity.call", crm.ActivityTask: "activity.task", crm.ActivityMeeting: "activity.meeting",
}

var newActivityTexts = map[crm.ActivityType]string{
	crm.ActivityNote: "activity.newNote", crm.ActivityCall: "activity.newCall", crm.ActivityTask: "activity.newTask", crm.ActivityMeeting: "activity.newMeeting",
}

// NewActivityText is the message that heads the form of a new activity.
func NewActivityText(t crm.ActivityType) string { return newActivityTexts[t] }

var saveActivityTexts = map[crm.ActivityType]string{
	crm.ActivityNote: "activity.saveNote", crm.ActivityCall: "activity.saveCall", crm.ActivityTask: "activity.saveTask", crm.ActivityMeeting: "activity.saveMeeting",
}

var reminderTexts = map[crm.Reminder]string{
	crm.RemindNever: "reminder.never", crm.RemindAtTime: "reminder.atTime", crm.RemindMinutes: "reminder.minutes",
	crm.RemindHour: "reminder.hour", crm.RemindDay: "reminder.day",
}

// ReminderText is the message that says when a reminder comes.
func ReminderText(r crm.Reminder) string { return reminderTexts[r] }

// Linked is a record that an activity is about.
type Linked struct {
	Field string // of the form: "contactId"
	Kind  crm.Kind
	ID    int64
	Name  string
}

// RecordLink is the address of the record.
func RecordLink(l Linked) string { return l.link() }

func (l Linked) link() string { return HitLink(crm.Hit{Kind: l.Kind, ID: l.ID}) }

// linkedTo lists what an activity is about. A record without a name is in the
// bin or not for the reader.
func linkedTo(a *crm.Activity) []Linked {
	var all []Linked
	for _, l := range []Linked{
		{"contactId", crm.KindContact, a.ContactID, a.ContactName},
		{"companyId", crm.KindCompany, a.CompanyID, a.CompanyName},
		{"dealId", crm.KindDeal, a.DealID, a.DealName},
		{"leadId", crm.KindLead, a.LeadID, a.LeadName},
	} {
		if l.ID != 0 {
			all = append(all, l)
		}
	}
	return all
}

// aboutText names in one line what an activity is about, but for the record on
// whose page it stands.
func aboutText(a *crm.Activity, kind crm.Kind, id int64) string {
	var names []string
	named := a.Type == crm.ActivityCall && a.Subject == "" // its sentence names the contact
	for _, l := range linkedTo(a) {
		if (l.Kind != kind || l.ID != id) && (!named || l.Kind != crm.KindContact) {
			names = append(names, l.Name)
		}
	}
	return joinNonEmpty(names...)
}

// activitySentence says what somebody did, as the head of an entry.
func activitySentence(f *Frame, a *crm.Activity) string {
	switch {
	case a.Type == crm.ActivityNote:
		return f.F("activity.noteBy", "Name", firstName(a.OwnerName))
	case a.Type != crm.ActivityCall || a.Subject != "":
		return a.Title()
	case a.Done() && a.ContactName != "":
		return f.F("activity.called", "Name", firstName(a.OwnerName), "Whom", a.ContactName)
	case a.Done():
		return f.F("activity.callBy", "Name", firstName(a.OwnerName))
	case a.ContactName != "":
		return f.F("activity.toCall", "Whom", a.ContactName)
	}
	return f.T("activity.callPlanned")
}

// ActivityForm is an activity being written.
type ActivityForm struct {
	Activity   crm.Activity // ID 0: a new one
	On         Linked       // the record on whose page the form stands; no ID: a page of its own
	About      string       // a further record, as typed
	Link       string       // the one that was picked, "contact:12"
	Candidates []crm.Hit    // what the typed words may mean
	Owners     []*crm.User
	Next       string // where to go afterwards
	Errors     crm.Invalid
	Alert      string
}

func (d ActivityForm) action() string {
	if d.Activity.ID == 0 {
		return "/activities"
	}
	return ActivityLink(d.Activity.ID)
}

func (d ActivityForm) cancel() string {
	switch {
	case d.Next != "":
		return d.Next
	case d.Activity.ID != 0:
		return ActivityLink(d.Activity.ID)
	}
	return "/tasks"
}

// as is the address of the same form for another type.
func (d ActivityForm) as(t crm.ActivityType) string {
	q := url.Values{"type": {string(t)}}
	for _, l := range linkedTo(&d.Activity) {
		q.Set(string(l.Kind), formatID(l.ID))
	}
	if d.Next != "" {
		q.Set("next", d.Next)
	}
	if d.Activity.Starts != "" && d.On.ID == 0 {
		q.Set("date", string(d.Activity.Starts.Day()))
	}
	return "/activities/new?" + q.Encode()
}

// mentionNames are the names that "@" offers, one a line.
func mentionNames(f *Frame, users []*crm.User) string {
	var names []string
	for _, u := range users {
		if u.DisabledAt.IsZero() && u.ID != f.User.ID {
			names = append(names, u.Name)
		}
	}
	return strings.Join(names, "\n")
}

// piece is a part of a text: a mention or what is between.
type piece struct {
	text    string
	mention bool
}

func pieces(text string, users []*crm.User) []piece {
	var all []piece
	at := 0
	for _, span := range crm.FindMentions(text, users) {
		if span.Start > at {
			all = append(all, piece{text: text[at:span.Start]})
		}
		all = append(all, piece{text[span.Start:span.End], true})
		at = span.End
	}
	if at < len(text) {
		all = append(all, piece{text: text[at:]})
	}
	return all
}

// longText is how many bytes of a text a timeline shows at once.
const longText = 700

// clipped is how a long text begins.
func clipped(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), 240)]) + "…"
}

func queryEscape(text string) string { return url.QueryEscape(text) }
