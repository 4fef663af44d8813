package crm

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// titleLength is how much of a text stands for it, in characters.
const titleLength = 80

// morning is when a whole day asks for attention.
const morning = "T09:00"

// Title is what the activity is called in a list: its subject, else how its
// text begins, else whom it is about.
func (a *Activity) Title() string {
	first, _, _ := strings.Cut(a.Body, "\n")
	for _, text := range []string{a.Subject, clip(first, titleLength), a.ContactName, a.DealName, a.CompanyName, a.LeadName} {
		if text != "" {
			return text
		}
	}
	return ""
}

// clip shortens a text to so many characters, at a word where there is one.
func clip(text string, longest int) string {
	if utf8.RuneCountInString(text) <= longest {
		return text
	}
	short := string([]rune(text)[:longest-1])
	if cut := strings.LastIndexByte(short, ' '); cut > len(short)/2 {
		short = short[:cut]
	}
	return strings.TrimSpace(short) + "…"
}

// Doable says whether an activity of this type is to be done, so that it can
// be late.
func (t ActivityType) Doable() bool { return t == ActivityTask || t == ActivityCall }

// Done says whether it was done.
func (a *Activity) Done() bool { return !a.DoneAt.IsZero() }

// Open says whether it is still to be done.
func (a *Activity) Open() bool { return a.Type.Doable() && !a.Done() }

// Overdue says whether its time has passed and it is still to be done. A whole
// day is over with its midnight.
func (a *Activity) Overdue(now Moment) bool {
	return a.Open() && a.Starts != "" && a.Starts < now && a.Starts != now.Day()
}

// RemindAt is the moment at which the activity asks for attention; empty: never,
// since nothing of it is still to come or to be done.
func (a *Activity) RemindAt() Moment {
	if a.Reminder == RemindNever || a.Starts == "" || a.Done() {
		return ""
	}
	at := a.Starts
	if at.IsDay() {
		at += morning
	}
	return at.Add(-map[Reminder]time.Duration{
		RemindMinutes: 10 * time.Minute, RemindHour: time.Hour, RemindDay: 24 * time.Hour,
	}[a.Reminder])
}

// Normalize writes the fields as they are stored, and clears those that the
// type does not have. The store calls it before Validate.
func (a *Activity) Normalize() {
	a.Subject, a.Place = tidy(a.Subject), tidy(a.Place)
	a.Body = tidyText(a.Body)
	if a.Type != ActivityMeeting {
		a.Ends, a.Place = "", ""
	}
	if a.Type == ActivityNote {
		a.Starts, a.Reminder = "", RemindNever
	}
	if !a.Type.Doable() {
		a.DoneAt = time.Time{}
	}
	if a.Starts == "" {
		a.Reminder = RemindNever
	}
}

// tidyText writes a text of several lines as it is stored: composed, without
// blanks at the ends of lines and of the whole.
func tidyText(text string) string {
	text = norm.NFC.String(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// Validate reports every field that cannot be stored, as Invalid, or nil.
func (a *Activity) Validate() error {
	invalid := Invalid{}
	invalid.text("subject", a.Subject, maxLongText)
	invalid.text("place", a.Place, maxLongText)
	invalid.lines("body", a.Body, maxBody)
	switch a.Type {
	case ActivityTask:
		a.require(invalid, "subject", a.Subject)
	case ActivityMeeting:
		a.require(invalid, "subject", a.Subject)
		a.checkMeeting(invalid)
	case ActivityCall:
		if a.Subject == "" && a.Body == "" && a.ContactID == 0 && a.CompanyID == 0 && a.DealID == 0 && a.LeadID == 0 {
			invalid.set("body", KeyRequired)
		}
		a.require(invalid, "starts", string(a.Starts))
	case ActivityNote:
		a.require(invalid, "body", a.Body)
	default:
		invalid.set("type", KeyChoice)
	}
	if a.Starts != "" && !validMoment(a.Starts) {
		invalid.set("starts", KeyDate)
	}
	if !validReminder(a.Reminder) {
		invalid.set("reminder", KeyChoice)
	}
	return invalid.orNil()
}

func (a *Activity) require(invalid Invalid, field, value string) {
	if value == "" {
		invalid.set(field, KeyRequired)
	}
}

// checkMeeting wants a beginning with its hour, and an end that is after it
// where there is one.
func (a *Activity) checkMeeting(invalid Invalid) {
	switch {
	case a.Starts == "":
		invalid.set("starts", KeyRequired)
	case a.Starts.IsDay():
		invalid.set("starts", KeyTime)
	}
	switch {
	case a.Ends == "":
	case !validMoment(a.Ends) || a.Ends.IsDay():
		invalid.set("ends", KeyTime)
	case a.Ends <= a.Starts:
		invalid.set("ends", KeyOrder)
	case a.Starts.DaysUntil(a.Ends) > MaxMeetingDays:
		invalid.set("ends", KeyTooLate)
	}
}

// validMoment keeps dates within what a calendar can show.
func validMoment(m Moment) bool { return m.Valid() && m >= "1900" && m < "2200" }

func validReminder(r Reminder) bool {
	for _, known := range Reminders {
		if r == known {
			return true
		}
	}
	return false
}

// lines checks a text of several lines that may be empty.
func (i Invalid) lines(field, value string, longest int) {
	switch {
	case utf8.RuneCountInString(value) > longest:
		i.set(field, KeyTooLong)
	case !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t'
	}):
		i.set(field, KeyCharacter)
	}
}
