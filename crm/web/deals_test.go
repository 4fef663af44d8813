package web_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// deal puts a deal in the office.
func (o *office) deal(name string, change ...func(*crm.Deal)) *crm.Deal {
	o.t.Helper()
	d := &crm.Deal{Name: name, Value: crm.Money{Minor: 4800000, Currency: crm.MXN}}
	for _, c := range change {
		c(d)
	}
	if err := o.DB.CreateDeal(o.owner, d); err != nil {
		o.t.Fatal(err)
	}
	return d
}

func link(d *crm.Deal) string { return fmt.Sprintf("/deals/%d", d.ID) }

func (o *office) read(d *crm.Deal) *crm.Deal {
	o.t.Helper()
	read, err := o.DB.Deal(o.owner, d.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return read
}

func TestADealIsMadeWithANewCompanyAndContact(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/deals/new").wants(http.StatusOK, "Negocio nuevo").fields("/deals")
	form = with(form, "title", "Uniformes 2027", "value", "USD 1,500.50", "company", "Grupo Yaqui", "contact", "Ana María Núñez", "expectedClose", "2026-12-01")
	form.Set("stageId", "1")
	asked := b.post("/deals", form).wants(http.StatusUnprocessableEntity, "¿Cuál empresa es «Grupo Yaqui»?", "¿Qué contacto es «Ana María Núñez»?")
	form = with(asked.fields("/deals"), "companyChoice", "new", "contactChoice", "new", "stageId", "1")
	b.post("/deals", form).wants(http.StatusOK, "Uniformes 2027", "Grupo Yaqui", "Ana María Núñez", "USD 1,500.50", "Se agregó «Uniformes 2027»", "1 dic")
	b.post("/deals", form) // a double click
	page, err := o.DB.Deals(o.owner, crm.DealFilter{})
	if err != nil || len(page.Items) != 1 {
		t.Fatalf("deals: %v, %v", page.Items, err)
	}
	d := page.Items[0]
	c, err := o.DB.Contact(o.owner, d.ContactID)
	if err != nil || c.GivenName != "Ana" || c.FamilyName != "María Núñez" || c.CompanyID != d.CompanyID {
		t.Errorf("the new contact: %+v, %v", c, err)
	}
	// Both are found by their names now.
	form = with(b.get("/deals/new").fields("/deals"), "title", "Botas", "company", "grupo yaqui", "contact", "ana maría núñez", "stageId", "1")
	b.post("/deals", form).wants(http.StatusOK, "Botas", "Grupo Yaqui")
}

func TestBadInputOfADealIsKept(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := with(b.get("/deals/new").fields("/deals"), "title", "Uniformes", "value", "12.500", "company", "Nueva", "newCompany", "1")
	b.post("/deals", form).wants(http.StatusUnprocessableEntity, "¿Miles o decimales?").
		keeps("12.500", "Nueva")
	form = with(form, "title", "", "value", "5")
	b.post("/deals", form).wants(http.StatusUnprocessableEntity, "Todavía no se guarda")
	if page, err := o.DB.Companies(o.owner, crm.CompanyFilter{}); err != nil || len(page.Items) != 0 {
		t.Errorf("a company was made for a deal that was refused: %v", page.Items)
	}
}

// keeps says that inputs of the page hold what was typed.
func (a *answer) keeps(values ...string) {
	a.t.Helper()
	for _, value := range values {
		if !strings.Contains(a.body, `value="`+value+`"`) {
			a.t.Errorf("%s has lost %q", a.at, value)
		}
	}
}

func TestTwoEditorsOfADealSeeBothVersions(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes")
	b := o.asOwner()
	form := b.get(link(d) + "/edit").fields(link(d))
	d.Source = "feria"
	d.Value.Minor = 100
	if err := o.DB.UpdateDeal(o.owner, d); err != nil {
		t.Fatal(err)
	}
	clash := b.post(link(d), with(form, "value", "900")).wants(http.StatusConflict, "Dos versiones", "$ 900", "$ 1", "feria")
	b.post(link(d), clash.fields(link(d))).wants(http.StatusOK, "$ 900")
	if got := o.read(d); got.Source != "" || got.Value.Minor != 90000 {
		t.Errorf("what was chosen: %+v", got)
	}
}

func TestTheBoardSaysHowDealsStand(t *testing.T) {
	o := newOffice(t)
	o.Pass(-21 * 24 * time.Hour)
	o.deal("Refacciones", func(d *crm.Deal) { d.ExpectedClose = "2026-12-24" })
	o.Pass(21 * 24 * time.Hour)
	o.deal("Equipo", func(d *crm.Deal) { d.ExpectedClose = "2026-11-21" })
	o.deal("Línea", func(d *crm.Deal) { d.ExpectedClose = "2026-11-23" })
	o.deal("Uniformes", func(d *crm.Deal) { d.ExpectedClose = "2026-11-24" })
	o.deal("Póliza", func(d *crm.Deal) { d.ExpectedClose = "2026-11-29" })
	o.deal("Almacén", func(d *crm.Deal) { d.StageID = 5 })
	b := o.asOwner()
	b.get("/deals").wants(http.StatusOK, "5 abiertos · $ 240,000", "pronóstico de noviembre $ 19,200",
		"vencida 2 d", "hoy", "mañana", "en 6 días", "sin actividad 21 d", "ganado 23 nov")
	b.get("/deals/list").wants(http.StatusOK, "Refacciones", "vencida 2 d").lacks("Almacén")
	b.get("/deals/list?when=overdue").wants(http.StatusOK, "Equipo").lacks("Línea")
	b.get("/deals/list?when=quiet").wants(http.StatusOK, "Refacciones").lacks("Equipo")
	b.get("/deals/list?status=won").wants(http.StatusOK, "Almacén").lacks("Equipo")
	b.get("/deals/list?closeFrom=2026-11-24&closeTo=2026-11-30").wants(http.StatusOK, "Uniformes", "Póliza").lacks("Equipo", "Línea")
	b.get("/deals/list?stage=99").wants(http.StatusOK, "Nada coincide")
	b.get("/deals/list?sort=nonsense").wants(http.StatusOK, "Equipo")
	o.asOwner().get("/search?q=refacc").wants(http.StatusOK, "Refacciones")
}

func TestLanesArePaged(t *testing.T) {
	o := newOffice(t)
	for i := range 25 {
		o.deal(fmt.Sprintf("Negocio %02d", i), func(d *crm.Deal) { d.ExpectedClose = fmt.Sprintf("2026-12-%02d", i+1) })
	}
	b := o.asOwner()
	board := b.get("/deals").wants(http.StatusOK, "Negocio 19", "Ver más").lacks("Negocio 20")
	_, rest, _ := strings.Cut(board.body, `hx-get="/deals/lane?`)
	query, _, _ := strings.Cut(rest, `"`)
	b.get("/deals/lane?"+strings.ReplaceAll(query, "&amp;", "&")).
		wants(http.StatusOK, "Negocio 20", "Negocio 24").lacks("Negocio 19", "Ver más")
}

func TestAMoveIsUndoneFromItsNotice(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes")
	b := o.asOwner()
	moved := b.post(link(d)+"/move", url.Values{"stage": {"3"}, "back": {"/deals?owner=me"}}).
		wants(http.StatusOK, "«Uniformes» pasó a Propuesta", "Deshacer")
	if moved.at != "/deals?owner=me" {
		t.Errorf("a move on the board leads to %s", moved.at)
	}
	b.post("/undo", moved.fields("/undo")).wants(http.StatusOK, "Tablero", "Se deshizo el cambio en «Uniformes»")
	if got := o.read(d); got.StageID != 1 {
		t.Errorf("after undo: %+v", got)
	}
	b.headers["HX-Request"] = "true"
	part := b.send(http.MethodPost, link(d)+"/move", url.Values{"stage": {"2"}})
	part.wants(http.StatusOK, "«Uniformes» pasó a Calificado")
	for _, want := range []string{`id="lane-head-1"`, `id="lane-head-2"`, fmt.Sprintf(`id="deal-%d"`, d.ID), `id="board-sums"`, "innerHTML:#toasts"} {
		if !strings.Contains(part.body, want) {
			t.Errorf("the answer to a move lacks %s", want)
		}
	}
	delete(b.headers, "HX-Request")
	b.post(link(d)+"/move", url.Values{"stage": {"5"}, "back": {"//evil.example"}}).wants(http.StatusOK, "¡Ganaste «Uniformes»!")
}

func TestALostDealHasAReason(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes")
	b := o.asOwner()
	ask := b.post(link(d)+"/move", url.Values{"stage": {"6"}}).wants(http.StatusOK, "¿Por qué se perdió?", "Precio")
	form := ask.fields(link(d) + "/lose")
	b.post(link(d)+"/lose", form).wants(http.StatusUnprocessableEntity, "¿Por qué se perdió?")
	lost := b.post(link(d)+"/lose", with(form, "reason", "1", "lostNote", "por poco")).
		wants(http.StatusOK, "quedó como perdido", "perdido 23 nov", "por poco", "Reabrir")
	b.post("/undo", lost.fields("/undo")).wants(http.StatusOK, "Se deshizo el cambio en")
	if got := o.read(d); !got.IsOpen() || got.LostReasonID != 0 {
		t.Errorf("after undo: %+v", got)
	}
}

func TestItemsMakeQuotes(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Extintores")
	b := o.asOwner()
	product := b.get("/settings/products/new").fields("/settings/products")
	b.post("/settings/products", with(product, "name", "Extintor PQS", "sku", "EXT-6", "price", "2,300", "tax", "16")).wants(http.StatusOK, "Extintor PQS", "$ 2,300")
	items := link(d) + "/items"
	b.get(link(d)+"/quotes/new").wants(http.StatusOK, "Productos de «Extintores»")
	form := with(b.get(items).fields(items), "name-0", "ext-6", "quantity-0", "40", "tax-0", "16",
		"name-3", "Instalación", "quantity-3", "1.5", "price-3", "1000", "discount-3", "10", "tax-3", "8")
	b.post(items, with(maps.Clone(form), "price-3", "mil")).wants(http.StatusUnprocessableEntity, "Escribe un importe").keeps("mil", "Extintor PQS")
	sums := b.send(http.MethodPost, items+"/sums", with(maps.Clone(form), "price-0", "2300"))
	sums.wants(http.StatusOK, "$ 93,350.00", "IVA 16 % $ 14,720.00", "IVA 8 % $ 108.00", "$ 108,178.00")
	b.post(items, form).wants(http.StatusOK, "Extintor PQS × 40", "Instalación × 1.5", "$ 108,178")
	b.post(items, form).wants(http.StatusConflict, "Alguien cambió este negocio")
	quote := with(b.get(link(d)+"/quotes/new").fields(link(d)+"/quotes"), "notes", "Entrega en dos partes\nAnticipo")
	made := b.post(link(d)+"/quotes", quote).wants(http.StatusOK, "C-2026-0001", "Ferretería Acme", "Subtotal $ 93,350.00", "Total con IVA $ 108,178.00", "8 de diciembre de 2026", "Anticipo")
	b.post(made.at+"/send", nil).wants(http.StatusOK, "enviada", "ganar el negocio")
	won := b.post(made.at+"/accept", url.Values{"win": {"1"}}).wants(http.StatusOK, "¡Ganaste «Extintores»!", "aceptada")
	b.post("/undo", won.fields("/undo")).wants(http.StatusOK, "Se deshizo el cambio en")
	another := b.get(link(d) + "/quotes/new").fields(link(d) + "/quotes")
	b.post(link(d)+"/quotes", with(another, "validUntil", "2026-11-20")).wants(http.StatusOK, "C-2026-0002", "vencida")
}

func TestPipelinesAreArranged(t *testing.T) {
	o := newOffice(t)
	d := o.deal("Uniformes", func(d *crm.Deal) { d.StageID = 2 })
	b := o.asOwner()
	path := "/settings/pipelines/1"
	form := b.get(path).wants(http.StatusOK, "cierra como ganado").fields(path)
	delete(form, "more")
	more := b.post(path, with(form, "more", "1")).fields(path)
	more = with(more, "name-4", "Contrato", "probability-4", "90")
	up := b.post(path, with(more, "up", "4")).fields(path)
	b.post(path, with(maps.Clone(up), "probability-0", "mucho")).wants(http.StatusUnprocessableEntity, "de 0 a 100").keeps("mucho")
	b.post(path, up).wants(http.StatusOK, "Propuesta → Contrato → Negociación")
	b.post(path, up).wants(http.StatusConflict, "Alguien cambió este embudo")
	removed := b.post("/settings/stages/2/remove", url.Values{"moveTo": {"3"}}).wants(http.StatusOK, "Se eliminó «Calificado»").lacks("Calificado →")
	if got := o.read(d); got.StageID != 3 {
		t.Errorf("the deal: %+v", got)
	}
	b.post("/undo", removed.fields("/undo")).wants(http.StatusOK, "Calificado")
	fresh := b.get("/settings/pipelines/new").fields("/settings/pipelines")
	b.post("/settings/pipelines", with(fresh, "name", "Renovaciones", "name-0", "Aviso", "name-1", "Firma")).wants(http.StatusOK, "Aviso → Firma")
	b.get("/deals").wants(http.StatusOK, "Renovaciones")
	b.post("/settings/lost-reasons", url.Values{"name": {"Precio"}}).wants(http.StatusUnprocessableEntity, "Ya está en la lista").keeps("Precio")
	b.post("/settings/lost-reasons", url.Values{"name": {"Sin tiempo"}}).wants(http.StatusOK)
	b.get(link(d)+"/lose").wants(http.StatusOK, "Sin tiempo")
	seller, _ := o.hire(crm.RoleSeller)
	seller.get(path).wants(http.StatusForbidden)
}
