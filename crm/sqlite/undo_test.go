package sqlite

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// lastAction is the newest action on a contact.
func lastAction(t *testing.T, o *office, id int64) *crm.Action {
	t.Helper()
	history, err := o.History(o.owner, crm.KindContact, id, "", 1)
	if err != nil || len(history.Items) != 1 {
		t.Fatalf("history of contact %d: %v, %v", id, history.Items, err)
	}
	return history.Items[0]
}

func TestUndoOfUpdateRestoresEveryField(t *testing.T) {
	o := newOffice(t)
	acme, globex := o.company("Acme"), o.company("Globex")
	before := fullContact()
	before.CompanyID = acme.ID
	if err := o.CreateContact(o.owner, before); err != nil {
		t.Fatal(err)
	}
	after := &crm.Contact{ID: before.ID, Version: before.Version, GivenName: "Otra", CompanyID: globex.ID, Emails: []string{"otra@globex.example"}}
	if err := o.UpdateContact(o.owner, after); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(time.Minute)
	undone, err := o.UndoAction(o.owner, lastAction(t, o, before.ID).ID)
	if err != nil {
		t.Fatal(err)
	}
	if undone.Action.Verb != verbUpdate || undone.By == 0 || undone.Records != 1 {
		t.Errorf("undone action: %+v", undone)
	}
	read, err := o.Contact(o.owner, before.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := *before
	want.Version, want.UpdatedAt = 3, o.clock.Now()
	if !reflect.DeepEqual(read, &want) {
		t.Errorf("after undo:\n%+v\nwant\n%+v", read, &want)
	}
	if hits, err := o.Search(o.owner, "nunez", 5); err != nil || len(hits) != 1 {
		t.Errorf("the restored name is not found: %v, %v", hits, err)
	}
	if hits, err := o.Search(o.owner, "otra", 5); err != nil || len(hits) != 0 {
		t.Errorf("the name that was taken back is found: %v, %v", hits, err)
	}
}

func TestUndoOfCreateAndItsUndo(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "López")
	undone, err := o.UndoAction(o.owner, lastAction(t, o, c.ID).ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Contact(o.owner, c.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("after undo of create: %v", err)
	}
	if _, err := o.UndoAction(o.owner, undone.By); err != nil {
		t.Fatalf("redo: %v", err)
	}
	if read, err := o.Contact(o.owner, c.ID); err != nil || read.Title() != "Ana López" {
		t.Errorf("after redo: %+v, %v", read, err)
	}
}

func TestUndoOnlyWhatNothingFollowed(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "López")
	created := lastAction(t, o, c.ID)
	c.JobTitle = "Ventas"
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, created.ID); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo of create after an update: %v", err)
	}
	updated := lastAction(t, o, c.ID)
	if _, err := o.UndoAction(o.owner, updated.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, updated.ID); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo twice: %v", err)
	}
	if _, err := o.UndoAction(o.owner, 4711); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("undo of nothing: %v", err)
	}
}

func TestSellersUndoTheirOwn(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	manager, _, _ := o.hire(crm.RoleManager, "manager@acme.example")
	theirs, own, third := o.contact("De", "Lucía"), &crm.Contact{GivenName: "Propio"}, &crm.Contact{GivenName: "Tercero"}
	for _, c := range []*crm.Contact{own, third} {
		if err := o.CreateContact(seller, c); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := o.UndoAction(seller, lastAction(t, o, theirs.ID).ID); !errors.Is(err, crm.ErrForbidden) {
		t.Errorf("a seller undid what the owner did: %v", err)
	}
	if _, err := o.UndoAction(seller, lastAction(t, o, own.ID).ID); err != nil {
		t.Errorf("a seller's own: %v", err)
	}
	if _, err := o.UndoAction(manager, lastAction(t, o, third.ID).ID); err != nil {
		t.Errorf("a manager: %v", err)
	}
}

func TestUndoNeverMakesACycle(t *testing.T) {
	o := newOffice(t)
	a, b := o.company("A"), o.company("B")
	a.ParentID = b.ID
	if err := o.UpdateCompany(o.owner, a); err != nil {
		t.Fatal(err)
	}
	a.ParentID = 0
	if err := o.UpdateCompany(o.owner, a); err != nil {
		t.Fatal(err)
	}
	history, err := o.History(o.owner, crm.KindCompany, a.ID, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	b.ParentID = a.ID
	if err := o.UpdateCompany(o.owner, b); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, history.Items[0].ID); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo that would close a circle: %v", err)
	}
}

func TestUndoAfterTheCompanyIsGone(t *testing.T) {
	o := newOffice(t)
	company := o.company("Efímera")
	c := &crm.Contact{GivenName: "Ana", CompanyID: company.ID}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if _, err := o.DeleteCompany(o.owner, company.ID); err != nil {
		t.Fatal(err)
	}
	c.CompanyID = 0
	if err := o.UpdateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(binTime + time.Hour)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, lastAction(t, o, c.ID).ID); err != nil {
		t.Fatal(err)
	}
	if read, err := o.Contact(o.owner, c.ID); err != nil || read.CompanyID != 0 {
		t.Errorf("after undo: %+v, %v", read, err)
	}
}

func TestBinIsEmptiedAfterItsTime(t *testing.T) {
	o := newOffice(t)
	company := o.company("Vieja")
	linked := &crm.Contact{GivenName: "Queda", CompanyID: company.ID}
	if err := o.CreateContact(o.owner, linked); err != nil {
		t.Fatal(err)
	}
	old, recent := o.contact("Viejo", "Borrado"), o.contact("Nuevo", "Borrado")
	oldAction, err := o.DeleteContact(o.owner, old.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.DeleteCompany(o.owner, company.ID); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(binTime - time.Hour)
	recentAction, err := o.DeleteContact(o.owner, recent.ID)
	if err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(2 * time.Hour)
	if err := o.tidy(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := o.UndoAction(o.owner, oldAction); !errors.Is(err, crm.ErrNotUndoable) {
		t.Errorf("undo after the bin was emptied: %v", err)
	}
	if _, err := o.UndoAction(o.owner, recentAction); err != nil {
		t.Errorf("undo within the time: %v", err)
	}
	if read, err := o.Contact(o.owner, linked.ID); err != nil || read.CompanyID != 0 {
		t.Errorf("contact of the company: %+v, %v", read, err)
	}
	if history, err := o.History(o.owner, crm.KindContact, old.ID, "", 0); err != nil || len(history.Items) != 2 {
		t.Errorf("the history went with the record: %v, %v", history.Items, err)
	}
}

func TestHistorySaysWhatChanged(t *testing.T) {
	o := newOffice(t)
	seller, user, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	acme := o.company("Acme")
	c := &crm.Contact{GivenName: "Ana", Emails: []string{"ana@acme.example", "ana@home.example"}}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	o.clock.Advance(time.Hour)
	c.Emails, c.CompanyID, c.OwnerID = c.Emails[:1], acme.ID, user.ID
	if err := o.UpdateContact(seller, c); err != nil {
		t.Fatal(err)
	}
	got := lastAction(t, o, c.ID)
	want := &crm.Action{
		ID: got.ID, Verb: verbUpdate, Kind: crm.KindContact, RecordID: c.ID, Title: "Ana",
		UserID: user.ID, UserName: "seller@acme.example", At: o.clock.Now(),
		Changes: []crm.Change{
			{Field: "emails", From: "ana@acme.example, ana@home.example", To: "ana@acme.example"},
			{Field: "companyId", To: "Acme"},
			{Field: "ownerId", From: "Lucía Moreno", To: "seller@acme.example"},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func TestHistoryIsPaged(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "0")
	for _, name := range []string{"1", "2", "3", "4"} {
		c.FamilyName = name
		if err := o.UpdateContact(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	var seen []string
	for cursor, first := crm.Cursor(""), true; first || cursor != ""; first = false {
		page, err := o.History(o.owner, crm.KindContact, c.ID, cursor, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Items {
			seen = append(seen, a.Title)
		}
		cursor = page.Next
	}
	if want := []string{"Ana 4", "Ana 3", "Ana 2", "Ana 1", "Ana 0"}; !slices.Equal(seen, want) {
		t.Errorf("got %v, want %v", seen, want)
	}
	if _, err := o.History(o.owner, crm.KindContact, c.ID, "nonsense", 2); !errors.As(err, &crm.Invalid{}) {
		t.Errorf("bad cursor: %v", err)
	}
}

// States for undo are stored for years: a renamed field of a record would be
// lost silently. When this fails, keep the old name readable.
func TestSnapshotNamesArePinned(t *testing.T) {
	assertNames(t, crm.Contact{}, "Address", "Birthday", "CompanyID", "CompanyName", "CreatedAt", "Custom", "Emails", "FamilyName",
		"GivenName", "ID", "JobTitle", "OwnerID", "OwnerName", "Phones", "Source", "Tags", "UpdatedAt", "Version")
	assertNames(t, crm.Company{}, "Address", "Contacts", "CreatedAt", "Custom", "Domain", "ID", "Name", "OwnerID", "OwnerName",
		"ParentID", "ParentName", "Phone", "RFC", "Tags", "UpdatedAt", "Version", "Website")
	assertNames(t, crm.Deal{}, "ClosedAt", "CompanyID", "CompanyName", "ContactID", "ContactName", "CreatedAt", "Custom",
		"ExpectedClose", "ID", "Items", "LastActivityAt", "LostNote", "LostReason", "LostReasonID", "Name", "OwnerID", "OwnerName",
		"PipelineID", "Probability", "Source", "StageID", "StageName", "StageSince", "Status", "Tags", "UpdatedAt", "Value", "Version")
	assertNames(t, crm.LineItem{}, "Discount", "Name", "ProductID", "Quantity", "Tax", "UnitPrice")
	assertNames(t, crm.Money{}, "Currency", "Minor")
	assertNames(t, crm.QuoteCustomer{}, "Address", "Company", "Contact", "Deal", "RFC")
	assertNames(t, crm.Address{}, "City", "Country", "PostalCode", "State", "Street")
}

func assertNames(t *testing.T, record any, want ...string) {
	t.Helper()
	raw, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(raw, &fields); err != nil {
		t.Fatal(err)
	}
	var got []string
	for name := range fields {
		got = append(got, name)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%T is stored with %v, want %v", record, got, want)
	}
}
