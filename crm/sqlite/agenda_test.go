package sqlite

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestAnAgendaHasWhatIsOnItsDays(t *testing.T) {
	o := newOffice(t)
	_, javier, _ := o.hire(crm.RoleSeller, "javier@acme.example")
	for _, a := range []crm.Activity{
		task("antes", "2027-01-03"), task("primero", "2027-01-04"), task("último", "2027-01-10T23:59"), task("después", "2027-01-11"), task("nunca", ""),
		{Type: crm.ActivityMeeting, Subject: "larga", Starts: "2027-01-02T10:00", Ends: "2027-01-05T10:00"},
		{Type: crm.ActivityMeeting, Subject: "pasada", Starts: "2027-01-02T10:00", Ends: "2027-01-03T10:00"},
		{Type: crm.ActivityMeeting, Subject: "de Javier", Starts: "2027-01-06T10:00", OwnerID: javier.ID},
	} {
		o.activity(o.owner, a)
	}
	for owner, want := range map[int64][]string{
		0: {"larga", "primero", "de Javier", "último"}, 1: {"larga", "primero", "último"}, javier.ID: {"de Javier"},
	} {
		all, err := o.Agenda(o.owner, "2027-01-04", "2027-01-10", owner)
		if err != nil || !slices.Equal(subjects(all), want) {
			t.Errorf("owner %d: %q, %v, want %q", owner, subjects(all), err, want)
		}
	}
}

func TestARemindersLife(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	a := task("Cotizar", "2027-01-04T16:30")
	a.Reminder = crm.RemindHour
	stored := o.activity(o.owner, a)
	due := func(now crm.Moment, want int) {
		t.Helper()
		all, err := o.Reminders(o.owner, now)
		if err != nil || len(all) != want {
			t.Fatalf("at %s: %q, %v, want %d", now, subjects(all), err, want)
		}
	}
	due("2027-01-04T15:29", 0)
	due("2027-01-04T15:30", 1)
	if others, err := o.Reminders(seller, "2027-01-05"); err != nil || len(others) != 0 {
		t.Errorf("somebody else's: %v, %v", others, err)
	}
	if err := o.DismissReminder(seller, stored.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("dismissed by somebody else: %v", err)
	}
	if err := o.DismissReminder(o.owner, stored.ID); err != nil {
		t.Fatal(err)
	}
	due("2027-01-04T15:31", 0)
	stored.Body = "más"
	if err := o.UpdateActivity(o.owner, stored); err != nil {
		t.Fatal(err)
	}
	due("2027-01-04T15:31", 0)
	stored.Starts = "2027-01-05T10:00"
	if err := o.UpdateActivity(o.owner, stored); err != nil {
		t.Fatal(err)
	}
	due("2027-01-05T08:59", 0)
	due("2027-01-05T09:00", 1)
	if _, err := o.SetActivityDone(o.owner, stored.ID, true); err != nil {
		t.Fatal(err)
	}
	due("2027-01-05T12:00", 0)
}

func TestACalendarAddressIsKnownToItsHolderAlone(t *testing.T) {
	o := newOffice(t)
	his, u, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	o.rights.ChangeAtFirstLogin = false // hire leaves the initial password
	if _, err := o.Feed(his); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("before: %v", err)
	}
	first, err := o.CreateFeed(his)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := o.FeedUser(t.Context(), first, "203.0.113.7"); err != nil || got.ID != u.ID {
		t.Fatalf("found %+v, %v", got, err)
	}
	if f, err := o.Feed(his); err != nil || !f.UsedAt.Equal(o.clock.Now()) {
		t.Errorf("the use is not noted: %+v, %v", f, err)
	}
	second, err := o.CreateFeed(his)
	if err != nil || second == first {
		t.Fatalf("a new one: %v", err)
	}
	refused := func(why, token string) {
		t.Helper()
		if _, err := o.FeedUser(t.Context(), token, "203.0.113.8"); !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s: %v", why, err)
		}
	}
	refused("the one before", first)
	refused("nothing", "")
	if err := o.SetUserDisabled(o.owner, u.ID, true); err != nil {
		t.Fatal(err)
	}
	refused("a user who may not sign in", second)
	if err := o.SetUserDisabled(o.owner, u.ID, false); err != nil {
		t.Fatal(err)
	}
	o.rights.Access = accessExportOnly
	refused("access for the owner alone", second)
	o.rights.Access = accessOpen
	if _, err := o.FeedUser(t.Context(), second, "203.0.113.8"); err != nil {
		t.Errorf("again: %v", err)
	}
	if err := o.RevokeFeed(his); err != nil {
		t.Fatal(err)
	}
	refused("a revoked one", second)
}

func TestGuessingACalendarAddressIsSlow(t *testing.T) {
	o := newOffice(t)
	token, err := o.CreateFeed(o.owner)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(token string) (slow *crm.TooManyAttempts) {
		_, err := o.FeedUser(t.Context(), token, "203.0.113.9")
		errors.As(err, &slow)
		return slow
	}
	for range 100 { // a calendar that asks often is no guess
		if slow := ask(token); slow != nil {
			t.Fatalf("the right one: %v", slow)
		}
	}
	guesses := 0
	for ask("guess") == nil {
		guesses++
	}
	if guesses != addressPatience.free {
		t.Errorf("%d guesses were free", guesses)
	}
	o.clock.Advance(time.Hour)
	if slow := ask(token); slow != nil {
		t.Errorf("an hour later: %v", slow)
	}
}
