package sqlite

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// activity stores an activity as somebody.
func (o *office) activity(by context.Context, a crm.Activity) *crm.Activity {
	o.t.Helper()
	if err := o.CreateActivity(by, &a); err != nil {
		o.t.Fatalf("create activity %q: %v", a.Title(), err)
	}
	return &a
}

func task(subject string, due crm.Moment) crm.Activity {
	return crm.Activity{Type: crm.ActivityTask, Subject: subject, Starts: due}
}

func subjects(all []*crm.Activity) []string {
	var titles []string
	for _, a := range all {
		titles = append(titles, a.Title())
	}
	return titles
}

func TestAnActivityIsStoredChangedBinnedAndBroughtBack(t *testing.T) {
	o := newOffice(t)
	c := o.contact("José", "Núñez")
	k := o.company("Hospital San José")
	meeting := crm.Activity{
		Type: crm.ActivityMeeting, Subject: "Visita", Body: "Llevar muestras", Starts: "2027-01-05T10:00", Ends: "2027-01-05T11:00",
		Place: "Planta 2", Reminder: crm.RemindHour, ContactID: c.ID, CompanyID: k.ID,
	}
	a := o.activity(o.owner, meeting)
	read, err := o.Activity(o.owner, a.ID)
	if err != nil || *read != *a {
		t.Fatalf("read %+v, %v, want %+v", read, err, a)
	}
	if read.ContactName != "José Núñez" || read.CompanyName != "Hospital San José" || read.OwnerName != "Lucía Moreno" || read.Version != 1 {
		t.Errorf("names: %+v", read)
	}
	o.clock.Advance(time.Hour)
	read.Place = "Planta 3"
	if err := o.UpdateActivity(o.owner, read); err != nil || read.Version != 2 {
		t.Fatalf("update: %v, version %d", err, read.Version)
	}
	if err := o.UpdateActivity(o.owner, a); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("an older version: %v", err)
	}
	action, err := o.DeleteActivity(o.owner, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Activity(o.owner, a.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("in the bin: %v", err)
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if back, err := o.Activity(o.owner, a.ID); err != nil || back.Place != "Planta 3" {
		t.Errorf("back: %+v, %v", back, err)
	}
	for _, bad := range []crm.Activity{{Type: crm.ActivityTask, Subject: "x", ContactID: 99}, {Type: crm.ActivityTask, Subject: "x", CompanyID: 99}, {Type: crm.ActivityTask, Subject: "x", OwnerID: 99}} {
		var invalid crm.Invalid
		if err := o.CreateActivity(o.owner, &bad); !errors.As(err, &invalid) || len(invalid) != 1 {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestDoneIsAnActionThatUndoTakesBack(t *testing.T) {
	o := newOffice(t)
	a := o.activity(o.owner, task("Cotizar", "2027-01-04"))
	action, err := o.SetActivityDone(o.owner, a.ID, true)
	if err != nil || action == 0 {
		t.Fatalf("done: %d, %v", action, err)
	}
	if again, err := o.SetActivityDone(o.owner, a.ID, true); err != nil || again != 0 {
		t.Errorf("done twice is an action: %d, %v", again, err)
	}
	if read, err := o.Activity(o.owner, a.ID); err != nil || !read.DoneAt.Equal(o.clock.Now()) {
		t.Errorf("read %+v, %v", read, err)
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if read, err := o.Activity(o.owner, a.ID); err != nil || read.Done() {
		t.Errorf("after the undo %+v, %v", read, err)
	}
	note := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "x"})
	if _, err := o.SetActivityDone(o.owner, note.ID, true); err == nil {
		t.Error("a note was done")
	}
	reader, _, _ := o.hire(crm.RoleReadOnly, "reader@acme.example")
	if _, err := o.SetActivityDone(reader, a.ID, true); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a reader: %v", err)
	}
}

// It is 23:30 of January 4 in Hermosillo, 06:30 of the 5th in UTC.
func TestWhatIsDueAroundMidnightOfTheTenant(t *testing.T) {
	o := newOffice(t)
	_, javier, _ := o.hire(crm.RoleSeller, "javier@acme.example")
	for _, due := range []crm.Moment{"2027-01-03", "2027-01-04", "2027-01-04T23:00", "2027-01-04T23:45", "2027-01-05", "2027-01-05T00:00", ""} {
		o.activity(o.owner, task("["+string(due)+"]", due))
	}
	others := task("de Javier", "2027-01-04")
	others.OwnerID = javier.ID
	o.activity(o.owner, others)
	planned := crm.Activity{Type: crm.ActivityCall, Body: "llamada", Starts: "2027-01-06T10:00"}
	o.activity(o.owner, planned)
	o.activity(o.owner, crm.Activity{Type: crm.ActivityMeeting, Subject: "junta", Starts: "2027-01-04T08:00"})
	done := o.activity(o.owner, task("hecha", "2027-01-02"))
	if _, err := o.SetActivityDone(o.owner, done.ID, true); err != nil {
		t.Fatal(err)
	}
	const before, after = crm.Moment("2027-01-04T23:30"), crm.Moment("2027-01-05T00:10")
	for _, check := range []struct {
		now   crm.Moment
		state crm.DueState
		want  []string
	}{
		{before, crm.DueOverdue, []string{"[2027-01-03]", "[2027-01-04T23:00]"}},
		{before, crm.DueToday, []string{"[2027-01-04]", "[2027-01-04T23:45]"}},
		{before, crm.DueUpcoming, []string{"[2027-01-05]", "[2027-01-05T00:00]", "llamada", "[]"}},
		{after, crm.DueOverdue, []string{"[2027-01-03]", "[2027-01-04]", "[2027-01-04T23:00]", "[2027-01-04T23:45]", "[2027-01-05T00:00]"}},
		{after, crm.DueToday, []string{"[2027-01-05]"}},
		{after, crm.DueUpcoming, []string{"llamada", "[]"}},
		{after, crm.DueDone, []string{"hecha"}},
	} {
		page, err := o.Activities(o.owner, crm.ActivityFilter{State: check.state, Now: check.now, OwnerID: 1})
		if err != nil {
			t.Fatal(err)
		}
		if got := subjects(page.Items); !slices.Equal(got, check.want) {
			t.Errorf("%s at %s: %q, want %q", check.state, check.now, got, check.want)
		}
		for _, a := range page.Items {
			if late := check.state == crm.DueOverdue; a.Overdue(check.now) != late {
				t.Errorf("%s at %s: the rule and the list differ", a.Title(), check.now)
			}
		}
	}
	var walked []string
	for cursor := crm.Cursor(""); ; {
		all, err := o.Activities(o.owner, crm.ActivityFilter{Now: before, Limit: 3, After: cursor})
		if err != nil {
			t.Fatal(err)
		}
		cursor = all.Next
		walked = append(walked, subjects(all.Items)...)
		if all.Next == "" {
			break
		}
	}
	if len(walked) != 9 || !slices.Contains(walked, "de Javier") || walked[8] != "[]" {
		t.Errorf("pages of all that is open: %q", walked)
	}
	if found, err := o.Activities(o.owner, crm.ActivityFilter{Now: before, Query: "javier"}); err != nil || len(found.Items) != 1 {
		t.Errorf("by words: %v, %v", found.Items, err)
	}
}

func TestActivitiesOfOthersInATeamOfOwnRecords(t *testing.T) {
	o := newOffice(t)
	seller, u, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	hidden, own := o.contact("Ana", "Oculta"), &crm.Contact{GivenName: "Eva", FamilyName: "Propia"}
	if err := o.CreateContact(seller, own); err != nil {
		t.Fatal(err)
	}
	secret := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "secreto", ContactID: hidden.ID})
	shared := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "para ti", ContactID: own.ID})
	given := task("encargo", "2027-01-04")
	given.OwnerID, given.ContactID = u.ID, hidden.ID
	o.activity(o.owner, given)
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})

	if _, err := o.Activity(seller, secret.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a note on another's contact: %v", err)
	}
	if _, err := o.Activity(seller, shared.ID); err != nil {
		t.Errorf("a manager's note on one's own contact: %v", err)
	}
	if _, err := o.DeleteActivity(seller, shared.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("deleting it: %v", err)
	}
	page, err := o.Activities(seller, crm.ActivityFilter{Now: "2027-01-04T10:00"})
	if err != nil || len(page.Items) != 1 || page.Items[0].ContactName != "" {
		t.Errorf("own tasks name another's contact: %+v, %v", page.Items, err)
	}
	link := crm.Activity{Type: crm.ActivityNote, Body: "x", ContactID: hidden.ID}
	var invalid crm.Invalid
	if err := o.CreateActivity(seller, &link); !errors.As(err, &invalid) || invalid["contactId"] != crm.KeyUnknown {
		t.Errorf("a note on another's contact: %v", err)
	}
	if hits, err := o.Search(seller, "secreto", 5); err != nil || len(hits) != 0 {
		t.Errorf("search: %v, %v", hits, err)
	}
	if hits, err := o.Search(seller, "encargo", 5); err != nil || len(hits) != 1 || hits[0].Subtitle != "" {
		t.Errorf("search of one's own: %v, %v", hits, err)
	}
	if hits, err := o.Search(o.owner, "encargo", 5); err != nil || len(hits) != 1 || hits[0].Subtitle != "Ana Oculta" {
		t.Errorf("the owner's search: %v, %v", hits, err)
	}
	for name, read := range map[string]func() (int, error){
		"timeline": func() (int, error) {
			_, err := o.Timeline(seller, crm.TimelineFilter{Kind: crm.KindContact, ID: hidden.ID})
			return 0, err
		},
		"next steps": func() (int, error) {
			all, err := o.NextSteps(seller, crm.KindContact, hidden.ID, "2027-01-04", 5)
			return len(all), err
		},
	} {
		if n, err := read(); !errors.Is(err, crm.ErrNotFound) || n != 0 {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
	if all, err := o.Agenda(seller, "2027-01-01", "2027-01-31", 1); err != nil || len(all) != 0 {
		t.Errorf("the owner's agenda: %v, %v", all, err)
	}
}

func TestActivitiesOfEveryTypeLastChangedFirst(t *testing.T) {
	o := newOffice(t)
	for _, a := range []crm.Activity{
		{Type: crm.ActivityNote, Body: "nota"},
		{Type: crm.ActivityMeeting, Subject: "junta", Starts: "2027-01-08T10:00"},
		task("tarea", ""),
	} {
		o.activity(o.owner, a)
		o.clock.Advance(time.Minute)
	}
	for _, test := range []struct {
		filter crm.ActivityFilter
		want   []string
	}{
		{crm.ActivityFilter{}, []string{"tarea", "junta", "nota"}},
		{crm.ActivityFilter{Type: crm.ActivityNote}, []string{"nota"}},
		{crm.ActivityFilter{OwnerID: 99}, nil},
		{crm.ActivityFilter{Query: "junta"}, []string{"junta"}},
	} {
		test.filter.State, test.filter.Limit = crm.DueAny, 1
		var got []string
		for page := (crm.Page[*crm.Activity]{Next: "first"}); page.Next != ""; test.filter.After = page.Next {
			var err error
			if page, err = o.Activities(o.owner, test.filter); err != nil {
				t.Fatal(err)
			}
			got = append(got, subjects(page.Items)...)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%+v: %q, want %q", test.filter, got, test.want)
		}
	}
}
