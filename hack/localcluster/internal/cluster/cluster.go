// Package cluster brings the cluster up and down, and tells how it is.
package cluster

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/build"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/image"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/pki"
)

// Cluster is the one on this machine.
type Cluster struct {
	Paths   layout.Paths
	Options component.Options
	// Cache and Source are needed to bring it up only.
	Cache  build.Cache
	Source string
	// Out receives one line for each thing worth telling.
	Out io.Writer
}

// Images is the image store of the running cluster.
func (c *Cluster) Images() image.Store {
	return image.Store{CTR: c.Paths.Bin("ctr"), Socket: layout.ContainerdSocket()}
}

// BinDir holds kubectl and the other programs.
func (c *Cluster) BinDir() string { return filepath.Dir(c.Paths.Bin("x")) }

// CopyKubeconfig writes the administrator's kubeconfig elsewhere.
func (c *Cluster) CopyKubeconfig(path string) error {
	return pki.Kubeconfig(filepath.Dir(c.Paths.PKI("x")), "admin", path)
}

func (c *Cluster) say(format string, args ...any) {
	fmt.Fprintf(c.Out, format+"\n", args...)
}

// requireRoot explains early what would fail later without a reason.
func requireRoot() error {
	if runtime.GOOS != "linux" {
		return errors.New("the cluster runs on Linux only; elsewhere point KUBECONFIG at a cluster of your own")
	}
	if os.Geteuid() != 0 {
		return errors.New("the cluster mounts, routes and starts containers: run it as root")
	}
	// Administrators' commands, nft and mkfs among them, may not be on the PATH.
	return os.Setenv("PATH", os.Getenv("PATH")+":/usr/local/sbin:/usr/sbin:/sbin")
}

// poll calls check until it succeeds. It gives up with the last reason when
// the time is over, and at once when dead names a process that ended.
func poll(ctx context.Context, what string, within time.Duration, dead func() error, check func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for {
		err := check(ctx)
		if err == nil {
			return nil
		}
		if dead != nil {
			if reason := dead(); reason != nil {
				return fmt.Errorf("waiting for %s: %w", what, reason)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for %s: %w", what, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
