package web_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

func TestEveryProblemHasItsPage(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.get("/nowhere").wants(http.StatusNotFound, "No encontramos esa página")
	b.get("/contacts/0").wants(http.StatusNotFound)
	b.get("/contacts/x").wants(http.StatusNotFound)
	method := b.get("/undo").wants(http.StatusMethodNotAllowed, "Eso no se puede hacer aquí")
	if method.header.Get("Allow") != http.MethodPost {
		t.Errorf("allowed is %q", method.header.Get("Allow"))
	}
	b.post("/contacts", url.Values{"givenName": {strings.Repeat("x", 300<<10)}}).
		wants(http.StatusRequestEntityTooLarge, "Es demasiado grande")
	b.get("/assets/app.000000000000.css").wants(http.StatusNotFound)
}

func TestAFaultOfOursShowsTheIDThatIsInTheLog(t *testing.T) {
	var out bytes.Buffer
	f, err := webtest.Open(t.Context(), webtest.Options{Folder: t.TempDir(), Now: monday, Logger: slog.New(slog.NewJSONHandler(&out, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.DB.Close() }()
	o := &office{Office: f, t: t}
	if o.token, o.owner, err = f.Settle(t.Context(), chosen); err != nil {
		t.Fatal(err)
	}
	f.Break(true)
	page := o.asOwner().get("/search?q=secreto").wants(http.StatusInternalServerError, "Algo falló de nuestro lado", "menciona")
	var line struct {
		Request, Error, Route string
	}
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("the log is %q: %v", out.String(), err)
	}
	if line.Request == "" || !strings.Contains(page.text(), line.Request) || page.header.Get("X-Request-Id") != line.Request {
		t.Errorf("the page and the log do not share the id %q", line.Request)
	}
	if strings.Contains(out.String(), "secreto") || strings.Contains(page.body, "input/output") {
		t.Error("the log has what was typed, or the page has the fault")
	}
}

func TestWithoutALicenceThePageSaysOnlyWhy(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*crm.Rights)
		words  string
	}{
		{"missing", func(r *crm.Rights) { *r = crm.Rights{} }, "Falta la licencia"},
		{"expired", func(r *crm.Rights) { r.Valid, r.Problem = false, "expired" }, "La licencia venció"},
		{"not yet", func(r *crm.Rights) { r.Valid, r.Problem = false, "not-yet" }, "La licencia aún no empieza"},
		{"closed", func(r *crm.Rights) { r.Access = "Closed" }, "El acceso está en pausa"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t)
			o.contact("José", "Núñez")
			o.Grant(test.change)
			for _, path := range []string{"/", "/contacts", "/sign-in", "/settings/account"} {
				o.asOwner().get(path).wants(http.StatusServiceUnavailable, test.words).lacks("José", "Contactos", "Correo")
			}
			if got := o.asOwner().post("/sign-in", credentials(webtest.OwnerEmail, chosen)); got.status != http.StatusServiceUnavailable {
				t.Errorf("signing in answers %d", got.status)
			}
		})
	}
}

func TestReadOnlyAndFullKeepWhatWasTyped(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := with(b.get("/contacts/new").fields("/contacts"), "givenName", "Noé")
	o.Fill(true)
	page := b.post("/contacts", form).wants(http.StatusInsufficientStorage, "ya no hay espacio para registros nuevos")
	if page.fields("/contacts").Get("givenName") != "Noé" {
		t.Error("what was typed is gone")
	}
	o.Fill(false)
	o.Grant(func(r *crm.Rights) { r.Access = "ExportOnly" })
	b.post("/contacts", form).wants(http.StatusForbidden, "por ahora la cuenta es de solo lectura")
	o.Grant(func(r *crm.Rights) { r.Access = "Open" })
	b.post("/contacts", form).wants(http.StatusOK, "Se agregó «Noé».")
}

func TestBannersAreOnEveryPageInTheReadersLanguage(t *testing.T) {
	o := newOffice(t)
	o.Grant(func(r *crm.Rights) {
		r.Banners = []crm.Banner{{ID: "a", Level: "warning", Text: map[string]string{"es-MX": "Falta el pago.", "en": "Payment is due."}}}
	})
	b := o.asOwner()
	for _, path := range []string{"/", "/contacts", "/settings/account"} {
		b.get(path).wants(http.StatusOK, "Falta el pago.")
	}
	form := with(b.get("/settings/profile").fields("/settings/profile"), "locale", "en")
	b.post("/settings/profile", form).wants(http.StatusOK, "Payment is due.")
}
