package storage

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/contract"
)

// TestEveryGuardHasARemedy reads the guards from where they are declared, so
// that a new one can't be forgotten.
func TestEveryGuardHasARemedy(t *testing.T) {
	source, err := os.ReadFile("../../contract/guard.go")
	if err != nil {
		t.Fatal(err)
	}
	guards := regexp.MustCompile(`Guard\w+\s+Guard = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(guards) < len(every) {
		t.Fatalf("found %d guards", len(guards))
	}
	for _, found := range guards {
		blocked := blockedBy(contract.Guard(found[1]), "acme")
		remedy := remedies[contract.Guard(found[1])]
		if remedy == "" || blocked.reason != found[1] || !strings.Contains(blocked.message, remedy) || !strings.Contains(blocked.message, "acme") {
			t.Errorf("%s has no remedy: %s", found[1], blocked.message)
		}
	}
}
