package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) lead(l crm.Lead) *crm.Lead {
	o.t.Helper()
	if err := o.DB.CreateLead(o.owner, &l); err != nil {
		o.t.Fatal(err)
	}
	return &l
}

func TestALeadIsWrittenDownAndWorkedOn(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.get("/leads").wants(http.StatusOK, "Anota aquí a quien podría comprarte")
	form := b.get("/leads/new").fields("/leads")
	b.post("/leads", form).wants(http.StatusUnprocessableEntity, "Escribe al menos un nombre o un correo.")
	page := b.post("/leads", with(form, "givenName", "José", "companyName", "Acme", "emails", "jose@acme.example", "note", "Llamar\r\nel lunes", "status", "new"))
	page.wants(http.StatusOK, "José", "Acme", "Llamar el lunes", "Se agregó «José».", "Convertir")
	link := page.at
	b.post(link+"/status", with(page.fields(link+"/status"), "status", "contacted")).wants(http.StatusOK, "Contactado", "Se guardaron los cambios")
	b.post(link+"/status", with(page.fields(link+"/status"), "status", "qualified")).wants(http.StatusConflict, "Alguien cambió esto antes")
	b.get("/leads?status=contacted").wants(http.StatusOK, "José")
	b.get("/leads?status=qualified").wants(http.StatusOK, "Nada coincide").lacks("José Acme")
	b.get("/search?q=jose").wants(http.StatusOK, "Prospecto")

	first, second := b.get(link+"/edit").fields(link), b.get(link+"/edit").fields(link)
	b.post(link, with(first, "jobTitle", "Compras")).wants(http.StatusOK, "Compras")
	b.post(link, with(second, "jobTitle", "Obra")).wants(http.StatusConflict, "Dos versiones", "Compras", "Obra")
	deleted := b.post(link+"/delete", nil).wants(http.StatusOK, "Se eliminó «José».")
	b.post("/undo", deleted.fields("/undo")).wants(http.StatusOK, "«José» está de vuelta.")
}

func TestPagesOfLeadsKeepTheStatus(t *testing.T) {
	o := newOffice(t)
	for i := range 55 {
		o.lead(crm.Lead{GivenName: fmt.Sprintf("Persona %02d", i), Status: crm.LeadQualified})
	}
	o.lead(crm.Lead{GivenName: "Otra"})
	b := o.asOwner()
	first := b.get("/leads?status=qualified&sort=name").wants(http.StatusOK, "Persona 00").lacks("Otra")
	b.get(linkOf(first, "next")).wants(http.StatusOK, "Persona 54").lacks("Otra")
}

func TestALeadIsConvertedIntoNewRecords(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	l := o.lead(crm.Lead{GivenName: "José", FamilyName: "Núñez", CompanyName: "Acme", Emails: []string{"jose@acme.example"}, Phones: []string{"6625550101"}})
	link := fmt.Sprintf("/leads/%d", l.ID)
	page := b.get(link+"/convert").wants(http.StatusOK, "Convertir a José Núñez", "Crear el contacto", "Crear la empresa")
	form := page.fields(link + "/convert")
	if form.Get("companyChoice") != "new" || form.Get("company.domain") != "acme.example" || form.Get("contactId") != "0" || form.Get("withDeal") != "1" {
		t.Errorf("the form begins with %v", form)
	}
	b.post(link+"/convert", with(b.get(link+"/convert").fields(link+"/convert"), "company.rfc", "ABC")).wants(http.StatusUnprocessableEntity, "El RFC no es válido")
	form.Del("withDeal")
	made := b.post(link+"/convert", form)
	made.wants(http.StatusOK, "José Núñez", "Acme", "662 555 0101", "«José Núñez» ya es contacto.", "Deshacer")
	b.get(link).wants(http.StatusOK, "Ya se convirtió:", "ver el contacto", "ver la empresa", "Lucía Moreno lo convirtió").lacks("ver el negocio")
	b.get("/leads").wants(http.StatusOK, "Anota aquí a quien podría comprarte")
	b.post("/undo", made.fields("/undo")).wants(http.StatusOK, "José Núñez", "Convertir")
	b.get("/companies").wants(http.StatusOK, "Todavía no hay empresas")
}

func TestALeadIsConvertedIntoADeal(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	l := o.lead(crm.Lead{GivenName: "José", CompanyName: "Acme"})
	link := fmt.Sprintf("/leads/%d", l.ID)
	form := func() url.Values { return b.get(link + "/convert").fields(link + "/convert") }
	if name := form().Get("deal.title"); name != "Negocio con Acme" {
		t.Errorf("the deal is to be called %q", name)
	}
	b.post(link+"/convert", with(form(), "deal.title", "", "deal.expectedClose", "mañana")).wants(http.StatusUnprocessableEntity, "Este dato hace falta.", "Escribe una fecha que exista.")
	refused := b.post(link+"/convert", with(form(), "deal.value", "12.500", "deal.currency", "USD")).wants(http.StatusUnprocessableEntity, "¿Miles o decimales?")
	if kept := refused.fields(link + "/convert"); kept.Get("deal.value") != "12.500" || kept.Get("deal.currency") != "USD" || kept.Get("withDeal") != "1" {
		t.Errorf("what was typed is %v", kept)
	}
	b.post(link+"/convert", with(form(), "deal.pipeline", "99")).wants(http.StatusUnprocessableEntity)
	made := b.post(link+"/convert", with(form(), "deal.value", "12,500", "deal.currency", "USD", "deal.expectedClose", "2027-03-01"))
	made.wants(http.StatusOK, "Negocio con Acme", "12,500", "José", "Deshacer")
	b.get(link).wants(http.StatusOK, "ver el negocio")
	if !strings.HasPrefix(made.at, "/deals/") {
		t.Errorf("it leads to %s", made.at)
	}
	b.get("/deals").wants(http.StatusOK, "Negocio con Acme")
	b.post("/undo", made.fields("/undo")).wants(http.StatusOK)
	b.get(made.at).wants(http.StatusNotFound)
	b.get(link).wants(http.StatusOK, "Convertir").lacks("ver el negocio")
}

// What the team requires of a new record is asked for here as well.
func TestAConversionAsksForWhatIsRequired(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	l := o.lead(crm.Lead{GivenName: "José"})
	f := crm.CustomField{Kind: crm.KindDeal, Label: "Zona", Type: crm.FieldText, Required: true}
	if err := o.DB.CreateCustomField(o.owner, &f); err != nil {
		t.Fatal(err)
	}
	link := fmt.Sprintf("/leads/%d", l.ID)
	form := b.get(link+"/convert").wants(http.StatusOK, "Zona").fields(link + "/convert")
	b.post(link+"/convert", form).wants(http.StatusUnprocessableEntity, "Zona Este dato hace falta.")
	b.post(link+"/convert", with(form, "custom.1", "Norte")).wants(http.StatusOK, "Norte")
}

func TestALeadJoinsAKnownContactAndCompany(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	company := o.company("Ferretería Acme, S.A. de C.V.")
	contact := o.contact("José", "Núñez", "jose@acme.example")
	l := o.lead(crm.Lead{GivenName: "Pepe", CompanyName: "ferreteria acme", Emails: []string{"JOSE@acme.example"}})
	link := fmt.Sprintf("/leads/%d", l.ID)
	page := b.get(link+"/convert").wants(http.StatusOK, "Ya existe: José Núñez", "mismo correo", "Ya existe: Ferretería Acme, S.A. de C.V.", "mismo nombre")
	form := page.fields(link + "/convert")
	if form.Get("contactId") != fmt.Sprint(contact.ID) || form.Get("companyChoice") != fmt.Sprint(company.ID) {
		t.Errorf("the form begins with %v", form)
	}
	form.Del("withDeal")
	made := b.post(link+"/convert", form)
	if made.wants(http.StatusOK, "José Núñez").at != fmt.Sprintf("/contacts/%d", contact.ID) {
		t.Errorf("it leads to %s", made.at)
	}
	b.get(link+"/convert").wants(http.StatusOK, "Ya se convirtió:")
}

func TestALeadSaysThatAnotherIsTheSame(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	ana := o.lead(crm.Lead{GivenName: "Ana", Emails: []string{"ana@acme.example"}})
	form := b.get("/leads/new").fields("/leads")
	page := b.post("/leads", with(form, "givenName", "Anita", "emails", "Ana@acme.example", "status", "new"))
	page.wants(http.StatusOK, "Posibles duplicados", "Ana", "mismo correo").lacks("Comparar")
	if !strings.Contains(page.body, fmt.Sprintf(`href="/leads/%d"`, ana.ID)) {
		t.Error("there is no way to the other lead")
	}
	edit := b.get(page.at + "/edit").fields(page.at)
	b.post(page.at, with(edit, "emails", "otra@acme.example")).wants(http.StatusOK, "Anita").lacks("Posibles duplicados")
}

func TestALeadHasATimelineLikeOthers(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	l := o.lead(crm.Lead{GivenName: "José"})
	link := fmt.Sprintf("/leads/%d", l.ID)
	form := b.get(link).wants(http.StatusOK, "Historia", "Cambios").fields("/activities")
	b.post("/activities", with(form, "body", "Pide precio")).wants(http.StatusOK, "José", "Nota de Lucía", "Pide precio", "Deshacer")
	b.postPart("/activities", "timeline", with(b.get(link).fields("/activities"), "body", "Otra nota")).wants(http.StatusOK, "Otra nota", "Pide precio").lacks("Mi día")
	b.part(fmt.Sprintf("/activities/new?type=task&lead=%d", l.ID), "composer").wants(http.StatusOK, "Guardar tarea")
	task := o.activity(crm.Activity{Type: crm.ActivityTask, Subject: "Llamarle", Starts: "2026-11-24", LeadID: l.ID})
	b.get(link).wants(http.StatusOK, "Llamarle")
	b.get(link+"?show=changes").wants(http.StatusOK, "Lucía Moreno lo agregó").lacks("Pide precio")
	edit := fmt.Sprintf("/activities/%d", task.ID)
	b.post(edit, with(b.get(edit+"/edit").fields(edit), "subject", "Visitarle")).wants(http.StatusOK, "Visitarle", "José")
	b.get("/tasks").wants(http.StatusOK, "Visitarle", "José")
	made := b.post(link+"/convert", b.get(link+"/convert").fields(link+"/convert")).wants(http.StatusOK, "Negocio con José", "Pide precio", "Visitarle")
	b.post("/undo", made.fields("/undo")).wants(http.StatusOK)
}
