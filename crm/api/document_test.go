package api

import (
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
