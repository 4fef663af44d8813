// Package policy enforces NetworkPolicy on the node with nftables.
//
// It works in three steps, the first two of them pure: Compile turns pods,
// namespaces and policies into a Ruleset, render turns that into nftables
// objects, and the Controller keeps the kernel's rules equal to both.
package policy

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"slices"
	"strings"

	networkingv1 "k8s.io/api/networking/v1"
)

// Snapshot is everything that decides about traffic at one moment.
type Snapshot struct {
	Pods       []Pod
	Namespaces map[string]map[string]string // labels by name
	Policies   []*networkingv1.NetworkPolicy
}

// Pod is a pod that has an address of its own.
type Pod struct {
	Namespace, Name string
	IP              netip.Addr
	Labels          map[string]string
	Ports           []NamedPort
}

// NamedPort is a port that a container declares by name.
type NamedPort struct {
	Name     string
	Protocol string
	Number   int32
}

// Ruleset is what may pass. A pod's address that is not among Known passes
// nothing at all.
type Ruleset struct {
	Known   []netip.Addr
	Egress  []Group
	Ingress []Group
}

// Group are pods that the very same policies isolate in one direction. Only
// what one of Allows matches passes for them.
type Group struct {
	Chain  string
	Pods   []netip.Addr
	Allows []Allow
}

// Allow matches traffic to or from peers on ports.
type Allow struct {
	// AnyPeer allows everybody; else one of Pods or Blocks must match.
	AnyPeer bool
	Pods    []netip.Addr
	Blocks  []Block
	// AnyPort allows all protocols and ports; else one of Ports must match.
	AnyPort bool
	Ports   []Port
}

// Block is a range of addresses without some of them.
type Block struct {
	CIDR   netip.Prefix
	Except []netip.Prefix
}

// Port is a range of ports of a protocol; Last equals First for a single one,
// and both are zero for all of them. Where the policy gives a name, To are the
// pods at the receiving end for which the name means this number.
type Port struct {
	Protocol    string
	First, Last int32
	Named       bool
	To          []netip.Addr
}

// Compile works out what may pass. Its result depends on the content of the
// snapshot only, not on its order.
func Compile(s Snapshot) Ruleset {
	s.Pods = slices.Clone(s.Pods)
	slices.SortFunc(s.Pods, func(a, b Pod) int { return a.IP.Compare(b.IP) })
	s.Policies = slices.Clone(s.Policies)
	slices.SortFunc(s.Policies, func(a, b *networkingv1.NetworkPolicy) int { return cmp.Compare(key(a), key(b)) })
	rules := Ruleset{
		Egress:  s.groups(networkingv1.PolicyTypeEgress),
		Ingress: s.groups(networkingv1.PolicyTypeIngress),
	}
	for _, pod := range s.Pods {
		rules.Known = append(rules.Known, pod.IP)
	}
	return rules
}

func key(p *networkingv1.NetworkPolicy) string { return p.Namespace + "/" + p.Name }

// groups puts pods together that the same policies isolate. Their allowances
// are the union of those of the policies: policies only ever add.
func (s Snapshot) groups(direction networkingv1.PolicyType) []Group {
	var groups []Group
	index := map[string]int{}
	for _, pod := range s.Pods {
		policies := s.isolating(pod, direction)
		if len(policies) == 0 {
			continue
		}
		chain := chainName(direction, policies)
		i, known := index[chain]
		if !known {
			i = len(groups)
			index[chain] = i
			groups = append(groups, Group{Chain: chain})
		}
		groups[i].Pods = append(groups[i].Pods, pod.IP)
		if !known {
			groups[i].Allows = s.allows(policies, direction)
		}
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Compare(a.Chain, b.Chain) })
	return groups
}

// chainName is the same for the same policies, and short enough for nftables.
func chainName(direction networkingv1.PolicyType, policies []*networkingv1.NetworkPolicy) string {
	h := sha256.New()
	for _, p := range policies {
		h.Write([]byte(key(p) + "\n"))
	}
	return strings.ToLower(string(direction)) + "-" + hex.EncodeToString(h.Sum(nil))[:16]
}

// isolating lists the policies that select the pod in a direction.
func (s Snapshot) isolating(pod Pod, direction networkingv1.PolicyType) []*networkingv1.NetworkPolicy {
	var policies []*networkingv1.NetworkPolicy
	for _, p := range s.Policies {
		if p.Namespace == pod.Namespace && governs(p, direction) && matches(&p.Spec.PodSelector, pod.Labels) {
			policies = append(policies, p)
		}
	}
	return policies
}

// governs tells whether a policy speaks of a direction. The API server fills
// in the types; the fallback is the one documented there.
func governs(p *networkingv1.NetworkPolicy, direction networkingv1.PolicyType) bool {
	if len(p.Spec.PolicyTypes) > 0 {
		return slices.Contains(p.Spec.PolicyTypes, direction)
	}
	return direction == networkingv1.PolicyTypeIngress || len(p.Spec.Egress) > 0
}

func (s Snapshot) allows(policies []*networkingv1.NetworkPolicy, direction networkingv1.PolicyType) []Allow {
	var allows []Allow
	add := func(p *networkingv1.NetworkPolicy, peers []networkingv1.NetworkPolicyPeer, ports []networkingv1.NetworkPolicyPort) {
		allow := s.peers(p.Namespace, peers)
		// A named port is a name at the receiving end of a connection.
		receivers := s.Pods
		if direction == networkingv1.PolicyTypeIngress {
			receivers = s.selected(p.Namespace, nil, &p.Spec.PodSelector)
		}
		allow.AnyPort = len(ports) == 0
		for _, port := range ports {
			allow.Ports = append(allow.Ports, resolve(port, receivers)...)
		}
		// What names nobody, or no port, allows nothing.
		if (allow.AnyPeer || len(allow.Pods)+len(allow.Blocks) > 0) && (allow.AnyPort || len(allow.Ports) > 0) {
			allows = append(allows, allow)
		}
	}
	for _, p := range policies {
		if direction == networkingv1.PolicyTypeEgress {
			for _, rule := range p.Spec.Egress {
				add(p, rule.To, rule.Ports)
			}
			continue
		}
		for _, rule := range p.Spec.Ingress {
			add(p, rule.From, rule.Ports)
		}
	}
	return allows
}
