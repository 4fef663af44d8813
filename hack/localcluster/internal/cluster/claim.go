package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/host"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// proxyTables are kube-proxy's. Every kube-proxy uses the same names.
var proxyTables = []string{"ip kube-proxy", "ip6 kube-proxy"}

// lockFile is held by the run that is at work. It lies beside the run folder,
// which down removes.
const lockFile = "/run/" + layout.Name + ".lock"

// claim makes this the only run at work on the machine's cluster, until
// release, and refuses when a cluster with another state folder is up.
func (c *Cluster) claim(ctx context.Context) (release func(), err error) {
	lock, err := c.lock(ctx)
	if err != nil {
		return nil, err
	}
	owner, err := os.ReadFile(layout.Owner())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		lock.Close()
		return nil, fmt.Errorf("reading who owns the cluster: %w", err)
	}
	if other := strings.TrimSpace(string(owner)); other != "" && other != c.Paths.State {
		lock.Close()
		return nil, fmt.Errorf("a cluster with its state in %s is on this machine: take it down first (localcluster down --state %s)", other, other)
	}
	return func() { lock.Close() }, nil
}

// lock waits for other runs to end.
func (c *Cluster) lock(ctx context.Context) (*os.File, error) {
	for told := false; ; told = true {
		lock, err := os.OpenFile(lockFile, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return nil, fmt.Errorf("opening the lock: %w", err)
		}
		err = unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil && isCurrent(lock) {
			return lock, nil
		}
		lock.Close()
		if err != nil && !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("taking the lock: %w", err)
		}
		if !told {
			c.say("waiting for another run of localcluster to end")
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for another run to end: %w", ctx.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// isCurrent tells whether the file is still the one by that name: the run that
// held it before may have removed it.
func isCurrent(lock *os.File) bool {
	held, err := lock.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(lockFile)
	return err == nil && os.SameFile(held, named)
}

// owned tells whether a cluster of this program is, or was, on the machine
// since it was started.
func owned() bool {
	_, err := os.Stat(layout.Owner())
	return err == nil
}

// checkMachine refuses a machine that is a node of another cluster already, and
// a state folder that holds something else: down would remove it.
func (c *Cluster) checkMachine(ctx context.Context) error {
	if !owned() {
		tables, err := host.Tables(ctx)
		if err != nil {
			return err
		}
		for _, table := range proxyTables {
			if slices.Contains(tables, table) {
				return fmt.Errorf("another kube-proxy is at work on this machine (nftables table %s): the cluster needs a machine that is no node", table)
			}
		}
	}
	return c.checkState()
}

// checkState refuses a folder with content that is not a cluster's state. The
// snapshot of the machine is written first and removed last, and marks it.
func (c *Cluster) checkState() error {
	entries, err := os.ReadDir(c.Paths.State)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the state folder: %w", err)
	}
	mark := filepath.Base(c.Paths.Host())
	for _, entry := range entries {
		if entry.Name() == mark || entry.Name() == mark+".new" {
			return nil
		}
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s holds something else than a cluster's state: name an empty folder with --state", c.Paths.State)
	}
	return nil
}

// own records that the machine's cluster is this one.
func (c *Cluster) own() error {
	if err := os.MkdirAll(c.Paths.State, 0o755); err != nil {
		return fmt.Errorf("creating the state folder: %w", err)
	}
	if err := host.TakeSnapshot(c.Paths.Host()); err != nil {
		return err
	}
	for _, dir := range []string{
		layout.Run, layout.Endpoints(), layout.ShimSockets(),
		filepath.Dir(c.Paths.Bin("x")), c.Paths.Bin("cni"), filepath.Dir(c.Paths.Config("x")),
		c.Paths.LogDir(), c.Paths.Volumes(), c.Paths.CNIConf(), c.Paths.Leases(), c.Paths.Kubelet(),
	} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("creating %s: %w", dir, err)
		}
	}
	if err := os.WriteFile(layout.Owner(), []byte(c.Paths.State+"\n"), 0o644); err != nil {
		return fmt.Errorf("recording who owns the cluster: %w", err)
	}
	return nil
}
