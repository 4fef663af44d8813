package sqlite

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// What was done with a contact stays with the person, whichever of two records
// of them is kept.
func TestActivitiesFollowAMergeAndItsUndo(t *testing.T) {
	o := newOffice(t)
	kept, absorbed := o.contact("José", "Núñez"), o.contact("Pepe", "Núñez")
	o.activity(o.owner, crm.Activity{Type: crm.ActivityNote, Body: "de Pepe", ContactID: absorbed.ID})
	merged := *kept
	action, err := o.MergeContacts(o.owner, crm.Merge{
		KeptID: kept.ID, KeptVersion: kept.Version, AbsorbedID: absorbed.ID, AbsorbedVersion: absorbed.Version,
	}, &merged)
	if err != nil {
		t.Fatal(err)
	}
	f := crm.TimelineFilter{Kind: crm.KindContact, ID: kept.ID, Show: "note"}
	if got := o.told(f); !slices.Equal(got, []string{"de Pepe"}) {
		t.Errorf("merged: %q", got)
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if got := o.told(f); len(got) != 0 {
		t.Errorf("taken back, the kept one has %q", got)
	}
	f.ID = absorbed.ID
	if got := o.told(f); !slices.Equal(got, []string{"de Pepe"}) {
		t.Errorf("taken back: %q", got)
	}
}
