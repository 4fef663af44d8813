package sqlite

import (
	"errors"
	"reflect"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestCompanyIsStoredTidily(t *testing.T) {
	o := newOffice(t)
	c := &crm.Company{
		Name: " Servicio  de Administración ", Domain: "https://www.SAT.example/inicio", RFC: "sat-970701-nn3",
		Website: "sat.example", Phone: "662 123 4567",
	}
	if err := o.CreateCompany(o.owner, c); err != nil {
		t.Fatal(err)
	}
	read, err := o.Company(o.owner, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if read.Name != "Servicio de Administración" || read.Domain != "sat.example" || read.RFC != "SAT970701NN3" || read.Website != "https://sat.example" {
		t.Errorf("stored as %+v", read)
	}
	if !reflect.DeepEqual(read, c) {
		t.Errorf("create gave %+v, read %+v", c, read)
	}
}

func TestCompanyWithAWrongTaxIDIsRefused(t *testing.T) {
	o := newOffice(t)
	err := o.CreateCompany(o.owner, &crm.Company{Name: "SAT", RFC: "SAT970701NN4"})
	var invalid crm.Invalid
	if !errors.As(err, &invalid) || invalid["rfc"] != crm.KeyRFC {
		t.Errorf("got %v", err)
	}
}

func TestCompanyIsNeverItsOwnAncestor(t *testing.T) {
	o := newOffice(t)
	top, middle, bottom := o.company("Grupo"), o.company("División"), o.company("Sucursal")
	middle.ParentID, bottom.ParentID = top.ID, middle.ID
	for _, c := range []*crm.Company{middle, bottom} {
		if err := o.UpdateCompany(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	if bottom.ParentName != "División" {
		t.Errorf("parent's name: %q", bottom.ParentName)
	}
	for _, parent := range []int64{top.ID, middle.ID, bottom.ID} {
		changed := *top
		changed.ParentID = parent
		err := o.UpdateCompany(o.owner, &changed)
		var invalid crm.Invalid
		if !errors.As(err, &invalid) || invalid["parentId"] != crm.KeyCycle {
			t.Errorf("parent %d: %v", parent, err)
		}
	}
}

func TestDeletedCompanyKeepsItsContacts(t *testing.T) {
	o := newOffice(t)
	company := o.company("Ferretería Acme")
	c := &crm.Contact{GivenName: "Ana", CompanyID: company.ID}
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if read, err := o.Company(o.owner, company.ID); err != nil || read.Contacts != 1 {
		t.Errorf("contacts of the company: %+v, %v", read, err)
	}
	action, err := o.DeleteCompany(o.owner, company.ID)
	if err != nil {
		t.Fatal(err)
	}
	orphan, err := o.Contact(o.owner, c.ID)
	if err != nil || orphan.CompanyID != company.ID || orphan.CompanyName != "" {
		t.Errorf("contact while the company is in the bin: %+v, %v", orphan, err)
	}
	orphan.JobTitle = "Compras" // leaves the company as it was
	if err := o.UpdateContact(o.owner, orphan); err != nil {
		t.Errorf("update while the company is in the bin: %v", err)
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if back, err := o.Contact(o.owner, c.ID); err != nil || back.CompanyName != "Ferretería Acme" {
		t.Errorf("contact after undo: %+v, %v", back, err)
	}
}
