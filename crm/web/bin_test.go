package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) binned(b *browser, name string) *crm.Contact {
	o.t.Helper()
	c := o.contact(name, "Ruiz")
	b.post(fmt.Sprintf("/contacts/%d/delete", c.ID), nil).wants(http.StatusOK)
	return c
}

func TestTheBinGivesBack(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.get("/settings/bin").wants(http.StatusOK, "La papelera está vacía")
	c := o.binned(b, "Ana")
	o.binned(b, "Eva")
	page := b.get("/settings/bin").wants(http.StatusOK, "Ana Ruiz", "Lucía Moreno lo eliminó", "quedan 30 días")
	form := page.fields("/settings/bin/restore")
	form.Del("id")
	b.post("/settings/bin/restore", form).wants(http.StatusOK, "Elige primero al menos un registro.")
	form.Set("one", fmt.Sprint(c.ID))
	b.post("/settings/bin/restore", form).wants(http.StatusOK, "«Ana Ruiz» está de vuelta.", "Eva Ruiz")
	b.get(fmt.Sprintf("/contacts/%d", c.ID)).wants(http.StatusOK, "Lucía Moreno lo restauró")
	b.get("/settings/bin?kind=company").wants(http.StatusOK, "La papelera está vacía")
	b.get("/settings/bin?kind=nothing").wants(http.StatusNotFound)
}

func TestDeletingForGoodWantsTheWord(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	one, two := o.binned(b, "Ana"), o.binned(b, "Eva")
	ask := b.get(fmt.Sprintf("/settings/bin/purge?kind=contact&id=%d", one.ID)).wants(http.StatusOK, "Eliminar 1 registro para siempre", "Ana Ruiz").lacks("Eva Ruiz")
	form := ask.fields("/settings/bin/purge")
	b.post("/settings/bin/purge", with(form, "word", "sí")).wants(http.StatusUnprocessableEntity, "Escribe la palabra tal como aparece.", "Ana Ruiz")
	b.post("/settings/bin/purge", with(form, "word", "eliminar")).wants(http.StatusOK, "Eliminado para siempre: 1 registro.", "Eva Ruiz").lacks("Ana Ruiz")
	b.get("/settings/bin/purge?kind=contact").wants(http.StatusOK, "Elige primero al menos un registro.")
	all := b.get("/settings/bin/purge?kind=contact&all=1").wants(http.StatusOK, "Vaciar la papelera: Contactos").fields("/settings/bin/purge")
	b.post("/settings/bin/purge", with(all, "word", "ELIMINAR")).wants(http.StatusOK, "La papelera está vacía")
	b.post("/settings/bin/restore", url.Values{"kind": {"contact"}, "id": {fmt.Sprint(two.ID)}}).wants(http.StatusNotFound)
	manager, _ := o.hire(crm.RoleManager)
	manager.get("/settings/bin/purge?kind=contact&all=1").wants(http.StatusForbidden)
}

func TestASellersBinIsTheirOwn(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.binned(b, "Ana")
	seller, _ := o.hire(crm.RoleSeller)
	seller.get("/settings/bin").wants(http.StatusOK, "La papelera está vacía", "Lo que tú eliminaste")
	mine := o.contact("Luz", "Soto")
	seller.post(fmt.Sprintf("/contacts/%d/delete", mine.ID), nil).wants(http.StatusOK)
	seller.get("/settings/bin").wants(http.StatusOK, "Luz Soto").lacks("Ana Ruiz", "para siempre:")
	reader, _ := o.hire(crm.RoleReadOnly)
	reader.get("/settings/bin").wants(http.StatusForbidden)
}
