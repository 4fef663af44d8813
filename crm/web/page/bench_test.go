package page

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/asset"
	"github.com/grupobizopps/salexops/crm/web/locale"
)

// BenchmarkContactList draws the page of 50 contacts, which the budget of
// crm.md is about.
func BenchmarkContactList(b *testing.B) {
	words, err := locale.Load()
	if err != nil {
		b.Fatal(err)
	}
	assets, err := asset.Load()
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 17, 42, 0, 0, time.UTC)
	f := &Frame{
		L: words.Translator("es-MX", time.UTC, now), Assets: assets, Title: "Contactos", Section: SectionContacts,
		User: &crm.User{ID: 1, Name: "Lucía Moreno", Role: crm.RoleOwner}, Rights: crm.Rights{Name: "Ferretería Acme", Access: "Open"},
	}
	view := RecordView{
		ListTexts: ListTexts{Kind: crm.KindContact, Path: "/contacts", Title: "contacts.title", Filter: "contacts.filter", New: "contacts.new"},
		Sort:      crm.SortRecent, Next: "next",
		Columns: []crm.ListField{
			{Name: "company", Label: "field.companyId", Type: crm.FieldCompany}, {Name: "email", Label: "field.emails", Type: crm.FieldEmail},
			{Name: "phone", Label: "field.phones", Type: crm.FieldPhone}, {Name: "owner", Label: "field.ownerId", Type: crm.FieldUser},
			{Name: "updated", Label: "list.changed", Type: crm.FieldInstant},
		},
	}
	contacts := make([]*crm.Row, 50)
	for i := range contacts {
		at := now.Add(-time.Duration(i) * time.Hour)
		contacts[i] = &crm.Row{
			ID: int64(i), Title: fmt.Sprintf("José %02d Núñez", i), Subtitle: "Compras", UpdatedAt: at,
			Cells: []crm.Cell{{ID: 7, Text: "Hospital San José"}, {Text: "jose@sanjose.example"}, {Text: "662 555 0132"}, {ID: 1, Text: "Lucía Moreno"}, {At: at}},
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := RecordList(f, view, contacts).Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
