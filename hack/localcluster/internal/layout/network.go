package layout

// Addresses of the cluster. None of them leaves the machine: the bridge has no
// port, pods are routed, and Services are translated on the host.
const (
	// Node is the name of the only node.
	Node = "localcluster"
	// NodeIP is the node's address and the one the API server advertises. It
	// sits on a bridge of its own, since a pod cannot reach 127.0.0.1 of the
	// host and the machine's own addresses may change or be absent.
	NodeIP = "10.213.0.1"
	// Bridge is the link that carries NodeIP.
	Bridge = "salexops0"
	// PodCIDR is the range of pod addresses.
	PodCIDR = "10.214.0.0/16"
	// ServiceCIDR is the range of ClusterIPs.
	ServiceCIDR = "10.215.0.0/16"
	// APIServiceIP is the ClusterIP of the `kubernetes` Service.
	APIServiceIP = "10.215.0.1"
	// APIPort is where the API server answers, on 127.0.0.1 and on NodeIP.
	APIPort = 6443
	// EtcdPort and EtcdPeerPort are on 127.0.0.1 and off etcd's usual ports,
	// so that an envtest or another etcd can run beside the cluster.
	EtcdPort     = 12379
	EtcdPeerPort = 12380
)
