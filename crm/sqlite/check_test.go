package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckFindsNothingInASoundDatabase(t *testing.T) {
	o := newOffice(t)
	o.contact("Ana", "López")
	if err := Check(t.Context(), o.checkable()); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsDamage(t *testing.T) {
	o := newOffice(t)
	for i := range 200 {
		if err := o.CreateContact(o.owner, benchContact(i)); err != nil {
			t.Fatal(err)
		}
	}
	path := o.checkable()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := len(content) / 2; at < len(content)/2+8192; at++ {
		content[at] ^= 0x5a
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err == nil {
		t.Error("two damaged pages were not found")
	}
}

func TestCheckFindsDanglingReferences(t *testing.T) {
	o := newOffice(t)
	c := o.contact("Ana", "López")
	o.close()
	o.raw("PRAGMA foreign_keys = 0; UPDATE contact SET company_id = 4711")
	if err := Check(t.Context(), o.path); err == nil || !strings.Contains(err.Error(), "contact") {
		t.Errorf("contact %d without its company: %v", c.ID, err)
	}
}

func TestCheckWantsADatabase(t *testing.T) {
	folder := t.TempDir()
	if err := Check(t.Context(), filepath.Join(folder, "crm.db")); err == nil {
		t.Error("a file that is not there is sound")
	}
	path := filepath.Join(folder, "text.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err == nil {
		t.Error("a text is a sound database")
	}
}
