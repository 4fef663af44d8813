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
	contacts := make([]*crm.Contact, 50)
	for i := range contacts {
		contacts[i] = &crm.Contact{
			ID: int64(i), GivenName: fmt.Sprintf("José %02d", i), FamilyName: "Núñez", JobTitle: "Compras", CompanyID: 7,
			CompanyName: "Hospital San José", Emails: []string{"jose@sanjose.example"}, Phones: []string{"662 555 0132"},
			OwnerName: "Lucía Moreno", UpdatedAt: now.Add(-time.Duration(i) * time.Hour),
		}
	}
	view := ListView{Path: "/contacts", Sort: crm.SortRecent, Next: "next"}
	b.ReportAllocs()
	for b.Loop() {
		if err := ContactList(f, view, contacts).Render(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
