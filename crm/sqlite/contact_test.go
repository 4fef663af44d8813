package sqlite

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func fullContact() *crm.Contact {
	return &crm.Contact{
		GivenName: "  Jose\u0301 ", FamilyName: "Nu\u0301n\u0303ez", Emails: []string{" jose@acme.example ", ""},
		Phones: []string{"+52 662 123 4567"}, JobTitle: "Compras", Source: "feria", Birthday: "1980-02-29",
		Address: crm.Address{Street: "Rosales 12", City: "Hermosillo", State: "Sonora", PostalCode: "83000", Country: "México"},
	}
}

func TestContactIsStoredAsRead(t *testing.T) {
	o := newOffice(t)
	company := o.company("Ferretería Acme")
	c := fullContact()
	c.CompanyID = company.ID
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	want := &crm.Contact{
		ID: c.ID, GivenName: "José", FamilyName: "Núñez", Emails: []string{"jose@acme.example"},
		Phones: []string{"+52 662 123 4567"}, JobTitle: "Compras", Source: "feria", Birthday: "1980-02-29",
		CompanyID: company.ID, CompanyName: "Ferretería Acme", OwnerID: 1, OwnerName: "Lucía Moreno",
		Address:   crm.Address{Street: "Rosales 12", City: "Hermosillo", State: "Sonora", PostalCode: "83000", Country: "México"},
		CreatedAt: o.clock.Now(), UpdatedAt: o.clock.Now(), Version: 1,
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("after create:\n%+v\nwant\n%+v", c, want)
	}
	o.reopen()
	read, err := o.Contact(o.owner, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(read, want) {
		t.Errorf("after a restart:\n%+v\nwant\n%+v", read, want)
	}
}

func TestUpdateStatesTheVersionItRead(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "López")
	first, second := *c, *c
	o.clock.Advance(time.Minute)
	first.JobTitle = "Ventas"
	if err := o.UpdateContact(o.owner, &first); err != nil {
		t.Fatal(err)
	}
	if first.Version != 2 || !first.UpdatedAt.Equal(o.clock.Now()) || !first.CreatedAt.Equal(c.CreatedAt) {
		t.Errorf("after update: %+v", first)
	}
	second.JobTitle = "Compras"
	if err := o.UpdateContact(o.owner, &second); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("update of an old version: %v", err)
	}
	if read, err := o.Contact(o.owner, c.ID); err != nil || read.JobTitle != "Ventas" {
		t.Errorf("read %+v, %v", read, err)
	}
}

func TestUpdateWithoutAChangeIsNoAction(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "López")
	if err := o.UpdateContact(o.owner, c); err != nil || c.Version != 1 {
		t.Errorf("version %d, %v", c.Version, err)
	}
	history, err := o.History(o.owner, crm.KindContact, c.ID, "", 0)
	if err != nil || len(history.Items) != 1 {
		t.Errorf("%d actions, %v", len(history.Items), err)
	}
}

func TestDeletedContactIsNotFound(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "López")
	if _, err := o.DeleteContact(o.owner, c.ID); err != nil {
		t.Fatal(err)
	}
	_, read := o.Contact(o.owner, c.ID)
	_, again := o.DeleteContact(o.owner, c.ID)
	_, never := o.Contact(o.owner, 12345)
	for name, err := range map[string]error{
		"read": read, "update": o.UpdateContact(o.owner, c), "delete again": again, "one that never was": never,
	} {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	page, err := o.Contacts(o.owner, crm.ContactFilter{})
	if err != nil || len(page.Items) != 0 {
		t.Errorf("list: %v, %v", names(page.Items), err)
	}
}

func TestContactRefersToWhatIsThere(t *testing.T) {
	o := newOffice(t)
	_, quit, _ := o.hire(crm.RoleSeller, "seller@acme.example")
	if err := o.SetUserDisabled(o.owner, quit.ID, true); err != nil {
		t.Fatal(err)
	}
	gone := o.company("Cerrada")
	if _, err := o.DeleteCompany(o.owner, gone.ID); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		field   string
		contact crm.Contact
	}{
		{"companyId", crm.Contact{GivenName: "Ana", CompanyID: 99}},
		{"companyId", crm.Contact{GivenName: "Ana", CompanyID: gone.ID}},
		{"ownerId", crm.Contact{GivenName: "Ana", OwnerID: 99}},
		{"ownerId", crm.Contact{GivenName: "Ana", OwnerID: quit.ID}},
	} {
		given := test.contact
		err := o.CreateContact(o.owner, &given)
		var invalid crm.Invalid
		if !errors.As(err, &invalid) || invalid[test.field] != crm.KeyUnknown {
			t.Errorf("%+v: %v", test.contact, err)
		}
		if given.ID != 0 {
			t.Errorf("a contact that was not stored has id %d", given.ID)
		}
	}
	if page, err := o.Contacts(o.owner, crm.ContactFilter{}); err != nil || len(page.Items) != 0 {
		t.Errorf("something was stored: %v, %v", names(page.Items), err)
	}
}

// writes are all the ways of changing records, to be refused alike.
func writes(o *office, c *crm.Contact, company *crm.Company) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"create contact": func(ctx context.Context) error { return o.CreateContact(ctx, &crm.Contact{GivenName: "X"}) },
		"update contact": func(ctx context.Context) error {
			changed := *c
			changed.Source = "x"
			return o.UpdateContact(ctx, &changed)
		},
		"delete contact": func(ctx context.Context) error { _, err := o.DeleteContact(ctx, c.ID); return err },
		"create company": func(ctx context.Context) error { return o.CreateCompany(ctx, &crm.Company{Name: "X"}) },
		"update company": func(ctx context.Context) error {
			changed := *company
			changed.Name = "x"
			return o.UpdateCompany(ctx, &changed)
		},
		"delete company": func(ctx context.Context) error { _, err := o.DeleteCompany(ctx, company.ID); return err },
		"undo":           func(ctx context.Context) error { _, err := o.UndoAction(ctx, 1); return err },
		"invite": func(ctx context.Context) error {
			_, err := o.CreateUser(ctx, &crm.User{Email: "x@acme.example"})
			return err
		},
		"reset password": func(ctx context.Context) error { _, err := o.ResetPassword(ctx, 2); return err },
		"disable":        func(ctx context.Context) error { return o.SetUserDisabled(ctx, 2, true) },
	}
}

func reads(o *office, c *crm.Contact, company *crm.Company) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"contact":   func(ctx context.Context) error { _, err := o.Contact(ctx, c.ID); return err },
		"contacts":  func(ctx context.Context) error { _, err := o.Contacts(ctx, crm.ContactFilter{}); return err },
		"company":   func(ctx context.Context) error { _, err := o.Company(ctx, company.ID); return err },
		"companies": func(ctx context.Context) error { _, err := o.Companies(ctx, crm.CompanyFilter{}); return err },
		"search":    func(ctx context.Context) error { _, err := o.Search(ctx, "x", 1); return err },
		"history":   func(ctx context.Context) error { _, err := o.History(ctx, crm.KindContact, c.ID, "", 1); return err },
		"user":      func(ctx context.Context) error { _, err := o.User(ctx, 1); return err },
		"users":     func(ctx context.Context) error { _, err := o.Users(ctx); return err },
		"sessions":  func(ctx context.Context) error { _, err := o.Sessions(ctx); return err },
	}
}

func TestReaderLooksAndChangesNothing(t *testing.T) {
	o := newOffice(t)
	reader, _, _ := o.hire(crm.RoleReadOnly, "reader@acme.example")
	c, company := o.contact("Ana", "López"), o.company("Acme")
	for name, do := range writes(o, c, company) {
		if err := do(reader); !errors.Is(err, crm.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, do := range reads(o, c, company) {
		if err := do(reader); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNobodyDoesNothing(t *testing.T) {
	o := newOffice(t)
	c, company := o.contact("Ana", "López"), o.company("Acme")
	newcomer := o.as(&crm.User{ID: 1, Role: crm.RoleOwner, MustChangePassword: true})
	all := writes(o, c, company)
	for name, do := range reads(o, c, company) {
		all[name] = do
	}
	for name, do := range all {
		if err := do(t.Context()); !errors.Is(err, crm.ErrUnauthenticated) {
			t.Errorf("%s without an actor: %v", name, err)
		}
		if err := do(newcomer); !errors.Is(err, crm.ErrForbidden) {
			t.Errorf("%s before the initial password was changed: %v", name, err)
		}
	}
}

func TestLicenceCanMakeItReadOnly(t *testing.T) {
	o := newOffice(t)
	c, company := o.contact("Ana", "López"), o.company("Acme")
	for _, rights := range []crm.Rights{
		{Valid: true, Access: "ExportOnly"}, {Valid: true, Access: "Closed"}, {Access: "Open", Problem: "expired"}, {},
	} {
		*o.rights = rights
		for name, do := range writes(o, c, company) {
			if err := do(o.owner); !errors.Is(err, crm.ErrReadOnly) {
				t.Errorf("%s with %+v: %v", name, rights, err)
			}
		}
		for name, do := range reads(o, c, company) {
			if err := do(o.owner); err != nil {
				t.Errorf("%s with %+v: %v", name, rights, err)
			}
		}
	}
}
