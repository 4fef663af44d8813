package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestTheSearchBoxOffersActionsAndWhatChangedLast(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.contact("José", "Núñez")
	o.company("Grupo Yaqui")
	suggest := func(b *browser, q string) *answer {
		return b.part("/search/suggest?q="+url.QueryEscape(q), "search-options").wants(http.StatusOK)
	}
	suggest(b, "").wants(http.StatusOK, "Recientes · Contacto", "José Núñez", "Recientes · Empresa", "Grupo Yaqui").lacks("Nuevo contacto")
	suggest(b, ">").wants(http.StatusOK, "Nuevo contacto", "Ir a Empresas", "Cambiar tema", "Atajos del teclado").lacks("José")
	suggest(b, "> nue cont").wants(http.StatusOK, "Nuevo contacto").lacks("Nueva empresa")
	suggest(b, "nuevo").wants(http.StatusOK, "Nuevo contacto")
	suggest(b, "j").wants(http.StatusOK, "José Núñez").lacks("Atajos")
	suggest(b, "xyzzy").wants(http.StatusOK, "Nada para «xyzzy»")
	reader, _ := o.hire(crm.RoleReadOnly)
	suggest(reader, ">").wants(http.StatusOK, "Ir a Contactos").lacks("Nuevo contacto", "Ir a Equipo")
	b.get("/search?q="+url.QueryEscape(">tema")).wants(http.StatusOK, "Cambiar tema")
	b.get("/keys").wants(http.StatusOK, "Atajos del teclado", "Fila siguiente")
	for _, typed := range []string{`>"`, `> ' OR 1=1`, `>*`, `NEAR(`, `">`} {
		checkSafe(t, suggest(b, typed))
	}
}

func TestATagIsRenamedMadeOneAndTakenAway(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.tagged(map[string][]string{"Ana": {"feria", "VIP"}, "Beto": {"Ferias"}})
	b.get("/settings/tags").wants(http.StatusOK, "feria", "Ferias", "VIP", "1 registro")
	b.post("/settings/tags", url.Values{"from": {"Ferias"}, "to": {""}}).wants(http.StatusUnprocessableEntity, "Escribe el nombre nuevo")
	done := b.post("/settings/tags", url.Values{"from": {"Ferias"}, "to": {"Feria"}}).wants(http.StatusOK, "Registros cambiados: 1.", "2 registros").lacks("Ferias")
	b.get("/contacts?tag=feria").wants(http.StatusOK, "Ana", "Beto")
	b.post("/undo", done.fields("/undo")).wants(http.StatusOK)
	b.get("/contacts?tag=feria").wants(http.StatusOK, "Ana").lacks("Beto")
	b.post("/settings/tags", url.Values{"from": {"vip"}, "do": {"remove"}}).wants(http.StatusOK).lacks("VIP")
	seller, _ := o.hire(crm.RoleSeller)
	seller.send(http.MethodPost, "/settings/tags", url.Values{"from": {"feria"}, "do": {"remove"}}).wants(http.StatusForbidden)
}
