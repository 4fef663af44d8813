package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

func credentials(email, password string) url.Values {
	return url.Values{"email": {email}, "password": {password}, "next": {"/contacts"}}
}

func TestTheInitialPasswordMustBeChangedBeforeAnythingElse(t *testing.T) {
	o := freshOffice(t)
	b := o.browser()
	page := b.post("/sign-in", credentials(webtest.OwnerEmail, webtest.OwnerPassword))
	page.wants(http.StatusOK, "Elige tu contraseña")
	for _, path := range []string{"/", "/contacts", "/settings/account"} {
		if got := b.send(http.MethodGet, path, nil); got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/password") {
			t.Errorf("%s answers %d to %q before the password is changed", path, got.status, got.header.Get("Location"))
		}
	}
	form := page.fields("/password")
	b.post("/password", with(form, "current", webtest.OwnerPassword, "new", "corta", "again", "corta")).
		wants(http.StatusUnprocessableEntity, "Usa al menos 10 caracteres.")
	b.post("/password", with(form, "new", chosen, "again", chosen+"!")).
		wants(http.StatusUnprocessableEntity, "No coincide con la contraseña nueva.")
	b.post("/password", with(form, "new", chosen, "again", chosen)).
		wants(http.StatusOK, "Tu contraseña cambió.", "Todavía no hay contactos")
}

func TestSignInDoesNotSayWhatIsWrongAndKeepsTheAddress(t *testing.T) {
	o := newOffice(t)
	for _, email := range []string{webtest.OwnerEmail, "nadie@acme.example"} {
		page := o.browser().post("/sign-in", credentials(email, "equivocada"))
		page.wants(http.StatusUnauthorized, "El correo o la contraseña no son correctos.")
		if got := page.fields("/sign-in").Get("email"); got != email {
			t.Errorf("the address typed was %q, the form has %q", email, got)
		}
		if got := page.fields("/sign-in").Get("password"); got != "" {
			t.Errorf("the form gives the password back")
		}
	}
}

func TestTooManyAttemptsSayHowLongToWait(t *testing.T) {
	o := newOffice(t)
	b := o.browser()
	var page *answer
	for range 8 {
		page = b.post("/sign-in", credentials(webtest.OwnerEmail, "equivocada"))
	}
	page.wants(http.StatusTooManyRequests, "Demasiados intentos. Espera")
	if page.header.Get("Retry-After") == "" {
		t.Error("the answer does not say when to come back")
	}
}

func TestASecondSignInEndsTheFirstAndSaysSoToBoth(t *testing.T) {
	o := newOffice(t)
	first := o.asOwner()
	first.get("/contacts").wants(http.StatusOK)
	second := o.browser()
	second.post("/sign-in", credentials(webtest.OwnerEmail, chosen)).
		wants(http.StatusOK, "Cerramos tu sesión en otro lugar")
	first.get("/contacts?sort=name").wants(http.StatusOK, "Tu sesión terminó porque entraste desde otro lugar.")
	if _, kept := first.cookies["__Host-session"]; kept {
		t.Error("the ended session's cookie is still there")
	}
	first.get("/sign-in?next=%2Fcontacts").wants(http.StatusOK).lacks("Tu sesión terminó")
}

func TestAnExpiredSessionReturnsToThePageWanted(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.Pass(60 * 24 * time.Hour)
	page := b.get("/companies?sort=name")
	page.wants(http.StatusOK, "Entrar", "Tu sesión venció.")
	form := page.fields("/sign-in")
	after := b.post("/sign-in", with(form, "email", webtest.OwnerEmail, "password", chosen))
	after.wants(http.StatusOK, "Empresas")
	if after.at != "/companies?sort=name" {
		t.Errorf("came back to %s", after.at)
	}
}

func TestAfterSignInNobodyIsSentElsewhere(t *testing.T) {
	o := newOffice(t)
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "/\t/evil.example"} {
		form := credentials(webtest.OwnerEmail, chosen)
		form.Set("next", next)
		got := o.browser().send(http.MethodPost, "/sign-in", form)
		if got.status != http.StatusSeeOther || got.header.Get("Location") != "/" {
			t.Errorf("next=%q sends to %q", next, got.header.Get("Location"))
		}
	}
}

func TestSignOutEndsTheSession(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	token := b.cookies["__Host-session"]
	b.post("/sign-out", nil).wants(http.StatusOK, "Entrar")
	b.cookies["__Host-session"] = token
	b.get("/contacts").wants(http.StatusOK, "Entrar").lacks("Contactos")
}

func TestTheSessionCookieIsOutOfReachOfScriptsAndOtherSites(t *testing.T) {
	o := newOffice(t)
	got := o.browser().send(http.MethodPost, "/sign-in", credentials(webtest.OwnerEmail, chosen))
	cookie := got.header.Get("Set-Cookie")
	for _, want := range []string{"__Host-session=", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie %q lacks %s", cookie, want)
		}
	}
	if strings.Contains(cookie, "Domain") {
		t.Errorf("the cookie %q names a domain", cookie)
	}
}

func TestOnlyTheOwnerEntersDuringTheExportWindow(t *testing.T) {
	o := newOffice(t)
	seller, _ := o.hire(crm.RoleSeller)
	o.Grant(func(r *crm.Rights) { r.Access = "ExportOnly" })
	seller.get("/contacts").wants(http.StatusForbidden, "Solo entra la persona titular")
	o.asOwner().get("/contacts").wants(http.StatusOK, "puedes ver y llevarte todo").lacks("Nuevo contacto")
}
