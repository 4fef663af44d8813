// Package component says how each program of the cluster is called: its
// arguments and its configuration. It starts nothing.
package component

import (
	"fmt"

	"github.com/grupobizopps/salexops/hack/localcluster/internal/layout"
	"github.com/grupobizopps/salexops/hack/localcluster/internal/pki"
)

// Names of the components, which are also those of their programs.
const (
	Etcd              = "etcd"
	Containerd        = "containerd"
	APIServer         = "kube-apiserver"
	ControllerManager = "kube-controller-manager"
	Scheduler         = "kube-scheduler"
	Kubelet           = "kubelet"
	Proxy             = "kube-proxy"
	Agent             = "agent"
)

// All lists the components in the order in which they are started; stopping
// goes the other way.
var All = []string{Etcd, Containerd, APIServer, ControllerManager, Scheduler, Agent, Proxy, Kubelet}

// Options are what a user may choose.
type Options struct {
	// Audit makes the API server log every change to log/audit.log.
	Audit bool
}

// Command returns the program of a component and its arguments.
func Command(name string, p layout.Paths, o Options) (program string, args []string) {
	switch name {
	case Etcd:
		return p.Bin(name), etcd(p)
	case Containerd:
		return p.Bin(name), []string{"--config", p.Config("containerd.toml")}
	case APIServer:
		return p.Bin(name), apiServer(p, o)
	case ControllerManager:
		return p.Bin(name), controllerManager(p)
	case Scheduler:
		return p.Bin(name), scheduler(p)
	case Kubelet:
		return p.Bin(name), kubelet(p)
	case Proxy:
		return p.Bin(name), []string{"--config", p.Config("kube-proxy.yaml")}
	case Agent:
		return p.Bin("localcluster"), []string{"agent", "--state", p.State}
	}
	panic("no component is called " + name)
}

// etcd does not wait for the disk: after a power cut the cluster is made anew.
func etcd(p layout.Paths) []string {
	client := fmt.Sprintf("https://127.0.0.1:%d", layout.EtcdPort)
	peer := fmt.Sprintf("http://127.0.0.1:%d", layout.EtcdPeerPort)
	return []string{
		"--name=" + layout.Node,
		"--data-dir=" + p.Etcd(),
		"--unsafe-no-fsync",
		"--listen-client-urls=" + client,
		"--advertise-client-urls=" + client,
		"--listen-peer-urls=" + peer,
		"--initial-advertise-peer-urls=" + peer,
		"--initial-cluster=" + layout.Node + "=" + peer,
		"--client-cert-auth",
		"--trusted-ca-file=" + p.PKI(pki.EtcdCA+".crt"),
		"--cert-file=" + p.PKI("etcd.crt"),
		"--key-file=" + p.PKI("etcd.key"),
		"--auto-compaction-mode=periodic",
		"--auto-compaction-retention=5m",
		"--quota-backend-bytes=4294967296",
		"--log-level=warn",
	}
}

// apiServer listens on every address, since it must answer on 127.0.0.1 and on
// the node's; the agent's rules close the port to other machines.
func apiServer(p layout.Paths, o Options) []string {
	args := []string{
		"--etcd-servers=" + fmt.Sprintf("https://127.0.0.1:%d", layout.EtcdPort),
		"--etcd-cafile=" + p.PKI(pki.EtcdCA+".crt"),
		"--etcd-certfile=" + p.PKI("etcd-client.crt"),
		"--etcd-keyfile=" + p.PKI("etcd-client.key"),
		"--bind-address=0.0.0.0",
		fmt.Sprintf("--secure-port=%d", layout.APIPort),
		"--advertise-address=" + layout.NodeIP,
		"--tls-cert-file=" + p.PKI("apiserver.crt"),
		"--tls-private-key-file=" + p.PKI("apiserver.key"),
		"--client-ca-file=" + p.PKI(pki.ClusterCA+".crt"),
		"--allow-privileged",
		"--authorization-mode=Node,RBAC",
		"--enable-admission-plugins=NodeRestriction",
		"--service-cluster-ip-range=" + layout.ServiceCIDR,
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + p.PKI(pki.ServiceAccountKey+".pub"),
		"--service-account-signing-key-file=" + p.PKI(pki.ServiceAccountKey+".key"),
		"--kubelet-certificate-authority=" + p.PKI(pki.ClusterCA+".crt"),
		"--kubelet-client-certificate=" + p.PKI("apiserver-kubelet-client.crt"),
		"--kubelet-client-key=" + p.PKI("apiserver-kubelet-client.key"),
		"--kubelet-preferred-address-types=InternalIP",
		"--requestheader-client-ca-file=" + p.PKI(pki.FrontProxyCA+".crt"),
		"--requestheader-allowed-names=front-proxy-client",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--requestheader-group-headers=X-Remote-Group",
		"--requestheader-username-headers=X-Remote-User",
		"--proxy-client-cert-file=" + p.PKI("front-proxy-client.crt"),
		"--proxy-client-key-file=" + p.PKI("front-proxy-client.key"),
		"--profiling=false",
	}
	if o.Audit {
		args = append(args,
			"--audit-policy-file="+p.Config("audit.yaml"),
			"--audit-log-path="+p.Log("audit"),
			"--audit-log-maxsize=100",
			"--audit-log-maxbackup=2",
		)
	}
	return args
}

// controllerManager's limits on requests are far above the defaults, which are
// meant for clusters that many share.
func controllerManager(p layout.Paths) []string {
	kubeconfig := p.Config("controller-manager.kubeconfig")
	return []string{
		"--kubeconfig=" + kubeconfig,
		"--authentication-kubeconfig=" + kubeconfig,
		"--authorization-kubeconfig=" + kubeconfig,
		"--bind-address=127.0.0.1",
		"--leader-elect=false",
		"--use-service-account-credentials",
		"--service-account-private-key-file=" + p.PKI(pki.ServiceAccountKey+".key"),
		"--root-ca-file=" + p.PKI(pki.ClusterCA+".crt"),
		"--cluster-signing-cert-file=" + p.PKI(pki.ClusterCA+".crt"),
		"--cluster-signing-key-file=" + p.PKI(pki.ClusterCA+".key"),
		"--requestheader-client-ca-file=" + p.PKI(pki.FrontProxyCA+".crt"),
		"--cluster-cidr=" + layout.PodCIDR,
		"--allocate-node-cidrs=false",
		"--kube-api-qps=400",
		"--kube-api-burst=800",
		"--profiling=false",
	}
}

func scheduler(p layout.Paths) []string {
	kubeconfig := p.Config("scheduler.kubeconfig")
	return []string{
		"--config=" + p.Config("scheduler.yaml"),
		"--authentication-kubeconfig=" + kubeconfig,
		"--authorization-kubeconfig=" + kubeconfig,
		"--bind-address=127.0.0.1",
	}
}

func kubelet(p layout.Paths) []string {
	return []string{
		"--config=" + p.Config("kubelet.yaml"),
		"--kubeconfig=" + p.Config("kubelet.kubeconfig"),
		"--hostname-override=" + layout.Node,
		"--node-ip=" + layout.NodeIP,
		"--root-dir=" + p.Kubelet(),
		"--cert-dir=" + p.PKI("kubelet"),
	}
}

// Kubeconfigs maps each kubeconfig among the configuration files to the
// certificate it carries.
var Kubeconfigs = map[string]string{
	"agent.kubeconfig":              "agent",
	"controller-manager.kubeconfig": "controller-manager",
	"kubelet.kubeconfig":            "kubelet",
	"kube-proxy.kubeconfig":         "proxy",
	"scheduler.kubeconfig":          "scheduler",
}
