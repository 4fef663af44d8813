package sqlite

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// fetch reads a contact that must be there.
func (o *office) fetch(id int64) *crm.Contact {
	o.t.Helper()
	c, err := o.Contact(o.owner, id)
	if err != nil {
		o.t.Fatalf("read contact %d: %v", id, err)
	}
	return c
}

func (o *office) fetchCompany(id int64) *crm.Company {
	o.t.Helper()
	c, err := o.Company(o.owner, id)
	if err != nil {
		o.t.Fatalf("read company %d: %v", id, err)
	}
	return c
}

func (o *office) store(c crm.Contact) *crm.Contact {
	o.t.Helper()
	if err := o.CreateContact(o.owner, &c); err != nil {
		o.t.Fatalf("create contact: %v", err)
	}
	return &c
}

func (o *office) change(id int64, change func(*crm.Contact)) {
	o.t.Helper()
	c := o.fetch(id)
	change(c)
	if err := o.UpdateContact(o.owner, c); err != nil {
		o.t.Fatalf("change contact %d: %v", id, err)
	}
}

// merge absorbs one contact into another, with every field of the absorbed one
// that is filled in.
func (o *office) merge(ctx context.Context, keptID, absorbedID int64) (int64, error) {
	kept, absorbed := o.fetch(keptID), o.fetch(absorbedID)
	merged := crm.MergedContact(kept, absorbed, func(name string) bool {
		return name != "ownerId" && slices.ContainsFunc(crm.ContactMergeFields, func(f crm.MergeField[crm.Contact]) bool {
			return f.Name == name && f.Text(absorbed) != ""
		})
	})
	return o.MergeContacts(ctx, crm.Merge{
		KeptID: keptID, KeptVersion: kept.Version, AbsorbedID: absorbedID, AbsorbedVersion: absorbed.Version,
	}, merged)
}

func (o *office) mustMerge(keptID, absorbedID int64) int64 {
	o.t.Helper()
	action, err := o.merge(o.owner, keptID, absorbedID)
	if err != nil {
		o.t.Fatalf("merge: %v", err)
	}
	return action
}

func (o *office) undo(action int64) crm.Undone {
	o.t.Helper()
	undone, err := o.UndoAction(o.owner, action)
	if err != nil {
		o.t.Fatalf("undo: %v", err)
	}
	return undone
}

func (o *office) mergeCompanies(keptID, absorbedID int64, change func(*crm.Company)) int64 {
	o.t.Helper()
	kept, absorbed := o.fetchCompany(keptID), o.fetchCompany(absorbedID)
	merged := *kept
	change(&merged)
	action, err := o.MergeCompanies(o.owner, crm.Merge{
		KeptID: keptID, KeptVersion: kept.Version, AbsorbedID: absorbedID, AbsorbedVersion: absorbed.Version,
	}, &merged)
	if err != nil {
		o.t.Fatalf("merge companies: %v", err)
	}
	return action
}

func TestAMergeIsUndoneAndRedoneAsAWhole(t *testing.T) {
	o := newOffice(t)
	kept := o.store(crm.Contact{GivenName: "José", Emails: []string{"jose@acme.example"}, Extra: crm.Extra{Tags: []string{"VIP"}}})
	gone := o.store(crm.Contact{GivenName: "Jose", FamilyName: "Núñez", JobTitle: "Jefe", Emails: []string{"j@acme.example"}})
	action := o.mustMerge(kept.ID, gone.ID)

	merged := o.fetch(kept.ID)
	if merged.Title() != "Jose Núñez" || merged.JobTitle != "Jefe" || len(merged.Emails) != 2 || len(merged.Tags) != 1 {
		t.Errorf("merged: %+v", merged)
	}
	if _, err := o.Contact(o.owner, gone.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("the absorbed one is still there: %v", err)
	}
	if hits, err := o.Search(o.owner, "nunez", 5); err != nil || len(hits) != 1 || hits[0].ID != kept.ID {
		t.Errorf("found %v, %v", hits, err)
	}
	history, err := o.History(o.owner, crm.KindContact, kept.ID, "", 5)
	if err != nil {
		t.Fatal(err)
	}
	if whole := history.Items[1]; whole.ID != action || whole.Verb != verbMerge || whole.Changes[0].To != "Jose Núñez" {
		t.Errorf("history says %+v", whole)
	}

	undone := o.undo(action)
	if undone.Records != 2 || undone.Left != 0 || len(undone.Stays) != 0 {
		t.Errorf("undone: %+v", undone)
	}
	if back := o.fetch(kept.ID); back.Title() != "José" || back.JobTitle != "" || !slices.Equal(back.Emails, kept.Emails) {
		t.Errorf("the kept one: %+v", back)
	}
	if back := o.fetch(gone.ID); back.Title() != "Jose Núñez" || back.JobTitle != "Jefe" {
		t.Errorf("the absorbed one: %+v", back)
	}
	if _, err := o.UndoAction(o.owner, action); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo twice: %v", err)
	}

	o.undo(undone.By)
	if again := o.fetch(kept.ID); again.JobTitle != "Jefe" {
		t.Errorf("redone: %+v", again)
	}
	if _, err := o.Contact(o.owner, gone.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("redone, the absorbed one is there: %v", err)
	}
	if into, err := o.MergedInto(o.owner, crm.KindContact, gone.ID); err != nil || into != kept.ID {
		t.Errorf("redone, it leads to %d, %v", into, err)
	}
}

func TestUndoOfAMergeLeavesWhatWasChangedSince(t *testing.T) {
	o := newOffice(t)
	kept := o.store(crm.Contact{GivenName: "José", Emails: []string{"jose@acme.example"}, Source: "Feria"})
	gone := o.store(crm.Contact{GivenName: "Jose", FamilyName: "Núñez", JobTitle: "Jefe", Emails: []string{"j@acme.example"}})
	action := o.mustMerge(kept.ID, gone.ID)
	o.change(kept.ID, func(c *crm.Contact) { c.JobTitle, c.Birthday = "Director", "1984-03-09" })
	o.change(kept.ID, func(c *crm.Contact) { c.Emails = append(c.Emails, "nuevo@acme.example") })

	undone := o.undo(action)
	if !slices.Equal(undone.Stays, []string{"jobTitle"}) {
		t.Errorf("what stays is %v", undone.Stays)
	}
	back := o.fetch(kept.ID)
	if back.Title() != "José" || back.JobTitle != "Director" || back.Birthday != "1984-03-09" || back.Source != "Feria" {
		t.Errorf("the kept one: %+v", back)
	}
	if !slices.Equal(back.Emails, []string{"jose@acme.example", "nuevo@acme.example"}) {
		t.Errorf("e-mails: %v", back.Emails)
	}
	if other := o.fetch(gone.ID); other.JobTitle != "Jefe" || !slices.Equal(other.Emails, gone.Emails) {
		t.Errorf("the absorbed one: %+v", other)
	}
}

// Somebody took the absorbed record out of the bin by hand, or deleted the one
// that stayed: the rest of the merge is still taken back.
func TestUndoOfAMergeWhoseRecordsWentTheirWay(t *testing.T) {
	o := newOffice(t)
	kept, gone := o.contact("José", ""), o.store(crm.Contact{GivenName: "Jose", JobTitle: "Jefe"})
	action := o.mustMerge(kept.ID, gone.ID)
	if _, err := o.DeleteContact(o.owner, kept.ID); err != nil {
		t.Fatal(err)
	}
	o.undo(action)
	if _, err := o.Contact(o.owner, kept.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("a record that was deleted since is back: %v", err)
	}
	if o.fetch(gone.ID).JobTitle != "Jefe" {
		t.Error("the absorbed one is not back")
	}
}

func TestUndoOfAMergeAfterTheBinWasEmptied(t *testing.T) {
	o := newOffice(t)
	kept, gone := o.contact("José", "Núñez"), o.contact("Jose", "Nuñez")
	action := o.mustMerge(kept.ID, gone.ID)
	o.clock.Advance(crm.BinTime + time.Second)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, action); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo: %v", err)
	}
	if o.fetch(kept.ID).Title() != "Jose Nuñez" {
		t.Error("half of it was undone")
	}
	if into, err := o.MergedInto(o.owner, crm.KindContact, gone.ID); err != nil || into != kept.ID {
		t.Errorf("it leads to %d, %v", into, err)
	}
}

func TestMergingCompaniesMovesTheirContacts(t *testing.T) {
	o := newOffice(t)
	kept, gone, child := o.company("Acme"), o.company("ACME SA"), o.company("Acme Norte")
	child.ParentID = gone.ID
	if err := o.UpdateCompany(o.owner, child); err != nil {
		t.Fatal(err)
	}
	first, second := o.store(crm.Contact{GivenName: "Ana", CompanyID: gone.ID}), o.store(crm.Contact{GivenName: "Eva", CompanyID: gone.ID})
	binned := o.store(crm.Contact{GivenName: "Iris", CompanyID: gone.ID})
	deletion, err := o.DeleteContact(o.owner, binned.ID)
	if err != nil {
		t.Fatal(err)
	}
	action := o.mergeCompanies(kept.ID, gone.ID, func(c *crm.Company) { c.Address.City = "Hermosillo" })
	if c := o.fetch(first.ID); c.CompanyID != kept.ID || c.CompanyName != "Acme" || c.Version != first.Version+1 {
		t.Errorf("a contact: %+v", c)
	}
	if c := o.fetchCompany(child.ID); c.ParentID != kept.ID {
		t.Errorf("a subsidiary: %+v", c)
	}
	o.undo(deletion)
	if c := o.fetch(binned.ID); c.CompanyID != kept.ID {
		t.Errorf("a contact that was in the bin comes back to company %d", c.CompanyID)
	}
	elsewhere := o.company("Otra")
	o.change(second.ID, func(c *crm.Contact) { c.CompanyID = elsewhere.ID })
	o.change(first.ID, func(c *crm.Contact) { c.JobTitle = "Compras" })

	undone := o.undo(action)
	if undone.Left != 1 {
		t.Errorf("undone: %+v", undone)
	}
	if c := o.fetch(first.ID); c.CompanyID != gone.ID || c.CompanyName != "ACME SA" || c.JobTitle != "Compras" {
		t.Errorf("a contact that changed otherwise: %+v", c)
	}
	if c := o.fetch(second.ID); c.CompanyID != elsewhere.ID {
		t.Errorf("a contact that moved since: %+v", c)
	}
	if c := o.fetchCompany(child.ID); c.ParentID != gone.ID {
		t.Errorf("a subsidiary: %+v", c)
	}
}

func TestMergingNeverClosesACircle(t *testing.T) {
	o := newOffice(t)
	top, middle, bottom := o.company("Arriba"), o.company("En medio"), o.company("Abajo")
	for child, parent := range map[*crm.Company]*crm.Company{middle: top, bottom: middle} {
		child.ParentID = parent.ID
		if err := o.UpdateCompany(o.owner, child); err != nil {
			t.Fatal(err)
		}
	}
	// The one below absorbs the one on top: the one in between cannot be below it.
	action := o.mergeCompanies(bottom.ID, top.ID, func(*crm.Company) {})
	if c := o.fetchCompany(bottom.ID); c.ParentID != middle.ID {
		t.Errorf("the one that stays: %+v", c)
	}
	if c := o.fetchCompany(middle.ID); c.ParentID != 0 {
		t.Errorf("the one in between: %+v", c)
	}
	o.undo(action)
	if c := o.fetchCompany(middle.ID); c.ParentID != top.ID {
		t.Errorf("undone, the one in between: %+v", c)
	}
	// A child absorbs its parent and takes the place below the grandparent.
	o.mergeCompanies(bottom.ID, middle.ID, func(*crm.Company) {})
	if c := o.fetchCompany(bottom.ID); c.ParentID != top.ID {
		t.Errorf("a child that absorbed its parent: %+v", c)
	}
}

func TestAMergeOfWhatChangedIsRefused(t *testing.T) {
	o := newOffice(t)
	kept, gone := o.contact("José", "Núñez"), o.contact("Jose", "Nuñez")
	o.change(gone.ID, func(c *crm.Contact) { c.JobTitle = "Jefe" })
	for _, m := range []crm.Merge{
		{KeptID: kept.ID, KeptVersion: 1, AbsorbedID: gone.ID, AbsorbedVersion: 1},
		{KeptID: kept.ID, KeptVersion: 2, AbsorbedID: gone.ID, AbsorbedVersion: 2},
		{KeptID: kept.ID, KeptVersion: 1, AbsorbedID: kept.ID, AbsorbedVersion: 1},
	} {
		if _, err := o.MergeContacts(o.owner, m, kept); !errors.Is(err, crm.ErrConflict) {
			t.Errorf("%+v: %v", m, err)
		}
	}
	if _, err := o.MergeContacts(o.owner, crm.Merge{KeptID: kept.ID, KeptVersion: 1, AbsorbedID: 99}, kept); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("with nobody: %v", err)
	}
	reader, _, _ := o.hire(crm.RoleReadOnly, "reader@acme.example")
	if _, err := o.merge(reader, kept.ID, gone.ID); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a reader: %v", err)
	}
}

func TestMergesKeepToWhatTheActorSees(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	hidden := o.store(crm.Contact{GivenName: "Ana", Emails: []string{"ana@acme.example"}})
	own := &crm.Contact{GivenName: "Ana", Emails: []string{"ana@acme.example"}}
	if err := o.CreateContact(seller, own); err != nil {
		t.Fatal(err)
	}
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})
	if found, err := o.Duplicates(seller, crm.KindContact, own.ID); err != nil || len(found) != 0 {
		t.Errorf("duplicates: %v, %v", found, err)
	}
	if page, err := o.DuplicateGroups(seller, crm.KindContact, "", 0); err != nil || len(page.Items) != 0 {
		t.Errorf("groups: %v, %v", page, err)
	}
	if _, err := o.Duplicates(seller, crm.KindContact, hidden.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("duplicates of a hidden one: %v", err)
	}
	if matches, err := o.LeadMatches(seller, &crm.Lead{Emails: hidden.Emails}); err != nil || len(matches.Contacts) != 1 || matches.Contacts[0].ID != own.ID {
		t.Errorf("matches: %v, %v", matches, err)
	}
	if _, err := o.merge(seller, own.ID, hidden.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("merge: %v", err)
	}
	o.mustMerge(hidden.ID, own.ID)
	if _, err := o.MergedInto(seller, crm.KindContact, own.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("the way to a hidden record: %v", err)
	}
}

func TestOldAddressesLeadThroughSeveralMerges(t *testing.T) {
	o := newOffice(t)
	a, b, c := o.contact("A", ""), o.contact("B", ""), o.contact("C", "")
	o.mustMerge(b.ID, a.ID)
	second := o.mustMerge(c.ID, b.ID)
	into := func(id int64) int64 {
		found, err := o.MergedInto(o.owner, crm.KindContact, id)
		if err != nil && !errors.Is(err, crm.ErrNotFound) {
			t.Fatal(err)
		}
		return found
	}
	if into(a.ID) != c.ID || into(b.ID) != c.ID || into(c.ID) != 0 || into(99) != 0 {
		t.Errorf("they lead to %d, %d, %d", into(a.ID), into(b.ID), into(c.ID))
	}
	o.undo(second)
	if into(a.ID) != b.ID || into(b.ID) != 0 {
		t.Errorf("after the undo they lead to %d, %d", into(a.ID), into(b.ID))
	}
	if _, err := o.DeleteContact(o.owner, b.ID); err != nil {
		t.Fatal(err)
	}
	if into(b.ID) != 0 {
		t.Errorf("a deleted one leads to %d", into(b.ID))
	}
}

func TestActivitiesFollowAMerge(t *testing.T) {
	o := newOffice(t)
	kept, gone := o.contact("José", "Núñez"), o.contact("Jose", "Nuñez")
	note := &crm.Activity{Type: crm.ActivityNote, Body: "Llamó", ContactID: gone.ID}
	if err := o.CreateActivity(o.owner, note); err != nil {
		t.Fatal(err)
	}
	of := func() int64 {
		a, err := o.Activity(o.owner, note.ID)
		if err != nil {
			t.Fatal(err)
		}
		return a.ContactID
	}
	action := o.mustMerge(kept.ID, gone.ID)
	if of() != kept.ID {
		t.Errorf("the note is about %d", of())
	}
	o.undo(action)
	if of() != gone.ID {
		t.Errorf("after the undo the note is about %d", of())
	}
}
