package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// code is what the authenticator app shows now.
func (o *office) code(secret string) string {
	o.t.Helper()
	code, err := totp.GenerateCode(secret, o.Now())
	if err != nil {
		o.t.Fatal(err)
	}
	return code
}

// twoSteps makes the owner sign in in two steps from the next step of time on.
func (o *office) twoSteps() (secret string, recovery []string) {
	o.t.Helper()
	secret = crm.NewTOTPSecret()
	recovery, err := o.DB.TurnTwoStepOn(o.owner, secret, o.code(secret), chosen)
	if err != nil {
		o.t.Fatal(err)
	}
	o.Pass(time.Minute)
	return secret, recovery
}

func (o *office) firstStep(b *browser) url.Values {
	o.t.Helper()
	return b.post("/sign-in", credentials(webtest.OwnerEmail, chosen)).wants(http.StatusOK, "Segundo paso").fields("/sign-in/code")
}

var secretShown = regexp.MustCompile(`<code class="secret">([A-Z2-7 ]{39})</code>`)

func TestTwoStepSignInIsSetUpWithAnAppAndRecoveryCodes(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.get("/settings/security").wants(http.StatusOK, "Verificación en dos pasos", "Configurar")
	page := b.get("/settings/two-step").wants(http.StatusOK, "Escanea la imagen")
	shown := secretShown.FindStringSubmatch(page.body)
	if shown == nil || !strings.Contains(page.body, `<svg class="qr"`) {
		t.Fatalf("no secret or no picture: %s", clip(page.text()))
	}
	secret := strings.ReplaceAll(shown[1], " ", "")
	if again := b.get("/settings/two-step"); !strings.Contains(again.body, shown[1]) {
		t.Error("after looking at the app the page has another secret")
	}
	form := page.fields("/settings/two-step")
	wrong := b.post("/settings/two-step", with(form, "code", "000000", "current", chosen)).wants(http.StatusUnprocessableEntity, "Ese código no es válido")
	if !strings.Contains(wrong.body, shown[1]) {
		t.Error("after a wrong code the page has another secret")
	}
	b.post("/settings/two-step", with(form, "code", o.code(secret), "current", "no es")).wants(http.StatusUnprocessableEntity, "No es tu contraseña actual.")
	codes := b.post("/settings/two-step", with(form, "current", chosen)).wants(http.StatusOK, "Tus códigos de recuperación", "Desde ahora entras en dos pasos.")
	all := regexp.MustCompile(`<code class="secret">([a-z2-9-]{14})</code>`).FindAllStringSubmatch(codes.body, -1)
	if len(all) != crm.RecoveryCodes {
		t.Fatalf("%d recovery codes", len(all))
	}
	b.get("/settings/two-step/codes").wants(http.StatusOK, all[0][1]) // A reload, before they are stored.
	b.post("/settings/two-step/codes/stored", nil).wants(http.StatusOK, "Activada desde el 23 de noviembre", "Te quedan 10 códigos")
	b.get("/settings/two-step/codes").lacks(all[0][1])
	b.get("/settings/two-step").lacks(shown[1])
	o.Pass(time.Minute)

	other := o.browser()
	step := o.firstStep(other)
	other.get("/contacts").wants(http.StatusOK, "Entrar").lacks("Nuevo contacto")
	other.post("/sign-in/code", with(step, "code", all[0][1])).wants(http.StatusOK, "Contactos")
	other.get("/settings/security").wants(http.StatusOK, "Te quedan 9 códigos")
	third := o.browser()
	third.post("/sign-in/code", with(o.firstStep(third), "code", all[0][1])).wants(http.StatusUnauthorized, "ya se usó")
}

func TestTheSecondStepTakesACodeOnceAndSlowsGuessesDown(t *testing.T) {
	o := newOffice(t)
	secret, _ := o.twoSteps()
	first := o.browser()
	first.post("/sign-in/code", with(o.firstStep(first), "code", o.code(secret)[:3]+" "+o.code(secret)[3:])).wants(http.StatusOK, "Contactos")
	b := o.browser()
	step := o.firstStep(b)
	b.post("/sign-in/code", with(step, "code", o.code(secret))).wants(http.StatusUnauthorized, "ya se usó")
	var page *answer
	for range 6 {
		// The password, right every time, doesn't make the guesses free again.
		page = b.post("/sign-in/code", with(o.firstStep(b), "code", "000000"))
	}
	page.wants(http.StatusTooManyRequests, "Demasiados intentos. Espera")
	o.Pass(11 * time.Minute)
	b.post("/sign-in/code", with(step, "code", o.code(secret))).wants(http.StatusUnauthorized, "Pasó demasiado tiempo", "Contraseña")
	b.get("/sign-in/code").wants(http.StatusOK, "Contraseña")
	b.post("/sign-in/code", with(o.firstStep(b), "code", o.code(secret))).wants(http.StatusOK, "Contactos")
	first.get("/contacts").wants(http.StatusOK, "porque entraste desde otro lugar")
}

func TestTwoStepSignInIsTurnedOffWithThePassword(t *testing.T) {
	o := newOffice(t)
	o.twoSteps()
	b := o.asOwner()
	form := b.get("/settings/two-step").fields("/settings/two-step/codes")
	b.post("/settings/two-step/off", with(form, "current", "no es")).wants(http.StatusUnprocessableEntity, "No es tu contraseña actual.")
	b.post("/settings/two-step/codes", with(form, "current", chosen)).wants(http.StatusOK, "Tus códigos de recuperación")
	b.post("/settings/two-step/off", with(form, "current", chosen)).wants(http.StatusOK, "Configurar")
	o.browser().post("/sign-in", credentials(webtest.OwnerEmail, chosen)).wants(http.StatusOK, "Contactos")
}

func TestTheOwnerTakesTheSecondStepOfALostPhoneAway(t *testing.T) {
	o := newOffice(t)
	seller, u := o.hire(crm.RoleSeller)
	secret := crm.NewTOTPSecret()
	seller.get("/settings/two-step")
	acting := crm.WithActor(t.Context(), crm.Actor{User: &crm.User{ID: u.ID, Email: u.Email, Name: u.Name, Role: u.Role}})
	if _, err := o.DB.TurnTwoStepOn(acting, secret, o.code(secret), chosen); err != nil {
		t.Fatal(err)
	}
	manager, _ := o.hire(crm.RoleManager)
	manager.get("/settings/team").wants(http.StatusOK, "dos pasos").lacks("Quitar segundo paso")
	b := o.asOwner()
	b.get("/settings/team").wants(http.StatusOK, "dos pasos", "Quitar segundo paso")
	path := "/settings/team/2/reset-second-factor"
	manager.post(path, nil).wants(http.StatusForbidden)
	b.post(path, nil).wants(http.StatusOK, "entra de nuevo solo con su contraseña").lacks("dos pasos")
	seller.get("/contacts").wants(http.StatusOK, "La persona titular quitó tu verificación")
	o.browser().post("/sign-in", credentials(u.Email, chosen)).wants(http.StatusOK, "Contactos")
}
