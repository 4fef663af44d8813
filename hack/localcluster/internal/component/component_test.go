package component

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

var paths = layout.Paths{State: "/var/lib/example"}

func TestEveryComponentHasACommand(t *testing.T) {
	for _, name := range All {
		program, args := Command(name, paths, Options{})
		if !strings.HasPrefix(program, paths.State) || len(args) == 0 {
			t.Errorf("%s: %s %v", name, program, args)
		}
	}
}

func TestAPIServerEnforcesRBACAndAdvertisesTheNode(t *testing.T) {
	_, args := Command(APIServer, paths, Options{})
	for _, want := range []string{
		"--authorization-mode=Node,RBAC",
		"--advertise-address=" + layout.NodeIP,
		"--secure-port=6443",
	} {
		if !slices.Contains(args, want) {
			t.Errorf("the API server is called without %s", want)
		}
	}
	for _, arg := range args {
		if strings.HasPrefix(arg, "--disable-admission-plugins") {
			t.Errorf("admission is weakened: %s", arg)
		}
	}
}

func TestAuditIsOffUnlessAskedFor(t *testing.T) {
	audited := func(o Options) bool {
		_, args := Command(APIServer, paths, o)
		return slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "--audit") })
	}
	if audited(Options{}) || !audited(Options{Audit: true}) {
		t.Error("the audit flag does not decide about the audit log")
	}
}

func TestEveryConfigurationFileRenders(t *testing.T) {
	for _, file := range append(slices.Clone(ConfigFiles), NetworkFile) {
		content, err := Config(file, paths, "/cache/cni")
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if strings.HasSuffix(file, ".yaml") {
			if err := yaml.UnmarshalStrict(content, &map[string]any{}); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		if strings.HasSuffix(file, ".conflist") && !json.Valid(content) {
			t.Errorf("%s is not JSON:\n%s", file, content)
		}
	}
}

func TestPoliciesAreSetUpAfterTheAddress(t *testing.T) {
	content, err := Config(NetworkFile, paths, "")
	if err != nil {
		t.Fatal(err)
	}
	var conf struct{ Plugins []struct{ Type string } }
	if err := json.Unmarshal(content, &conf); err != nil {
		t.Fatal(err)
	}
	if len(conf.Plugins) != 2 || conf.Plugins[0].Type != "ptp" || conf.Plugins[1].Type != "localcluster-policy" {
		t.Errorf("plugins are %v", conf.Plugins)
	}
}
