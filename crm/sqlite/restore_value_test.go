package sqlite

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// actionsOn are the actions on a contact, the oldest first.
func actionsOn(t *testing.T, o *office, id int64) []*crm.Action {
	t.Helper()
	page, err := o.History(o.owner, crm.KindContact, id, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(page.Items)
	return page.Items
}

func TestOneValueIsPutBack(t *testing.T) {
	o := newOffice(t)
	c := fullContact()
	c.CompanyID = o.company("Acme").ID
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	before := *c
	c.JobTitle, c.CompanyID, c.Emails, c.Address.City, c.Tags = "Otro", 0, nil, "Otra", []string{"vip"}
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	change := lastAction(t, o, c.ID)
	version := c.Version
	for _, field := range []string{"jobTitle", "companyId", "emails", "city", "tags"} {
		by, err := o.RestoreValue(o.owner, change.ID, field, version)
		if err != nil || by == 0 {
			t.Fatalf("%s: %d, %v", field, by, err)
		}
		last := lastAction(t, o, c.ID)
		if last.ID != by || last.Verb != verbUpdate || len(last.Changes) != 1 || last.Changes[0].Field != field {
			t.Errorf("%s is recorded as %+v", field, last)
		}
		version++
	}
	read, err := o.Contact(o.owner, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	read.Version, read.UpdatedAt = before.Version, before.UpdatedAt
	if !reflect.DeepEqual(read, &before) {
		t.Errorf("after all were put back:\n%+v\nwant\n%+v", read, &before)
	}
	if by, err := o.RestoreValue(o.owner, change.ID, "jobTitle", version); by != 0 || err != nil {
		t.Errorf("a value that is so already: %d, %v", by, err)
	}
}

func TestValuesThatCannotBePutBack(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "ana@acme.example")
	acme := o.company("Acme")
	c := &crm.Contact{GivenName: "Eva", JobTitle: "Compras", CompanyID: acme.ID}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	c.JobTitle, c.CompanyID = "Obra", 0
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if _, err := o.DeleteCompany(o.owner, acme.ID); err != nil {
		t.Fatal(err)
	}
	created, change := actionsOn(t, o, c.ID)[0], lastAction(t, o, c.ID)
	for name, test := range map[string]struct {
		do   func() (int64, error)
		want error
	}{
		"an old version":     {func() (int64, error) { return o.RestoreValue(o.owner, change.ID, "jobTitle", 1) }, crm.ErrConflict},
		"another's":          {func() (int64, error) { return o.RestoreValue(seller, change.ID, "jobTitle", 2) }, crm.ErrForbidden},
		"no such field":      {func() (int64, error) { return o.RestoreValue(o.owner, change.ID, "salary", 2) }, crm.ErrNotUndoable},
		"of a creation":      {func() (int64, error) { return o.RestoreValue(o.owner, created.ID, "jobTitle", 2) }, crm.ErrNotUndoable},
		"a company gone":     {func() (int64, error) { return o.RestoreValue(o.owner, change.ID, "companyId", 2) }, crm.ErrNotUndoable},
		"no such action":     {func() (int64, error) { return o.RestoreValue(o.owner, 999, "jobTitle", 2) }, crm.ErrNotFound},
		"an action of users": {func() (int64, error) { return o.RestoreValue(o.owner, 1, "role", 1) }, crm.ErrNotUndoable},
	} {
		if by, err := test.do(); by != 0 || !errors.Is(err, test.want) {
			t.Errorf("%s: %d, %v; want %v", name, by, err, test.want)
		}
	}
	if _, err := o.DeleteContact(o.owner, c.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.RestoreValue(o.owner, change.ID, "jobTitle", 3); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("in the bin: %v", err)
	}
}

// Every field that history names can be found in its record, whatever kind.
func TestEveryFieldCanBePutBack(t *testing.T) {
	for _, f := range contacts.fields(&crm.Contact{}) {
		copyable(t, crm.Contact{}, f.name)
	}
	for _, f := range companies.fields(&crm.Company{}) {
		copyable(t, crm.Company{}, f.name)
	}
	for _, f := range activities.fields(&crm.Activity{}) {
		copyable(t, crm.Activity{}, f.name)
	}
	for _, f := range leads.fields(&crm.Lead{}) {
		copyable(t, crm.Lead{}, f.name)
	}
	for _, f := range deals.fields(&crm.Deal{}) {
		copyable(t, crm.Deal{}, f.name)
	}
	copyable(t, crm.Contact{}, "custom.7")
}

func copyable[R any](t *testing.T, record R, name string) {
	t.Helper()
	var from R
	if !copyField(reflect.ValueOf(&record).Elem(), reflect.ValueOf(&from).Elem(), name) {
		t.Errorf("%T has no %q", record, name)
	}
}

func TestACustomValueIsCopiedAlone(t *testing.T) {
	to := crm.Contact{Extra: crm.Extra{Custom: map[int64]string{1: "a", 2: "b"}}}
	shared := to.Custom
	from := crm.Contact{Extra: crm.Extra{Custom: map[int64]string{1: "x", 2: "y"}}}
	if !copyField(reflect.ValueOf(&to).Elem(), reflect.ValueOf(&from).Elem(), "custom.2") ||
		!reflect.DeepEqual(to.Custom, map[int64]string{1: "a", 2: "y"}) || shared[2] != "b" {
		t.Errorf("got %v, and the map it came from is %v", to.Custom, shared)
	}
	if copyField(reflect.ValueOf(&to).Elem(), reflect.ValueOf(&from).Elem(), "custom.x") {
		t.Error("a field without a number is copied")
	}
}
