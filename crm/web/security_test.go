package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

func TestOneChangesOnesNameAndWithThePasswordTheEmail(t *testing.T) {
	o := newOffice(t)
	_, taken := o.hire(crm.RoleSeller)
	b := o.asOwner()
	form := b.get("/settings/profile").fields("/settings/profile/identity")
	b.post("/settings/profile/identity", with(form, "name", "Lucía  Moreno Ruiz")).wants(http.StatusOK, "Se guardaron tus datos.", "Lucía Moreno Ruiz")
	page := b.post("/settings/profile/identity", with(form, "email", "luz@acme.example")).wants(http.StatusUnprocessableEntity, "No es tu contraseña actual.")
	if got := page.fields("/settings/profile/identity").Get("email"); got != "luz@acme.example" {
		t.Errorf("what was typed became %q", got)
	}
	b.post("/settings/profile/identity", with(form, "email", taken.Email, "current", chosen)).wants(http.StatusUnprocessableEntity, "Alguien del equipo ya usa este correo.")
	b.post("/settings/profile/identity", with(form, "name", " ", "email", webtest.OwnerEmail)).wants(http.StatusUnprocessableEntity, "Este dato hace falta.")
	b.post("/settings/profile/identity", with(form, "name", "Lucía", "email", "luz@acme.example", "current", chosen)).wants(http.StatusOK, "Se guardaron tus datos.", "luz@acme.example")
	o.browser().post("/sign-in", credentials(webtest.OwnerEmail, chosen)).wants(http.StatusUnauthorized)
	o.browser().post("/sign-in", credentials("LUZ@acme.example", chosen)).wants(http.StatusOK, "Contactos")
}

func TestAllOtherOwnSessionsAreEndedAtOnce(t *testing.T) {
	o := newOffice(t)
	o.Grant(func(r *crm.Rights) { r.SessionsPerUser = 3 })
	others := []*browser{o.browser(), o.browser()}
	for _, other := range others {
		other.post("/sign-in", credentials(webtest.OwnerEmail, chosen)).wants(http.StatusOK)
	}
	b := o.asOwner()
	b.get("/settings/security").wants(http.StatusOK, "Cerrar todas las demás")
	b.post("/settings/sessions/end-others", nil).wants(http.StatusOK, "Se cerraron tus demás sesiones.").lacks("Cerrar todas las demás")
	for _, other := range others {
		other.get("/contacts").wants(http.StatusOK, "Entrar").lacks("Nuevo contacto")
	}
}

func TestTheOwnerSeesWhoTriedToSignIn(t *testing.T) {
	o := newOffice(t)
	stranger := o.browser()
	stranger.headers["X-Forwarded-For"] = "198.51.100.44"
	stranger.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
	stranger.post("/sign-in", credentials(webtest.OwnerEmail, "equivocada"))
	stranger.post("/sign-in", credentials("nadie@acme.example", "equivocada"))
	stranger.post("/sign-in", credentials("mi contraseña secreta", "x"))
	seller, _ := o.hire(crm.RoleSeller)
	seller.get("/settings/sign-ins").wants(http.StatusForbidden)
	seller.get("/settings/security").lacks("Accesos")
	b := o.asOwner()
	b.get("/settings/sign-ins").wants(http.StatusOK, "Lucía Moreno No entró", "Firefox en Windows · 198.51.100.44",
		"nadie@acme.example No entró", "Nadie con ese correo", "Persona seller Entró · con contraseña").lacks("mi contraseña secreta")
	failed := b.get("/settings/sign-ins?failed=1").wants(http.StatusOK, "nadie@acme.example").lacks("Persona seller")
	if strings.Contains(failed.body, `rel="next"`) {
		t.Error("there is another page")
	}
	for range 60 {
		stranger.headers["X-Forwarded-For"] = "198.51.100." + string(rune('1'+len(stranger.cookies)))
		o.Pass(20 * 60e9)
		stranger.post("/sign-in", credentials("nadie@acme.example", "equivocada"))
	}
	page := b.get("/settings/sign-ins").wants(http.StatusOK)
	older := b.get(linkOf(page, "next")).wants(http.StatusOK, "Persona seller", "Los más recientes")
	if strings.Contains(older.body, `rel="next"`) {
		t.Error("the list has no end")
	}
	b.get("/settings/sign-ins?after=x").wants(http.StatusBadRequest)
}
