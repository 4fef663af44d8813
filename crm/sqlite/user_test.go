package sqlite

import (
	"errors"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestInvitedUserSignsInWithTheInitialPassword(t *testing.T) {
	o := newOffice(t)
	_, u, password := o.hire(crm.RoleSeller, "Ana@acme.example")
	if u.ID == 0 || u.Locale != "es-MX" || u.Theme != "auto" || !u.MustChangePassword {
		t.Errorf("invited: %+v", u)
	}
	token, _ := o.mustSignIn("ana@ACME.example", password)
	if _, signedIn, err := o.Session(t.Context(), token); err != nil || !signedIn.MustChangePassword || signedIn.LastSeenAt.IsZero() {
		t.Errorf("signed in: %+v, %v", signedIn, err)
	}
	o.rights.ChangeAtFirstLogin = false
	if _, signedIn, err := o.Session(t.Context(), token); err != nil || signedIn.MustChangePassword {
		t.Errorf("without a forced change: %+v, %v", signedIn, err)
	}
}

func TestInvitationsAreChecked(t *testing.T) {
	o := newOffice(t)
	o.hire(crm.RoleSeller, "ana@acme.example")
	for name, test := range map[string]struct {
		user       crm.User
		field, key string
	}{
		"no address":          {crm.User{Name: "Ana"}, "email", crm.KeyRequired},
		"not an address":      {crm.User{Email: "ana"}, "email", crm.KeyEmail},
		"taken":               {crm.User{Email: "ANA@acme.example"}, "email", crm.KeyTaken},
		"unknown role":        {crm.User{Email: "x@acme.example", Role: "king"}, "role", crm.KeyChoice},
		"a second owner":      {crm.User{Email: "x@acme.example", Role: crm.RoleOwner}, "role", crm.KeyChoice},
		"unknown language":    {crm.User{Email: "x@acme.example", Locale: "fr"}, "locale", crm.KeyChoice},
		"an address too long": {crm.User{Email: strings.Repeat("x", 250) + "@acme.example"}, "email", crm.KeyEmail},
	} {
		_, err := o.CreateUser(o.owner, &test.user)
		var invalid crm.Invalid
		if !errors.As(err, &invalid) || invalid[test.field] != test.key {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSeatsBoundTheEnabledUsers(t *testing.T) {
	o := newOffice(t)
	o.rights.Seats = 2
	_, first, _ := o.hire(crm.RoleSeller, "first@acme.example")
	noSeat := func(err error) bool {
		var invalid crm.Invalid
		return errors.As(err, &invalid) && invalid["email"] == crm.KeySeats
	}
	if _, err := o.CreateUser(o.owner, &crm.User{Email: "second@acme.example"}); !noSeat(err) {
		t.Errorf("a third user on two seats: %v", err)
	}
	if err := o.SetUserDisabled(o.owner, first.ID, true); err != nil {
		t.Fatal(err)
	}
	o.hire(crm.RoleSeller, "second@acme.example")
	if err := o.SetUserDisabled(o.owner, first.ID, false); !noSeat(err) {
		t.Errorf("enable without a seat: %v", err)
	}
	o.rights.Seats = 3
	if err := o.SetUserDisabled(o.owner, first.ID, false); err != nil {
		t.Errorf("enable with a seat: %v", err)
	}
}

func TestWhoMayManageUsers(t *testing.T) {
	o := newOffice(t)
	seller, sellerUser, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	manager, _, _ := o.hire(crm.RoleManager, "manager@acme.example")
	if _, err := o.CreateUser(seller, &crm.User{Email: "x@acme.example"}); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a seller invites: %v", err)
	}
	if _, err := o.CreateUser(manager, &crm.User{Email: "x@acme.example"}); err != nil {
		t.Errorf("a manager invites: %v", err)
	}
	if _, err := o.ResetPassword(manager, sellerUser.ID); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a manager resets a password: %v", err)
	}
	if err := o.SetUserDisabled(manager, sellerUser.ID, true); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a manager disables: %v", err)
	}
	if _, err := o.ResetPassword(o.owner, 1); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("the owner resets the own password: %v", err)
	}
	if err := o.SetUserDisabled(o.owner, 1, true); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("the owner disables the owner: %v", err)
	}
	if _, err := o.ResetPassword(o.owner, 99); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("reset of nobody: %v", err)
	}
}

func TestDisablingEndsSessions(t *testing.T) {
	o := newOffice(t)
	_, u, password := o.hire(crm.RoleSeller, "seller@acme.example")
	token, _ := o.mustSignIn("seller@acme.example", password)
	if err := o.SetUserDisabled(o.owner, u.ID, true); err != nil {
		t.Fatal(err)
	}
	if reason := o.endReason(token); reason != crm.EndedByDisable {
		t.Errorf("ended by %q", reason)
	}
	history, err := o.History(o.owner, crm.KindUser, u.ID, "", 0)
	if err != nil || len(history.Items) != 2 || history.Items[0].Verb != verbDisable {
		t.Fatalf("history: %v, %v", history.Items, err)
	}
	if _, err := o.UndoAction(o.owner, history.Items[0].ID); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo of a user's action: %v", err)
	}
}

func TestPreferences(t *testing.T) {
	o := newOffice(t)
	newcomer := o.as(&crm.User{ID: 1, MustChangePassword: true})
	if err := o.SetPreferences(newcomer, "en", "dark"); err != nil {
		t.Fatal(err)
	}
	if u, err := o.User(o.owner, 1); err != nil || u.Locale != "en" || u.Theme != "dark" {
		t.Errorf("stored: %+v, %v", u, err)
	}
	var invalid crm.Invalid
	if err := o.SetPreferences(o.owner, "fr", "pink"); !errors.As(err, &invalid) || len(invalid) != 2 {
		t.Errorf("unknown choices: %v", err)
	}
	if err := o.SetPreferences(t.Context(), "en", "dark"); !errors.Is(err, crm.ErrUnauthenticated) {
		t.Errorf("nobody: %v", err)
	}
}

func TestUsersAreListedInOrder(t *testing.T) {
	o := newOffice(t)
	o.hire(crm.RoleSeller, "b@acme.example")
	o.hire(crm.RoleSeller, "a@acme.example")
	all, err := o.Users(o.owner)
	if err != nil || len(all) != 3 || all[0].Role != crm.RoleOwner || all[1].Email != "b@acme.example" {
		t.Errorf("users: %v, %v", all, err)
	}
	if _, err := o.User(o.owner, 99); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("user 99: %v", err)
	}
}

func TestInitialPasswordsDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		password := initialPassword()
		if len(password) != 19 || seen[password] || crm.CheckPassword(password, "lucia@acme.example") != "" {
			t.Fatalf("password %q", password)
		}
		seen[password] = true
	}
}
