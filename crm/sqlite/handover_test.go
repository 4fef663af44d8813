package sqlite

import (
	"errors"
	"fmt"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestHandOverGivesEverythingAndCanBeTakenBack(t *testing.T) {
	o := newOffice(t)
	seller, from, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	_, to, _ := o.hire(crm.RoleSeller, "eva@acme.example")
	for i := range partsAtOnce + 3 {
		if err := o.CreateContact(seller, &crm.Contact{GivenName: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Acme", "Globex"} {
		if err := o.CreateCompany(seller, &crm.Company{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.SetUserDisabled(o.owner, from.ID, true); err != nil {
		t.Fatal(err)
	}
	held, err := o.Holdings(o.owner, from.ID)
	if err != nil || len(held) != 2 || held[0] != (crm.Holding{Kind: crm.KindContact, Count: partsAtOnce + 3}) || held[1].Count != 2 {
		t.Fatalf("holdings: %v, %v", held, err)
	}
	done, err := o.HandOver(o.owner, from.ID, to.ID)
	if err != nil || done.Records != partsAtOnce+5 || done.By == 0 {
		t.Fatalf("handed over: %+v, %v", done, err)
	}
	if held, err := o.Holdings(o.owner, from.ID); err != nil || len(held) != 0 {
		t.Errorf("left: %v, %v", held, err)
	}
	log := audited(t, o, crm.AuditFilter{Verb: verbHandOver})
	if len(log) != 1 || !log[0].Several || log[0].RecordID != from.ID || log[0].Changes[0].To != to.Name {
		t.Fatalf("recorded: %+v", log)
	}
	part := lastAction(t, o, 1)
	if part.PartOf != done.By || part.Changes[0] != (crm.Change{Field: "ownerId", From: from.Name, To: to.Name}) {
		t.Errorf("on a record: %+v", part)
	}
	undone, err := o.UndoAction(o.owner, done.By)
	if err != nil || undone.Records != partsAtOnce+5 || undone.Left != 0 {
		t.Fatalf("undo: %+v, %v", undone, err)
	}
	if held, err := o.Holdings(o.owner, from.ID); err != nil || len(held) != 2 {
		t.Errorf("after undo: %v, %v", held, err)
	}
}

func TestHandOverIsRefused(t *testing.T) {
	o := newOffice(t)
	seller, from, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	manager, _, _ := o.hire(crm.RoleManager, "eva@acme.example")
	_, gone, _ := o.hire(crm.RoleSeller, "luz@acme.example")
	if err := o.SetUserDisabled(o.owner, gone.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, err := o.HandOver(o.owner, from.ID, 1); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("nothing to give: %v", err)
	}
	if log := audited(t, o, crm.AuditFilter{Verb: verbHandOver}); len(log) != 0 {
		t.Errorf("nothing is recorded as %+v", log[0])
	}
	if err := o.CreateContact(seller, &crm.Contact{GivenName: "Noé"}); err != nil {
		t.Fatal(err)
	}
	for _, to := range []int64{0, 999, from.ID, gone.ID} {
		if _, err := o.HandOver(o.owner, from.ID, to); !errors.As(err, new(crm.Invalid)) {
			t.Errorf("to %d: %v", to, err)
		}
	}
	if _, err := o.HandOver(o.owner, 999, 1); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("from nobody: %v", err)
	}
	if _, err := o.HandOver(manager, from.ID, 1); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("by a manager: %v", err)
	}
	if _, err := o.Holdings(manager, from.ID); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("counted by a manager: %v", err)
	}
}
