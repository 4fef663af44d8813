package versions

import (
	"os"
	"strings"
	"testing"
)

func TestKubeModuleRequiresThePinnedRelease(t *testing.T) {
	mod, err := os.ReadFile("../../kube/go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "k8s.io/kubernetes "+Kubernetes+"\n") {
		t.Errorf("kube/go.mod does not require k8s.io/kubernetes %s", Kubernetes)
	}
	// Staging modules are published as v0.MINOR.PATCH of the same release.
	staging := "v0" + strings.TrimPrefix(Kubernetes, "v1")
	for _, line := range strings.Split(string(mod), "\n") {
		if strings.Contains(line, " => k8s.io/") && !strings.HasSuffix(line, " "+staging) {
			t.Errorf("kube/go.mod replaces a staging module by another release: %s", line)
		}
	}
}
