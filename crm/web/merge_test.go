package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) keep(c crm.Contact) *crm.Contact {
	o.t.Helper()
	if err := o.DB.CreateContact(o.owner, &c); err != nil {
		o.t.Fatal(err)
	}
	return &c
}

func (o *office) contactNow(id int64) *crm.Contact {
	o.t.Helper()
	c, err := o.DB.Contact(o.owner, id)
	if err != nil {
		o.t.Fatal(err)
	}
	return c
}

func TestTwoContactsBecomeOneAndTwoAgain(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	old := o.keep(crm.Contact{GivenName: "José", FamilyName: "Núñez", Source: "Feria", Emails: []string{"jose@acme.example"}})
	o.Pass(3600e9)
	young := o.keep(crm.Contact{GivenName: "Pepe", FamilyName: "Núñez", JobTitle: "Jefe", Emails: []string{"JOSE@acme.example", "pepe@acme.example"}})
	oldLink, youngLink := fmt.Sprintf("/contacts/%d", old.ID), fmt.Sprintf("/contacts/%d", young.ID)

	b.get("/contacts/duplicates").wants(http.StatusOK, "José Núñez", "Pepe Núñez", "mismo correo", "Comparar")
	b.get(youngLink).wants(http.StatusOK, "Posibles duplicados", "José Núñez", "mismo correo")
	b.get(oldLink+"/merge").wants(http.StatusOK, "Se parecen", "Pepe Núñez")
	b.get(oldLink+"/merge?q=pepe").wants(http.StatusOK, "Pepe Núñez")
	b.get(oldLink+"/merge?q=xyzzy").wants(http.StatusOK, "Nada para «xyzzy»")

	page := b.get(fmt.Sprintf("%s/merge?with=%d", oldLink, young.ID))
	page.wants(http.StatusOK, "¿Son el mismo?", "Se conserva", "Del otro", "pepe@acme.example", "Conservar este")
	form := page.fields(oldLink + "/merge")
	if form.Get("take.givenName") != "absorbed" || form.Get("take.source") != "kept" || form.Get("take.jobTitle") != "absorbed" {
		t.Errorf("the choices are %v", form)
	}
	form.Set("take.givenName", "kept")
	merged := b.post(oldLink+"/merge", form)
	merged.wants(http.StatusOK, "José Núñez", "Jefe", "Feria", "pepe@acme.example", "Los dos son ahora «José Núñez».", "Deshacer",
		"Lucía Moreno fusionó otro registro con este", "Pepe Núñez").lacks("Posibles duplicados")
	if strings.Count(merged.body, `action="/undo"`) != 2 {
		t.Error("undo is not offered in the toast and in the history")
	}
	b.get(youngLink).wants(http.StatusOK, "José Núñez", "El registro que buscabas se fusionó con este.")
	b.get("/contacts/duplicates").wants(http.StatusOK, "No hay duplicados a la vista")

	edit := b.get(oldLink + "/edit").fields(oldLink)
	b.post(oldLink, with(edit, "jobTitle", "Director"))
	b.post("/undo", url.Values{"action": {fmt.Sprint(o.lastOf(old.ID, "merge"))}}).
		wants(http.StatusOK, "Están separados otra vez. Cambió después, y se queda: Puesto.", "Director", "Feria")
	if now := o.contactNow(old.ID); len(now.Emails) != 1 || now.JobTitle != "Director" {
		t.Errorf("the one that was kept is %+v", now)
	}
	b.get(youngLink).wants(http.StatusOK, "Pepe Núñez", "Jefe", "pepe@acme.example")
}

func TestAnAddressIsLeftOutOfAMerge(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	kept := o.keep(crm.Contact{GivenName: "Ana", Emails: []string{"ana@acme.example"}})
	gone := o.keep(crm.Contact{GivenName: "Ana", Emails: []string{"vieja@acme.example"}})
	link := fmt.Sprintf("/contacts/%d", kept.ID)
	form := b.get(fmt.Sprintf("%s/merge?with=%d", link, gone.ID)).fields(link + "/merge")
	form["emails"] = []string{"ana@acme.example"}
	b.post(link+"/merge", form).wants(http.StatusOK, "ana@acme.example").lacks("vieja@acme.example")
}

func TestAMergeOfWhatChangedShowsItAgain(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	kept := o.keep(crm.Contact{GivenName: "Ana", JobTitle: "Compras"})
	gone := o.keep(crm.Contact{GivenName: "Ana María", JobTitle: "Obra"})
	link, other := fmt.Sprintf("/contacts/%d", kept.ID), fmt.Sprintf("/contacts/%d", gone.ID)
	form := with(b.get(fmt.Sprintf("%s/merge?with=%d", link, gone.ID)).fields(link+"/merge"), "take.givenName", "absorbed")
	b.post(other, with(b.get(other+"/edit").fields(other), "jobTitle", "Almacén"))
	again := b.post(link+"/merge", form).wants(http.StatusConflict, "Uno de los dos cambió", "Almacén")
	form = again.fields(link + "/merge")
	if form.Get("take.givenName") != "absorbed" {
		t.Error("a choice was forgotten")
	}
	b.post(link+"/merge", form).wants(http.StatusOK, "Ana María")
	b.get(link + "/merge?with=424242").wants(http.StatusNotFound)
	b.get(fmt.Sprintf("%s/merge?with=%d", link, kept.ID)).wants(http.StatusNotFound)
}

func TestCompaniesAreMergedWithTheirPeople(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	kept, gone := o.company("Ferretería Acme"), o.company("Ferreteria Acme S.A. de C.V.")
	o.keep(crm.Contact{GivenName: "Ana", CompanyID: gone.ID})
	b.get("/companies/duplicates").wants(http.StatusOK, "mismo nombre", "Ferretería Acme")
	link := fmt.Sprintf("/companies/%d", kept.ID)
	page := b.get(fmt.Sprintf("%s/merge?with=%d", link, gone.ID)).wants(http.StatusOK, "Ferreteria Acme S.A. de C.V.")
	b.post(link+"/merge", with(page.fields(link+"/merge"), "take.name", "kept")).wants(http.StatusOK, "Ferretería Acme", "Ana")
	b.get(fmt.Sprintf("/companies/%d", gone.ID)).wants(http.StatusOK, "El registro que buscabas se fusionó con este.")
	b.post("/undo", b.get(link).fields("/undo")).wants(http.StatusOK, "Los dos registros están separados otra vez.", "Nadie de esta empresa todavía.")
}

func TestTheFamilyOfACompany(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	top, middle := o.company("Grupo Yaqui"), o.company("Aceros Yaqui")
	middle.ParentID = top.ID
	if err := o.DB.UpdateCompany(o.owner, middle); err != nil {
		t.Fatal(err)
	}
	for i := range 9 {
		c := &crm.Company{Name: fmt.Sprintf("Planta %d", i), ParentID: middle.ID}
		if err := o.DB.CreateCompany(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	link := fmt.Sprintf("/companies/%d", middle.ID)
	b.get(link).wants(http.StatusOK, "Grupo de empresas", "Grupo Yaqui", "Planta 0", "Planta 7", "Ver todas sus filiales").lacks("Planta 8")
	b.get(link+"/subsidiaries").wants(http.StatusOK, "Aceros Yaqui", "Planta 8")
}

func TestPhonesMailsAndBirthdays(t *testing.T) {
	o := newOffice(t)
	c := o.keep(crm.Contact{GivenName: "Ana", Phones: []string{"+52(55)12345678"}, Emails: []string{"ana+x@acme.example"}, Birthday: "1990-11-26"})
	page := o.asOwner().get(fmt.Sprintf("/contacts/%d", c.ID)).wants(http.StatusOK, "+52 55 1234 5678", "26 de noviembre de 1990", "en 3 días")
	for _, link := range []string{`href="tel:+525512345678"`, `href="mailto:ana+x@acme.example"`} {
		if !strings.Contains(page.body, link) {
			t.Errorf("there is no %s", link)
		}
	}
}

// lastOf is the newest action on a contact with this verb.
func (o *office) lastOf(contact int64, verb string) int64 {
	o.t.Helper()
	history, err := o.DB.History(o.owner, crm.KindContact, contact, "", 50)
	if err != nil {
		o.t.Fatal(err)
	}
	for _, a := range history.Items {
		if a.Verb == verb {
			return a.ID
		}
	}
	o.t.Fatalf("no %s of contact %d", verb, contact)
	return 0
}
