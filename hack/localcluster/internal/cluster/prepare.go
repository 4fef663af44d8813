package cluster

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/build"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/host"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/pki"
)

// prepare builds what is missing and writes everything that the components
// read. It disturbs nothing that runs.
func (c *Cluster) prepare(ctx context.Context) (programs, error) {
	if err := c.Cache.Install(ctx, build.Runtime()); err != nil {
		return programs{}, err
	}
	if err := c.checkMachine(ctx); err != nil {
		return programs{}, err
	}
	built, err := c.build(ctx)
	if err != nil {
		return programs{}, err
	}
	if err := c.own(); err != nil {
		return programs{}, err
	}
	if err := c.install(&built); err != nil {
		return programs{}, err
	}
	if err := pki.Ensure(filepath.Dir(c.Paths.PKI("x")), time.Now()); err != nil {
		return programs{}, fmt.Errorf("issuing certificates: %w", err)
	}
	if err := c.configure(built); err != nil {
		return programs{}, err
	}
	return built, c.prepareHost()
}

// programs are the folders of the build cache that a cluster is made of.
type programs struct {
	kube, containerd, runc, cni, pause string
	// self is the digest of this program, which is the agent's too.
	self string
}

func (c *Cluster) build(ctx context.Context) (programs, error) {
	var p programs
	for _, part := range []struct {
		dir    *string
		recipe build.Recipe
	}{
		{&p.kube, build.Kube(c.Source)}, {&p.containerd, build.Containerd()}, {&p.runc, build.Runc()},
		{&p.cni, build.CNI()}, {&p.pause, build.Pause(c.Source)},
	} {
		dir, err := c.Cache.Ensure(ctx, part.recipe)
		if err != nil {
			return p, err
		}
		*part.dir = dir
	}
	return p, nil
}

// install links the built programs into the state folder, and copies this one:
// the agent and the network plugin must not vanish with a temporary build.
func (c *Cluster) install(p *programs) error {
	links := map[string]string{
		"runc":                    filepath.Join(p.runc, "runc"),
		"cni/localcluster-policy": "../localcluster",
	}
	for _, name := range []string{"etcd", "kube-apiserver", "kube-controller-manager", "kube-proxy", "kube-scheduler", "kubectl", "kubelet"} {
		links[name] = filepath.Join(p.kube, name)
	}
	for _, name := range []string{"containerd", "containerd-shim-runc-v2", "ctr"} {
		links[name] = filepath.Join(p.containerd, name)
	}
	for name, target := range links {
		if err := build.Link(target, c.Paths.Bin(name)); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	p.self, err = digest(self)
	if err != nil {
		return err
	}
	installed := c.Paths.Bin("localcluster")
	if current, err := digest(installed); err == nil && current == p.self {
		return nil
	}
	return copyProgram(self, installed)
}

func digest(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("reading %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func copyProgram(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("copying this program: %w", err)
	}
	if err := os.WriteFile(to+".new", content, 0o755); err != nil {
		return fmt.Errorf("copying this program: %w", err)
	}
	return os.Rename(to+".new", to)
}

// configure writes the configuration files and kubeconfigs.
func (c *Cluster) configure(p programs) error {
	pkiDir := filepath.Dir(c.Paths.PKI("x"))
	for file, owner := range component.Kubeconfigs {
		if err := pki.Kubeconfig(pkiDir, owner, c.Paths.Config(file)); err != nil {
			return err
		}
	}
	if err := pki.Kubeconfig(pkiDir, "admin", c.Paths.Kubeconfig()); err != nil {
		return err
	}
	return c.writeConfigs(p)
}

// writeConfigs writes the configuration files whose content changed.
func (c *Cluster) writeConfigs(p programs) error {
	places := map[string]string{component.NetworkFile: filepath.Join(c.Paths.CNIConf(), component.NetworkFile)}
	for _, file := range component.ConfigFiles {
		places[file] = c.Paths.Config(file)
	}
	for file, place := range places {
		content, err := component.Config(file, c.Paths, p.cni)
		if err != nil {
			return err
		}
		// kube-proxy ends when its file is touched, even with the same content.
		if current, err := os.ReadFile(place); err == nil && bytes.Equal(current, content) {
			continue
		}
		if err := os.WriteFile(place, content, 0o644); err != nil {
			return fmt.Errorf("writing %s: %w", place, err)
		}
	}
	return nil
}

// prepareHost gives the node its address and lets the machine forward.
func (c *Cluster) prepareHost() error {
	if err := host.EnsureBridge(layout.Bridge, layout.NodeIP, layout.ServiceCIDR); err != nil {
		return err
	}
	if err := host.SetSysctl("net/ipv4/ip_forward", "1"); err != nil {
		return err
	}
	cgroup, err := host.FindCgroup(layout.Name)
	if err != nil {
		return err
	}
	return cgroup.Create()
}
