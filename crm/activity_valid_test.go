package crm

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"time"
)

func TestWhatAnActivityNeeds(t *testing.T) {
	long := strings.Repeat("a", maxBody+1)
	for name, check := range map[string]struct {
		activity Activity
		want     Invalid
	}{
		"task":            {Activity{Type: ActivityTask, Subject: "Llamar"}, nil},
		"empty task":      {Activity{Type: ActivityTask, Subject: "  "}, Invalid{"subject": KeyRequired}},
		"task on no day":  {Activity{Type: ActivityTask, Subject: "x", Starts: "2026-02-30"}, Invalid{"starts": KeyDate}},
		"note":            {Activity{Type: ActivityNote, Body: "a\nb\tc"}, nil},
		"empty note":      {Activity{Type: ActivityNote, Body: " \r\n "}, Invalid{"body": KeyRequired}},
		"long note":       {Activity{Type: ActivityNote, Body: long}, Invalid{"body": KeyTooLong}},
		"bell":            {Activity{Type: ActivityNote, Body: "a\a"}, Invalid{"body": KeyCharacter}},
		"call":            {Activity{Type: ActivityCall, ContactID: 1, Starts: "2026-11-23T10:00"}, nil},
		"call of nobody":  {Activity{Type: ActivityCall, Starts: "2026-11-23T10:00"}, Invalid{"body": KeyRequired}},
		"call at no time": {Activity{Type: ActivityCall, ContactID: 1}, Invalid{"starts": KeyRequired}},
		"meeting":         {Activity{Type: ActivityMeeting, Subject: "x", Starts: "2026-11-23T10:00", Ends: "2026-11-23T11:00"}, nil},
		"open end":        {Activity{Type: ActivityMeeting, Subject: "x", Starts: "2026-11-23T10:00"}, nil},
		"all day":         {Activity{Type: ActivityMeeting, Subject: "x", Starts: "2026-11-23"}, Invalid{"starts": KeyTime}},
		"backwards":       {Activity{Type: ActivityMeeting, Subject: "x", Starts: "2026-11-23T10:00", Ends: "2026-11-23T10:00"}, Invalid{"ends": KeyOrder}},
		"endless":         {Activity{Type: ActivityMeeting, Subject: "x", Starts: "2026-11-23T10:00", Ends: "2027-11-23T10:00"}, Invalid{"ends": KeyTooLate}},
		"no type":         {Activity{Body: "x"}, Invalid{"type": KeyChoice}},
		"odd reminder":    {Activity{Type: ActivityTask, Subject: "x", Starts: "2026-11-23", Reminder: "2w"}, Invalid{"reminder": KeyChoice}},
	} {
		a := check.activity
		a.Normalize()
		err := a.Validate()
		var got Invalid
		errors.As(err, &got)
		if !maps.Equal(got, check.want) {
			t.Errorf("%s: %v, want %v", name, err, check.want)
		}
	}
}

func TestATypeKeepsItsOwnFieldsAlone(t *testing.T) {
	full := Activity{
		Subject: "x", Body: "y", Starts: "2026-11-23T10:00", Ends: "2026-11-23T11:00", Place: "z",
		Reminder: RemindHour, DoneAt: time.Unix(1, 0),
	}
	note, meeting, task := full, full, full
	note.Type, meeting.Type, task.Type = ActivityNote, ActivityMeeting, ActivityTask
	for _, a := range []*Activity{&note, &meeting, &task} {
		a.Normalize()
	}
	if note.Starts != "" || note.Reminder != RemindNever || note.Place != "" || note.Done() {
		t.Errorf("note: %+v", note)
	}
	if meeting.Done() || meeting.Ends == "" || meeting.Place == "" {
		t.Errorf("meeting: %+v", meeting)
	}
	if task.Ends != "" || task.Place != "" || !task.Done() {
		t.Errorf("task: %+v", task)
	}
}

func TestOverdueAroundMidnight(t *testing.T) {
	for name, check := range map[string]struct {
		due, now Moment
		late     bool
	}{
		"today all day":      {"2026-11-23", "2026-11-23T23:59", false},
		"after its midnight": {"2026-11-23", "2026-11-24T00:00", true},
		"before its hour":    {"2026-11-23T16:30", "2026-11-23T16:30", false},
		"after its hour":     {"2026-11-23T16:30", "2026-11-23T16:31", true},
		"at midnight":        {"2026-11-23T00:00", "2026-11-23T00:01", true},
		"tomorrow":           {"2026-11-24", "2026-11-23T23:59", false},
		"some day":           {"", "2026-11-23T23:59", false},
	} {
		a := Activity{Type: ActivityTask, Starts: check.due}
		if got := a.Overdue(check.now); got != check.late {
			t.Errorf("%s: %v", name, got)
		}
		a.DoneAt = time.Unix(1, 0)
		if a.Overdue(check.now) {
			t.Errorf("%s: what is done is late", name)
		}
	}
	if meeting := (&Activity{Type: ActivityMeeting, Starts: "2026-11-01T10:00"}); meeting.Overdue("2026-11-23T10:00") {
		t.Error("a meeting that was is late")
	}
}

func TestWhenAReminderComes(t *testing.T) {
	for _, check := range []struct {
		due      Moment
		reminder Reminder
		want     Moment
	}{
		{"2026-11-23T16:30", RemindAtTime, "2026-11-23T16:30"},
		{"2026-11-23T00:05", RemindMinutes, "2026-11-22T23:55"},
		{"2026-03-01T10:00", RemindDay, "2026-02-28T10:00"},
		{"2026-11-23", RemindAtTime, "2026-11-23T09:00"},
		{"2026-11-23", RemindHour, "2026-11-23T08:00"},
		{"2026-11-23", RemindNever, ""},
		{"", RemindHour, ""},
	} {
		a := Activity{Type: ActivityTask, Starts: check.due, Reminder: check.reminder}
		if got := a.RemindAt(); got != check.want {
			t.Errorf("%s of %s: %s, want %s", check.reminder, check.due, got, check.want)
		}
		a.DoneAt = time.Unix(1, 0)
		if got := a.RemindAt(); got != "" {
			t.Errorf("what is done asks for attention at %s", got)
		}
	}
}

func TestTitleOfAnActivity(t *testing.T) {
	long := strings.Repeat("palabra ", 20)
	for want, a := range map[string]Activity{
		"Cotizar":    {Subject: "Cotizar", Body: "x"},
		"Pide dos":   {Body: "Pide dos\npartes"},
		"José Núñez": {ContactName: "José Núñez", CompanyName: "San José"},
		"San José":   {CompanyName: "San José"},
		strings.TrimSpace(strings.Repeat("palabra ", 9)) + "…": {Body: long},
	} {
		if got := a.Title(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
