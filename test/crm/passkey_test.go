package crm_test

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp/kb"
	"github.com/pquerna/otp/totp"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// authenticator gives the browser one that knows its person.
func (c *chromium) authenticator() webauthn.AuthenticatorID {
	c.t.Helper()
	send(c, webauthn.Enable, webauthn.EnableParams{})
	return send(c, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		},
	}).AuthenticatorID
}

func (c *chromium) signIn(p *place) {
	c.t.Helper()
	c.open(p.at("acme", "/sign-in?next=/contacts"))
	c.fill("email", webtest.OwnerEmail)
	c.fill("password", chosen+kb.Enter)
	c.sees("Todavía no hay contactos")
}

func (c *chromium) signOut(p *place) {
	c.t.Helper()
	c.open(p.at("acme", "/contacts"))
	c.press("Tu cuenta")
	c.press("Salir")
	c.sees("Entrar con llave de acceso")
}

// addPasskey makes one, after a wrong password.
func (c *chromium) addPasskey(p *place, name string) {
	c.t.Helper()
	c.open(p.at("acme", "/settings/security"))
	c.press("Agregar llave de acceso")
	c.fill("name", name)
	c.fill("current", "no es")
	c.press("Crear llave")
	c.sees("No es tu contraseña actual.")
	c.fill("current", chosen)
	c.press("Crear llave")
	c.sees(name+" Agregada", "ya te deja entrar")
}

func TestAPasskeyIsMadeSignsInAndIsRemoved(t *testing.T) {
	p, c := newPlace(t), openChromium(t)
	c.authenticator()
	c.signIn(p)
	c.addPasskey(p, "Mi laptop")
	c.press("Agregar llave de acceso")
	c.fill("name", "Otra vez")
	c.fill("current", chosen)
	c.press("Crear llave")
	c.sees("No se pudo usar la llave") // This authenticator has one already.

	c.signOut(p)
	c.open(p.at("acme", "/sign-in?next=/settings/security"))
	c.press("Entrar con llave de acceso")
	c.sees("Mi laptop Usada por última vez ahora")

	token, _, err := p.SignIn(t.Context(), webtest.OwnerEmail, chosen)
	if err != nil || token == "" {
		t.Fatal(err)
	}
	c.open(p.at("acme", "/settings/security"))
	c.sees("Tu sesión terminó porque entraste desde otro lugar")
	c.press("Entrar con llave de acceso")
	c.sees("Mi laptop", "Cerramos tu sesión en otro lugar")

	c.press("Acciones para la llave")
	c.press("Quitar llave")
	c.sees("Se quitó la llave de acceso.")
	c.signOut(p)
	c.press("Entrar con llave de acceso")
	c.sees("Esa llave no abre este CRM.")
	c.isCalm()
}

func TestAPasskeyStandsForBothStepsWhenTheDeviceKnowsThePerson(t *testing.T) {
	p, c := newPlace(t), openChromium(t)
	authenticator := c.authenticator()
	c.signIn(p)
	c.addPasskey(p, "Mi teléfono")
	secret := crm.NewTOTPSecret()
	code := func() string {
		code, err := totp.GenerateCode(secret, p.Now())
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	if _, err := p.DB.TurnTwoStepOn(p.owner, secret, code(), chosen); err != nil {
		t.Fatal(err)
	}
	p.Pass(time.Minute)
	c.signOut(p)
	c.press("Entrar con llave de acceso")
	c.sees("Aquí empieza tu día")

	c.signOut(p)
	// As a security key without a PIN.
	nobody := true
	send(c, webauthn.SetResponseOverrideBits, webauthn.SetResponseOverrideBitsParams{AuthenticatorID: authenticator, IsBadUV: &nobody})
	c.press("Entrar con llave de acceso")
	c.sees("Segundo paso")
	c.fill("code", code())
	c.press("Entrar")
	c.sees("Aquí empieza tu día")
	c.isCalm()
}

// A passkey belongs to a host: another tenant's page cannot ask for it.
func TestAPasskeyOpensItsOwnAddressAlone(t *testing.T) {
	p, c := newPlace(t), openChromium(t)
	authenticator := c.authenticator()
	c.signIn(p)
	c.addPasskey(p, "Mi laptop")
	made := send(c, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: authenticator}).Credentials
	send(c, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams{AuthenticatorID: authenticator})
	if len(made) != 1 || made[0].RpID != "acme.localhost" || len(made[0].UserHandle) != 32 {
		t.Fatalf("made: %+v", made)
	}
	made[0].RpID = "other.localhost" // An authenticator that lies about where its passkey belongs.
	c.open(p.at("other", "/sign-in"))
	send(c, webauthn.AddCredential, webauthn.AddCredentialParams{AuthenticatorID: c.authenticator(), Credential: made[0]})
	c.press("Entrar con llave de acceso")
	c.sees("Esa llave no abre este CRM.")
	c.isCalm()
}

func TestWithoutPasskeysInTheBrowserThePageSaysSo(t *testing.T) {
	p, c := newPlace(t), openChromium(t)
	send(c, cdp.Command[scriptParams, cdp.Empty]{Method: "Page.addScriptToEvaluateOnNewDocument"}, scriptParams{"delete window.PublicKeyCredential"})
	c.signIn(p)
	c.open(p.at("acme", "/settings/passkeys/new"))
	c.sees("Este navegador no puede crear llaves de acceso")
	c.isCalm()
}

type scriptParams struct {
	Source string `json:"source"`
}
