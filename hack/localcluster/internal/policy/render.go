package policy

import (
	"fmt"
	"net/netip"
	"strings"

	"sigs.k8s.io/knftables"
)

// Network is what the rules need to know of the cluster's addresses.
type Network struct {
	// Pods is the range of pod addresses.
	Pods netip.Prefix
	// APIPort is closed to other machines.
	APIPort int
}

// render writes the whole table anew within one transaction, so that the rules
// before hold until the rules after do. Connections that exist go on; replies
// need no rule.
//
// Packets between pods pass the forward hook, and those from a pod to the node,
// which is where the API server is, pass the input hook. Both come after
// kube-proxy has put a pod's address in the place of a Service's. What the host
// sends to pods, probes above all, passes neither, and so is allowed.
func render(tx *knftables.Transaction, n Network, r Ruleset) {
	tx.Add(&knftables.Table{})
	tx.Delete(&knftables.Table{})
	tx.Add(&knftables.Table{Comment: knftables.PtrTo("NetworkPolicy and host protection of the local cluster")})
	tx.Add(&knftables.Set{Name: "known", Type: "ipv4_addr"})
	for _, ip := range r.Known {
		tx.Add(&knftables.Element{Set: "known", Key: []string{ip.String()}})
	}
	direction(tx, "egress", "daddr", r.Egress)
	direction(tx, "ingress", "saddr", r.Ingress)

	base(tx, "forward", knftables.ForwardHook)
	rule(tx, "forward", "ct state established,related accept")
	rule(tx, "forward", "ip saddr", n.Pods, "ip saddr != @known drop")
	rule(tx, "forward", "ip daddr", n.Pods, "ip daddr != @known drop")
	rule(tx, "forward", "ip saddr vmap @egress")
	// Nothing leaves for other machines, or comes from them.
	rule(tx, "forward", "ip saddr", n.Pods, "ip daddr !=", n.Pods, "reject")
	rule(tx, "forward", "ip daddr", n.Pods, "ip saddr !=", n.Pods, "drop")
	rule(tx, "forward", "ip daddr vmap @ingress")

	base(tx, "input", knftables.InputHook)
	rule(tx, "input", "ct state established,related accept")
	rule(tx, "input", `iifname "lo" accept`)
	rule(tx, "input", "ip saddr", n.Pods, "ip saddr != @known drop")
	rule(tx, "input", "ip saddr vmap @egress")
	rule(tx, "input", "ip saddr !=", n.Pods, "tcp dport", n.APIPort, "drop")
}

func base(tx *knftables.Transaction, name string, hook knftables.BaseChainHook) {
	tx.Add(&knftables.Chain{
		Name: name, Type: knftables.PtrTo(knftables.FilterType),
		Hook: knftables.PtrTo(hook), Priority: knftables.PtrTo(knftables.FilterPriority),
	})
}

func rule(tx *knftables.Transaction, chain string, parts ...any) {
	tx.Add(&knftables.Rule{Chain: chain, Rule: knftables.Concat(parts...)})
}

// direction writes the chains of one direction and the map that leads isolated
// pods to theirs. A chain returns what it allows and drops the rest.
func direction(tx *knftables.Transaction, name, peer string, groups []Group) {
	tx.Add(&knftables.Map{Name: name, Type: "ipv4_addr : verdict"})
	for _, group := range groups {
		tx.Add(&knftables.Chain{Name: group.Chain})
		for _, allow := range group.Allows {
			for _, match := range matchers(peer, allow) {
				rule(tx, group.Chain, match, "return")
			}
		}
		rule(tx, group.Chain, "drop")
		for _, ip := range group.Pods {
			tx.Add(&knftables.Element{Map: name, Key: []string{ip.String()}, Value: []string{"jump " + group.Chain}})
		}
	}
}

// matchers gives one expression for each pair of peers and ports.
func matchers(peer string, a Allow) []string {
	var matchers []string
	for _, who := range peerMatchers(peer, a) {
		for _, port := range portMatchers(a) {
			matchers = append(matchers, strings.TrimSpace(who+" "+port))
		}
	}
	return matchers
}

func peerMatchers(peer string, a Allow) []string {
	if a.AnyPeer {
		return []string{""}
	}
	var matchers []string
	if len(a.Pods) > 0 {
		matchers = append(matchers, "ip "+peer+" "+set(a.Pods))
	}
	for _, block := range a.Blocks {
		matcher := "ip " + peer + " " + block.CIDR.String()
		for _, except := range block.Except {
			matcher += " ip " + peer + " != " + except.String()
		}
		matchers = append(matchers, matcher)
	}
	return matchers
}

func portMatchers(a Allow) []string {
	if a.AnyPort {
		return []string{""}
	}
	var matchers []string
	for _, p := range a.Ports {
		protocol := strings.ToLower(p.Protocol)
		var matcher string
		switch p.First {
		case 0:
			matcher = "meta l4proto " + protocol
		case p.Last:
			matcher = fmt.Sprintf("%s dport %d", protocol, p.First)
		default:
			matcher = fmt.Sprintf("%s dport %d-%d", protocol, p.First, p.Last)
		}
		if p.Named {
			matcher += " ip daddr " + set(p.To)
		}
		matchers = append(matchers, matcher)
	}
	return matchers
}

func set(addresses []netip.Addr) string {
	names := make([]string, len(addresses))
	for i, a := range addresses {
		names[i] = a.String()
	}
	return "{ " + strings.Join(names, ", ") + " }"
}
