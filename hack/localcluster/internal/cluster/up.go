package cluster

import (
	"context"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/image"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/volume"
)

// Up brings the cluster to where it is ready, from wherever it is: absent,
// running, partly dead, or killed in the middle of anything.
func (c *Cluster) Up(ctx context.Context) error {
	if err := requireRoot(); err != nil {
		return err
	}
	release, err := c.claim(ctx)
	if err != nil {
		return err
	}
	defer release()
	programs, err := c.prepare(ctx)
	if err != nil {
		return err
	}
	begun := time.Now()
	if err := c.startAll(ctx, programs); err != nil {
		return err
	}
	if err := c.settle(ctx); err != nil {
		return err
	}
	c.say("the cluster is ready after %s", time.Since(begun).Round(100*time.Millisecond))
	return nil
}

// startAll starts what does not run. The runtime and the API server do not need
// each other and come up side by side; the kubelet comes after both, and after
// the volumes, which it would otherwise find unmounted.
func (c *Cluster) startAll(ctx context.Context, p programs) error {
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error { return c.startRuntime(groupCtx, p) })
	group.Go(func() error { return c.startAPI(groupCtx, p) })
	group.Go(func() error { return volume.Store{Dir: c.Paths.Volumes()}.Recover(groupCtx) })
	if err := group.Wait(); err != nil {
		return err
	}
	for _, name := range []string{
		component.ControllerManager, component.Scheduler, component.Agent, component.Proxy, component.Kubelet,
	} {
		if err := c.start(ctx, name, p); err != nil {
			return err
		}
	}
	return nil
}

// startRuntime starts containerd. When it has to be started, whatever it ran
// before is swept away first: pods come back from the API server, and nothing
// half alive remains to be guessed about. One that runs already may lack the
// sandbox image: an earlier start may have been ended just before importing it.
func (c *Cluster) startRuntime(ctx context.Context, p programs) error {
	if c.current(component.Containerd, p) {
		return c.ensurePause(ctx, p)
	}
	if err := c.sweepRuntime(ctx); err != nil {
		return fmt.Errorf("clearing what an earlier run left: %w", err)
	}
	if err := c.start(ctx, component.Containerd, p); err != nil {
		return err
	}
	err := poll(ctx, "containerd", time.Minute, c.died(component.Containerd), removeSandboxes)
	if err != nil {
		return err
	}
	return c.importPause(ctx, p)
}

// ensurePause imports the sandbox image where it is not known yet.
func (c *Cluster) ensurePause(ctx context.Context, p programs) error {
	var names []string
	err := poll(ctx, "containerd", time.Minute, c.died(component.Containerd), func(ctx context.Context) error {
		var err error
		names, err = c.Images().Names(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if slices.Contains(names, "docker.io/"+component.PauseImage) {
		return nil
	}
	return c.importPause(ctx, p)
}

func (c *Cluster) importPause(ctx context.Context, p programs) error {
	img, err := image.Build(image.Spec{Binaries: []string{p.pause + "/pause"}})
	if err != nil {
		return fmt.Errorf("building the sandbox image: %w", err)
	}
	return c.Images().Import(ctx, component.PauseImage, img)
}

// startAPI starts etcd and the API server, and waits until requests are served.
func (c *Cluster) startAPI(ctx context.Context, p programs) error {
	if err := c.startEtcd(ctx, p); err != nil {
		return err
	}
	if err := c.start(ctx, component.APIServer, p); err != nil {
		return err
	}
	return poll(ctx, "the API server", 2*time.Minute, c.died(component.APIServer), c.apiReady)
}

// startEtcd starts etcd. Data that it cannot read, since it was killed in the
// middle of writing, is put aside once, and the cluster begins anew.
func (c *Cluster) startEtcd(ctx context.Context, p programs) error {
	ready := func() error {
		if err := c.start(ctx, component.Etcd, p); err != nil {
			return err
		}
		return poll(ctx, "etcd", time.Minute, c.died(component.Etcd), c.etcdReady)
	}
	err := ready()
	if err == nil || c.record(component.Etcd).Alive() || ctx.Err() != nil {
		return err
	}
	c.say("%v", err)
	if err := c.putEtcdAside(); err != nil {
		return err
	}
	return ready()
}
