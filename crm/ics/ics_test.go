package ics

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ical "github.com/arran4/golang-ical"

	"github.com/grupobizopps/salexops/crm"
)

var (
	written = time.Date(2026, 11, 20, 15, 4, 5, 0, time.UTC)
	changed = time.Date(2026, 11, 22, 1, 2, 3, 0, time.UTC)
)

func calendar(t *testing.T) Calendar {
	t.Helper()
	zone, err := time.LoadLocation("America/Tijuana")
	if err != nil {
		t.Fatal(err)
	}
	return Calendar{Name: "Agenda de Acme, S.A.; hoy", Tenant: "acme", Zone: zone, Address: "https://acme.crm.example"}
}

// read writes activities and reads them back as a calendar program does.
func read(t *testing.T, all ...*crm.Activity) []*ical.VEvent {
	t.Helper()
	for i, a := range all {
		a.ID, a.Version, a.CreatedAt, a.UpdatedAt = int64(i+1), 3, written, changed
	}
	text := calendar(t).Write(all)
	checkLines(t, text)
	parsed, err := ical.ParseCalendar(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return parsed.Events()
}

// checkLines wants what RFC 5545 asks of every line.
func checkLines(t *testing.T, text []byte) {
	t.Helper()
	if !bytes.HasPrefix(text, []byte("BEGIN:VCALENDAR\r\n")) || !bytes.HasSuffix(text, []byte("END:VCALENDAR\r\n")) {
		t.Error("no calendar")
	}
	for line := range bytes.SplitSeq(bytes.TrimSuffix(text, []byte("\r\n")), []byte("\r\n")) {
		if len(line) > 75 || !utf8.Valid(line) || bytes.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	unfolded := strings.ReplaceAll(string(text), "\r\n ", "")
	for _, want := range []string{"VERSION:2.0\r\n", "PRODID:", "METHOD:PUBLISH\r\n", `X-WR-CALNAME:Agenda de Acme\, S.A.\; hoy` + "\r\n"} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %q in\n%s", want, unfolded)
		}
	}
}

func value(e *ical.VEvent, p ical.ComponentProperty) string {
	if found := e.GetProperty(p); found != nil {
		return found.Value
	}
	return ""
}

func TestTimesAreInstantsOnBothSidesOfSummerTime(t *testing.T) {
	for starts, want := range map[crm.Moment]string{
		"2026-11-23T16:30": "20261124T003000Z", // winter, UTC-8
		"2026-07-23T16:30": "20260723T233000Z", // summer, UTC-7
		"2026-03-08T01:59": "20260308T095900Z", // the minute before
		"2026-03-08T03:00": "20260308T100000Z", // the minute after
	} {
		e := read(t, &crm.Activity{Type: crm.ActivityMeeting, Subject: "x", Starts: starts})[0]
		if got := value(e, ical.ComponentPropertyDtStart); got != want {
			t.Errorf("%s begins at %s, want %s", starts, got, want)
		}
	}
}

func TestWhatAnEntrySays(t *testing.T) {
	long := strings.Repeat("ñandú, ", 60) + "fin; \\ y\nsegunda línea"
	events := read(t,
		&crm.Activity{
			Type: crm.ActivityMeeting, Subject: "Visita, con; comité", Body: long, Place: "Planta 2, Hermosillo",
			Starts: "2026-11-23T10:00", Ends: "2026-11-23T11:30", ContactName: "José Núñez",
		},
		&crm.Activity{Type: crm.ActivityTask, Subject: "Cotizar", Starts: "2026-11-24"},
		&crm.Activity{Type: crm.ActivityCall, Starts: "2026-11-24T09:00", ContactName: "José Núñez"},
		&crm.Activity{Type: crm.ActivityTask, Subject: "hecha", Starts: "2026-11-24", DoneAt: changed},
		&crm.Activity{Type: crm.ActivityTask, Subject: "sin fecha"},
	)
	if len(events) != 3 {
		t.Fatalf("%d entries", len(events))
	}
	for i, e := range events {
		for p, want := range map[ical.ComponentProperty]string{
			ical.ComponentPropertyUniqueId:     fmt.Sprintf("activity-%d@acme.salexops", i+1),
			ical.ComponentPropertyLastModified: "20261122T010203Z", ical.ComponentPropertyDtstamp: "20261122T010203Z",
			ical.ComponentPropertyCreated: "20261120T150405Z", ical.ComponentPropertySequence: "2",
			ical.ComponentPropertyUrl: fmt.Sprintf("https://acme.crm.example/activities/%d", i+1),
		} {
			if got := value(e, p); got != want {
				t.Errorf("entry %d: %s is %q, want %q", i, p, got, want)
			}
		}
	}
	meeting, task, call := events[0], events[1], events[2]
	for _, check := range []struct {
		e    *ical.VEvent
		p    ical.ComponentProperty
		want string
	}{
		{meeting, ical.ComponentPropertySummary, "Visita, con; comité · José Núñez"},
		{meeting, ical.ComponentPropertyDescription, long},
		{meeting, ical.ComponentPropertyLocation, "Planta 2, Hermosillo"},
		{meeting, ical.ComponentPropertyDtEnd, "20261123T193000Z"},
		{task, ical.ComponentPropertyDtStart, "20261124"},
		{task, ical.ComponentPropertyDtEnd, "20261125"},
		{task, ical.ComponentPropertyTransp, "TRANSPARENT"},
		{call, ical.ComponentPropertySummary, "José Núñez"},
		{call, ical.ComponentPropertyDtEnd, "20261124T173000Z"},
	} {
		got := value(check.e, check.p)
		if check.p == ical.ComponentPropertyDescription || check.p == ical.ComponentPropertySummary || check.p == ical.ComponentPropertyLocation {
			got = ical.FromText(got)
		}
		if got != check.want {
			t.Errorf("%s is %q, want %q", check.p, got, check.want)
		}
	}
}

// Nothing that somebody types becomes a line of its own.
func TestATextCannotAddAnEntry(t *testing.T) {
	for _, payload := range []string{"x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "x\nATTACH:http://evil.example", "\x00\x0b\u2028"} {
		events := read(t, &crm.Activity{Type: crm.ActivityTask, Subject: payload, Body: payload, Place: payload, Starts: "2026-11-24"})
		if len(events) != 1 || events[0].GetProperty(ical.ComponentPropertyAttach) != nil {
			t.Errorf("%q adds to the calendar", payload)
		}
	}
}
