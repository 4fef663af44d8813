package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/grupobizopps/salexops/crm"
)

func TestTheTableOfDealsIsFilteredSortedAndKept(t *testing.T) {
	o := newOffice(t)
	zone := o.field(crm.KindDeal, "Zona", crm.FieldChoice, "Norte", "Sur")
	o.deal("Almacén", func(d *crm.Deal) {
		d.Extra = crm.Extra{Tags: []string{"VIP"}, Custom: map[int64]string{zone.ID: "Norte"}}
		d.ExpectedClose = "2026-11-21"
	})
	o.deal("Bomba", func(d *crm.Deal) { d.Value.Minor, d.StageID = 500_00, 3 })
	o.deal("Cinta", func(d *crm.Deal) { d.StageID = 5 })
	b := o.asOwner()
	list := b.get("/deals/list").wants(http.StatusOK, "Almacén", "vencida 2 d", "VIP", "Bomba", "Abiertos", "Filtros y columnas", "Exportar", "Tablero").lacks("Cinta")
	for _, want := range []string{`aria-sort="ascending"`, `href="/deals/list?sort=-close"`, `href="/deals/list?sort=value"`, `href="/deals/list" aria-current="true"`} {
		if !strings.Contains(strings.Join(strings.Fields(list.body), " "), want) {
			t.Errorf("the table has no %s", want)
		}
	}
	b.get("/deals/list?tag=vip").wants(http.StatusOK, "Almacén", "Etiquetas: vip").lacks("Bomba")
	b.get("/deals/list?stage=3").wants(http.StatusOK, "Bomba", "Etapa: Propuesta").lacks("Almacén")
	b.get("/deals/list?status=won").wants(http.StatusOK, "Cinta").lacks("Almacén", "Cómo van: Ganado")
	b.get("/deals/list?status=all&sort=value").wants(http.StatusOK, "Almacén", "Bomba", "Cinta")
	form := b.get("/deals/list/view").wants(http.StatusOK, "Zona", "Etapa", "Negociación", "Motivo de pérdida", "Columnas", "Última actividad").fields("/deals/list")
	form.Set("value.to", "1,000")
	form["cols"] = []string{"value", "company"}
	b.get("/deals/list?"+form.Encode()).wants(http.StatusOK, "Bomba", "Valor: ≤ 1,000").lacks("Almacén", "Responsable")
	b.get("/deals/list?value.to=poco").wants(http.StatusBadRequest, "Valor: Ese filtro no se entiende.")
	keep := b.get("/deals/list/view?tag=vip").fields("/deals/list/views")
	b.post("/deals/list/views", with(keep, "name", "Preferentes")).wants(http.StatusOK, "Preferentes", "Almacén").lacks("Bomba")
	b.post("/views/deals/list/1", url.Values{"do": {"delete"}}).wants(http.StatusOK, "La vista se eliminó", "Bomba")
	b.part("/deals/list?q=bom", "list").wants(http.StatusOK, "Bomba")
	b.get("/deals").wants(http.StatusOK, "Almacén", "Bomba", "Propuesta")
}

func TestManyDealsAreChangedFromTheTable(t *testing.T) {
	o := newOffice(t)
	first, second := o.deal("Almacén", func(*crm.Deal) {}), o.deal("Bomba", func(*crm.Deal) {})
	b := o.asOwner()
	chosen := url.Values{"ids": {fmt.Sprint(first.ID), fmt.Sprint(second.ID)}, "which": {"ids"}}
	form := b.post("/deals/list/bulk", chosen).wants(http.StatusOK, "Etapa", "Negociación", "Cambiar de responsable").fields("/deals/list/bulk/apply")
	form["ids"] = chosen["ids"]
	done := b.post("/deals/list/bulk/apply", with(form, "do", "set.stage", "set.stage", "4")).wants(http.StatusOK, "Deshacer")
	b.get("/deals/list?stage=4").wants(http.StatusOK, "Almacén", "Bomba")
	b.post("/undo", done.fields("/undo")).wants(http.StatusOK)
	b.get("/deals/list?stage=4").wants(http.StatusOK, "Nada coincide")
	again := b.post("/deals/list/bulk", chosen).fields("/deals/list/bulk/apply")
	again["ids"] = chosen["ids"]
	b.post("/deals/list/bulk/apply", with(again, "do", "set.stage", "set.stage", "99")).wants(http.StatusUnprocessableEntity)
}

func TestTheTableOfDealsIsExported(t *testing.T) {
	o := newOffice(t)
	o.deal("Almacén", func(d *crm.Deal) { d.Value.Minor, d.ExpectedClose = 1500_50, "2026-12-01" })
	b := o.asOwner()
	a := b.get("/deals/list/export?format=csv&cols=status&cols=value&cols=close&cols=closed").wants(http.StatusOK)
	if a.body != "\ufeffNombre,Cómo van,Valor,Cierre previsto,Cierre\r\nAlmacén,Abierto,MXN 1500.50,2026-12-01,\r\n" {
		t.Errorf("the file is %q", a.body)
	}
	if got := a.header.Get("Content-Disposition"); got != `attachment; filename="deals-2026-11-23.csv"` {
		t.Errorf("the file is called %s", got)
	}
	a = b.get("/deals/list/export?format=xlsx&cols=value&cols=close&cols=closed").wants(http.StatusOK)
	book, err := excelize.OpenReader(bytes.NewReader([]byte(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Sheet1")
	if err != nil || len(rows) != 2 || rows[1][1] != "1500.5" || rows[1][2] != "2026-12-01" {
		t.Errorf("%v, %v", rows, err)
	}
}

func TestTheListOfLeadsIsFilteredChangedAndExported(t *testing.T) {
	o := newOffice(t)
	ana := o.lead(crm.Lead{GivenName: "Ana", Source: "Feria", Extra: crm.Extra{Tags: []string{"VIP"}}})
	o.lead(crm.Lead{GivenName: "Beto", Status: crm.LeadUnqualified, Extra: crm.Extra{Tags: []string{"VIP"}}})
	b := o.asOwner()
	b.get("/leads").wants(http.StatusOK, "Ana", "Nuevo", "Feria", "Filtros y columnas", "Exportar").lacks("Beto", "Importar", "Posibles duplicados")
	b.get("/leads?source=feria").wants(http.StatusOK, "Ana", "Origen: feria")
	b.get("/leads?tag=vip&status=all").wants(http.StatusOK, "Ana", "Beto")
	b.get("/leads?status=new&status=unqualified").wants(http.StatusOK, "Ana", "Beto", "Estado: Nuevo, Descartado")
	page := b.get(fmt.Sprintf("/leads/%d", ana.ID))
	if !strings.Contains(page.body, "/leads?status=all&amp;tag=VIP") {
		t.Error("the tag does not lead to all that have it")
	}
	keep := b.get("/leads/view?source=feria").wants(http.StatusOK, "Descartado").fields("/leads/views")
	b.post("/leads/views", with(keep, "name", "De la feria")).wants(http.StatusOK, "De la feria", "Ana")
	form := b.post("/leads/bulk", url.Values{"which": {"all"}, "query": {""}}).wants(http.StatusOK, "Contactado").lacks("Convertido").fields("/leads/bulk/apply")
	done := b.post("/leads/bulk/apply", with(form, "do", "set.status", "set.status", "contacted")).wants(http.StatusOK, "Deshacer")
	b.get("/leads?status=contacted").wants(http.StatusOK, "Ana")
	b.post("/undo", done.fields("/undo")).wants(http.StatusOK)
	if a := b.get("/leads/export?format=csv&cols=status&cols=source").wants(http.StatusOK); a.body != "\ufeffNombre,Estado,Origen\r\nAna,Nuevo,Feria\r\n" {
		t.Errorf("the file is %q", a.body)
	}
}
