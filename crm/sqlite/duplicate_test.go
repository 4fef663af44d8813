package sqlite

import (
	"fmt"
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) alikes(kind crm.Kind, id int64) map[int64][]crm.Likeness {
	o.t.Helper()
	found, err := o.Duplicates(o.owner, kind, id)
	if err != nil {
		o.t.Fatal(err)
	}
	all := map[int64][]crm.Likeness{}
	for _, d := range found {
		all[d.ID] = d.Likenesses
	}
	return all
}

func TestDuplicatesOfAContact(t *testing.T) {
	o := newOffice(t)
	acme := o.company("Acme")
	a := o.store(crm.Contact{GivenName: "José", FamilyName: "Núñez", CompanyID: acme.ID, Emails: []string{"jose@acme.example"}, Phones: []string{"662 555 0101"}})
	mail := o.store(crm.Contact{GivenName: "Pepe", Emails: []string{"JOSE@acme.example"}})
	phone := o.store(crm.Contact{GivenName: "Ana", Phones: []string{"+52 (662) 5550101"}})
	name := o.store(crm.Contact{GivenName: "JOSE", FamilyName: "Nunez", CompanyID: acme.ID})
	o.store(crm.Contact{GivenName: "José", FamilyName: "Núñez"}) // elsewhere
	got := o.alikes(crm.KindContact, a.ID)
	if len(got) != 3 || got[mail.ID][0] != crm.LikeEmail || got[phone.ID][0] != crm.LikePhone || got[name.ID][0] != crm.LikePerson {
		t.Errorf("got %v", got)
	}
	o.change(mail.ID, func(c *crm.Contact) { c.Emails = []string{"pepe@acme.example"} })
	if _, err := o.DeleteContact(o.owner, phone.ID); err != nil {
		t.Fatal(err)
	}
	if got := o.alikes(crm.KindContact, a.ID); len(got) != 1 {
		t.Errorf("after one changed and one went: %v", got)
	}
	o.undo(lastAction(t, o, mail.ID).ID)
	if got := o.alikes(crm.KindContact, a.ID); len(got) != 2 {
		t.Errorf("after an undo: %v", got)
	}
}

func TestDuplicateCompaniesAreGroupedOnce(t *testing.T) {
	o := newOffice(t)
	for _, c := range []crm.Company{
		{Name: "Acme", Domain: "acme.example"}, {Name: "ACME SA de CV", Domain: "www.acme.example"},
		{Name: "Ñandú"}, {Name: "Nandu"}, {Name: "Ñandú, S.A."}, {Name: "Sola"},
	} {
		if err := o.CreateCompany(o.owner, &c); err != nil {
			t.Fatal(err)
		}
	}
	first, err := o.DuplicateGroups(o.owner, crm.KindCompany, "", 1)
	if err != nil || len(first.Items) != 1 || first.Next == "" {
		t.Fatalf("first page: %+v, %v", first, err)
	}
	if g := first.Items[0]; !slices.Equal(g.Likenesses, []crm.Likeness{crm.LikeDomain, crm.LikeName}) || !slices.Equal(titles(g.Records), []string{"Acme", "ACME SA de CV"}) {
		t.Errorf("first group: %+v", g)
	}
	second, err := o.DuplicateGroups(o.owner, crm.KindCompany, first.Next, 1)
	if err != nil || len(second.Items) != 1 || len(second.Items[0].Records) != 3 || second.Next != "" {
		t.Errorf("second page: %+v, %v", second, err)
	}
	if _, err := o.DuplicateGroups(o.owner, crm.KindCompany, "?", 1); err == nil {
		t.Error("a cursor that is none is read")
	}
}

func TestManyOnOneSwitchboard(t *testing.T) {
	o := newOffice(t)
	for i := range duplicatesShown + 5 {
		o.store(crm.Contact{GivenName: fmt.Sprint("Persona ", i), Phones: []string{"662 555 0100"}})
	}
	page, err := o.DuplicateGroups(o.owner, crm.KindContact, "", 0)
	if err != nil || len(page.Items) != 1 || len(page.Items[0].Records) != duplicatesShown || !page.Items[0].More {
		t.Errorf("groups: %+v, %v", page, err)
	}
	if found, err := o.Duplicates(o.owner, crm.KindContact, 1); err != nil || len(found) != duplicatesShown {
		t.Errorf("duplicates: %d, %v", len(found), err)
	}
}

// sharedKeys lists the keys marked as shared, to compare with the truth.
func wrongKeys(t *testing.T, o *office) int {
	t.Helper()
	wrong := 0
	err := o.queries.queryRow(t.Context(), `SELECT count(*) FROM identity AS i WHERE i.shared <>
		EXISTS (SELECT 1 FROM identity AS o WHERE o.kind = i.kind AND o.likeness = i.likeness AND o.value = i.value AND o.record_id <> i.record_id)`).Scan(&wrong)
	if err != nil {
		t.Fatal(err)
	}
	return wrong
}

func TestKeysKnowWhetherTheyAreShared(t *testing.T) {
	o := newOffice(t)
	var all []*crm.Contact
	for range 4 {
		all = append(all, o.store(crm.Contact{GivenName: "Ana", Emails: []string{"ana@acme.example"}}))
		if wrong := wrongKeys(t, o); wrong != 0 {
			t.Errorf("with %d records %d keys are wrong", len(all), wrong)
		}
	}
	for i, c := range all {
		o.change(c.ID, func(c *crm.Contact) { c.GivenName, c.Emails = fmt.Sprint("Eva", i), nil })
		if wrong := wrongKeys(t, o); wrong != 0 {
			t.Errorf("after %d changes %d keys are wrong", i+1, wrong)
		}
	}
	var left int
	if err := o.queries.queryRow(t.Context(), "SELECT count(*) FROM identity").Scan(&left); err != nil || left != len(all) {
		t.Errorf("%d keys are left: %v", left, err)
	}
}

func TestTheBinTakesKeysAlong(t *testing.T) {
	o := newOffice(t)
	gone, kept := o.contact("Ana", "López"), o.contact("Ana", "López")
	if _, err := o.DeleteContact(o.owner, gone.ID); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(2 * crm.BinTime)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	var keys, shared int
	err := o.queries.queryRow(t.Context(), "SELECT count(*), sum(shared) FROM identity").Scan(&keys, &shared)
	if err != nil || keys != 1 || shared != 0 || len(o.alikes(crm.KindContact, kept.ID)) != 0 {
		t.Errorf("%d keys, %d shared, %v", keys, shared, err)
	}
}

// A database from before the table gets its keys when it is opened.
func TestOldRecordsGetTheirKeys(t *testing.T) {
	o := newOffice(t)
	first := o.contact("Ana", "López")
	for range keysAtOnce {
		o.contact("Ana", "López")
	}
	o.company("Acme")
	err := o.writer.do(t.Context(), ordinary, func(t *tx) error {
		if _, err := t.exec("DELETE FROM identity"); err != nil {
			return err
		}
		return t.saveSetting(pendingKeys, map[crm.Kind]int64{crm.KindContact: 0, crm.KindCompany: 0})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.fillKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	var keys, pending int
	err = o.queries.queryRow(t.Context(), "SELECT (SELECT count(*) FROM identity), (SELECT count(*) FROM setting WHERE name = ?)", pendingKeys).Scan(&keys, &pending)
	if err != nil || keys != keysAtOnce+2 || pending != 0 || wrongKeys(t, o) != 0 {
		t.Errorf("%d keys, %d pending, %v", keys, pending, err)
	}
	if len(o.alikes(crm.KindContact, first.ID)) != duplicatesShown {
		t.Error("the duplicates of the first are not found")
	}
}
