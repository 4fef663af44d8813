//go:build screens

package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// tables are the imports that the pictures show.
type tables struct{ ready, done int64 }

// arrange gives the office a table that is to be imported, one that was, fields
// and views of its own, and a key of the API.
func arrange(acting context.Context, o *webtest.Office) (t tables, err error) {
	fields := []crm.CustomField{
		{Kind: crm.KindContact, Label: "Zona", Type: crm.FieldChoice, Choices: []string{"Norte", "Centro", "Sur"}},
		{Kind: crm.KindContact, Label: "Compra anual", Type: crm.FieldMoney},
		{Kind: crm.KindContact, Label: "Cliente desde", Type: crm.FieldDate},
		{Kind: crm.KindCompany, Label: "Giro", Type: crm.FieldText},
	}
	for i := range fields {
		if err := o.DB.CreateCustomField(acting, &fields[i]); err != nil {
			return t, fmt.Errorf("adding a field: %w", err)
		}
	}
	if err := o.DB.SaveView(acting, &crm.View{Kind: crm.KindContact, Name: "Núñez de la zona norte", Shared: true, Params: "q=nunez&sort=name"}); err != nil {
		return t, fmt.Errorf("keeping a view: %w", err)
	}
	if _, err := o.DB.CreateAPIKey(acting, &crm.APIKey{Name: "Facturación", Scope: crm.ScopeRead}); err != nil {
		return t, fmt.Errorf("making a key: %w", err)
	}
	const head = "Nombre completo;Correo electrónico;Tel. celular;Empresa;Puesto;Nota interna\n"
	rows := head + "Íñigo Zamora;inigo@correo.example;(662) 111-0001;Talleres Yépiz;Compras;viene de la feria\n" +
		"José Núñez;jose.nunez@sanjose.example;(662) 555 0132;Hospital San José;Compras;\n" +
		"Marta Félix;marta@correo;(662) 111-0003;;Obra;\n;;;;;solo una nota\n"
	ready, err := o.DB.Upload(acting, crm.KindContact, "Clientes 2026.csv", strings.NewReader(rows))
	if err != nil {
		return t, fmt.Errorf("uploading a table: %w", err)
	}
	done, err := o.DB.Upload(acting, crm.KindContact, "Feria Hermosillo.csv", strings.NewReader(rows))
	if err != nil {
		return t, fmt.Errorf("uploading a table: %w", err)
	}
	if err := o.DB.Start(acting, done.ID, done.Plan); err != nil {
		return t, fmt.Errorf("importing a table: %w", err)
	}
	o.DB.ImportsIdle()
	return tables{ready: ready.ID, done: done.ID}, nil
}

// viewShots are the pages of imports, views, fields, tags and keys.
func viewShots(s *sites) []shot {
	ready, done := fmt.Sprintf("/imports/%d", s.tables.ready), fmt.Sprintf("/imports/%d", s.tables.done)
	return []shot{
		{name: "140-imports", site: "full", path: "/imports"},
		{name: "141-imports-empty", site: "empty", path: "/imports"},
		{name: "142-import-new", site: "full", path: "/imports/new?kind=contact"},
		{name: "143-import-columns", site: "full", path: ready, tall: true},
		{name: "144-import-preview", site: "full", path: ready, tall: true, steps: []string{
			`(()=>{const s=document.querySelectorAll("main form select");const l=s[s.length-1];l.value="tags";l.dispatchEvent(new Event("change",{bubbles:true}))})()`}},
		{name: "145-import-done", site: "full", path: done, tall: true},
		{name: "150-view", site: "full", path: "/contacts/view", tall: true},
		{name: "151-list-with-view", site: "full", path: "/contacts?q=nunez&sort=name"},
		{name: "152-bulk", site: "full", path: "/contacts", tall: true, steps: []string{
			`document.querySelectorAll("main tbody input[type=checkbox]").forEach(b=>b.click());document.querySelector("form[data-bulk]").submit()`}},
		{name: "153-palette", site: "acme", path: "/", steps: []string{typeInto("#search", "nuev")}},
		{name: "154-keys", site: "acme", path: "/keys", tall: true},
		{name: "155-contact-fields", site: "full", path: "/contacts/new", tall: true},
		{name: "160-fields", site: "full", path: "/settings/fields", tall: true},
		{name: "161-field-new", site: "full", path: "/settings/fields/new?kind=contact", tall: true},
		{name: "162-tags", site: "acme", path: "/settings/tags"},
		{name: "163-api", site: "full", path: "/settings/api", tall: true},
		{name: "164-api-key", site: "full", path: "/settings/api", tall: true, steps: []string{
			`document.querySelector("main form[action='/settings/api'] [name=name]").value="Sitio web";document.querySelector("main form[action='/settings/api']").submit()`}},
	}
}
