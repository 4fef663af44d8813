package web_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestACompanyIsCreatedEditedAndShowsItsPeople(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	parent := o.company("Grupo Yaqui")
	form := b.get("/companies/new").fields("/companies")
	page := b.post("/companies", with(form, "name", "Ferretería Ñandú", "company", "grupo yaqui", "rfc", "", "domain", "https://www.nandu.example/inicio"))
	page.wants(http.StatusOK, "Ferretería Ñandú", "nandu.example", "Parte de Grupo Yaqui", "Nadie de esta empresa todavía.")
	found, err := o.DB.Companies(o.owner, crm.CompanyFilter{Query: "nandu"})
	if err != nil || len(found.Items) != 1 || found.Items[0].ParentID != parent.ID {
		t.Fatalf("stored %+v, %v", found.Items, err)
	}
	link := fmt.Sprintf("/companies/%d", found.Items[0].ID)
	contact := b.get("/contacts/new?company=" + fmt.Sprint(found.Items[0].ID)).fields("/contacts")
	b.post("/contacts", with(contact, "givenName", "Iñigo")).wants(http.StatusOK, "Iñigo", "Ferretería Ñandú")
	b.get(link).wants(http.StatusOK, "Iñigo", "Contactos 1")
	b.get(link+"/contacts").wants(http.StatusOK, "Empresa: Ferretería Ñandú", "Iñigo")
	b.post(link, with(b.get(link+"/edit").fields(link), "name", "Ñandú", "company", "")).
		wants(http.StatusOK, "Ñandú", "Lucía Moreno lo cambió")
	if now, err := o.DB.Company(o.owner, found.Items[0].ID); err != nil || now.ParentID != 0 {
		t.Errorf("an emptied box left the parent %d, %v", now.ParentID, err)
	}
}

func TestAFaultyCompanyKeepsWhatWasTyped(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/companies/new").fields("/companies")
	page := b.post("/companies", with(form, "name", "", "rfc", "ABC123", "company", "No Existe", "city", "Navojoa"))
	page.wants(http.StatusUnprocessableEntity, "No encontramos ese registro")
	page = b.post("/companies", with(form, "company", ""))
	page.wants(http.StatusUnprocessableEntity, "Este dato hace falta.", "El RFC no es válido")
	if kept := page.fields("/companies"); kept.Get("rfc") != "ABC123" || kept.Get("city") != "Navojoa" {
		t.Errorf("the form forgot what was typed: %v", kept)
	}
}

func TestTwoVersionsOfACompany(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.company("Grupo Yaqui")
	link := fmt.Sprintf("/companies/%d", c.ID)
	first, second := b.get(link+"/edit").fields(link), b.get(link+"/edit").fields(link)
	b.post(link, with(first, "city", "Guaymas")).wants(http.StatusOK)
	page := b.post(link, with(second, "city", "Navojoa"))
	page.wants(http.StatusConflict, "Guaymas", "Navojoa")
	b.post(link, page.fields(link)).wants(http.StatusOK, "Navojoa")
}

func TestADeletedCompanyComesBackWithUndo(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.company("Grupo Yaqui")
	page := b.post(fmt.Sprintf("/companies/%d/delete", c.ID), nil).wants(http.StatusOK, "Se eliminó «Grupo Yaqui».")
	b.post("/undo", page.fields("/undo")).wants(http.StatusOK, "«Grupo Yaqui» está de vuelta.")
}

func TestACompanyWhoseParentIsInTheBinKeepsItsLink(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	parent := o.company("Grupo Yaqui")
	c := &crm.Company{Name: "Frutas del Mayo", ParentID: parent.ID}
	if err := o.DB.CreateCompany(o.owner, c); err != nil {
		t.Fatal(err)
	}
	if _, err := o.DB.DeleteCompany(o.owner, parent.ID); err != nil {
		t.Fatal(err)
	}
	link := fmt.Sprintf("/companies/%d", c.ID)
	b.post(link, with(b.get(link+"/edit").fields(link), "city", "Navojoa")).wants(http.StatusOK, "Navojoa")
	if now, err := o.DB.Company(o.owner, c.ID); err != nil || now.ParentID != parent.ID {
		t.Errorf("the parent is %d, %v", now.ParentID, err)
	}
}
