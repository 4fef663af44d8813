package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) bulk(ids []int64, e crm.BulkEdit) crm.Bulk {
	o.t.Helper()
	done, err := o.EditMany(o.owner, crm.KindContact, ids, e)
	if err != nil {
		o.t.Fatalf("edit many: %v", err)
	}
	return done
}

func TestManyRecordsAreChangedInOneActionAndTakenBack(t *testing.T) {
	o := newOffice(t)
	_, seller, _ := o.hire(crm.RoleSeller, "vende@acme.example")
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro", "Plata")
	var ids []int64
	for i := range editAtOnce + 20 {
		ids = append(ids, o.contact(fmt.Sprintf("Persona %d", i), "").ID)
	}
	for name, test := range map[string]struct {
		edit crm.BulkEdit
		is   func(*crm.Contact) bool
	}{
		"owner":  {crm.BulkEdit{OwnerID: seller.ID}, func(c *crm.Contact) bool { return c.OwnerID == seller.ID }},
		"tag":    {crm.BulkEdit{AddTags: []string{"Feria, VIP"}}, func(c *crm.Contact) bool { return slices.Equal(c.Tags, []string{"Feria", "VIP"}) }},
		"city":   {crm.BulkEdit{Field: "city", Value: " Nogales "}, func(c *crm.Contact) bool { return c.Address.City == "Nogales" }},
		"custom": {crm.BulkEdit{Field: customName(level.ID), Value: "oro"}, func(c *crm.Contact) bool { return c.Custom[level.ID] == "Oro" }},
	} {
		done := o.bulk(ids, test.edit)
		if done.Changed != len(ids) || done.Action == 0 || done.Same+len(done.Left) != 0 {
			t.Fatalf("%s: %+v", name, done)
		}
		if again := o.bulk(ids, test.edit); again.Same != len(ids) || again.Action != 0 {
			t.Errorf("%s again: %+v", name, again)
		}
		c, err := o.Contact(o.owner, ids[len(ids)-1])
		if err != nil || !test.is(c) {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
		undone, err := o.UndoAction(o.owner, done.Action)
		if err != nil || undone.Records != len(ids) {
			t.Errorf("%s: undone %+v, %v", name, undone, err)
		}
		if c, err := o.Contact(o.owner, ids[0]); err != nil || test.is(c) {
			t.Errorf("%s after undo: %+v, %v", name, c, err)
		}
	}
}

func TestABulkEditSaysWhatItLeftAndWhy(t *testing.T) {
	o := newOffice(t)
	one := o.contact("Ana", "")
	full := &crm.Contact{GivenName: "Llena"}
	for i := range 20 {
		full.Tags = append(full.Tags, fmt.Sprintf("t%02d", i))
	}
	if err := o.CreateContact(o.owner, full); err != nil {
		t.Fatal(err)
	}
	gone := o.contact("Ida", "")
	if _, err := o.DeleteContact(o.owner, gone.ID); err != nil {
		t.Fatal(err)
	}
	done := o.bulk([]int64{one.ID, full.ID, gone.ID, 999, one.ID}, crm.BulkEdit{AddTags: []string{"otra"}})
	want := []crm.Left{{ID: full.ID, Title: "Llena", Reason: crm.KeyManyTags}, {ID: gone.ID, Reason: crm.KeyUnknown}, {ID: 999, Reason: crm.KeyUnknown}}
	if done.Changed != 1 || !slices.Equal(done.Left, want) {
		t.Errorf("got %+v", done)
	}
	done = o.bulk([]int64{one.ID, full.ID}, crm.BulkEdit{DropTags: []string{"OTRA"}})
	if done.Changed != 1 || done.Same != 1 {
		t.Errorf("drop: %+v", done)
	}
	done = o.bulk([]int64{one.ID, full.ID}, crm.BulkEdit{Delete: true})
	if done.Changed != 2 {
		t.Errorf("delete: %+v", done)
	}
	if undone, err := o.UndoAction(o.owner, done.Action); err != nil || undone.Records != 2 {
		t.Errorf("undone: %+v, %v", undone, err)
	}
}

func TestBulkEditsAreJudgedFirst(t *testing.T) {
	o := newOffice(t)
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro")
	reader, _, _ := o.hire(crm.RoleReadOnly, "lee@acme.example")
	for name, e := range map[string]crm.BulkEdit{
		"nothing": {}, "two things": {OwnerID: 1, Delete: true}, "no such field": {Field: "sort_key", Value: "x"},
		"no such choice": {Field: customName(level.ID), Value: "Bronce"},
	} {
		var invalid crm.Invalid
		if _, err := o.EditMany(o.owner, crm.KindContact, []int64{1}, e); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.EditMany(reader, crm.KindContact, nil, crm.BulkEdit{Delete: true}); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a reader deletes: %v", err)
	}
	done := o.bulk([]int64{o.contact("Ana", "").ID}, crm.BulkEdit{OwnerID: 77})
	if len(done.Left) != 1 || done.Left[0].Reason != crm.KeyUnknown {
		t.Errorf("a stranger owns: %+v", done)
	}
}
