package web_test

import (
	"net/http"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func TestSampleDataComeAndGo(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	form := b.get("/").wants(http.StatusOK, "Ver con datos de ejemplo").fields("/settings/sample")
	b.post("/settings/sample", form).wants(http.StatusOK, "Se agregaron datos de ejemplo", "Ximena Bórquez", "Deshacer")
	b.post("/settings/sample", form).wants(http.StatusOK)
	b.get("/companies").wants(http.StatusOK, "Hospital Santa Lucía")
	b.post("/settings/sample", nil).wants(http.StatusConflict)
	b.get("/settings/log?verb=sample").wants(http.StatusOK, "agregó datos de ejemplo", "registros", "Ver cada registro").lacks("Ximena")
	remove := b.get("/settings/data").wants(http.StatusOK, "Quitar los datos de ejemplo").fields("/undo")
	b.post("/undo", remove).wants(http.StatusOK, "Se deshizo:", "Ver con datos de ejemplo")
	b.get("/companies").wants(http.StatusOK, "Todavía no hay empresas")
	seller, _ := o.hire(crm.RoleSeller)
	if seller.get("/").wants(http.StatusOK).offers("/settings/sample") {
		t.Error("a seller is offered sample data")
	}
}
