package cluster

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"text/tabwriter"
	"time"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/agent"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/component"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/versions"
)

// ErrNotReady is returned by Status when a part of the cluster is not well.
var ErrNotReady = fmt.Errorf("the cluster is not ready: bring it up with `localcluster up`")

// Status writes how each component is, the node, and what is published.
func (c *Cluster) Status(ctx context.Context, out io.Writer) error {
	ready := true
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "COMPONENT\tVERSION\tPID\tUP FOR\tHEALTH")
	for _, name := range component.All {
		record, pid, age, health := c.record(name), "-", "-", "not running"
		if record.Alive() {
			pid = fmt.Sprint(record.PID)
			age = time.Since(record.Since).Round(time.Second).String()
			health = "ok"
			if err := c.health(ctx, name); err != nil {
				health = err.Error()
			}
		}
		ready = ready && health == "ok"
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", name, version(name), pid, age, health)
	}
	node := c.node(ctx)
	ready = ready && node == "ready"
	fmt.Fprintf(table, "\nnode\t%s (%s), %s\n", layout.Node, layout.NodeIP, node)
	fmt.Fprintf(table, "API server\thttps://127.0.0.1:%d\n", layout.APIPort)
	fmt.Fprintf(table, "kubeconfig\t%s\n", c.Paths.Kubeconfig())
	fmt.Fprintf(table, "logs\t%s\n", c.Paths.LogDir())
	published, err := agent.Published(ctx)
	if err == nil && len(published) == 0 {
		fmt.Fprintln(table, "published\tnothing; a Service of type LoadBalancer would be")
	}
	for _, line := range published {
		fmt.Fprintf(table, "published\t%s\n", line)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if !ready {
		return ErrNotReady
	}
	return nil
}

func version(name string) string {
	switch name {
	case component.Containerd:
		return versions.Containerd
	case component.Agent:
		return "-"
	case component.Etcd:
		return "(kube)"
	}
	return versions.Kubernetes
}

// health asks a component the question that says most about it.
func (c *Cluster) health(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	switch name {
	case component.Etcd:
		return c.etcdReady(ctx)
	case component.Containerd:
		_, err := c.Images().Names(ctx)
		return err
	case component.APIServer:
		return c.apiReady(ctx)
	case component.ControllerManager:
		return get(ctx, loopback(), "https://127.0.0.1:10257/healthz")
	case component.Scheduler:
		return get(ctx, loopback(), "https://127.0.0.1:10259/readyz")
	case component.Kubelet:
		return get(ctx, http.DefaultClient, "http://127.0.0.1:10248/healthz")
	case component.Proxy:
		return get(ctx, http.DefaultClient, "http://127.0.0.1:10256/healthz")
	case component.Agent:
		return agent.Healthy(ctx)
	}
	return nil
}

func (c *Cluster) node(ctx context.Context) string {
	client, err := c.client()
	if err != nil {
		return "unknown"
	}
	if err := c.nodeReady(ctx, client); err != nil {
		return err.Error()
	}
	return "ready"
}
