package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

// retitled is a contact whose job title changed twice.
func (o *office) retitled() *crm.Contact {
	o.t.Helper()
	c := o.contact("José", "Núñez")
	for _, title := range []string{"Compras", "Obra"} {
		c.JobTitle = title
		if err := o.DB.UpdateContact(o.owner, c); err != nil {
			o.t.Fatal(err)
		}
	}
	return c
}

func TestTheLogShowsWhoChangedWhat(t *testing.T) {
	o := newOffice(t)
	o.retitled()
	_, u := o.hire(crm.RoleSeller)
	b := o.asOwner()
	b.get("/settings/log").wants(http.StatusOK, "José Núñez", "Contacto", "Lucía Moreno lo cambió", "Compras", "Obra", "Persona seller")
	b.get("/settings/log?kind=user").wants(http.StatusOK, "Persona seller").lacks("José Núñez")
	b.get(fmt.Sprintf("/settings/log?user=%d", u.ID)).lacks("José Núñez")
	b.get("/settings/log?verb=delete").wants(http.StatusOK, "Nada coincide con ese filtro")
	b.get("/settings/log?from=2026-11-23&until=2026-11-23").wants(http.StatusOK, "José Núñez")
	b.get("/settings/log?until=2026-11-22").wants(http.StatusOK).lacks("José Núñez")
	b.get("/settings/log?from=ayer").wants(http.StatusUnprocessableEntity, "Escribe una fecha que exista.")
	b.get("/settings/log?after=x").wants(http.StatusBadRequest)
}

func TestTheLogGoesOnToOlderPages(t *testing.T) {
	o := newOffice(t)
	for i := range 55 {
		o.company(fmt.Sprintf("Empresa %02d", i))
	}
	b := o.asOwner()
	first := b.get("/settings/log?kind=company").wants(http.StatusOK, "Empresa 54", "Empresa 05", "Ver lo anterior").lacks("Empresa 04", "Lo más reciente")
	b.get(first.link("Ver lo anterior")).wants(http.StatusOK, "Empresa 04", "Empresa 00", "Lo más reciente").lacks("Empresa 05", "Ver lo anterior")
}

func TestAValueIsPutBackFromLogAndRecord(t *testing.T) {
	o := newOffice(t)
	c := o.retitled()
	b := o.asOwner()
	page := b.get("/settings/log?kind=contact&verb=update")
	done := b.post("/restore-value", page.fields("/restore-value")).wants(http.StatusOK, "El valor anterior está de vuelta.", "Deshacer")
	if done.at != "/settings/log?kind=contact&verb=update" {
		t.Errorf("afterwards one is at %s", done.at)
	}
	if got, err := o.DB.Contact(o.owner, c.ID); err != nil || got.JobTitle != "Compras" {
		t.Errorf("the contact is %+v, %v", got, err)
	}
	record := fmt.Sprintf("/contacts/%d", c.ID)
	form := b.get(record).wants(http.StatusOK).fields("/restore-value")
	b.post("/restore-value", form).wants(http.StatusOK, "El valor anterior está de vuelta.")
	stale := with(form, "formToken", "another")
	b.post("/restore-value", stale).wants(http.StatusConflict, "Alguien cambió esto antes")
	b.post("/restore-value", with(stale, "version", "5", "formToken", "x")).wants(http.StatusOK, "Ya tiene ese valor.")
	b.post("/restore-value", with(stale, "version", "5", "formToken", "y", "field", "no")).wants(http.StatusOK, "Ese valor ya no se puede usar")
}

func TestSellersFindTheWayBackOfTheirOwnChangesOnly(t *testing.T) {
	o := newOffice(t)
	c := o.retitled()
	seller, _ := o.hire(crm.RoleSeller)
	record := fmt.Sprintf("/contacts/%d", c.ID)
	page := seller.get(record).wants(http.StatusOK)
	if page.offers("/undo") || page.offers("/restore-value") {
		t.Error("a seller is offered to take back what another did")
	}
	edit := seller.get(record + "/edit").fields(record)
	page = seller.post(record, with(edit, "jobTitle", "Almacén")).wants(http.StatusOK)
	if !page.offers("/undo") || !page.offers("/restore-value") {
		t.Error("a seller cannot take back an own change")
	}
	seller.post("/undo", page.fields("/undo")).wants(http.StatusOK, "Se deshizo el cambio en «José Núñez».", "Obra")
	seller.get("/settings/log").wants(http.StatusForbidden)
}

func TestAnActionOfSeveralOpensToItsParts(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	var ids []string
	for _, name := range []string{"Ana", "Eva"} {
		c := o.contact(name, "Ruiz")
		b.post(fmt.Sprintf("/contacts/%d/delete", c.ID), nil)
		ids = append(ids, fmt.Sprint(c.ID))
	}
	b.post("/settings/bin/restore", url.Values{"kind": {"contact"}, "id": ids}).wants(http.StatusOK, "De vuelta: 2 registros.")
	page := b.get("/settings/log?verb=restore").wants(http.StatusOK, "2 registros", "Ver cada registro").lacks("Ana Ruiz")
	parts := b.get(page.link("Ver cada registro")).wants(http.StatusOK, "Ana Ruiz", "Eva Ruiz", "Registro por registro")
	b.post("/undo", parts.fields("/undo")).wants(http.StatusOK, "Se deshizo: 2 registros.")
	b.get("/contacts").wants(http.StatusOK).lacks("Ana Ruiz")
	b.get("/settings/log/424242").wants(http.StatusNotFound)
}
