package sqlite

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/archive"
)

// unpack reads an export and checks every digest.
func unpack(t *testing.T, raw []byte) (archive.Manifest, map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	var m archive.Manifest
	if err := json.Unmarshal([]byte(files[archive.ManifestName]), &m); err != nil {
		t.Fatal(err)
	}
	for _, f := range m.Files {
		if sum := sha256.Sum256([]byte(files[f.Path])); hex.EncodeToString(sum[:]) != f.SHA256 {
			t.Errorf("%s has another digest", f.Path)
		}
	}
	return m, files
}

// exportedRows reads one table of an export.
func exportedRows(t *testing.T, files map[string]string, table string) []map[string]any {
	t.Helper()
	var rows []map[string]any
	if err := json.Unmarshal([]byte(files["json/"+table+".json"]), &rows); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	return rows
}

func TestEveryTableIsExportedOrSaysWhyNot(t *testing.T) {
	o := newOffice(t)
	known := map[string]bool{}
	for _, e := range exports {
		if known[e.table] {
			t.Errorf("%s is exported twice", e.table)
		}
		known[e.table] = true
	}
	for table := range notExported {
		known[table] = true
	}
	err := o.queries.each(t.Context(), `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
		AND name NOT LIKE 'goose_%' AND name NOT GLOB '*_text*' AND name NOT GLOB 'name_trigram*'`, nil, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		if !known[name] {
			t.Errorf("%s is neither in exports nor in notExported", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestExportHoldsEverythingButSecrets(t *testing.T) {
	o := newOffice(t)
	acme := o.company("Acme")
	c := fullContact()
	c.CompanyID, c.Tags, c.JobTitle = acme.ID, []string{"vip"}, "=cmd|' /C calc'!A0"
	if err := o.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	binned := o.binned("Ana")
	o.rights.Tenant, o.rights.Access = "acme", accessExportOnly
	var out bytes.Buffer
	if err := o.Export(o.owner, &out, "v1"); err != nil {
		t.Fatal(err)
	}
	m, files := unpack(t, out.Bytes())
	if m.Tenant != "acme" || m.Version != "v1" || m.SchemaVersion != SchemaVersion() || m.CreatedBy != "lucia@acme.example" || m.StartedAt.IsZero() {
		t.Errorf("manifest: %+v", m)
	}
	contacts := exportedRows(t, files, "contacts")
	if len(contacts) != 2 || contacts[0]["companyName"] != "Acme" || contacts[0]["ownerName"] != "Lucía Moreno" ||
		contacts[0]["jobTitle"] != c.JobTitle || contacts[0]["tags"].([]any)[0] != "vip" || contacts[0]["deletedAt"] != nil ||
		contacts[1]["id"] != float64(binned.ID) || contacts[1]["deletedAt"] == nil {
		t.Errorf("contacts: %v", contacts)
	}
	if csv := files["csv/contacts.csv"]; !strings.Contains(csv, ",'=cmd|") || strings.Contains(csv, ",=cmd") {
		t.Errorf("the CSV runs a formula: %s", csv)
	}
	history := exportedRows(t, files, "history")
	if last := history[len(history)-1]; last["verb"] != verbExport || last["kind"] != "account" {
		t.Errorf("the export is not in its own history: %v", last)
	}
	for name, content := range files {
		for _, secret := range []string{"argon2id", "password", "sortKey", "token"} {
			if name != "json/history.json" && name != "csv/history.csv" && strings.Contains(content, secret) {
				t.Errorf("%s tells %q", name, secret)
			}
		}
	}
	for _, e := range exports {
		if !slices.ContainsFunc(m.Tables, func(table archive.Table) bool { return table.Name == e.name }) {
			t.Errorf("%s is missing", e.name)
		}
	}
}

func TestExportIsTheOwners(t *testing.T) {
	o := newOffice(t)
	for _, role := range []crm.Role{crm.RoleManager, crm.RoleSeller, crm.RoleReadOnly} {
		ctx, _, _ := o.hire(role, string(role)+"@acme.example")
		var out bytes.Buffer
		if err := o.Export(ctx, &out, ""); !errors.Is(err, crm.ErrForbidden) || out.Len() > 0 {
			t.Errorf("to a %s: %v, %d bytes", role, err, out.Len())
		}
	}
}

// hook calls do at the first write.
type hook struct {
	io.Writer
	do func()
}

func (h *hook) Write(p []byte) (int, error) {
	if h.do != nil {
		do := h.do
		h.do = nil
		do()
	}
	return h.Writer.Write(p)
}

func TestExportIsOfOneMoment(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "Antes")
	var out bytes.Buffer
	err := o.Export(o.owner, &hook{Writer: &out, do: func() {
		o.contact("Eva", "Después")
		c.FamilyName = "Cambiada"
		if err := o.UpdateContact(o.owner, c); err != nil {
			t.Error(err)
		}
	}}, "")
	if err != nil {
		t.Fatal(err)
	}
	_, files := unpack(t, out.Bytes())
	for name, content := range files {
		if strings.Contains(content, "Después") || strings.Contains(content, "Cambiada") {
			t.Errorf("%s has what came later", name)
		}
	}
	if rows := exportedRows(t, files, "contacts"); len(rows) != 1 || rows[0]["familyName"] != "Antes" {
		t.Errorf("contacts: %v", rows)
	}
}

func TestExportGoesOnWhereTheVolumeIsFull(t *testing.T) {
	o := newOffice(t)
	o.contact("Ana", "Ruiz")
	o.close()
	o.open(func() (Volume, error) { return Volume{Total: 1 << 20}, nil })
	var out bytes.Buffer
	if err := o.Export(o.owner, &out, ""); err != nil {
		t.Fatal(err)
	}
	if _, files := unpack(t, out.Bytes()); len(exportedRows(t, files, "contacts")) != 1 {
		t.Error("the contact is missing")
	}
}

func TestAnExportThatIsCutOffSaysSo(t *testing.T) {
	o := newOffice(t)
	o.manyCompanies(3000)
	gone := errors.New("the browser has gone")
	if err := o.Export(o.owner, writerFunc(func([]byte) (int, error) { return 0, gone }), ""); !errors.Is(err, gone) {
		t.Errorf("the writer failed: %v", err)
	}
	ctx, cancel := context.WithCancel(o.owner)
	err := o.Export(ctx, &hook{Writer: io.Discard, do: cancel}, "")
	if err == nil {
		t.Error("an export that was given up is whole")
	}
	o.contact("Ana", "Ruiz") // and the connection serves again
	if err := o.Export(o.owner, io.Discard, ""); err != nil {
		t.Error(err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// manyCompanies stores companies with long addresses that do not compress well.
func (o *office) manyCompanies(count int) {
	o.t.Helper()
	err := o.writer.do(o.t.Context(), ordinary, func(t *tx) error {
		_, err := t.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO company (name, domain, rfc, phone, website, owner_id, street, city, state, postal_code, country,
				sort_key, created_at, updated_at, version)
			SELECT 'Empresa ' || i, '', '', '', '', 1, hex(randomblob(500)), '', '', '', '', x'00', 1, 1, 1 FROM n`, count)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// peak watches how much the heap holds while bytes pass.
type peak struct{ bytes, heap int64 }

func (p *peak) Write(b []byte) (int, error) {
	p.bytes += int64(len(b))
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	p.heap = max(p.heap, int64(sample[0].Value.Uint64()))
	return len(b), nil
}

// The memory of an export does not grow with what is exported: 60 MB of rows
// pass through a heap that stays far smaller.
func TestExportStreams(t *testing.T) {
	o := newOffice(t)
	o.manyCompanies(30000)
	before := &peak{}
	_, _ = before.Write(nil)
	during := &peak{}
	if err := o.Export(o.owner, during, ""); err != nil {
		t.Fatal(err)
	}
	const most = 16 << 20
	if during.bytes < 25<<20 {
		t.Fatalf("only %d bytes were written: the test shows nothing", during.bytes)
	}
	if grown := during.heap - before.heap; grown > most {
		t.Errorf("the heap grew by %d bytes while %d were written", grown, during.bytes)
	}
}
