package crm_test

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/text/encoding/charmap"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/archive"
)

// A new seller's Monday: a spreadsheet comes in, a deal comes of it, a colleague
// is called, figures are read, and everything is taken along.
func TestADayOfASeller(t *testing.T) {
	p, c := newPlace(t), openChromium(t)
	javier := p.hire(t, "Javier Peña", "javier@acme.example")
	c.signIn(p)
	broken, doubled := c.importsAndUndoes(p)
	c.importsAgain(broken, doubled)
	d := c.sells(p)
	c.quotes(p)
	c.movesThreeWays(p, d)
	c.mentions(p, javier)
	c.findsByMistypedWords(p)
	c.readsFigures(p)
	c.takesEverythingAlong(p)
	c.isCalm()
}

// hire adds a seller and returns them as who acts.
func (p *place) hire(t *testing.T, name, email string) crm.Actor {
	t.Helper()
	u := crm.User{Email: email, Name: name, Role: crm.RoleSeller}
	if _, err := p.DB.CreateUser(p.owner, &u); err != nil {
		t.Fatal(err)
	}
	u.MustChangePassword = false
	return crm.Actor{User: &u}
}

// click clicks what a CSS selector finds.
func (c *chromium) click(selector string) {
	c.t.Helper()
	c.do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// messy writes 1,000 rows as a spreadsheet on Windows saves them: a title above
// the headings, ";", Windows-1252, every tenth e-mail broken, every eighth row a
// person who is there already.
func messy(t *testing.T) (path string, broken, doubled int) {
	t.Helper()
	var out strings.Builder
	out.WriteString("Clientes 2026;;;;\r\n\r\nNombre completo;Correo electrónico;Tel. celular;Empresa;Puesto\r\n")
	for i := range 1000 {
		name, email := fmt.Sprintf("Persona Número %d", i), fmt.Sprintf("persona%d@correo.example", i)
		switch {
		case i == 502:
			name, email = "Íñigo Bórquez Núñez", "inigo@correo.example"
		case i%10 == 9:
			email, broken = fmt.Sprintf("persona%d@correo", i), broken+1
		case i%8 == 5 && (i-1)%10 != 9:
			name, email, doubled = "PERSONA", fmt.Sprintf(" Persona%d@CORREO.example. ", i-1), doubled+1
		}
		fmt.Fprintf(&out, "%s;%s;(662) 1%02d-%04d;\"Güemes; e hijos\";Compras\r\n", name, email, i/100, i)
	}
	text, err := charmap.Windows1252.NewEncoder().String(out.String())
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "Clientes 2026.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, broken, doubled
}

func (c *chromium) importsAndUndoes(p *place) (broken, doubled int) {
	c.t.Helper()
	path, broken, doubled := messy(c.t)
	c.open(p.at("acme", "/imports/new?kind=contact"))
	c.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{path}))
	c.press("Subir y revisar")
	c.sees("1,000 filas · Windows-1252 · separado por punto y coma", "Así quedarán las primeras filas", "Persona Número 0")
	c.click("[name=duplicates][value=create]")
	c.press("Importar 1,000 filas")
	c.sees("Listo", fmt.Sprintf("%d filas no se importaron", broken), "Línea 13", "Correo electrónico («persona9@correo»)")
	c.press("Deshacer importación")
	c.sees("Esta importación se deshizo")
	c.open(p.at("acme", "/contacts"))
	c.sees("Todavía no hay contactos")
	c.open(p.at("acme", "/imports"))
	c.press("Clientes 2026.csv")
	return broken, doubled
}

func (c *chromium) importsAgain(broken, doubled int) {
	c.t.Helper()
	c.press("Importar otra vez este archivo")
	c.sees("Importar 1,000 filas")
	c.click("[name=duplicates][value=merge]")
	c.press("Importar 1,000 filas")
	c.sees("Listo", fmt.Sprintf("Creados %d", 1000-broken-doubled), fmt.Sprintf("Completados %d", doubled), fmt.Sprintf("No importados %d", broken))
	c.press("Ver la lista")
	c.sees("Contactos", "Güemes; e hijos")
}

// sells makes a deal of a contact, with a product that the catalogue knows.
func (c *chromium) sells(p *place) *crm.Deal {
	c.t.Helper()
	if err := p.DB.CreateProduct(p.owner, &crm.Product{Name: "Extintor PQS 6 kg", Price: crm.Money{Minor: 230000, Currency: crm.MXN}, Tax: 1600, Active: true}); err != nil {
		c.t.Fatal(err)
	}
	c.do(chromedp.SendKeys(chromedp.CSS("#q"), "borquez nunez"))
	c.seen("the one who is meant", `document.querySelectorAll("main .row-link").length === 1`)
	c.click("main .row-link")
	c.sees("Íñigo Bórquez Núñez", "Todavía no hay negocios con este registro.")
	c.click("[aria-labelledby=deals-with-title] a")
	c.sees("Negocio nuevo")
	c.fill("title", "Extintores 2027")
	c.press("Guardar")
	c.sees("Extintores 2027", "Íñigo Bórquez Núñez", "Güemes; e hijos")
	found, err := p.DB.Deals(p.owner, crm.DealFilter{})
	if err != nil || len(found.Items) != 1 {
		c.t.Fatalf("deals: %+v, %v", found.Items, err)
	}
	return found.Items[0]
}

func (c *chromium) quotes(p *place) {
	c.t.Helper()
	c.click("[aria-labelledby=items-title] a")
	c.sees("Otro renglón")
	c.fill("name-0", "extin")
	c.sees("Extintor PQS 6 kg")
	c.click("#product-options-0 [role=option]")
	c.fill("quantity-0", "40")
	c.sees("IVA 16 % $ 14,720.00", "Total con IVA $ 106,720.00")
	c.click(".form-actions .btn-primary")
	c.sees("Extintor PQS 6 kg × 40")
	c.press("Cotizar")
	c.press("Hacer la cotización")
	c.sees("Cotización C-2026-0001", "Güemes; e hijos", "$ 92,000.00", "IVA 16 % $ 14,720.00", "$ 106,720.00")
	c.open(p.at("acme", "/deals"))
}

// movesThreeWays drags the deal by mouse, moves it by keyboard and drags it with
// a finger on a phone.
func (c *chromium) movesThreeWays(p *place, d *crm.Deal) {
	c.t.Helper()
	x, y := c.dragOver("#deal-1 .deal-with", "[data-lane='3'] [data-lane-cards]")
	c.mouse(input.DispatchMouseEventTypeMouseReleased, x, y)
	c.sees("«Extintores 2027» pasó a Propuesta.")
	c.open(p.at("acme", "/deals"))
	c.do(chromedp.SendKeys(chromedp.CSS("#deal-1 .grip"), kb.Enter))
	c.sees("Mover a…")
	c.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	c.sees("«Extintores 2027» pasó a Prospecto.")
	send(c, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 780, DeviceScaleFactor: 2, Mobile: true})
	send(c, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1})
	c.open(p.at("acme", "/deals"))
	c.carry("#deal-1 .grip", "a finger")
	c.sees("«Extintores 2027» pasó a Calificado.")
	if got := p.stage(c.t, d); got != 2 {
		c.t.Errorf("the deal is in stage %d", got)
	}
	send(c, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{})
	send(c, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1440, Height: 900, DeviceScaleFactor: 1})
}

func (c *chromium) mentions(p *place, javier crm.Actor) {
	c.t.Helper()
	c.open(p.at("acme", "/deals/1"))
	c.do(chromedp.SendKeys(chromedp.CSS("#body"), "Piden 60 piezas más, @jav"))
	c.sees("Javier Peña")
	c.click("[data-mention-list] [role=option]")
	c.do(chromedp.SendKeys(chromedp.CSS("#body"), "¿lo ves tú?"))
	c.press("Guardar nota")
	c.sees("Piden 60 piezas más, @Javier Peña", "¿lo ves tú?")
	found, err := p.DB.Mentions(crm.WithActor(c.t.Context(), javier), true, "", 0)
	if err != nil || len(found.Items) != 1 {
		c.t.Fatalf("the colleague is told of %d mentions, %v", len(found.Items), err)
	}
}

// findsByMistypedWords finds the person, the company and the deal, and the note
// without its accents.
func (c *chromium) findsByMistypedWords(p *place) {
	c.t.Helper()
	for typed, want := range map[string]string{
		"inigo borques": "Íñigo Bórquez Núñez", "guemez": "Güemes; e hijos", "estintores": "Extintores 2027", "60 piezas mas": "Piden 60 piezas",
	} {
		c.open(p.at("acme", "/"))
		c.do(chromedp.SendKeys(chromedp.CSS("#search"), typed))
		c.seen(typed, fmt.Sprintf(`[...document.querySelectorAll("#search-options [role=option]")].some(o => o.textContent.includes(%q))`, want))
	}
}

func (c *chromium) readsFigures(p *place) {
	c.t.Helper()
	c.open(p.at("acme", "/dashboard"))
	c.sees("Abierto ahora", "$ 92,000")
	c.click(".tile-link")
	c.sees("Negocios abiertos", "1 negocio", "Extintores 2027")
	c.press("Extintores 2027")
	c.sees("Piden 60 piezas más")
}

func (c *chromium) takesEverythingAlong(p *place) {
	c.t.Helper()
	folder := c.t.TempDir()
	send(c, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder})
	c.open(p.at("acme", "/settings/data"))
	c.press("Descargar todo")
	path := c.downloaded(filepath.Join(folder, "acme-2026-11-23.zip"))
	z, err := zip.OpenReader(path)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = z.Close() }()
	sums, manifest := map[string]string{}, archive.Manifest{}
	for _, f := range z.File {
		content := unzip(c.t, f)
		sum := sha256.Sum256(content)
		sums[f.Name] = hex.EncodeToString(sum[:])
		if f.Name == archive.ManifestName {
			if err := json.Unmarshal(content, &manifest); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	if len(manifest.Files) == 0 || len(manifest.Files) != len(sums)-1 {
		c.t.Errorf("the manifest names %d of %d files", len(manifest.Files), len(sums)-1)
	}
	for _, f := range manifest.Files {
		if sums[f.Path] != f.SHA256 {
			c.t.Errorf("%s has another digest than the manifest says", f.Path)
		}
	}
}

// downloaded waits for a whole file.
func (c *chromium) downloaded(path string) string {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.tab, patience)
	defer cancel()
	for {
		if _, err := os.Stat(path); err == nil {
			return path
		}
		if _, err := chromedp.Run(ctx, chromedp.Sleep(50*time.Millisecond)); err != nil {
			c.t.Fatalf("the file does not come: %s", c.text())
		}
	}
}

func unzip(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
