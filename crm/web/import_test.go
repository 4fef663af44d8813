package web_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/grupobizopps/salexops/crm"
)

// upload sends a file as the upload page does.
func (b *browser) upload(kind, name, content string) *answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("formToken", "token of "+name)
	_ = form.WriteField("kind", kind)
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			b.t.Fatal(err)
		}
		_, _ = io.WriteString(part, content)
	}
	_ = form.Close()
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodPost, "http://acme.localhost/imports", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return b.follow(&answer{t: b.t, status: w.Code, header: w.Header(), body: w.Body.String(), at: "/imports"})
}

// imports uploads a file, starts the import as the page proposes it, with
// changes, and waits for its end.
func (o *office) imports(b *browser, kind, name, content string, changes ...string) *answer {
	o.t.Helper()
	plan := b.upload(kind, name, content).wants(http.StatusOK)
	b.post(plan.at+"/start", with(plan.fields(plan.at+"/start"), changes...)).wants(http.StatusOK)
	o.DB.ImportsIdle()
	return b.get(plan.at).wants(http.StatusOK)
}

// messyRows is what a sales team exports from a spreadsheet on Windows: 1,000
// rows, every tenth with a broken e-mail, every eighth a duplicate of another.
func messyRows(t *testing.T) (content string, broken, doubled int) {
	t.Helper()
	var out strings.Builder
	out.WriteString("Clientes 2026;;;;\r\n\r\nNombre completo;Correo electrónico;Tel. celular;Empresa;Puesto\r\n")
	for i := range 1000 {
		name, email := fmt.Sprintf("María Núñez %s", word(i)), fmt.Sprintf("persona%d@correo.example", i)
		switch {
		case i%10 == 9:
			email, broken = fmt.Sprintf("persona%d@correo", i), broken+1
		case i%8 == 5 && (i-1)%10 != 9:
			name, email, doubled = "MARIA NUÑEZ", fmt.Sprintf(" Persona%d@CORREO.example. ", i-1), doubled+1
		}
		fmt.Fprintf(&out, "%s;%s;(662) 1%02d-%04d;\"Güemes; e hijos\";Compras\r\n", name, email, i/100, i)
	}
	windows, err := charmap.Windows1252.NewEncoder().String(out.String())
	if err != nil {
		t.Fatal(err)
	}
	return windows, broken, doubled
}

// word writes a number in letters.
func word(i int) string {
	return string([]rune{rune('A' + i/100), rune('a' + i/10%10), rune('a' + i%10), 'z'})
}

func TestImportMessyRows(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	content, broken, doubled := messyRows(t)
	plan := b.upload("contact", "clientes 2026.csv", content).wants(http.StatusOK,
		"clientes 2026.csv", "1,000 filas", "Windows-1252", "punto y coma", "María", "persona0@correo.example", "Güemes; e hijos", "Importar 1,000 filas")
	got := plan.fields(plan.at + "/start")
	for column, want := range map[string]string{"column-0": "fullName", "column-1": "emails", "column-2": "phones", "column-3": "company", "column-4": "jobTitle", "duplicates": "merge"} {
		if got.Get(column) != want {
			t.Errorf("%s is %q, want %q", column, got.Get(column), want)
		}
	}
	b.post(plan.at+"/preview", with(got, "column-4", "source")).wants(http.StatusOK, "María Núñez Aaaz", "Se creará la empresa Güemes; e hijos")
	b.post(plan.at+"/start", with(plan.fields(plan.at+"/start"), "column-4", "emails", "column-0", "")).wants(http.StatusOK)
	o.DB.ImportsIdle()
	// Every job title was an e-mail: nothing came of it, and it says so.
	b.get(plan.at).wants(http.StatusOK, "1,000 filas no se importaron", "Puesto («Compras»)").lacks("Deshacer importación")

	first := o.imports(b, "contact", "clientes 2026 b.csv", content, "duplicates", "create", "column-0", "fullName", "column-4", "jobTitle")
	first.wants(http.StatusOK, fmt.Sprintf("%d filas no se importaron", broken), "Línea 13", "Correo electrónico («persona9@correo»)", "Deshacer importación")
	if page, err := o.DB.Contacts(o.owner, crm.ContactFilter{Query: "persona4@correo.example"}); err != nil || len(page.Items) != 2 {
		t.Errorf("duplicates that were to be created: %d, %v", len(page.Items), err)
	}
	o.undoesAndMerges(b, first.at, broken, doubled)
}

func (o *office) undoesAndMerges(b *browser, at string, broken, doubled int) {
	o.t.Helper()
	b.post(at+"/undo", nil).wants(http.StatusOK)
	o.DB.ImportsIdle()
	b.get(at).wants(http.StatusOK, "Esta importación se deshizo", "Importar otra vez este archivo").lacks("Deshacer importación")
	b.get("/contacts").wants(http.StatusOK).lacks("María Núñez")
	again := b.post(at+"/again", nil).wants(http.StatusOK, "Importar 1,000 filas")
	b.post(again.at+"/start", with(again.fields(again.at+"/start"), "duplicates", "merge")).wants(http.StatusOK)
	o.DB.ImportsIdle()
	done := b.get(again.at).wants(http.StatusOK, "Listo", fmt.Sprintf("Creados %d", 1000-broken-doubled), fmt.Sprintf("Completados %d", doubled), fmt.Sprintf("No importados %d", broken))
	o.mends(b, done.at, broken)
	b.get("/imports").wants(http.StatusOK, "clientes 2026 b.csv", "Terminada", "Deshecha")
}

// mends downloads what was rejected, corrects it and imports it: no more than
// those rows is new.
func (o *office) mends(b *browser, at string, broken int) {
	o.t.Helper()
	file := b.get(at + "/rejected")
	if file.status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Type"), "text/csv") {
		o.t.Fatalf("got %d, %s", file.status, file.header.Get("Content-Type"))
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) != broken+1 || rows[0][5] != "Motivo" || !strings.Contains(rows[1][5], "correo") {
		o.t.Fatalf("%d rows, %v: %q", len(rows), err, rows[:2])
	}
	var mended strings.Builder
	out := csv.NewWriter(&mended)
	for i, row := range rows {
		if i > 0 {
			row[1] += ".example"
		}
		if err := out.Write(row); err != nil {
			o.t.Fatal(err)
		}
	}
	out.Flush()
	o.imports(b, "contact", "corregidas.csv", mended.String()).wants(http.StatusOK, fmt.Sprintf("Creados %d", broken), "No importados 0")
}

func TestImportRefusesFiles(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	b.get("/imports").wants(http.StatusOK, "Trae tus contactos en un minuto")
	b.get("/imports/new?kind=company").wants(http.StatusOK, "Importar empresas", "hasta 50 MB")
	for content, want := range map[string]string{
		"":                                  "no tiene filas",
		"\x00\x01":                          "No pudimos leer",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":  "Excel antiguo",
		strings.Repeat("a,", 300) + "\n1\n": "más de 200 columnas",
	} {
		b.upload("contact", "x"+want+".csv", content).wants(http.StatusUnprocessableEntity, want)
	}
	b.upload("contact", "", "").wants(http.StatusUnprocessableEntity, "Elige un archivo")
	b.send(http.MethodPost, "/imports", url.Values{"kind": {"contact"}}).wants(http.StatusUnprocessableEntity, "Elige un archivo")
	b.upload("contact", "grande.csv", "Nombre\n"+strings.Repeat("x", 51<<20)).wants(http.StatusUnprocessableEntity, "más de 50 MB")
	plan := b.upload("contact", "plan.csv", "Nombre,Apellidos\nAna,López\n").wants(http.StatusOK)
	values := plan.fields(plan.at + "/start")
	b.post(plan.at+"/start", with(values, "column-0", "familyName")).wants(http.StatusUnprocessableEntity, "Dos columnas van al mismo dato")
	b.post(plan.at+"/start", with(values, "column-0", "", "column-1", "")).wants(http.StatusUnprocessableEntity, "al menos una columna")
	b.post(plan.at+"/start", with(values, "column-0", "jobTitle", "column-1", "")).wants(http.StatusUnprocessableEntity, "el nombre o el correo")
	b.post(plan.at+"/discard", nil).wants(http.StatusOK, "Importar contactos")
	b.get(plan.at).wants(http.StatusNotFound)
}

// While it runs the page asks for itself; at its end that leads to the result,
// with a toast that takes all of it back.
func TestImportProgressAndToast(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	done := o.imports(b, "company", "empresas.csv", "Empresa,RFC\nGrupo Yaqui,\nSAT,SAT970701NN3\n")
	part := b.part(done.at, "import")
	if part.status != http.StatusNoContent || part.header.Get("HX-Redirect") != done.at {
		t.Fatalf("got %d, %v", part.status, part.header)
	}
	result := b.get(done.at).wants(http.StatusOK, "Importación terminada: empresas.csv", "Deshacer")
	b.post("/undo", result.fields("/undo")).wants(http.StatusOK, "empresas.csv")
	o.DB.ImportsIdle()
	b.get(done.at).wants(http.StatusOK, "se deshizo")
	b.get("/companies").lacks("Grupo Yaqui")
}

func TestImportsOfOthers(t *testing.T) {
	o := newOffice(t)
	seller, _ := o.hire(crm.RoleSeller)
	owners := o.asOwner().upload("contact", "a.csv", "Nombre\nAna\n").wants(http.StatusOK)
	for _, act := range []string{"", "/rejected"} {
		seller.get(owners.at + act).wants(http.StatusNotFound)
	}
	for _, act := range []string{"/start", "/preview", "/undo", "/stop", "/continue", "/again", "/discard"} {
		seller.post(owners.at+act, url.Values{}).wants(http.StatusNotFound)
	}
	mine := o.imports(seller, "contact", "b.csv", "Nombre;Correo\n<script>alert(1)</script>;x@\n=1+1;eva@x.example\n")
	mine.wants(http.StatusOK, "<script>alert(1)</script>")
	if strings.Contains(mine.body, "<script>alert") {
		t.Error("a cell is markup")
	}
	o.asOwner().get(mine.at).wants(http.StatusOK, "b.csv")
}
