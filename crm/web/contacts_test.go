package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) contact(given, family string, emails ...string) *crm.Contact {
	o.t.Helper()
	c := &crm.Contact{GivenName: given, FamilyName: family, Emails: emails}
	if err := o.DB.CreateContact(o.owner, c); err != nil {
		o.t.Fatal(err)
	}
	return c
}

func (o *office) company(name string) *crm.Company {
	o.t.Helper()
	c := &crm.Company{Name: name}
	if err := o.DB.CreateCompany(o.owner, c); err != nil {
		o.t.Fatal(err)
	}
	return c
}

func TestAContactIsCreatedWithSeveralAddressesAndFoundWithoutAccents(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/contacts/new").fields("/contacts")
	form["emails"] = []string{"jose@correo.example", "ventas@correo.example"}
	form["phones"] = []string{"662 555 0101", ""}
	page := b.post("/contacts", with(form, "givenName", "José", "familyName", "Núñez", "birthday", "1984-03-09"))
	page.wants(http.StatusOK, "José Núñez", "ventas@correo.example", "662 555 0101", "9 de marzo de 1984",
		"Se agregó «José Núñez».", "Lucía Moreno lo agregó")
	b.get(page.at).lacks("Se agregó")
	b.get("/contacts?q=nunez").wants(http.StatusOK, "José Núñez")
	b.part("/search/suggest?q=jose+nun", "search-options").wants(http.StatusOK, "José Núñez", "Contacto")
	b.get("/search?q=NUNEZ").wants(http.StatusOK, "José Núñez")
}

func TestAFaultyContactKeepsWhatWasTypedAndSaysWhatIsWrongBesideIt(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/contacts/new").fields("/contacts")
	b.post("/contacts", form).wants(http.StatusUnprocessableEntity, "Escribe al menos un nombre o un correo.")
	form["emails"] = []string{"bien@correo.example", "sin arroba"}
	page := b.post("/contacts", with(form, "givenName", "Noé", "birthday", "1984-02-31", "street", "Calle 5"))
	page.wants(http.StatusUnprocessableEntity, "Escribe un correo como", "Escribe una fecha que exista.", "Todavía no se guarda")
	kept := page.fields("/contacts")
	if kept.Get("givenName") != "Noé" || kept.Get("street") != "Calle 5" || kept["emails"][1] != "sin arroba" {
		t.Errorf("the form forgot what was typed: %v", kept)
	}
	if !strings.Contains(page.body, `aria-describedby="birthday-error"`) || !strings.Contains(page.body, `id="birthday-error"`) {
		t.Error("the fault is not tied to its field")
	}
	b.get("/contacts").wants(http.StatusOK, "Todavía no hay contactos")
}

func TestADoubleClickCreatesOnce(t *testing.T) {
	o := newOffice(t)
	form := with(o.asOwner().get("/contacts/new").fields("/contacts"), "givenName", "Úrsula")
	places := make([]string, 6)
	var clicks sync.WaitGroup
	for i := range places {
		clicks.Go(func() { places[i] = o.asOwner().send(http.MethodPost, "/contacts", form).header.Get("Location") })
	}
	clicks.Wait()
	for _, place := range places {
		if place == "" || place != places[0] {
			t.Errorf("the clicks lead to %q", places)
			break
		}
	}
	found, err := o.DB.Contacts(o.owner, crm.ContactFilter{})
	if err != nil || len(found.Items) != 1 {
		t.Errorf("%d contacts, %v", len(found.Items), err)
	}
}

func TestWithoutAScriptTheButtonForOneMoreBoxKeepsTheForm(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := with(b.get("/contacts/new").fields("/contacts"), "givenName", "Noé", "emails", "noe@correo.example", "more", "emails")
	again := b.post("/contacts", form).wants(http.StatusOK, "Nuevo contacto").fields("/contacts")
	if len(again["emails"]) != 2 || again.Get("givenName") != "Noé" {
		t.Errorf("the form came back as %v", again)
	}
}

func TestTheCompanyIsFoundByNameAskedForOrCreated(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.company("Hospital San José")
	o.company("Minera San Javier")
	form := func(company string) url.Values {
		return with(b.get("/contacts/new").fields("/contacts"), "givenName", "Noé", "company", company)
	}
	b.post("/contacts", form("hospital  san josé")).wants(http.StatusOK, "Noé", "Hospital San José")

	asked := b.post("/contacts", form("San"))
	asked.wants(http.StatusUnprocessableEntity, "¿Cuál empresa es «San»?", "Hospital San José", "Minera San Javier", "Crear la empresa «San»", "Dejar sin empresa")
	b.post("/contacts", with(asked.fields("/contacts"), "companyChoice", "new")).wants(http.StatusOK, "Noé", "San")
	b.get("/companies").wants(http.StatusOK, "San")

	none := b.post("/contacts", form("San Luis")).fields("/contacts")
	b.post("/contacts", with(none, "companyChoice", "none")).wants(http.StatusOK, "Noé").lacks("San Luis")

	b.part("/companies/pick?company=hosp", "company-options").wants(http.StatusOK, "Hospital San José", "Crear la empresa «hosp»")
	b.part("/companies/pick?company=HOSPITAL+SAN+JOS%C3%89", "company-options").lacks("Crear la empresa")
}

func TestAContactWhoseCompanyIsInTheBinKeepsItsLink(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	company := o.company("Grupo Yaqui")
	c := &crm.Contact{GivenName: "Raúl", CompanyID: company.ID}
	if err := o.DB.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	action, err := o.DB.DeleteCompany(o.owner, company.ID)
	if err != nil {
		t.Fatal(err)
	}
	link := fmt.Sprintf("/contacts/%d", c.ID)
	form := with(b.get(link+"/edit").fields(link), "jobTitle", "Compras")
	late := b.get(link + "/edit").fields(link)
	b.post(link, form).wants(http.StatusOK, "Compras").lacks("Grupo Yaqui")
	clash := b.post(link, with(late, "jobTitle", "Obra")).wants(http.StatusConflict, "Obra", "Compras")
	b.post(link, clash.fields(link)).wants(http.StatusOK, "Obra")
	if _, err := o.DB.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	b.get(link).wants(http.StatusOK, "Grupo Yaqui")
}

func TestWhoSavesSecondSeesBothVersionsAndChooses(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.contact("José", "Núñez", "jose@correo.example")
	link := fmt.Sprintf("/contacts/%d", c.ID)
	first, second := b.get(link+"/edit").fields(link), b.get(link+"/edit").fields(link)
	b.post(link, with(first, "jobTitle", "Compras")).wants(http.StatusOK, "Compras")
	second["emails"] = []string{"jose@correo.example", "otro@correo.example"}
	page := b.post(link, with(second, "jobTitle", "Almacén"))
	page.wants(http.StatusConflict, "Dos versiones", "Lucía Moreno guardó cambios", "Almacén", "Compras", "otro@correo.example")
	choice := page.fields(link)
	if choice.Get("jobTitle") != "Almacén" {
		t.Errorf("one's own version is not the one chosen at first: %v", choice)
	}
	b.post(link, with(choice, "jobTitle", "Compras")).
		wants(http.StatusOK, "Compras", "otro@correo.example", "José Núñez").lacks("Almacén")
}

func TestBothSavingTheSameIsNoConflict(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.contact("José", "Núñez")
	link := fmt.Sprintf("/contacts/%d", c.ID)
	form := with(b.get(link+"/edit").fields(link), "jobTitle", "Compras")
	b.post(link, form).wants(http.StatusOK, "Compras")
	b.post(link, form).wants(http.StatusOK, "Compras").lacks("Dos versiones")
}

func TestADeletedContactComesBackWithUndo(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	c := o.contact("José", "Núñez")
	link := fmt.Sprintf("/contacts/%d", c.ID)
	page := b.post(link+"/delete", nil).wants(http.StatusOK, "Se eliminó «José Núñez».", "Deshacer", "Todavía no hay contactos")
	b.get(link).wants(http.StatusNotFound, "No encontramos esa página")
	undo := page.fields("/undo")
	b.post("/undo", undo).wants(http.StatusOK, "«José Núñez» está de vuelta.")
	b.post("/undo", undo).wants(http.StatusConflict, "Ya no se puede deshacer")
	b.get(link).wants(http.StatusOK, "Lucía Moreno lo eliminó", "Se deshizo después.")
}

func TestPagesOfTheListFollowEachOtherAndKeepTheFilter(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	for i := range 120 {
		o.contact(fmt.Sprintf("Persona %03d", i), "Núñez")
	}
	first := b.get("/contacts?q=nunez&sort=name")
	first.wants(http.StatusOK, "Persona 000", "Persona 049", "Siguientes").lacks("Persona 050", "Anteriores")
	second := b.get(linkOf(first, "next"))
	second.wants(http.StatusOK, "Persona 050", "Persona 099", "Anteriores").lacks("Persona 049", "Persona 100")
	b.get(linkOf(second, "next")).wants(http.StatusOK, "Persona 119").lacks("Siguientes")
	b.get(linkOf(second, "prev")).wants(http.StatusOK, "Persona 000").lacks("Anteriores")
	if !strings.Contains(linkOf(second, "prev"), "q=nunez") {
		t.Error("the pages forget the filter")
	}
	b.get("/contacts?after=garbage").wants(http.StatusBadRequest, "No pudimos leer eso")
}

func TestTypingInTheFilterAsksForTheListAlone(t *testing.T) {
	o := newOffice(t)
	o.contact("José", "Núñez")
	o.contact("Úrsula", "Castro")
	part := o.asOwner().part("/contacts?q=nun", "list")
	part.wants(http.StatusOK, "José Núñez").lacks("Úrsula", "Mi día")
	if strings.Contains(part.body, "<html") || !strings.HasPrefix(strings.TrimSpace(part.body), `<section id="list"`) {
		t.Errorf("the part is %s", clip(part.body))
	}
	o.asOwner().part("/contacts?q=xyzzy", "list").wants(http.StatusOK, "Nada coincide con ese filtro")
}

func TestOwnRecordsAreThoseOneLooksAfter(t *testing.T) {
	o := newOffice(t)
	o.contact("José", "Núñez")
	seller, u := o.hire(crm.RoleSeller)
	c := &crm.Contact{GivenName: "Úrsula", OwnerID: u.ID}
	if err := o.DB.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	seller.get("/contacts?owner=me").wants(http.StatusOK, "Úrsula").lacks("José")
}

// linkOf is the address of the pager's link.
func linkOf(a *answer, rel string) string {
	a.t.Helper()
	_, rest, found := strings.Cut(a.body, `rel="`+rel+`" href="`)
	if !found {
		a.t.Fatalf("%s has no link %s", a.at, rel)
	}
	link, _, _ := strings.Cut(rest, `"`)
	return strings.ReplaceAll(link, "&amp;", "&")
}
