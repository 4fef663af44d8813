package cluster

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/host"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// Down takes the cluster away with everything that is in it. It may be called
// again after it failed, and when there is nothing to take away.
func (c *Cluster) Down(ctx context.Context) error {
	if err := requireRoot(); err != nil {
		return err
	}
	release, err := c.claim(ctx)
	if err != nil {
		return err
	}
	defer release()
	begun := time.Now()
	if err := c.takeDown(ctx); err != nil {
		return err
	}
	c.say("the cluster is gone after %s", time.Since(begun).Round(100*time.Millisecond))
	return nil
}

// takeDown goes from the processes to what they leave: mounts, then links and
// rules, then cgroups, and the folders last, since the snapshot of the machine
// is among them.
func (c *Cluster) takeDown(ctx context.Context) error {
	if err := c.checkState(); err != nil {
		return err
	}
	if err := c.stopAll(ctx); err != nil {
		return err
	}
	cgroup, err := host.FindCgroup(layout.Name)
	if err != nil {
		return err
	}
	if err := cgroup.Kill(ctx, ""); err != nil {
		return err
	}
	if err := host.UnmountUnder(layout.Run, c.Paths.State); err != nil {
		return err
	}
	if owned() {
		// Elsewhere these names and addresses may be another cluster's.
		err = errors.Join(host.DeletePodLinks(layout.PodCIDR), host.DeleteTables(ctx, proxyTables...))
	}
	err = errors.Join(err,
		host.DetachLoops(ctx, c.Paths.State),
		host.DeleteLink(layout.Bridge),
		host.DeleteTables(ctx, "ip "+layout.Name),
		cgroup.Remove(ctx),
		host.RemoveStray(layout.Name, c.Paths.LogDir()),
	)
	if err != nil {
		return err
	}
	return c.removeFolders()
}

// stopAll ends the components, the last started first. Nothing in the cluster
// is worth a slow goodbye, so the grace is short.
func (c *Cluster) stopAll(ctx context.Context) error {
	names := slices.Clone(component.All)
	slices.Reverse(names)
	for _, name := range names {
		if err := c.record(name).Stop(ctx, 3*time.Second); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cluster) removeFolders() error {
	snapshot, err := host.ReadSnapshot(c.Paths.Host())
	if err == nil {
		if err := snapshot.Restore(); err != nil {
			return err
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("reading the state of the machine before: %w", err)
	}
	if err := host.Empty(c.Paths.State, filepath.Base(c.Paths.Host())); err != nil {
		return err
	}
	if err := host.Empty(layout.Run); err != nil {
		return err
	}
	for _, path := range []string{layout.Run, c.Paths.Host(), c.Paths.State, lockFile} {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("removing %s: %w", path, err)
		}
	}
	return nil
}
