package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/host"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
)

// sweepRuntime removes every trace of running pods: processes, mounts, network
// namespaces, links and leases of addresses. Images, volumes and the API
// server's data stay.
func (c *Cluster) sweepRuntime(ctx context.Context) error {
	// The kubelet would start pods while they are swept away, and the agent
	// would keep addresses that are no longer anybody's.
	for _, name := range []string{component.Kubelet, component.Agent, component.Containerd} {
		if err := c.stop(ctx, name); err != nil {
			return err
		}
	}
	cgroup, err := host.FindCgroup(layout.Name)
	if err != nil {
		return err
	}
	for _, child := range []string{"kubepods", filepath.Join(host.Components, component.Containerd)} {
		if err := cgroup.Kill(ctx, child); err != nil {
			return err
		}
	}
	if err := host.UnmountUnder(layout.Run, c.Paths.Kubelet(), filepath.Join(c.Paths.Containerd(), "tmpmounts")); err != nil {
		return err
	}
	if err := host.DeletePodLinks(layout.PodCIDR); err != nil {
		return err
	}
	for _, dir := range []string{layout.ContainerdState(), layout.ShimSockets(), layout.Endpoints(), c.Paths.Leases(), c.Paths.Kubelet()} {
		if err := host.Empty(dir); err != nil {
			return err
		}
	}
	return host.RemoveStray(layout.Name, c.Paths.LogDir())
}

// removeSandboxes has containerd forget pods of an earlier run, so that the
// kubelet starts with a clean slate instead of finding dead sandboxes.
func removeSandboxes(ctx context.Context) error {
	conn, err := grpc.NewClient("unix://"+layout.ContainerdSocket(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return fmt.Errorf("connecting to containerd: %w", err)
	}
	defer conn.Close()
	client := cri.NewRuntimeServiceClient(conn)
	list, err := client.ListPodSandbox(ctx, &cri.ListPodSandboxRequest{})
	if err != nil {
		return fmt.Errorf("listing sandboxes: %w", err)
	}
	for _, sandbox := range list.Items {
		// Removing stops what is left of it, and is done when it is gone already.
		if _, err := client.StopPodSandbox(ctx, &cri.StopPodSandboxRequest{PodSandboxId: sandbox.Id}); err != nil {
			return fmt.Errorf("stopping a sandbox of an earlier run: %w", err)
		}
		if _, err := client.RemovePodSandbox(ctx, &cri.RemovePodSandboxRequest{PodSandboxId: sandbox.Id}); err != nil {
			return fmt.Errorf("removing a sandbox of an earlier run: %w", err)
		}
	}
	return nil
}

// putEtcdAside renames etcd's data, replacing what was put aside before. There
// must be some: an etcd that fails without data fails for another reason.
func (c *Cluster) putEtcdAside() error {
	data, aside := c.Paths.Etcd(), c.Paths.Etcd()+".damaged"
	if _, err := os.Stat(filepath.Join(data, "member")); errors.Is(err, fs.ErrNotExist) {
		return errors.New("etcd does not start, and not for damaged data: there is none")
	}
	if err := os.RemoveAll(aside); err != nil {
		return fmt.Errorf("removing older damaged data: %w", err)
	}
	if err := os.Rename(data, aside); err != nil {
		return fmt.Errorf("putting damaged data aside: %w", err)
	}
	c.say("etcd's data is damaged: it is kept in %s, and the cluster begins anew without what was in it", aside)
	return nil
}
