// Package layout says where the local cluster keeps things and which addresses
// it uses: the one place to look when a path or a range is in the way.
package layout

import (
	"os"
	"path/filepath"
)

const (
	// DefaultState holds everything that outlives a process.
	DefaultState = "/var/lib/salexops-localcluster"
	// Run holds sockets, mounts and network namespaces. There is one per
	// machine, since the node's addresses exist once. It is short on purpose:
	// a shim's socket path must fit into 104 characters.
	Run = "/run/salexops-localcluster"
	// Name is used wherever the machine shows something of ours: the cgroup,
	// the nftables table, the network, the storage class's prefix.
	Name = "salexops-localcluster"
)

// Paths are the places under one state folder.
type Paths struct {
	// State is the folder itself, absolute.
	State string
}

// At returns the paths under a state folder, made absolute.
func At(state string) (Paths, error) {
	abs, err := filepath.Abs(state)
	return Paths{State: abs}, err
}

func (p Paths) join(elem ...string) string {
	return filepath.Join(append([]string{p.State}, elem...)...)
}

// Bin holds links to the built programs and a copy of this one.
func (p Paths) Bin(name string) string { return p.join("bin", name) }

// PKI is a certificate or key file.
func (p Paths) PKI(name string) string { return p.join("pki", name) }

// Config is a rendered configuration file.
func (p Paths) Config(name string) string { return p.join("config", name) }

// Log is the log file of a component.
func (p Paths) Log(component string) string { return p.join("log", component+".log") }

// LogDir holds the components' logs, and the pods' under pods/.
func (p Paths) LogDir() string { return p.join("log") }

// Kubeconfig is the administrator's.
func (p Paths) Kubeconfig() string { return p.join("kubeconfig") }

// Etcd is the data folder of etcd.
func (p Paths) Etcd() string { return p.join("etcd") }

// Containerd is the root folder of containerd: images and snapshots.
func (p Paths) Containerd() string { return p.join("containerd") }

// Kubelet is the root folder of the kubelet.
func (p Paths) Kubelet() string { return p.join("kubelet") }

// Volumes holds one folder for each persistent volume.
func (p Paths) Volumes() string { return p.join("volumes") }

// CNIConf holds the network configuration that containerd reads.
func (p Paths) CNIConf() string { return p.join("cni", "net.d") }

// Leases holds the pod addresses that are taken.
func (p Paths) Leases() string { return p.join("cni", "networks") }

// Records holds one file for each component's process.
func (p Paths) Records() string { return p.join("processes") }

// Host is what the machine looked like before, to be put back by down.
func (p Paths) Host() string { return p.join("host.json") }

// ContainerdSocket is where containerd answers.
func ContainerdSocket() string { return filepath.Join(Run, "containerd.sock") }

// ContainerdState holds containerd's running state: mounts and namespaces.
func ContainerdState() string { return filepath.Join(Run, "containerd") }

// ShimSockets is the folder of the shims' sockets.
func ShimSockets() string { return filepath.Join(Run, "s") }

// AgentSocket is where the agent answers the network plugin and `status`.
func AgentSocket() string { return filepath.Join(Run, "agent.sock") }

// Endpoints holds one file for each pod address that the agent was told of.
func Endpoints() string { return filepath.Join(Run, "endpoints") }

// Owner names the state folder of the cluster that is up.
func Owner() string { return filepath.Join(Run, "state") }

// Cache is the folder of build results: the override, else LOCALCLUSTER_CACHE,
// else a folder in the user's cache.
func Cache(override string) (string, error) {
	if override == "" {
		override = os.Getenv("LOCALCLUSTER_CACHE")
	}
	if override == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		override = filepath.Join(user, "salexops", "localcluster")
	}
	return filepath.Abs(override)
}
