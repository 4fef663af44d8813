package web_test

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/archive"
)

func TestTheOwnerTakesEverythingAlong(t *testing.T) {
	o := newOffice(t)
	o.contact("José", "Núñez")
	manager, _ := o.hire(crm.RoleManager)
	b := o.asOwner()
	for _, access := range []string{"Open", "ExportOnly"} {
		o.Grant(func(r *crm.Rights) { r.Access = access })
		if !b.get("/settings/data").wants(http.StatusOK, "Llevarte todo").offers("/settings/export") {
			t.Fatalf("%s: the owner is not offered the export", access)
		}
		got := b.send(http.MethodPost, "/settings/export", nil)
		if got.status != http.StatusOK || got.header.Get("Content-Type") != "application/zip" ||
			got.header.Get("Content-Disposition") != "attachment; filename=acme-2026-11-23.zip" {
			t.Fatalf("%s: %d %v", access, got.status, got.header)
		}
		checkArchive(t, got.body)
	}
	o.Grant(func(r *crm.Rights) { r.Access = "Open" })
	if manager.get("/settings/data").wants(http.StatusOK).offers("/settings/export") {
		t.Error("a manager is offered the export")
	}
	if got := manager.send(http.MethodPost, "/settings/export", nil); got.status != http.StatusForbidden {
		t.Errorf("a manager gets %d", got.status)
	}
	b.get("/settings/log?verb=export").wants(http.StatusOK, "Lucía Moreno exportó todo")
}

func checkArchive(t *testing.T, body string) {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	var m archive.Manifest
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		sums[f.Name] = hex.EncodeToString(sum[:])
		if f.Name == archive.ManifestName {
			if err := json.Unmarshal(content, &m); err != nil {
				t.Fatal(err)
			}
		}
	}
	if m.Version != "1.0.0" || m.Company != "Ferretería Acme" || len(m.Files) != len(sums)-1 {
		t.Errorf("manifest: %+v", m)
	}
	for _, f := range m.Files {
		if sums[f.Path] != f.SHA256 {
			t.Errorf("%s has another digest", f.Path)
		}
	}
}
