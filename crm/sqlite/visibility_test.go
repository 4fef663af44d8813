package sqlite

import (
	"errors"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// Whoever may not see a record finds no trace of it on any way.
func TestRecordsVisibleToTheirOwnerAlone(t *testing.T) {
	o := newOffice(t)
	seller, _, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	manager, _, _ := o.hire(crm.RoleManager, "manager@acme.example")
	hidden := o.contact("Ana", "Oculta")
	own := &crm.Contact{GivenName: "Eva", FamilyName: "Propia"}
	if err := o.CreateContact(seller, own); err != nil {
		t.Fatal(err)
	}
	o.settings.Store(&crm.Settings{Visibility: crm.VisibleToOwner})

	if _, err := o.Contact(seller, hidden.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("read: %v", err)
	}
	if err := o.UpdateContact(seller, hidden); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("update: %v", err)
	}
	if _, err := o.DeleteContact(seller, hidden.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("delete: %v", err)
	}
	if _, err := o.History(seller, crm.KindContact, hidden.ID, "", 5); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("history: %v", err)
	}
	for _, f := range []crm.ContactFilter{{}, {OwnerID: 1}, {Query: "oculta"}, {Sort: crm.SortName}} {
		page, err := o.Contacts(seller, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Items {
			if c.ID == hidden.ID {
				t.Errorf("%+v lists it", f)
			}
		}
	}
	if hits, err := o.Search(seller, "oculta", 5); err != nil || len(hits) != 0 {
		t.Errorf("search: %v, %v", hits, err)
	}
	if hits, err := o.Search(seller, "propia", 5); err != nil || len(hits) != 1 {
		t.Errorf("one's own: %v, %v", hits, err)
	}
	if _, err := o.Contact(manager, hidden.ID); err != nil {
		t.Errorf("a manager: %v", err)
	}
	if hits, err := o.Search(manager, "oculta", 5); err != nil || len(hits) != 1 {
		t.Errorf("a manager's search: %v, %v", hits, err)
	}
}

func TestSettingsAreReadWhenOpened(t *testing.T) {
	o := newOffice(t)
	err := o.writer.do(t.Context(), ordinary, func(t *tx) error {
		return t.saveSetting(teamSettings, crm.Settings{Visibility: crm.VisibleToOwner})
	})
	if err != nil {
		t.Fatal(err)
	}
	o.close()
	o.open(nil)
	if got := o.settings.Load().Visibility; got != crm.VisibleToOwner {
		t.Errorf("visibility is %q", got)
	}
}
