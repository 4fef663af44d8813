package cluster

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/host"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/process"
)

// configOf names the configuration file of a component, if it reads one.
var configOf = map[string]string{
	component.Containerd: "containerd.toml",
	component.Kubelet:    "kubelet.yaml",
	component.Proxy:      "kube-proxy.yaml",
	component.Scheduler:  "scheduler.yaml",
}

// record finds the process of a component.
func (c *Cluster) record(name string) process.Record {
	return process.Find(c.Paths.Records(), name)
}

// start starts a component unless it runs already as it would be started now.
// One that runs otherwise is replaced.
func (c *Cluster) start(ctx context.Context, name string, p programs) error {
	fingerprint, err := c.fingerprint(name, p)
	if err != nil {
		return err
	}
	if record := c.record(name); record.Alive() {
		if record.Fingerprint == fingerprint {
			return nil
		}
		c.say("restarting %s, which is out of date", name)
		if err := c.stop(ctx, name); err != nil {
			return err
		}
	}
	cgroup, err := host.FindCgroup(layout.Name)
	if err != nil {
		return err
	}
	program, args := component.Command(name, c.Paths, c.Options)
	_, err = process.Start(c.Paths.Records(), process.Spec{
		Name: name, Program: program, Args: args, Fingerprint: fingerprint,
		Env:  []string{"PATH=" + filepath.Dir(c.Paths.Bin("x")) + ":" + os.Getenv("PATH"), "KUBECONFIG="},
		Log:  c.Paths.Log(name),
		Join: func(pid int) error { return cgroup.Join(name, pid) },
	})
	return err
}

// stop ends a component and forgets it.
func (c *Cluster) stop(ctx context.Context, name string) error {
	if err := c.record(name).Stop(ctx, 10*time.Second); err != nil {
		return err
	}
	return process.Forget(c.Paths.Records(), name)
}

// current tells whether a component runs as it would be started now.
func (c *Cluster) current(name string, p programs) bool {
	fingerprint, err := c.fingerprint(name, p)
	record := c.record(name)
	return err == nil && record.Fingerprint == fingerprint && record.Alive()
}

// fingerprint digests what decides how a component runs: the program, the
// arguments, the configuration and the authority it trusts.
func (c *Cluster) fingerprint(name string, p programs) (string, error) {
	program, args := component.Command(name, c.Paths, c.Options)
	h := sha256.New()
	target, err := filepath.EvalSymlinks(program)
	if err != nil {
		return "", fmt.Errorf("finding the program of %s: %w", name, err)
	}
	fmt.Fprintf(h, "%s %q\n", target, args)
	if name == component.Agent {
		fmt.Fprintln(h, p.self)
	}
	files := []string{c.Paths.PKI("ca.crt")}
	if file, ok := configOf[name]; ok {
		files = append(files, c.Paths.Config(file))
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("reading what %s is started with: %w", name, err)
		}
		h.Write(content)
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// died says why a component ended, with the end of its log, or nothing while
// it runs.
func (c *Cluster) died(name string) func() error {
	return func() error {
		if c.record(name).Alive() {
			return nil
		}
		return fmt.Errorf("%s ended; its log %s closes with:\n%s", name, c.Paths.Log(name), lastLines(c.Paths.Log(name), 12))
	}
}

func lastLines(path string, n int) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	lines := bytes.Split(bytes.TrimSpace(content), []byte("\n"))
	if len(lines) > n {
		lines = lines[len(lines)-n:]
	}
	return "  " + strings.ReplaceAll(string(bytes.Join(lines, []byte("\n"))), "\n", "\n  ")
}
