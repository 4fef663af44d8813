package sqlite

import (
	"errors"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestSampleDataAreOneActionThatGoesAndComes(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	if _, err := o.AddSample(seller); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("by a seller: %v", err)
	}
	own := o.company("La nuestra")
	added, err := o.AddSample(o.owner)
	if err != nil || added.Records == 0 {
		t.Fatalf("added %+v, %v", added, err)
	}
	action := func() int64 {
		id, err := o.SampleAction(o.owner)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if action() != added.By {
		t.Errorf("the action is %d, want %d", action(), added.By)
	}
	if _, err := o.AddSample(o.owner); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("twice: %v", err)
	}
	page, err := o.Contacts(o.owner, crm.ContactFilter{Query: "nunez"})
	if err != nil || len(page.Items) != 1 || page.Items[0].CompanyName != "Hospital Santa Lucía" {
		t.Fatalf("contacts: %v, %v", page.Items, err)
	}
	undone, err := o.UndoAction(o.owner, added.By)
	if err != nil || undone.Records != added.Records || undone.Left != 0 || action() != 0 {
		t.Fatalf("removed %+v, %v; the action is %d", undone, err, action())
	}
	left, err := o.Companies(o.owner, crm.CompanyFilter{})
	if err != nil || len(left.Items) != 1 || left.Items[0].ID != own.ID {
		t.Errorf("left: %v, %v", left.Items, err)
	}
	again, err := o.UndoAction(o.owner, undone.By)
	if err != nil || action() != again.By {
		t.Errorf("brought back: %+v, %v; the action is %d", again, err, action())
	}
	if _, err := o.UndoAction(o.owner, action()); err != nil || action() != 0 {
		t.Errorf("removed again: %v; the action is %d", err, action())
	}
	if _, err := o.AddSample(o.owner); err != nil {
		t.Errorf("added once more: %v", err)
	}
}
