package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

const long = 60 * 24 * time.Hour // longer than any session

// typed is a contact's form with something in it.
func typed(b *browser) url.Values {
	return with(b.get("/contacts/new").fields("/contacts"), "givenName", "Iñigo", "emails", "inigo@correo.example")
}

func (a *answer) signInAs(b *browser, email string) *answer {
	a.t.Helper()
	return b.post("/sign-in", with(a.fields("/sign-in"), "email", email, "password", chosen))
}

func TestAFormSentAfterTheSessionEndedSurvives(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := typed(b)
	o.Pass(long)
	page := b.post("/contacts", form).wants(http.StatusOK, "Tu sesión venció", "Lo que estabas guardando te espera")
	if strings.Contains(page.body, "Iñigo") {
		t.Error("whoever is at the screen sees what was typed")
	}
	waiting := page.signInAs(b, webtest.OwnerEmail).wants(http.StatusOK, "Lo que escribiste sigue aquí", "Nombre Iñigo", "Correos inigo@correo.example")
	b.get("/kept").wants(http.StatusOK, "Iñigo") // A reload loses nothing.
	b.post("/kept", waiting.fields("/kept")).wants(http.StatusOK, "Se agregó «Iñigo»", "inigo@correo.example")
	if again := b.post("/kept", nil); again.at != "/" {
		t.Errorf("sent twice, it leads to %s", again.at)
	}
	if page, err := o.DB.Contacts(o.owner, crm.ContactFilter{}); err != nil || len(page.Items) != 1 {
		t.Errorf("%d contacts, %v", len(page.Items), err)
	}
}

func TestAKeptFormThatIsFaultyIsMendedAsEver(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := with(typed(b), "emails", "sin arroba")
	o.Pass(long)
	b.post("/contacts", form).signInAs(b, webtest.OwnerEmail).wants(http.StatusOK, "sin arroba")
	faulty := b.post("/kept", nil).wants(http.StatusUnprocessableEntity, "Escribe un correo como")
	b.post("/contacts", with(faulty.fields("/contacts"), "emails", "inigo@correo.example")).wants(http.StatusOK, "Se agregó «Iñigo»")
}

func TestAKeptFormIsItsUsersAlone(t *testing.T) {
	o := newOffice(t)
	seller, u := o.hire(crm.RoleSeller)
	form := typed(seller)
	o.Pass(long)
	page := seller.post("/contacts", form).wants(http.StatusOK, "te espera")
	page.signInAs(seller, webtest.OwnerEmail).wants(http.StatusOK).lacks("Iñigo", "Lo que escribiste")
	seller.get("/kept").lacks("Iñigo")
	seller.post("/kept", nil).lacks("Iñigo")
	seller.post("/sign-out", nil).signInAs(seller, u.Email).wants(http.StatusOK).lacks("Iñigo")
	if page, err := o.DB.Contacts(o.owner, crm.ContactFilter{}); err != nil || len(page.Items) != 0 {
		t.Errorf("%d contacts, %v", len(page.Items), err)
	}
}

// Another tab saw first that the session is over, or signed out.
func TestAFormSurvivesWhenTheCookieIsGoneAlready(t *testing.T) {
	o := newOffice(t)
	for name, end := range map[string]func(*browser){
		"expired":    func(b *browser) { o.Pass(long); b.get("/companies") },
		"signed out": func(b *browser) { b.post("/sign-out", nil) },
	} {
		token, _, err := o.SignIn(t.Context(), webtest.OwnerEmail, chosen)
		if err != nil {
			t.Fatal(err)
		}
		b := o.browser()
		b.cookies["__Host-session"] = token
		form := typed(b)
		end(b)
		if b.cookies["__Host-session"] != "" {
			t.Fatalf("%s: the session's cookie is still there", name)
		}
		b.post("/contacts", form).wants(http.StatusOK, "te espera").signInAs(b, webtest.OwnerEmail).wants(http.StatusOK, "Lo que escribiste sigue aquí")
		b.post("/kept/discard", nil).wants(http.StatusOK)
		b.get("/kept").lacks("Iñigo")
	}
}

func TestAFormSentByHTMXSurvivesToo(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := typed(b)
	o.Pass(long)
	b.headers["HX-Request"], b.headers["HX-Current-URL"] = "true", "http://acme.localhost/contacts/new"
	got := b.send(http.MethodPost, "/contacts", form)
	delete(b.headers, "HX-Request")
	if to := got.header.Get("HX-Redirect"); !strings.HasPrefix(to, "/sign-in?next=%2Fcontacts%2Fnew") {
		t.Fatalf("sent to %q", to)
	}
	b.get(got.header.Get("HX-Redirect")).signInAs(b, webtest.OwnerEmail).wants(http.StatusOK, "Iñigo")
}

func TestAKeptFormWaitsForTheSecondStepAndForItsTimeAlone(t *testing.T) {
	o := newOffice(t)
	secret, _ := o.twoSteps()
	b := o.asOwner()
	form := typed(b)
	o.Pass(long)
	code := b.post("/contacts", form).signInAs(b, webtest.OwnerEmail).wants(http.StatusOK, "Segundo paso").lacks("Iñigo")
	b.post("/sign-in/code", with(code.fields("/sign-in/code"), "code", o.code(secret))).wants(http.StatusOK, "Nombre Iñigo")
	o.Pass(13 * time.Hour)
	b.get("/kept").wants(http.StatusOK).lacks("Iñigo")
}

func TestSecretsAndDeedsAreNotKept(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	o.Pass(long)
	for path, form := range map[string]url.Values{
		"/password":                   {"current": {chosen}, "new": {"secreta y larga"}},
		"/settings/profile/identity":  {"name": {"Lucía"}, "email": {"otra@acme.example"}, "current": {chosen}},
		"/settings/two-step":          {"code": {"123456"}},
		"/contacts/1/delete":          {"version": {"1"}},
		"/undo":                       {"action": {"1"}},
		"/settings/team/2/disable":    {},
		"/settings/passkeys":          {"credential": {"{}"}},
		"/settings/sessions/1/end":    {"x": {"y"}},
		"/settings/two-step/codes":    {"x": {"y"}},
		"/settings/passkeys/1/delete": {"x": {"y"}},
	} {
		b.post(path, form).wants(http.StatusOK).lacks("te espera")
		if b.cookies["__Host-kept"] != "" {
			t.Errorf("%s is kept", path)
		}
	}
}

// Whoever adds a field for a password must have it known as one.
func TestEveryFieldForAPasswordIsKnown(t *testing.T) {
	pages, err := filepath.Glob("page/*.templ")
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	field := regexp.MustCompile(`@password\(f, Field\{Name: "(\w+)"|name="(\w+)"[^>]*type="password"|type="password"[^>]*name="(\w+)"`)
	found := 0
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range field.FindAllStringSubmatch(string(text), -1) {
			found++
			if name := strings.Join(m[1:], ""); !slices.Contains(web.PasswordFieldsForTest, name) {
				t.Errorf("%s: the password %q would be kept in memory: add it to passwordFields", page, name)
			}
		}
	}
	if found < 4 {
		t.Errorf("only %d fields were found", found)
	}
}
