package policy

import (
	"net/netip"
	"strings"
	"testing"

	"sigs.k8s.io/knftables"
)

func TestUnknownPodsAreClosedAndTheAPIServerIsNotShared(t *testing.T) {
	fake := knftables.NewFake(knftables.IPv4Family, "test")
	tx := fake.NewTransaction()
	render(tx, Network{Pods: netip.MustParsePrefix("10.214.0.0/16"), APIPort: 6443}, Ruleset{Known: []netip.Addr{addr("10.214.0.9")}})
	if err := fake.Run(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	dump := fake.Dump()
	for _, want := range []string{
		"add element ip test known { 10.214.0.9 }",
		"add rule ip test forward ip saddr 10.214.0.0/16 ip saddr != @known drop",
		"add rule ip test forward ip daddr 10.214.0.0/16 ip daddr != @known drop",
		"add rule ip test forward ip saddr 10.214.0.0/16 ip daddr != 10.214.0.0/16 reject",
		"add rule ip test forward ip daddr 10.214.0.0/16 ip saddr != 10.214.0.0/16 drop",
		"add rule ip test input ip saddr 10.214.0.0/16 ip saddr != @known drop",
		"add rule ip test input ip saddr vmap @egress",
		"add rule ip test input ip saddr != 10.214.0.0/16 tcp dport 6443 drop",
	} {
		if !strings.Contains(dump, want) {
			t.Errorf("there is no %q in\n%s", want, dump)
		}
	}
}

func TestRulesReplaceThoseBefore(t *testing.T) {
	fake := knftables.NewFake(knftables.IPv4Family, "test")
	for _, ip := range []string{"10.214.0.1", "10.214.0.2"} {
		tx := fake.NewTransaction()
		render(tx, Network{Pods: netip.MustParsePrefix("10.214.0.0/16")}, Ruleset{
			Known:  []netip.Addr{addr(ip)},
			Egress: []Group{{Chain: "egress-1", Pods: []netip.Addr{addr(ip)}}},
		})
		if err := fake.Run(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
	}
	if dump := fake.Dump(); strings.Contains(dump, "10.214.0.1 ") || !strings.Contains(dump, "egress { 10.214.0.2 : jump egress-1 }") {
		t.Errorf("in force is\n%s", dump)
	}
}
