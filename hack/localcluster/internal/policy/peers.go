package policy

import (
	"net/netip"
	"slices"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// matches tells whether a selector takes these labels. One that cannot be read
// takes nothing; the API server lets none of those through.
func matches(selector *metav1.LabelSelector, set map[string]string) bool {
	s, err := metav1.LabelSelectorAsSelector(selector)
	return err == nil && s.Matches(labels.Set(set))
}

// peers collects the other ends that a rule of a policy in a namespace names.
func (s Snapshot) peers(namespace string, peers []networkingv1.NetworkPolicyPeer) Allow {
	if len(peers) == 0 {
		return Allow{AnyPeer: true}
	}
	var allow Allow
	for _, peer := range peers {
		if peer.IPBlock != nil {
			if block, ok := parseBlock(peer.IPBlock); ok {
				allow.Blocks = append(allow.Blocks, block)
			}
			continue
		}
		for _, pod := range s.selected(namespace, peer.NamespaceSelector, peer.PodSelector) {
			if !slices.Contains(allow.Pods, pod.IP) {
				allow.Pods = append(allow.Pods, pod.IP)
			}
		}
	}
	slices.SortFunc(allow.Pods, netip.Addr.Compare)
	return allow
}

// selected lists the pods of the selected namespaces, or of the policy's own
// when none are selected, that the pod selector takes; without one, all.
func (s Snapshot) selected(own string, namespaces, pods *metav1.LabelSelector) []Pod {
	var selected []Pod
	for _, pod := range s.Pods {
		if namespaces == nil && pod.Namespace != own {
			continue
		}
		if namespaces != nil {
			// A namespace that is not known yet is not selected, not even by {}.
			set, known := s.Namespaces[pod.Namespace]
			if !known || !matches(namespaces, set) {
				continue
			}
		}
		if pods == nil || matches(pods, pod.Labels) {
			selected = append(selected, pod)
		}
	}
	return selected
}

// parseBlock reads a range of version 4; pods have no other addresses.
func parseBlock(b *networkingv1.IPBlock) (Block, bool) {
	cidr, err := netip.ParsePrefix(b.CIDR)
	if err != nil || !cidr.Addr().Is4() {
		return Block{}, false
	}
	block := Block{CIDR: cidr.Masked()}
	for _, except := range b.Except {
		prefix, err := netip.ParsePrefix(except)
		if err != nil {
			// An exception that cannot be read must not widen what is allowed.
			return Block{}, false
		}
		if prefix.Addr().Is4() {
			block.Except = append(block.Except, prefix.Masked())
		}
	}
	return block, true
}

// resolve turns a port of a policy into numbers. A name can mean different
// numbers at different receivers, and nothing at others.
func resolve(port networkingv1.NetworkPolicyPort, receivers []Pod) []Port {
	protocol := corev1.ProtocolTCP
	if port.Protocol != nil {
		protocol = *port.Protocol
	}
	if port.Port == nil {
		return []Port{{Protocol: string(protocol)}}
	}
	if port.Port.Type == intstr.Int {
		p := Port{Protocol: string(protocol), First: port.Port.IntVal, Last: port.Port.IntVal}
		if port.EndPort != nil {
			p.Last = *port.EndPort
		}
		return []Port{p}
	}
	var ports []Port
	for _, pod := range receivers {
		for _, named := range pod.Ports {
			if named.Name != port.Port.StrVal || named.Protocol != string(protocol) {
				continue
			}
			i := slices.IndexFunc(ports, func(p Port) bool { return p.First == named.Number })
			if i < 0 {
				i = len(ports)
				ports = append(ports, Port{Protocol: string(protocol), First: named.Number, Last: named.Number, Named: true})
			}
			ports[i].To = append(ports[i].To, pod.IP)
		}
	}
	slices.SortFunc(ports, func(a, b Port) int { return int(a.First - b.First) })
	return ports
}
