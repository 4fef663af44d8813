package policy

import (
	"math/rand"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/knftables"
	"sigs.k8s.io/yaml"
)

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// world is two tenants and a platform. Pod crm of tenant a names its port http;
// that of tenant b means another number by the name.
func world(policies ...*networkingv1.NetworkPolicy) Snapshot {
	labels := func(pairs ...string) map[string]string {
		set := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			set[pairs[i]] = pairs[i+1]
		}
		return set
	}
	return Snapshot{
		Namespaces: map[string]map[string]string{
			"a": labels("kind", "tenant"), "b": labels("kind", "tenant"), "platform": labels("kind", "platform"),
		},
		Pods: []Pod{
			{Namespace: "a", Name: "crm", IP: addr("10.214.0.2"), Labels: labels("app", "crm"), Ports: []NamedPort{{"http", "TCP", 8080}}},
			{Namespace: "b", Name: "crm", IP: addr("10.214.0.3"), Labels: labels("app", "crm"), Ports: []NamedPort{{"http", "TCP", 9090}}},
			{Namespace: "platform", Name: "door", IP: addr("10.214.0.4"), Labels: labels("app", "door")},
			{Namespace: "platform", Name: "operator", IP: addr("10.214.0.5"), Labels: labels("app", "operator")},
		},
		Policies: policies,
	}
}

// read makes a policy of namespace a from the YAML of its spec.
func read(t *testing.T, spec string) *networkingv1.NetworkPolicy {
	t.Helper()
	p := &networkingv1.NetworkPolicy{ObjectMeta: metav1.ObjectMeta{Namespace: "a", Name: "policy"}}
	if err := yaml.UnmarshalStrict([]byte(spec), &p.Spec); err != nil {
		t.Fatal(err)
	}
	return p
}

// rulesOf gives the rules of the only isolated pod in one direction.
func rulesOf(t *testing.T, direction string, s Snapshot) []string {
	t.Helper()
	fake := knftables.NewFake(knftables.IPv4Family, "test")
	tx := fake.NewTransaction()
	render(tx, Network{Pods: netip.MustParsePrefix("10.214.0.0/16"), APIPort: 6443}, Compile(s))
	if err := fake.Run(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, line := range strings.Split(fake.Dump(), "\n") {
		if chain, ok := strings.CutPrefix(line, "add rule ip test "+direction+"-"); ok {
			_, rule, _ := strings.Cut(chain, " ")
			rules = append(rules, rule)
		}
	}
	return rules
}

func TestWhatAPolicyAllows(t *testing.T) {
	for name, tc := range map[string]struct {
		spec            string
		egress, ingress []string
	}{
		"deny all, both ways": {
			spec:   "{podSelector: {}, policyTypes: [Ingress, Egress]}",
			egress: []string{"drop"}, ingress: []string{"drop"},
		},
		"types left out mean ingress": {
			spec: "{podSelector: {}}", ingress: []string{"drop"},
		},
		"types left out mean egress too where it is spoken of": {
			spec: "{podSelector: {}, egress: [{}]}", egress: []string{"return", "drop"}, ingress: []string{"drop"},
		},
		"allow all": {
			spec: "{podSelector: {}, ingress: [{}], policyTypes: [Ingress]}", ingress: []string{"return", "drop"},
		},
		"another pod's policy isolates nobody": {
			spec: "{podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress, Egress]}",
		},
		"pods of the own namespace": {
			spec:    "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}",
			ingress: []string{"ip saddr { 10.214.0.2 } return", "drop"},
		},
		"all pods of chosen namespaces": {
			spec:    "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kind: platform}}}]}]}",
			ingress: []string{"ip saddr { 10.214.0.4, 10.214.0.5 } return", "drop"},
		},
		"chosen pods of chosen namespaces": {
			spec:    "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kind: platform}}, podSelector: {matchLabels: {app: door}}}]}]}",
			ingress: []string{"ip saddr { 10.214.0.4 } return", "drop"},
		},
		"pods of all namespaces": {
			spec:    "{podSelector: {}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: crm}}}]}]}",
			ingress: []string{"ip saddr { 10.214.0.2, 10.214.0.3 } return", "drop"},
		},
		"peers who do not exist": {
			spec:    "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: nobody}}}]}]}",
			ingress: []string{"drop"},
		},
		"one port": {
			spec:    "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}",
			ingress: []string{"tcp dport 80 return", "drop"},
		},
		"ports by range, by protocol alone, and of UDP": {
			spec:    "{podSelector: {}, ingress: [{ports: [{port: 80, endPort: 90}, {protocol: SCTP}, {port: 53, protocol: UDP}]}]}",
			ingress: []string{"tcp dport 80-90 return", "meta l4proto sctp return", "udp dport 53 return", "drop"},
		},
		"a named port inwards is the own pod's": {
			spec:    "{podSelector: {}, ingress: [{ports: [{port: http}]}]}",
			ingress: []string{"tcp dport 8080 ip daddr { 10.214.0.2 } return", "drop"},
		},
		"a named port outwards is each receiver's": {
			spec:   "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {}}], ports: [{port: http}]}]}",
			egress: []string{"ip daddr { 10.214.0.2, 10.214.0.3, 10.214.0.4, 10.214.0.5 } tcp dport 8080 ip daddr { 10.214.0.2 } return", "ip daddr { 10.214.0.2, 10.214.0.3, 10.214.0.4, 10.214.0.5 } tcp dport 9090 ip daddr { 10.214.0.3 } return", "drop"},
		},
		"a named port that nobody has": {
			spec: "{podSelector: {}, ingress: [{ports: [{port: metrics}]}]}", ingress: []string{"drop"},
		},
		"a block with exceptions, and pods beside it": {
			spec:   "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.213.0.0/16, 10.215.0.0/16]}}, {podSelector: {}}], ports: [{port: 443}]}]}",
			egress: []string{"ip daddr { 10.214.0.2 } tcp dport 443 return", "ip daddr 10.0.0.0/8 ip daddr != 10.213.0.0/16 ip daddr != 10.215.0.0/16 tcp dport 443 return", "drop"},
		},
		"a block of version 6 concerns nobody here": {
			spec:   "{podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: '::/0'}}]}]}",
			egress: []string{"drop"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := world(read(t, tc.spec))
			if got := rulesOf(t, "egress", s); !reflect.DeepEqual(got, tc.egress) {
				t.Errorf("egress:\n%q\nwant\n%q", got, tc.egress)
			}
			if got := rulesOf(t, "ingress", s); !reflect.DeepEqual(got, tc.ingress) {
				t.Errorf("ingress:\n%q\nwant\n%q", got, tc.ingress)
			}
		})
	}
}

func TestPoliciesAddUp(t *testing.T) {
	deny := read(t, "{podSelector: {}, policyTypes: [Ingress]}")
	allow := read(t, "{podSelector: {matchLabels: {app: crm}}, ingress: [{ports: [{port: 80}]}]}")
	allow.Name = "another"
	want := []string{"tcp dport 80 return", "drop"}
	if got := rulesOf(t, "ingress", world(deny, allow)); !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPolicyStaysInItsNamespace(t *testing.T) {
	rules := Compile(world(read(t, "{podSelector: {}, policyTypes: [Ingress, Egress]}")))
	if len(rules.Ingress) != 1 || !reflect.DeepEqual(rules.Ingress[0].Pods, []netip.Addr{addr("10.214.0.2")}) {
		t.Errorf("isolated: %+v", rules.Ingress)
	}
	if len(rules.Known) != 4 {
		t.Errorf("known: %v", rules.Known)
	}
}

func TestNamespaceThatIsNotKnownIsNotAPeer(t *testing.T) {
	s := world(read(t, "{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}"))
	delete(s.Namespaces, "b")
	want := []string{"ip saddr { 10.214.0.2, 10.214.0.4, 10.214.0.5 } return", "drop"}
	if got := rulesOf(t, "ingress", s); !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestResultDoesNotDependOnOrder(t *testing.T) {
	one, two := read(t, "{podSelector: {}, ingress: [{ports: [{port: 1}]}]}"), read(t, "{podSelector: {}, egress: [{ports: [{port: 2}]}], policyTypes: [Egress]}")
	two.Name = "two"
	s := world(one, two)
	want := Compile(s)
	for range 20 {
		rand.Shuffle(len(s.Pods), func(i, j int) { s.Pods[i], s.Pods[j] = s.Pods[j], s.Pods[i] })
		rand.Shuffle(len(s.Policies), func(i, j int) { s.Policies[i], s.Policies[j] = s.Policies[j], s.Policies[i] })
		if got := Compile(s); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, then %+v", want, got)
		}
	}
}
