package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestDisablingOffersToHandOver(t *testing.T) {
	o := newOffice(t)
	seller, from := o.hire(crm.RoleSeller)
	_, to := o.hire(crm.RoleManager)
	form := seller.get("/contacts/new").fields("/contacts")
	seller.post("/contacts", with(form, "givenName", "Noé", "familyName", "Félix")).wants(http.StatusOK)
	b := o.asOwner()
	member := fmt.Sprintf("/settings/team/%d", from.ID)
	page := b.post(member+"/disable", nil).wants(http.StatusOK, "ya no puede entrar", "Lo que atiende", "Contactos", "sigue")
	give := page.fields(member + "/hand-over")
	b.post(member+"/hand-over", with(give, "to", "999")).wants(http.StatusUnprocessableEntity, "No encontramos ese registro")
	done := b.post(member+"/hand-over", with(give, "to", fmt.Sprint(to.ID))).wants(http.StatusOK, "Ya los atiende otra persona: 1 registro.", "Deshacer")
	if c, err := o.DB.Contact(o.owner, 1); err != nil || c.OwnerID != to.ID {
		t.Errorf("the contact is %+v, %v", c, err)
	}
	b.post("/undo", done.fields("/undo")).wants(http.StatusOK, "Se deshizo: 1 registro.")
	if c, err := o.DB.Contact(o.owner, 1); err != nil || c.OwnerID != from.ID {
		t.Errorf("after undo the contact is %+v, %v", c, err)
	}
	b.get("/settings/log?verb=hand-over").wants(http.StatusOK, "Persona seller", "Persona manager", "pasó sus registros")
}

func TestARoleIsGiven(t *testing.T) {
	o := newOffice(t)
	seller, u := o.hire(crm.RoleSeller)
	b := o.asOwner()
	member := fmt.Sprintf("/settings/team/%d", u.ID)
	form := b.get(member).wants(http.StatusOK, "Por ahora no atiende ningún registro.").fields(member + "/role")
	seller.get("/settings/team").wants(http.StatusForbidden)
	b.post(member+"/role", with(form, "role", "owner")).wants(http.StatusUnprocessableEntity, "Elige una de las opciones.")
	b.post(member+"/role", with(form, "role", "manager")).wants(http.StatusOK, "Persona seller tiene un rol nuevo.")
	seller.get("/settings/team").wants(http.StatusOK)
	b.get("/settings/log?kind=user").wants(http.StatusOK, "cambió el rol", "Ventas", "Gerente")
	if b.get("/settings/team/1").wants(http.StatusOK).offers("/settings/team/1/role") {
		t.Error("the owner is offered another role")
	}
	b.post("/settings/team/1/role", url.Values{"role": {"seller"}}).wants(http.StatusForbidden)
	b.get("/settings/team/424242").wants(http.StatusNotFound)
}

func TestTheOwnerDecidesWhoSeesTheRecords(t *testing.T) {
	o := newOffice(t)
	o.contact("José", "Núñez")
	seller, _ := o.hire(crm.RoleSeller)
	seller.get("/contacts").wants(http.StatusOK, "José Núñez")
	b := o.asOwner()
	form := b.get("/settings/team").fields("/settings/visibility")
	b.post("/settings/visibility", with(form, "visibility", "own")).wants(http.StatusOK, "Se guardó quién ve los registros.")
	seller.get("/contacts").wants(http.StatusOK).lacks("José Núñez")
	b.post("/settings/visibility", with(form, "visibility", "some")).wants(http.StatusBadRequest)
	b.get("/settings/log?kind=setting").wants(http.StatusOK, "Quién ve los registros", "Todo el equipo", "Responsable y gerentes")
	manager, _ := o.hire(crm.RoleManager)
	if manager.get("/settings/team").offers("/settings/visibility") {
		t.Error("a manager is offered the owner's decision")
	}
}
