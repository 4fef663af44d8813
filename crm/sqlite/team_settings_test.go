package sqlite

import (
	"errors"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestVisibilityIsSavedRecordedAndHolds(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	manager, _, _ := o.hire(crm.RoleManager, "eva@acme.example")
	c := o.contact("Luz", "Soto")
	own := crm.Settings{Visibility: crm.VisibleToOwner}
	if err := o.SaveSettings(manager, own); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("by a manager: %v", err)
	}
	if err := o.SaveSettings(o.owner, crm.Settings{Visibility: "some"}); !errors.As(err, new(crm.Invalid)) {
		t.Errorf("a visibility that is none: %v", err)
	}
	if err := o.SaveSettings(o.owner, own); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Contact(seller, c.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a seller sees another's: %v", err)
	}
	o.reopen()
	if got, err := o.Settings(seller); err != nil || got != own {
		t.Errorf("after a restart: %+v, %v", got, err)
	}
	if err := o.SaveSettings(o.owner, own); err != nil {
		t.Fatal(err)
	}
	log := audited(t, o, crm.AuditFilter{Kind: crm.KindSetting})
	if len(log) != 1 || log[0].Changes[0] != (crm.Change{Field: "visibility", From: "all", To: "own"}) {
		t.Errorf("recorded: %+v", log)
	}
}

func TestRolesAreTheOwnersToGive(t *testing.T) {
	o := newOffice(t)
	manager, m, _ := o.hire(crm.RoleManager, "eva@acme.example")
	_, u, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	if err := o.SetUserRole(o.owner, u.ID, crm.RoleReadOnly); err != nil {
		t.Fatal(err)
	}
	if got, err := o.User(o.owner, u.ID); err != nil || got.Role != crm.RoleReadOnly {
		t.Errorf("the role is %v, %v", got, err)
	}
	for name, test := range map[string]struct {
		err  error
		want error
	}{
		"by a manager":       {o.SetUserRole(manager, u.ID, crm.RoleSeller), crm.ErrForbidden},
		"the owner's own":    {o.SetUserRole(o.owner, 1, crm.RoleManager), crm.ErrForbidden},
		"nobody's":           {o.SetUserRole(o.owner, 999, crm.RoleSeller), crm.ErrNotFound},
		"the same once more": {o.SetUserRole(o.owner, m.ID, crm.RoleManager), nil},
	} {
		if !errors.Is(test.err, test.want) {
			t.Errorf("%s: %v, want %v", name, test.err, test.want)
		}
	}
	for _, role := range []crm.Role{crm.RoleOwner, "boss", ""} {
		if err := o.SetUserRole(o.owner, u.ID, role); !errors.As(err, new(crm.Invalid)) {
			t.Errorf("role %q: %v", role, err)
		}
	}
	log := audited(t, o, crm.AuditFilter{Verb: verbRole})
	if len(log) != 1 || log[0].Changes[0] != (crm.Change{Field: "role", From: "seller", To: "reader"}) || log[0].Undoable {
		t.Errorf("recorded: %+v", log)
	}
}
