// Package cni is the network plugin that puts a pod's new address under the
// policies. It is the last link of the chain, after the one that gives the
// address, and only passes on to the agent what that one did.
package cni

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"github.com/containernetworking/cni/pkg/skel"
	"github.com/containernetworking/cni/pkg/types"
	current "github.com/containernetworking/cni/pkg/types/100"
	"github.com/containernetworking/cni/pkg/version"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/policy"
)

// Name is what this program is called by as a plugin.
const Name = "localcluster-policy"

// patience is how long a pod waits for the agent. The kubelet tries again
// later: without the agent no pod starts, which is the safe side.
const patience = 20 * time.Second

type config struct {
	types.NetConf
	AgentSocket string `json:"agentSocket"`
	Endpoints   string `json:"endpoints"`
}

type podArgs struct {
	types.CommonArgs
	K8S_POD_NAMESPACE types.UnmarshallableString
	K8S_POD_NAME      types.UnmarshallableString
	K8S_POD_UID       types.UnmarshallableString
}

// Main runs the plugin as the container runtime calls it.
func Main() {
	skel.PluginMainFuncs(skel.CNIFuncs{
		Add:    add,
		Del:    del,
		Check:  func(*skel.CmdArgs) error { return nil },
		Status: func(*skel.CmdArgs) error { return nil },
		GC:     func(*skel.CmdArgs) error { return nil },
	}, version.All, "NetworkPolicy of the local cluster")
}

func add(args *skel.CmdArgs) error {
	conf, err := parse(args.StdinData)
	if err != nil {
		return err
	}
	result, err := current.NewResultFromResult(conf.PrevResult)
	if err != nil {
		return fmt.Errorf("reading what the plugin before did: %w", err)
	}
	endpoint, err := endpointOf(args, result)
	if err != nil {
		return err
	}
	if err := disableIPv6(result); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := policy.NewClient(conf.AgentSocket).Admit(ctx, endpoint); err != nil {
		return err
	}
	return types.PrintResult(conf.PrevResult, conf.CNIVersion)
}

// del must succeed without the agent, or sandboxes could not be removed while
// it is away. The file goes in any case; the agent reads the files when it starts.
func del(args *skel.CmdArgs) error {
	conf, err := parse(args.StdinData)
	if err != nil {
		return err
	}
	err = os.Remove(filepath.Join(conf.Endpoints, filepath.Base(args.ContainerID)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forgetting the pod's address: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	_ = policy.NewClient(conf.AgentSocket).Release(ctx, args.ContainerID)
	return nil
}

func parse(stdin []byte) (config, error) {
	var conf config
	if err := json.Unmarshal(stdin, &conf); err != nil {
		return conf, fmt.Errorf("reading the network configuration: %w", err)
	}
	if err := version.ParsePrevResult(&conf.NetConf); err != nil {
		return conf, fmt.Errorf("reading what the plugin before did: %w", err)
	}
	return conf, nil
}

// endpointOf says which pod got which address.
func endpointOf(args *skel.CmdArgs, result *current.Result) (policy.Endpoint, error) {
	var pod podArgs
	if err := types.LoadArgs(args.Args, &pod); err != nil {
		return policy.Endpoint{}, fmt.Errorf("reading which pod it is: %w", err)
	}
	for _, ip := range result.IPs {
		address, ok := netip.AddrFromSlice(ip.Address.IP)
		if address = address.Unmap(); ok && address.Is4() {
			return policy.Endpoint{
				ContainerID: args.ContainerID,
				Namespace:   string(pod.K8S_POD_NAMESPACE),
				Name:        string(pod.K8S_POD_NAME),
				UID:         string(pod.K8S_POD_UID),
				IP:          address,
			}, nil
		}
	}
	return policy.Endpoint{}, fmt.Errorf("pod %s/%s got no address of version 4", pod.K8S_POD_NAMESPACE, pod.K8S_POD_NAME)
}

// disableIPv6 closes the way around the rules that link-local addresses would
// be: pods have none of version 6, and the host's end answers on none.
func disableIPv6(result *current.Result) error {
	for _, link := range result.Interfaces {
		if link.Sandbox != "" {
			continue
		}
		path := filepath.Join("/proc/sys/net/ipv6/conf", filepath.Base(link.Name), "disable_ipv6")
		err := os.WriteFile(path, []byte("1"), 0o644)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("closing IPv6 on link %s: %w", link.Name, err)
		}
	}
	return nil
}
