package component

import (
	"bytes"
	"embed"
	"fmt"
	"text/template"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/versions"
)

//go:embed templates
var templates embed.FS

// ConfigFiles lists the files that Config renders, by their place under the
// configuration folder.
var ConfigFiles = []string{"audit.yaml", "containerd.toml", "kubelet.yaml", "kube-proxy.yaml", "scheduler.yaml"}

// NetworkFile is rendered too, into the folder that containerd watches.
const NetworkFile = "10-localcluster.conflist"

// PauseImage is the name of the sandbox image.
const PauseImage = "localcluster/pause:" + versions.Pause

// values are what the templates may use.
type values struct {
	layout.Paths
	CNIBin     string
	CgroupRoot string
	PauseImage string
}

// Config renders one configuration file. cniBin is the folder of the built
// network plugins.
func Config(file string, p layout.Paths, cniBin string) ([]byte, error) {
	t, err := template.New(file).Option("missingkey=error").Funcs(template.FuncMap{
		"containerdSocket": layout.ContainerdSocket,
		"containerdState":  layout.ContainerdState,
		"shimSockets":      layout.ShimSockets,
		"agentSocket":      layout.AgentSocket,
		"endpoints":        layout.Endpoints,
		"name":             func() string { return layout.Name },
		"node":             func() string { return layout.Node },
		"nodeIP":           func() string { return layout.NodeIP },
		"podCIDR":          func() string { return layout.PodCIDR },
	}).ParseFS(templates, "templates/"+file)
	if err != nil {
		return nil, fmt.Errorf("reading the template of %s: %w", file, err)
	}
	var out bytes.Buffer
	err = t.ExecuteTemplate(&out, file, values{
		Paths: p, CNIBin: cniBin, CgroupRoot: "/" + layout.Name, PauseImage: "docker.io/" + PauseImage,
	})
	if err != nil {
		return nil, fmt.Errorf("rendering %s: %w", file, err)
	}
	return out.Bytes(), nil
}
