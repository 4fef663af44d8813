//go:build cluster

package test

import (
	"fmt"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const (
	blocked    = "closed"
	apiService = "10.215.0.1:443"
	apiNode    = "10.213.0.1:6443"
	kubelet    = "10.213.0.1:10250"
)

// testPolicies isolates namespace "tenant" as the operator does: nothing passes
// but what namespace "platform" opens, to one port.
func (e *env) testPolicies(t *testing.T) {
	e.namespace(t, "tenant", nil)
	e.namespace(t, "platform", map[string]string{"role": "platform"})
	platform := e.start(t, pod("platform", "door"))
	e.policy(t, "tenant", "deny-all", networkingv1.NetworkPolicySpec{
		PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress, networkingv1.PolicyTypeEgress},
	})
	// The pod comes after the policy, and tries from the first moment of its life.
	tenant := e.start(t, pod("tenant", "crm", func(p *corev1.Pod) {
		p.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "DIAL_FIRST", Value: platform + ":8080"}}
	}))
	if first, err := fetch("GET", "http://"+tenant+":8080/first", 10*time.Second); err != nil || first != blocked {
		t.Errorf("in its first two seconds the pod got through: %s, %v", first, err)
	}
	service := e.service(t, "tenant", "crm", corev1.ServiceTypeClusterIP, 80)
	out := e.service(t, "platform", "door", corev1.ServiceTypeClusterIP, 80)
	expect(t, tenant, map[string]bool{
		platform + ":8080": false, out.Spec.ClusterIP + ":80": false,
		apiService: false, apiNode: false, kubelet: false,
	})
	expect(t, platform, map[string]bool{
		tenant + ":8080": false, service.Spec.ClusterIP + ":80": false, apiService: true, kubelet: true,
	})
	e.openForPlatform(t)
	eventually(t, "the opened port", time.Minute, func() error { return want(platform, tenant+":8080", true) })
	eventually(t, "the opened Service", time.Minute, func() error { return want(platform, service.Spec.ClusterIP+":80", true) })
	other := e.start(t, pod("pods", "stranger"))
	expect(t, other, map[string]bool{tenant + ":8080": false, service.Spec.ClusterIP + ":80": false})
	expect(t, tenant, map[string]bool{platform + ":8080": false, apiService: false})
	e.openForTenant(t)
	eventually(t, "the opened way out", time.Minute, func() error { return want(tenant, platform+":8080", true) })
	expect(t, tenant, map[string]bool{other + ":8080": false, apiService: false, kubelet: false})
}

func (e *env) policy(t *testing.T, namespace, name string, spec networkingv1.NetworkPolicySpec) {
	t.Helper()
	_, err := e.client.NetworkingV1().NetworkPolicies(namespace).Create(t.Context(), &networkingv1.NetworkPolicy{
		ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: spec,
	}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
}

var platformPeer = []networkingv1.NetworkPolicyPeer{{
	NamespaceSelector: &metav1.LabelSelector{MatchLabels: map[string]string{"role": "platform"}},
	PodSelector:       &metav1.LabelSelector{MatchLabels: map[string]string{"app": "door"}},
}}

func (e *env) openForPlatform(t *testing.T) {
	t.Helper()
	e.policy(t, "tenant", "from-platform", networkingv1.NetworkPolicySpec{
		PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeIngress},
		Ingress: []networkingv1.NetworkPolicyIngressRule{{
			From: platformPeer, Ports: []networkingv1.NetworkPolicyPort{{Port: ptr(intstr.FromString("http"))}},
		}},
	})
}

func (e *env) openForTenant(t *testing.T) {
	t.Helper()
	e.policy(t, "tenant", "to-platform", networkingv1.NetworkPolicySpec{
		PolicyTypes: []networkingv1.PolicyType{networkingv1.PolicyTypeEgress},
		Egress: []networkingv1.NetworkPolicyEgressRule{{
			To: platformPeer, Ports: []networkingv1.NetworkPolicyPort{{Port: ptr(intstr.FromInt32(8080))}},
		}},
	})
}

// expect checks from within a pod which addresses can be reached.
func expect(t *testing.T, from string, reachable map[string]bool) {
	t.Helper()
	for address, open := range reachable {
		if err := want(from, address, open); err != nil {
			t.Error(err)
		}
	}
}

func want(from, address string, open bool) error {
	got, err := fetch("GET", "http://"+from+":8080/dial?to="+address, 10*time.Second)
	if err != nil {
		return err
	}
	if (got == "open") != open {
		return fmt.Errorf("from %s to %s: %s, want open: %t", from, address, got, open)
	}
	return nil
}
