package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

func TestAnInvitationShowsThePasswordUntilItIsHandedOver(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := with(b.get("/settings/team/new").fields("/settings/team"), "name", "Javier Peña", "email", "javier@acme.example", "role", "seller")
	page := b.post("/settings/team", form).wants(http.StatusOK, "Acceso para Javier Peña", "2 de 10 lugares ocupados")
	password := secretOf(page)
	if password == "" {
		t.Fatal("no password is shown")
	}
	b.post("/settings/team", form).wants(http.StatusOK, password)
	b.get("/settings/team").wants(http.StatusOK, password)
	b.post("/settings/team/handed-over", nil).wants(http.StatusOK).lacks(password)
	o.browser().post("/sign-in", credentials("javier@acme.example", password)).wants(http.StatusOK, "Elige tu contraseña")
}

func TestAnInitialPasswordIsGoneAfterTenMinutes(t *testing.T) {
	o := newOffice(t)
	_, u := o.hire(crm.RoleSeller)
	b := o.asOwner()
	page := b.post(fmt.Sprintf("/settings/team/%d/reset", u.ID), nil).wants(http.StatusOK, "Acceso para Persona seller")
	password := secretOf(page)
	manager, _ := o.hire(crm.RoleManager)
	manager.get("/settings/team").wants(http.StatusOK).lacks(password)
	o.Pass(11 * time.Minute)
	b.get("/settings/team").wants(http.StatusOK).lacks(password)
}

func TestSeatsAndFaultsOfAnInvitation(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/settings/team/new").fields("/settings/team")
	b.post("/settings/team", with(form, "name", "X", "email", "nada")).wants(http.StatusUnprocessableEntity, "Escribe un correo como")
	b.post("/settings/team", with(form, "email", "lucia@acme.example")).wants(http.StatusUnprocessableEntity, "Alguien del equipo ya usa este correo.")
	b.post("/settings/team", with(form, "email", "x@acme.example", "role", "owner")).wants(http.StatusUnprocessableEntity, "Elige una de las opciones.")
	o.Grant(func(r *crm.Rights) { r.Seats = 1 })
	b.post("/settings/team", with(form, "email", "x@acme.example", "role", "seller")).
		wants(http.StatusUnprocessableEntity, "Ya no quedan lugares en tu plan.")
	b.get("/settings/team").wants(http.StatusOK, "Todos los lugares de tu plan están ocupados.")
}

func TestADisabledUserIsOutAtOnceAndComesBack(t *testing.T) {
	o := newOffice(t)
	seller, u := o.hire(crm.RoleSeller)
	seller.get("/contacts").wants(http.StatusOK)
	b := o.asOwner()
	b.post(fmt.Sprintf("/settings/team/%d/disable", u.ID), nil).wants(http.StatusOK, "ya no puede entrar", "desactivado")
	seller.get("/contacts").wants(http.StatusOK, "Tu acceso fue desactivado.")
	b.post(fmt.Sprintf("/settings/team/%d/enable", u.ID), nil).wants(http.StatusOK, "ya puede entrar")
	o.browser().post("/sign-in", credentials(u.Email, chosen)).wants(http.StatusOK, "Contactos")
}

func TestLanguageAndThemeAreTheUsersOwn(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := with(b.get("/settings/profile").fields("/settings/profile"), "locale", "en", "theme", "dark")
	page := b.post("/settings/profile", form).wants(http.StatusOK, "Your preferences were saved.")
	if !strings.Contains(page.body, `lang="en"`) || !strings.Contains(page.body, `data-bs-theme="dark"`) {
		t.Error("the page is not in the chosen language and theme")
	}
	b.post("/settings/profile", with(form, "theme", "pink")).wants(http.StatusUnprocessableEntity, "Choose one of the options.")
}

func TestOwnPasswordIsChangedUnderSecurity(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/settings/security").fields("/password")
	b.post("/password", with(form, "current", "no es", "new", "una frase nueva", "again", "una frase nueva")).
		wants(http.StatusUnprocessableEntity, "No es tu contraseña actual.", "Sesiones abiertas")
	b.post("/password", with(form, "current", chosen)).wants(http.StatusOK, "Tu contraseña cambió.")
	o.browser().post("/sign-in", credentials("lucia@acme.example", "una frase nueva")).wants(http.StatusOK, "Contactos")
}

func TestAnotherOwnSessionCanBeEnded(t *testing.T) {
	o := newOffice(t)
	o.Grant(func(r *crm.Rights) { r.SessionsPerUser = 3 })
	other := o.browser()
	other.headers["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1"
	other.headers["X-Forwarded-For"] = "198.51.100.9, 203.0.113.77"
	other.post("/sign-in", credentials("lucia@acme.example", chosen)).wants(http.StatusOK)
	b := o.asOwner()
	page := b.get("/settings/security").wants(http.StatusOK, "Safari en iPhone", "Desde 203.0.113.77", "Chrome en Linux", "esta sesión").lacks("198.51.100.9")
	_, rest, _ := strings.Cut(page.body, `action="/settings/sessions/`)
	id, _, _ := strings.Cut(rest, "/")
	b.post("/settings/sessions/"+id+"/end", nil).wants(http.StatusOK, "Se cerró esa sesión.").lacks("iPhone")
	other.get("/contacts").wants(http.StatusOK, "Entrar").lacks("Nuevo contacto")
}

func TestTheAccountSaysWhatThePlanIsAndWhatIsUsed(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.get("/settings/account").wants(http.StatusOK, "Team", "30 de diciembre de 2026", "hasta el 4 de enero de 2027",
		"incluido", "1 de 10", "0 B de 10 GB")
	o.Grant(func(r *crm.Rights) {
		r.Free, r.PaidThrough, r.ValidUntil, r.SupportEntitled, r.Plan = true, "", time.Time{}, false, "Free"
	})
	b.get("/settings/account").wants(http.StatusOK, "Gratis, sin vencimiento", "sin vencimiento", "no incluido por ahora").lacks("Pagado hasta")
}

func secretOf(a *answer) string {
	_, rest, _ := strings.Cut(a.body, `<code class="secret">`)
	secret, _, _ := strings.Cut(rest, "<")
	return secret
}
