package plugin_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kubectl is the one of the API server's own version.
func kubectl(t *testing.T, arguments ...string) answer {
	t.Helper()
	return execute(t, "", filepath.Join(os.Getenv("KUBEBUILDER_ASSETS"), "kubectl"), arguments...)
}

func TestKubectlFindsThePlugin(t *testing.T) {
	kubectl(t, "salexops", "version").succeeds(t, "v0-test")
	kubectl(t, "plugin", "list").succeeds(t, "kubectl-salexops")
}

func TestKubectlCompletesTenants(t *testing.T) {
	ns := namespace(t, "completion")
	registered(t, ns, "acme", "team", nil, nil)
	registered(t, ns, "botica", "team", nil, nil)
	kubectl(t, "__complete", "salexops", "explain", "-n", ns, "").succeeds(t, "acme\nbotica\n")
	kubectl(t, "__complete", "salexops", "expl").succeeds(t, "explain")
}

func TestAnUnknownTenantSuggestsOne(t *testing.T) {
	ns := namespace(t, "near")
	registered(t, ns, "botica", "team", nil, nil)
	salexops(t, viewer, "", "explain", "bottica", "-n", ns).fails(t, 2, "did you mean botica?")
}

func TestAClusterWithoutSaleXopsIsNamed(t *testing.T) {
	// Below a path that serves nothing, the API server knows no kind at all.
	config, err := os.ReadFile(kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(config), "server: ")
	server, _, _ := strings.Cut(rest, "\n")
	plugin := filepath.Join(programs, "kubectl-salexops")
	execute(t, "", plugin, "status", "--server", server+"/nowhere").fails(t, 1, "SaleXops is not installed in this cluster")
	salexops(t, viewer, "", "status", "--server", "https://127.0.0.1:1").fails(t, 1, "no cluster answers at https://127.0.0.1:1", "connection refused")
}

func TestWhoMayReadNothingIsToldWhichRoleToAskFor(t *testing.T) {
	salexops(t, "nobody@platform.example", "", "status").fails(t, 1, "reading the PlatformPolicy", "ClusterRole salexops-viewer")
}
