package page

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/locale"
)

// What people typed is text wherever it stands in a row.
func TestRowsEscape(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 17, 42, 0, 0, time.UTC)
	f := &Frame{L: words.Translator("es-MX", time.UTC, now), User: &crm.User{ID: 1, Role: crm.RoleOwner}, Rights: crm.Rights{Access: "Open"}}
	const evil = `"><script>alert('1')</script>&`
	types := []crm.FieldType{
		crm.FieldText, crm.FieldEmail, crm.FieldPhone, crm.FieldCompany, crm.FieldContact, crm.FieldUser, crm.FieldLink, crm.FieldTags,
		crm.FieldStatus, crm.FieldNumber, crm.FieldMoney, crm.FieldDate, crm.FieldRecord,
	}
	v := RecordView{ListTexts: ListTexts{Kind: crm.KindContact, Path: "/contacts"}}
	row := &crm.Row{ID: 7, Title: evil, Subtitle: evil, Where: evil, Tags: []string{evil}, UpdatedAt: now}
	for _, of := range types {
		v.Columns = append(v.Columns, crm.ListField{Name: string(of), Type: of, Options: []crm.ListOption{{Value: evil, Name: evil}}})
		row.Cells = append(row.Cells, crm.Cell{ID: 3, Text: evil})
	}
	v.Columns = append(v.Columns, crm.ListField{Name: "updated", Type: crm.FieldInstant})
	row.Cells = append(row.Cells, crm.Cell{At: now})
	var page bytes.Buffer
	if err := tableRows(f, v, []*crm.Row{row}, true).Render(t.Context(), &page); err != nil {
		t.Fatal(err)
	}
	html := page.String()
	if strings.Contains(html, "<script") || strings.Contains(html, `"">`) {
		t.Errorf("what was typed became markup:\n%s", html)
	}
	for _, wanted := range []string{
		`aria-label="Elegir a &#34;&gt;&lt;script`, `href="/contacts/7"`, `href="/companies/3"`, `<time class="when" datetime="2026-11-23T17:42:00Z"`, `</td></tr>`,
	} {
		if !strings.Contains(html, wanted) {
			t.Errorf("the row lacks %s:\n%s", wanted, html)
		}
	}
}
