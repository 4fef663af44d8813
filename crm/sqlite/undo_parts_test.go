package sqlite

import (
	"errors"
	"fmt"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// rename changes the job title of contacts in one action of several records.
func rename(t *testing.T, o *office, whole bool, all []*crm.Contact) int64 {
	t.Helper()
	actor, _ := crm.ActorFrom(o.owner)
	var id int64
	err := o.writer.do(t.Context(), ordinary, func(t *tx) (err error) {
		id, err = t.log(entry{verb: "bulk", kind: crm.KindContact, title: "2", actor: actor, at: o.stamp(), whole: whole})
		if err != nil {
			return err
		}
		for _, before := range all {
			record := *before
			record.JobTitle, record.Version, record.UpdatedAt = "Compras", before.Version+1, o.stamp()
			if err := contacts.update(t, &record); err != nil {
				return err
			}
			_, err := t.log(entry{
				verb: verbUpdate, kind: crm.KindContact, id: record.ID, title: record.Title(), actor: actor, at: record.UpdatedAt,
				before: snapshot[crm.Contact]{Record: before}, version: record.Version, partOf: id,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func jobTitle(t *testing.T, o *office, id int64) string {
	t.Helper()
	c, err := o.Contact(o.owner, id)
	if err != nil {
		t.Fatal(err)
	}
	return c.JobTitle
}

func TestUndoOfSeveralRecordsInPortions(t *testing.T) {
	o := newOffice(t)
	var all []*crm.Contact
	for i := range partsAtOnce + 3 {
		all = append(all, o.contact("Ana", fmt.Sprint(i)))
	}
	id := rename(t, o, false, all)
	undone, err := o.UndoAction(o.owner, id)
	if err != nil || undone.Records != len(all) || undone.Left != 0 {
		t.Fatalf("got %+v, %v", undone, err)
	}
	if _, err := o.UndoAction(o.owner, id); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo twice: %v", err)
	}
	again, err := o.UndoAction(o.owner, undone.By)
	if err != nil || again.Records != len(all) {
		t.Fatalf("redo: %+v, %v", again, err)
	}
	if got := jobTitle(t, o, all[0].ID); got != "Compras" {
		t.Errorf("after redo: %q", got)
	}
}

func TestUndoOfSeveralLeavesWhatChangedSince(t *testing.T) {
	o := newOffice(t)
	kept, back := o.contact("Ana", "López"), o.contact("Eva", "Ruiz")
	id := rename(t, o, false, []*crm.Contact{kept, back})
	changed, err := o.Contact(o.owner, kept.ID)
	if err != nil {
		t.Fatal(err)
	}
	changed.JobTitle = "Dirección"
	if err := o.UpdateContact(o.owner, changed); err != nil {
		t.Fatal(err)
	}
	undone, err := o.UndoAction(o.owner, id)
	if err != nil || undone.Records != 1 || undone.Left != 1 {
		t.Fatalf("got %+v, %v", undone, err)
	}
	if got := jobTitle(t, o, kept.ID); got != "Dirección" {
		t.Errorf("what changed since is %q", got)
	}
	if got := jobTitle(t, o, back.ID); got != "" {
		t.Errorf("the other is %q", got)
	}
}

func TestWholesAreTakenBackTogetherOrNotAtAll(t *testing.T) {
	o := newOffice(t)
	first, second := o.contact("Ana", "López"), o.contact("Eva", "Ruiz")
	id := rename(t, o, true, []*crm.Contact{first, second})
	part := lastAction(t, o, first.ID)
	if part.PartOf != id || part.PartOfVerb != "bulk" {
		t.Errorf("the part is %+v", part)
	}
	changed, err := o.Contact(o.owner, second.ID)
	if err != nil {
		t.Fatal(err)
	}
	changed.JobTitle = "Dirección"
	if err := o.UpdateContact(o.owner, changed); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, part.ID); !errors.Is(err, crm.ErrNotUndoable) {
		t.Fatalf("undo of a whole of which a part changed: %v", err)
	}
	if got := jobTitle(t, o, first.ID); got != "Compras" {
		t.Errorf("half of it was taken back: %q", got)
	}
	if _, err := o.UndoAction(o.owner, lastAction(t, o, second.ID).ID); err != nil {
		t.Fatal(err)
	}
}

func TestUndoOfAPartOfAWholeTakesTheWhole(t *testing.T) {
	o := newOffice(t)
	first, second := o.contact("Ana", "López"), o.contact("Eva", "Ruiz")
	rename(t, o, true, []*crm.Contact{first, second})
	undone, err := o.UndoAction(o.owner, lastAction(t, o, first.ID).ID)
	if err != nil || undone.Records != 2 {
		t.Fatalf("got %+v, %v", undone, err)
	}
	if got := jobTitle(t, o, second.ID); got != "" {
		t.Errorf("the other part stayed: %q", got)
	}
}
