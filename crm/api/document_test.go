package api

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// The document is committed, so that a change of the API is seen in review.
// `make generate-openapi` writes it.
func TestTheCommittedDocumentIsThePresentOne(t *testing.T) {
	for name, downgrade := range map[string]bool{"openapi.json": false, "openapi-3.0.json": true} {
		want, err := Document(downgrade)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("..", "..", "docs", "reference", name)
		if got, err := os.ReadFile(path); err != nil || string(got) != string(want)+"\n" {
			t.Errorf("%s is not the present one (%v): run make generate-openapi", path, err)
		}
	}
}

// Whoever reads the document has nothing else to go by.
func TestEveryFieldAndParameterIsExplained(t *testing.T) {
	written, err := Document(false)
	if err != nil {
		t.Fatal(err)
	}
	type described struct{ Name, Description string }
	var document struct {
		Paths map[string]map[string]struct {
			Summary    string
			Parameters []described
		}
		Components struct {
			Schemas map[string]struct{ Properties map[string]described }
		}
	}
	if err := json.Unmarshal(written, &document); err != nil {
		t.Fatal(err)
	}
	fields := 0
	for path, operations := range document.Paths {
		for method, o := range operations {
			if o.Summary == "" {
				t.Errorf("%s %s says nothing", method, path)
			}
			for _, p := range o.Parameters {
				if fields++; p.Description == "" {
					t.Errorf("%s %s: the parameter %s is not explained", method, path, p.Name)
				}
			}
		}
	}
	for name, schema := range document.Components.Schemas {
		for field, p := range schema.Properties {
			if fields++; p.Description == "" {
				t.Errorf("%s: the field %s is not explained", name, field)
			}
		}
	}
	if fields < 250 {
		t.Errorf("only %d fields and parameters are in the document", fields)
	}
}
