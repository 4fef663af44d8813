package sqlite

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// told is a timeline in words: titles of activities, verbs of actions.
func (o *office) told(f crm.TimelineFilter) []string {
	o.t.Helper()
	var all []string
	for {
		page, err := o.Timeline(o.owner, f)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, item := range page.Items {
			if item.Action != nil {
				all = append(all, "("+item.Action.Verb+")")
			} else {
				all = append(all, item.Activity.Title())
			}
		}
		if f.After = page.Next; f.After == "" {
			return all
		}
	}
}

func TestATimelineMergesWhatWasDoneAndWhatWasChanged(t *testing.T) {
	o := newOffice(t)
	o.rights.TimeZone = "America/Hermosillo"
	c := o.contact("José", "Núñez") // at 08:00 there
	o.clock.Advance(time.Hour)
	o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "nota", ContactID: c.ID})
	o.clock.Advance(time.Hour)
	c.JobTitle = "Compras"
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(time.Hour) // 11:00
	call := crm.Activity{Type: crm.ActivityCall, Subject: "llamada", ContactID: c.ID, Starts: "2027-01-04T09:30", DoneAt: o.clock.Now()}
	o.activity(o.owner, call)
	errand := task("tarea", "2027-01-03")
	errand.ContactID = c.ID
	done := o.activity(o.owner, errand)
	o.activity(o.owner, crm.Activity{Type: crm.ActivityMeeting, Subject: "junta", ContactID: c.ID, Starts: "2027-01-08T10:00"})
	f := crm.TimelineFilter{Kind: crm.KindContact, ID: c.ID}
	want := []string{"junta", "tarea", "(update)", "llamada", "nota", "(create)"}
	f.Show = crm.ShowActivities
	if got := o.told(f); !slices.Equal(got, []string{"junta", "tarea", "llamada", "nota"}) {
		t.Errorf("activities alone: %q", got)
	}
	f.Show = crm.ShowAll
	for limit := 1; limit < 8; limit++ {
		f.Limit = limit
		if got := o.told(f); !slices.Equal(got, want) {
			t.Fatalf("%d at a time: %q, want %q", limit, got, want)
		}
	}
	o.clock.Advance(100 * time.Hour)
	if _, err := o.SetActivityDone(o.owner, done.ID, true); err != nil {
		t.Fatal(err)
	}
	if got := o.told(f); got[0] != "tarea" {
		t.Errorf("what was done last is not the newest: %q", got)
	}
	for show, want := range map[crm.TimelineShow][]string{
		crm.ShowChanges: {"(update)", "(create)"}, "note": {"nota"}, "task": {"tarea"}, "call": {"llamada"}, "meeting": {"junta"},
	} {
		f.Show, f.Limit = show, 1
		if got := o.told(f); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", show, got, want)
		}
	}
	var invalid crm.Invalid
	for _, bad := range []crm.TimelineFilter{{Kind: crm.KindContact, ID: c.ID, Show: "x"}, {Kind: crm.KindContact, ID: c.ID, After: "x"}} {
		if _, err := o.Timeline(o.owner, bad); !errors.As(err, &invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// Whatever changes the company of a contact, the timelines of both companies
// are right: an update, its undo, the contact's end in the bin.
func TestACompanysTimelineHasWhatItsContactsDo(t *testing.T) {
	o := newOffice(t)
	first, second := o.company("Primera"), o.company("Segunda")
	c := &crm.Contact{GivenName: "José", CompanyID: first.ID}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "de José", ContactID: c.ID})
	o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "de ambos", ContactID: c.ID, CompanyID: first.ID})
	o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "de otra", CompanyID: second.ID})
	check := func(when string, id int64, want ...string) {
		t.Helper()
		got := o.told(crm.TimelineFilter{Kind: crm.KindCompany, ID: id, Show: "note", Limit: 1})
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	check("first", first.ID, "de ambos", "de José")
	check("second", second.ID, "de otra")
	c.CompanyID = second.ID
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	check("left", first.ID, "de ambos")
	check("joined", second.ID, "de otra", "de ambos", "de José")
	history, err := o.History(o.owner, crm.KindContact, c.ID, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, history.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	check("back", first.ID, "de ambos", "de José")
	check("gone", second.ID, "de otra")
	if _, err := o.DeleteContact(o.owner, c.ID); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(crm.BinTime + time.Hour)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("after the bin", first.ID, "de ambos")
}

func TestNextStepsAreWhatIsToCome(t *testing.T) {
	o := newOffice(t)
	k := o.company("Hospital")
	c := &crm.Contact{GivenName: "José", CompanyID: k.ID}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	for _, a := range []crm.Activity{
		task("algún día", ""), task("tarde", "2027-01-01"), task("mañana", "2027-01-05"),
		{Type: crm.ActivityMeeting, Subject: "fue", Starts: "2027-01-03T10:00"},
		{Type: crm.ActivityMeeting, Subject: "será", Starts: "2027-01-04T18:00"},
		{Type: crm.ActivityCall, Subject: "hecha", Starts: "2027-01-04T09:00", DoneAt: o.clock.Now()},
		{Type: crm.ActivityCall, Subject: "planeada", Starts: "2027-01-04T19:00"},
		{Type: crm.ActivityNote, Body: "nota"},
	} {
		a.ContactID = c.ID
		o.activity(o.owner, a)
	}
	want := []string{"tarde", "será", "planeada", "mañana", "algún día"}
	for kind, id := range map[crm.Kind]int64{crm.KindContact: c.ID, crm.KindCompany: k.ID} {
		all, err := o.NextSteps(o.owner, kind, id, "2027-01-04T12:00", 10)
		if err != nil || !slices.Equal(subjects(all), want) {
			t.Errorf("%s: %q, %v, want %q", kind, subjects(all), err, want)
		}
	}
}

// What is done about a deal is told by its company too, and the deal is not
// quiet any more; what is only planned is no work yet.
func TestWorkOnADealIsToldByItsCompany(t *testing.T) {
	o := newOffice(t)
	first, second := o.company("Primera"), o.company("Segunda")
	d := &crm.Deal{Name: "Extintores", CompanyID: first.ID}
	if err := o.CreateDeal(o.owner, d); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(time.Hour)
	planned := task("Cotizar", "2027-01-05")
	planned.DealID = d.ID
	a := o.activity(o.owner, planned)
	if a.DealName != "Extintores" {
		t.Errorf("the deal is called %q", a.DealName)
	}
	lastDone := func() time.Time {
		t.Helper()
		read, err := o.Deal(o.owner, d.ID)
		if err != nil {
			t.Fatal(err)
		}
		return read.LastActivityAt
	}
	if !lastDone().Before(o.clock.Now()) {
		t.Error("a plan is work")
	}
	if _, err := o.SetActivityDone(o.owner, a.ID, true); err != nil {
		t.Fatal(err)
	}
	if !lastDone().Equal(o.clock.Now()) {
		t.Error("a finished task is no work")
	}
	for kind, id := range map[crm.Kind]int64{crm.KindDeal: d.ID, crm.KindCompany: first.ID} {
		if got := o.told(crm.TimelineFilter{Kind: kind, ID: id, Show: "task"}); !slices.Equal(got, []string{"Cotizar"}) {
			t.Errorf("%s tells %q", kind, got)
		}
	}
	d, err := o.Deal(o.owner, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.CompanyID = second.ID
	if err := o.UpdateDeal(o.owner, d); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[int64]int{first.ID: 0, second.ID: 1} {
		if got := o.told(crm.TimelineFilter{Kind: crm.KindCompany, ID: id, Show: "task"}); len(got) != want {
			t.Errorf("after the move company %d tells %q", id, got)
		}
	}
}

// What was done about a lead is in its timeline, and goes along to what it
// becomes; an undo takes it back.
func TestTheWorkOnALeadGoesAlongWithIt(t *testing.T) {
	o := newOffice(t)
	l := o.lead(crm.Lead{GivenName: "Ana", CompanyName: "Acme"})
	o.clock.Advance(time.Hour)
	note := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "nota", LeadID: l.ID})
	errand := task("tarea", "2027-02-01")
	errand.LeadID = l.ID
	o.activity(o.owner, errand)
	if note.LeadName != "Ana" {
		t.Errorf("the note is about %q", note.LeadName)
	}
	if got := o.told(crm.TimelineFilter{Kind: crm.KindLead, ID: l.ID}); !slices.Equal(got, []string{"tarea", "nota", "(create)"}) {
		t.Errorf("the lead's timeline is %q", got)
	}
	o.clock.Advance(time.Hour)
	c := &crm.Conversion{LeadID: l.ID, LeadVersion: 1, Contact: l.AsContact(), Company: l.AsCompany(), Deal: &crm.Deal{Name: "Venta"}}
	action, err := o.ConvertLead(o.owner, c)
	if err != nil {
		t.Fatal(err)
	}
	became := map[crm.Kind]int64{crm.KindContact: c.Contact.ID, crm.KindCompany: c.Company.ID, crm.KindDeal: c.Deal.ID}
	for kind, id := range became {
		if got := o.told(crm.TimelineFilter{Kind: kind, ID: id}); !slices.Equal(got, []string{"(create)", "tarea", "nota"}) {
			t.Errorf("the timeline of %s is %q", kind, got)
		}
		if next, err := o.NextSteps(o.owner, kind, id, "2027-01-04", 5); err != nil || len(next) != 1 {
			t.Errorf("what is next of %s: %v, %v", kind, next, err)
		}
	}
	o.undo(action)
	for kind, id := range became {
		if got := o.told(crm.TimelineFilter{Kind: kind, ID: id, Show: crm.TimelineShow(crm.ActivityNote)}); len(got) != 0 {
			t.Errorf("undone, the timeline of %s is %q", kind, got)
		}
	}
	if _, err := o.DeleteLead(o.owner, l.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := o.Activity(o.owner, note.ID); err != nil || got.LeadName != "" || got.LeadID != l.ID {
		t.Errorf("with the lead in the bin: %+v, %v", got, err)
	}
	if err := o.CreateActivity(o.owner, &crm.Activity{Type: crm.ActivityNote, Body: "otra", LeadID: l.ID}); err == nil {
		t.Error("a note was written on a lead in the bin")
	}
	if _, err := o.PurgeBinned(o.owner, crm.KindLead, []int64{l.ID}); err != nil {
		t.Fatal(err)
	}
	if got, err := o.Activity(o.owner, note.ID); err != nil || got.LeadID != 0 {
		t.Errorf("with the lead gone: %+v, %v", got, err)
	}
}

// Whoever sees own leads alone sees the work of others on these, and no other.
func TestTheWorkOnALeadIsSeenWithIt(t *testing.T) {
	o := newOffice(t)
	seller, u, _ := o.hire(crm.RoleSeller, "vende@acme.example")
	mine, other := o.lead(crm.Lead{GivenName: "Ana", OwnerID: u.ID}), o.lead(crm.Lead{GivenName: "Beto"})
	seen := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "a", LeadID: mine.ID})
	hidden := o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "b", LeadID: other.ID})
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
	if got, err := o.Activity(seller, seen.ID); err != nil || got.LeadName != "Ana" {
		t.Errorf("of an own lead: %+v, %v", got, err)
	}
	if page, err := o.Timeline(seller, crm.TimelineFilter{Kind: crm.KindLead, ID: mine.ID, Show: crm.TimelineShow(crm.ActivityNote)}); err != nil || len(page.Items) != 1 {
		t.Errorf("the timeline of an own lead: %v, %v", page.Items, err)
	}
	if _, err := o.Activity(seller, hidden.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("of another's: %v", err)
	}
	if _, err := o.Timeline(seller, crm.TimelineFilter{Kind: crm.KindLead, ID: other.ID}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("the timeline of another's: %v", err)
	}
}
