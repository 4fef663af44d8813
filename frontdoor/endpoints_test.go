package frontdoor

import (
	"testing"

	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/ptr"
)

func sliceOf(endpoints ...discoveryv1.Endpoint) *discoveryv1.EndpointSlice {
	return &discoveryv1.EndpointSlice{
		ObjectMeta: metav1.ObjectMeta{Namespace: "crm-acme", Name: "crm-x1",
			Labels: map[string]string{discoveryv1.LabelServiceName: "crm", managedByLabel: managedBy}},
		AddressType: discoveryv1.AddressTypeIPv4,
		Endpoints:   endpoints,
		Ports: []discoveryv1.EndpointPort{
			{Name: ptr.To("private"), Port: ptr.To[int32](9090)},
			{Name: ptr.To("http"), Port: ptr.To[int32](8080)},
		},
	}
}

func endpoint(ready *bool, addresses ...string) discoveryv1.Endpoint {
	return discoveryv1.Endpoint{Addresses: addresses, Conditions: discoveryv1.EndpointConditions{Ready: ready}}
}

func TestAddressOf(t *testing.T) {
	other := sliceOf(endpoint(ptr.To(true), "10.0.0.7"))
	other.Labels[discoveryv1.LabelServiceName] = "something-else"
	portless := sliceOf(endpoint(ptr.To(true), "10.0.0.7"))
	portless.Ports = portless.Ports[:1]
	cases := []struct {
		name  string
		slice *discoveryv1.EndpointSlice
		want  string
	}{
		{"ready", sliceOf(endpoint(ptr.To(true), "10.0.0.7")), "10.0.0.7:8080"},
		{"readiness not said", sliceOf(endpoint(nil, "10.0.0.7")), "10.0.0.7:8080"},
		{"not ready", sliceOf(endpoint(ptr.To(false), "10.0.0.7")), ""},
		{"the old pod goes, the new one is ready", sliceOf(endpoint(ptr.To(false), "10.0.0.7"), endpoint(ptr.To(true), "10.0.0.8")), "10.0.0.8:8080"},
		{"IPv6", sliceOf(endpoint(ptr.To(true), "fd00::7")), "[fd00::7]:8080"},
		{"a name instead of an address", sliceOf(endpoint(ptr.To(true), "evil.example")), ""},
		{"nothing", sliceOf(), ""},
		{"another Service", other, ""},
		{"no public port", portless, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := addressOf(c.slice); got != c.want {
				t.Errorf("addressOf = %q, want %q", got, c.want)
			}
		})
	}
}

func TestTenantOfNamespace(t *testing.T) {
	for namespace, want := range map[string]string{"crm-acme": "acme", "crm-": "", "kube-system": "", "acme": ""} {
		if got := tenantOfNamespace(namespace); got != want {
			t.Errorf("tenantOfNamespace(%q) = %q, want %q", namespace, got, want)
		}
	}
}
