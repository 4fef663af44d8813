package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) field(kind crm.Kind, label string, of crm.FieldType, choices ...string) *crm.CustomField {
	o.t.Helper()
	f := &crm.CustomField{Kind: kind, Label: label, Type: of, Choices: choices}
	if err := o.DB.CreateCustomField(o.owner, f); err != nil {
		o.t.Fatal(err)
	}
	return f
}

func TestAFieldIsDefinedFilledInAndShown(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/settings/fields/new?kind=contact").fields("/settings/fields")
	b.post("/settings/fields", with(form, "label", "", "type", "choices")).
		wants(http.StatusUnprocessableEntity, "Este dato hace falta.")
	b.post("/settings/fields", with(form, "label", "Zonas", "type", "choices", "choices", "Norte\nSur\nPenínsula")).
		wants(http.StatusOK, "Zonas", "Varias opciones", "Se agregó «Zonas».")
	amount := o.field(crm.KindContact, "Crédito", crm.FieldMoney)
	vip := o.field(crm.KindContact, "Preferente", crm.FieldCheck)
	o.field(crm.KindCompany, "Giro", crm.FieldText)

	page := b.get("/contacts/new").wants(http.StatusOK, "Zonas", "Crédito", "Preferente").lacks("Giro")
	contact := with(page.fields("/contacts"), "givenName", "Ana", "tags", "feria, VIP", amount.Input(), "mil")
	contact["custom.1"] = []string{"", "Norte", "Península"}
	contact[vip.Input()] = []string{"", "1"}
	faulty := b.post("/contacts", contact).wants(http.StatusUnprocessableEntity, "Escribe un importe")
	kept := faulty.fields("/contacts")
	if kept.Get(amount.Input()) != "mil" || kept.Get("tags") != "feria, VIP" {
		t.Errorf("the form forgot what was typed: %v", kept)
	}
	contact.Set(amount.Input(), "12,500")
	shown := b.post("/contacts", contact).wants(http.StatusOK, "Zonas Norte, Península", "Crédito $ 12,500", "Preferente Sí", "feria", "VIP")

	edit := b.get(shown.at + "/edit").fields(shown.at)
	edit["custom.1"], edit[vip.Input()] = []string{""}, []string{""}
	b.post(shown.at, edit).wants(http.StatusOK, "Zonas Norte, Península vacío")
	stored, err := o.DB.Contact(o.owner, 1)
	if err != nil || len(stored.Custom) != 1 || stored.Custom[amount.ID] != "MXN 12500" {
		t.Errorf("stored %v, %v", stored.Custom, err)
	}
}

func TestTwoVersionsOfCustomValuesAreCompared(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	level := o.field(crm.KindCompany, "Nivel", crm.FieldChoice, "Oro", "Plata")
	c := o.company("Grupo Yaqui")
	link := fmt.Sprintf("/companies/%d", c.ID)
	first, second := b.get(link+"/edit").fields(link), b.get(link+"/edit").fields(link)
	b.post(link, with(first, level.Input(), "Oro", "tags", "uno")).wants(http.StatusOK, "Nivel Oro")
	clash := b.post(link, with(second, level.Input(), "Plata", "tags", "dos")).wants(http.StatusConflict, "Nivel", "Oro", "Plata", "Etiquetas")
	b.post(link, clash.fields(link)).wants(http.StatusOK, "Nivel Plata", "dos")
}

func TestKnownTagsAreOfferedForTheLastOneTyped(t *testing.T) {
	o := newOffice(t)
	c := &crm.Contact{GivenName: "Ana", Extra: crm.Extra{Tags: []string{"Feria 2026", "Cliente"}}}
	if err := o.DB.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	o.asOwner().part("/tags/pick?tags="+url.QueryEscape("otra, fer"), "tags-options").wants(http.StatusOK, "Feria 2026").lacks("Cliente")
}

func TestPayloadsInLabelsChoicesTagsAndValuesAreText(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	for i, payload := range payloads {
		form := b.get("/settings/fields/new?kind=contact").fields("/settings/fields")
		checkSafe(t, b.post("/settings/fields", with(form, "label", payload, "type", "choice", "choices", payload)))
		form = b.get("/settings/fields/new?kind=contact").fields("/settings/fields")
		checkSafe(t, b.post("/settings/fields", with(form, "label", fmt.Sprint(payload, i), "type", "text", "choices", payload)).wants(http.StatusOK))
	}
	fields, err := o.DB.CustomFields(o.owner, crm.KindContact)
	if err != nil {
		t.Fatal(err)
	}
	contact := with(b.get("/contacts/new").fields("/contacts"), "givenName", "Ana")
	for i, f := range fields {
		contact.Set(f.Input(), payloads[i%len(payloads)])
		if f.Type == crm.FieldChoice {
			contact.Set(f.Input(), f.Choices[0])
		}
	}
	contact.Set("tags", payloads[0]+","+payloads[1])
	page := b.post("/contacts", contact).wants(http.StatusOK, payloads[0])
	checkSafe(t, page)
	for _, path := range []string{"/settings/fields", page.at + "/edit", "/contacts", "/tags/pick?tags=", "/settings/fields/1", "/search?q=script"} {
		checkSafe(t, b.get(path))
	}
}
