package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/grupobizopps/salexops/crm"
)

// tagged stores contacts with tags.
func (o *office) tagged(names map[string][]string) {
	o.t.Helper()
	for name, tags := range names {
		c := &crm.Contact{GivenName: name, Address: crm.Address{City: "Nogales"}, Extra: crm.Extra{Tags: tags}}
		if err := o.DB.CreateContact(o.owner, c); err != nil {
			o.t.Fatal(err)
		}
	}
}

func TestAListIsFilteredByItsAddressAndByItsForm(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	level := o.field(crm.KindContact, "Nivel", crm.FieldChoice, "Oro", "Plata")
	o.tagged(map[string][]string{"Ana": {"VIP"}, "Beto": nil})
	b.get("/contacts?tag=vip").wants(http.StatusOK, "Ana", "Etiquetas: vip").lacks("Beto")
	form := b.get("/contacts/view").wants(http.StatusOK, "Nivel", "Ciudad", "Columnas").fields("/contacts")
	form.Set("city", "nogales")
	form.Set("tag.empty", "1")
	form["cols"] = []string{"city", "c1"}
	list := b.get("/contacts?"+form.Encode()).wants(http.StatusOK, "Beto", "Nogales", "Ciudad: nogales", "Etiquetas: Sin valor").lacks("Ana", "Correos")
	if strings.Contains(list.body, "q=&") {
		t.Error("links of the list carry empty parameters")
	}
	b.get("/contacts?tag=x%27+OR+1%3D1").wants(http.StatusOK, "Nada coincide con ese filtro").lacks("Ana")
	for address, says := range map[string]string{
		"created.from=ayer": "Agregado: Ese filtro no se entiende.", "c99=1": "Ese campo ya no existe.", "owner=ana": "Responsable: Ese filtro no se entiende.",
	} {
		b.get("/contacts?"+address).wants(http.StatusBadRequest, says)
	}
	b.get("/contacts?"+fmt.Sprintf("c%d=Oro", level.ID)).wants(http.StatusOK, "Nivel: Oro")
	b.part("/contacts?q=an&tag=vip", "list").wants(http.StatusOK, "Ana")
}

func TestAViewIsKeptChangedAndDeleted(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.tagged(map[string][]string{"Ana": {"VIP"}, "Beto": nil})
	form := b.get("/contacts/view?tag=vip&cols=city").fields("/contacts/views")
	b.post("/contacts/views", with(form, "name", "")).wants(http.StatusUnprocessableEntity, "Este dato hace falta.", "Nombre de la vista")
	list := b.post("/contacts/views", with(form, "name", "Preferentes", "shared", "1")).wants(http.StatusOK, "Preferentes", "Ana", "Se guardó la vista").lacks("Beto")
	if !strings.Contains(list.body, `href="/contacts?view=1&amp;cols=city&amp;tag=vip" aria-current="page"`) {
		t.Error("the tab of the view is not marked")
	}
	seller, _ := o.hire(crm.RoleSeller)
	seller.get("/contacts").wants(http.StatusOK, "Preferentes")
	seller.send(http.MethodPost, "/views/contacts/1", url.Values{"do": {"delete"}}).wants(http.StatusForbidden)
	change := b.get("/contacts/view?view=1&city=Nogales").fields("/contacts/views")
	b.post("/views/contacts/1", with(change, "name", "De Nogales", "shared", "1")).wants(http.StatusOK, "De Nogales", "Beto")
	b.post("/views/contacts/1", url.Values{"do": {"delete"}}).wants(http.StatusOK, "La vista se eliminó").lacks("De Nogales")
}

func TestAListIsExported(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	credit := o.field(crm.KindContact, "Crédito", crm.FieldMoney)
	for i := range 230 {
		c := &crm.Contact{GivenName: fmt.Sprintf("Persona %03d", i), Extra: crm.Extra{Custom: map[int64]string{credit.ID: fmt.Sprint(i + 1)}}}
		if i == 0 {
			c.GivenName, c.JobTitle = "=HYPERLINK(1)", "+1\tx"
		}
		if err := o.DB.CreateContact(o.owner, c); err != nil {
			t.Fatal(err)
		}
	}
	a := b.get("/contacts/export?format=csv&sort=name&cols=jobTitle&cols=c1").wants(http.StatusOK)
	if !strings.HasPrefix(a.body, "\ufeffNombre,Puesto,Crédito\r\n") || strings.Count(a.body, "\r\n") != 231 {
		t.Errorf("the file begins %.80q and has %d lines", a.body, strings.Count(a.body, "\r\n"))
	}
	if !strings.Contains(a.body, "'=HYPERLINK(1),'+1 x,MXN 1\r\n") {
		t.Error("a formula is not guarded")
	}
	if got := a.header.Get("Content-Disposition"); got != `attachment; filename="contacts-2026-11-23.csv"` {
		t.Errorf("the file is called %s", got)
	}
	a = b.get("/contacts/export?format=xlsx&sort=name&cols=jobTitle&cols=c1&q=persona").wants(http.StatusOK)
	book, err := excelize.OpenReader(bytes.NewReader([]byte(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 230 || rows[1][0] != "Persona 001" || rows[1][2] != "2" {
		t.Errorf("%d rows, %v, %v", len(rows), rows[:2], err)
	}
	if formula, err := book.GetCellFormula("Sheet1", "A2"); err != nil || formula != "" {
		t.Errorf("a formula: %q, %v", formula, err)
	}
	b.get("/contacts/export?c99=1").wants(http.StatusBadRequest, "Ese campo ya no existe.")
}

func TestChosenRecordsAreChangedAndTakenBack(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.tagged(map[string][]string{"Ana": {"VIP"}, "Beto": nil, "Carla": {"VIP"}})
	list := b.get("/contacts?tag=vip")
	form := list.fields("/contacts/bulk")
	b.post("/contacts/bulk", form).wants(http.StatusOK, "No elegiste ningún registro.")
	form["ids"] = []string{"1", "2"}
	ask := b.post("/contacts/bulk", form).wants(http.StatusOK, "Cambiar 2 registros", "Agregar etiquetas")
	edit := ask.fields("/contacts/bulk/apply")
	b.post("/contacts/bulk/apply", edit).wants(http.StatusUnprocessableEntity, "Elige qué hacer con los registros.")
	done := b.post("/contacts/bulk/apply", with(edit, "do", "addTags", "addTags", "feria, 2026")).wants(http.StatusOK, "Registros cambiados: 2.", "Deshacer")
	b.get("/contacts?tag=feria").wants(http.StatusOK, "Etiquetas: feria")
	b.post("/undo", done.fields("/undo")).wants(http.StatusOK)
	b.get("/contacts?tag=feria").wants(http.StatusOK, "Nada coincide con ese filtro")

	all := b.post("/contacts/bulk", with(b.get("/contacts?tag=vip").fields("/contacts/bulk"), "which", "all")).wants(http.StatusOK, "Cambiar 2 registros")
	b.post("/contacts/bulk/apply", with(all.fields("/contacts/bulk/apply"), "do", "delete")).wants(http.StatusOK, "Registros cambiados: 2.")
	b.get("/contacts").wants(http.StatusOK, "Beto").lacks("Carla")

	gone := with(edit, "do", "set", "field", "city", "value", "Guaymas")
	gone["ids"] = []string{"1", "2", "3", "99"}
	gone.Del("formToken")
	b.post("/contacts/bulk/apply", gone).wants(http.StatusOK, "Se cambió 1 registro", "3 quedaron como estaban", "No encontramos ese registro")
}

func TestPayloadsInFiltersViewsAndEditsAreText(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.tagged(map[string][]string{"Ana": {payloads[0]}})
	for _, payload := range payloads {
		q := url.QueryEscape(payload)
		for _, path := range []string{"/contacts?tag=", "/contacts?city=", "/contacts?cols=", "/contacts?created.from=", "/contacts/view?tag=", "/contacts?view=", "/contacts?q=&sort="} {
			checkSafe(t, b.get(path+q))
		}
		checkSafe(t, b.post("/contacts/views", url.Values{"name": {payload}, "params": {"tag=" + q}}).wants(http.StatusOK, payload))
		checkSafe(t, b.post("/contacts/bulk", url.Values{"query": {"tag=" + q}, "which": {"all"}}))
		checkSafe(t, b.post("/contacts/bulk/apply", url.Values{"ids": {"1"}, "do": {"addTags"}, "addTags": {payload}, "query": {payload}}))
		checkSafe(t, b.post("/contacts/bulk/apply", url.Values{"ids": {"1"}, "do": {"set"}, "field": {payload}, "value": {payload}}))
	}
}

// Whoever may import finds the way to it in the list, empty or not.
func TestListsLeadToTheImport(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	reader, _ := o.hire(crm.RoleReadOnly)
	for list, link := range map[string]string{"/contacts": `href="/imports/new?kind=contact"`, "/companies": `href="/imports/new?kind=company"`} {
		if empty := b.get(list); strings.Count(empty.body, link) != 1 {
			t.Errorf("the empty %s has no way to the import", list)
		}
	}
	o.contact("Ana", "López", "ana@acme.example")
	o.company("Acme")
	for list, link := range map[string]string{"/contacts": `href="/imports/new?kind=contact"`, "/companies": `href="/imports/new?kind=company"`} {
		if full := b.get(list).wants(http.StatusOK, "Importar"); strings.Count(full.body, link) != 1 {
			t.Errorf("%s has no way to the import", list)
		}
		if read := reader.get(list).wants(http.StatusOK).lacks("Importar"); strings.Contains(read.body, link) {
			t.Errorf("%s leads a reader to the import", list)
		}
	}
}
