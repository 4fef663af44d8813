// Package arrows_test keeps the arrows between the rooms pointing one way.
package arrows_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/grupobizopps/salexops"

// A rule says what the packages at or below a path must not depend on, at any
// depth and tests aside.
type rule struct {
	of     string
	never  []string
	direct bool // only what the packages import themselves counts
}

var kubernetesClients = []string{"k8s.io/client-go", "sigs.k8s.io/controller-runtime"}

var rules = []rule{
	{of: "contract", never: append([]string{"k8s.io", "os", "net", "net/http", "io/fs", module + "/api", module + "/facts"}, kubernetesClients...), direct: true},
	{of: "contract", never: kubernetesClients},
	{of: "license", never: append([]string{"k8s.io", module + "/api"}, kubernetesClients...)},
	{of: "instance", never: append([]string{"k8s.io", module + "/api", module + "/controllers", module + "/crm"}, kubernetesClients...)},
	{of: "facts", never: append([]string{module + "/controllers"}, kubernetesClients...), direct: true},
	{of: "crm", never: []string{"k8s.io", "sigs.k8s.io", module + "/api", module + "/controllers", module + "/contract", module + "/facts"}},
	{of: "cmd/crm", never: []string{"k8s.io", "sigs.k8s.io", module + "/api", module + "/controllers"}},
	{of: "api", never: []string{module + "/contract", module + "/controllers", module + "/facts", "sigs.k8s.io/controller-runtime"}},
	{of: "mail", never: append([]string{module + "/controllers", module + "/cmd", module + "/crm"}, kubernetesClients...)},
	{of: "frontdoor", never: []string{module + "/controllers", module + "/contract", module + "/crm"}},
	{of: "controllers", never: []string{module + "/crm", module + "/frontdoor", module + "/cmd"}},
	{of: "internal", never: []string{module + "/controllers", module + "/crm", module + "/cmd"}},
}

type goPackage struct {
	ImportPath    string
	Imports, Deps []string
}

func TestArrowsPointOneWay(t *testing.T) {
	packages := list(t)
	for _, rule := range rules {
		found := false
		for _, p := range packages {
			if !within(p.ImportPath, module+"/"+rule.of) {
				continue
			}
			found = true
			imports := p.Deps
			if rule.direct {
				imports = p.Imports
			}
			for _, imported := range imports {
				for _, never := range rule.never {
					if within(imported, never) {
						t.Errorf("%s depends on %s, which %s must not", p.ImportPath, imported, rule.of)
					}
				}
			}
		}
		if !found {
			t.Errorf("there is no package %s, so its rule guards nothing", rule.of)
		}
	}
}

func TestReconcilersDoNotImportEachOther(t *testing.T) {
	room := func(path string) string {
		rest, ok := strings.CutPrefix(path, module+"/controllers/")
		if !ok {
			return ""
		}
		name, _, _ := strings.Cut(rest, "/")
		return name
	}
	for _, p := range list(t) {
		from := room(p.ImportPath)
		if from == "" {
			continue
		}
		for _, imported := range p.Deps {
			if to := room(imported); to != "" && to != from {
				t.Errorf("%s depends on %s: what passes between reconcilers passes through the API server", p.ImportPath, imported)
			}
		}
	}
}

// within tells whether a package is path or lies below it.
func within(name, path string) bool { return name == path || strings.HasPrefix(name, path+"/") }

func list(t *testing.T) []goPackage {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", "./...")
	command.Dir = "../.."
	output, err := command.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("listing the packages: %v\n%s", err, failed.Stderr)
		}
		t.Fatalf("listing the packages: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(output))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatalf("decoding the list of packages: %v", err)
		}
		packages = append(packages, p)
	}
}
