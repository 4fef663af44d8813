package publish

import (
	"reflect"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func ptr[T any](v T) *T { return &v }

func balancer(name string, age time.Duration, ports ...int32) *corev1.Service {
	s := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Namespace: "ns", Name: name, CreationTimestamp: metav1.NewTime(time.Unix(1e9, 0).Add(-age))},
		Spec:       corev1.ServiceSpec{Type: corev1.ServiceTypeLoadBalancer},
	}
	for _, port := range ports {
		s.Spec.Ports = append(s.Spec.Ports, corev1.ServicePort{Port: port, Protocol: corev1.ProtocolTCP})
	}
	return s
}

func TestOnlyLoadBalancersWithoutAClassArePublished(t *testing.T) {
	other := balancer("s", 0, 80)
	other.Spec.LoadBalancerClass = ptr("example.com/other")
	cluster := balancer("s", 0, 80)
	cluster.Spec.Type = corev1.ServiceTypeClusterIP
	deleted := balancer("s", 0, 80)
	deleted.DeletionTimestamp = ptr(metav1.Now())
	if !wanted(balancer("s", 0, 80)) || wanted(other) || wanted(cluster) || wanted(deleted) {
		t.Error("the wrong ones are published")
	}
}

func TestConnectionsGoToReadyEndpointsOfThePort(t *testing.T) {
	slice := func(port string, number int32, addresses map[string]*bool) *discoveryv1.EndpointSlice {
		s := &discoveryv1.EndpointSlice{
			AddressType: discoveryv1.AddressTypeIPv4,
			Ports:       []discoveryv1.EndpointPort{{Name: &port, Port: &number}},
		}
		for address, ready := range addresses {
			s.Endpoints = append(s.Endpoints, discoveryv1.Endpoint{
				Addresses: []string{address}, Conditions: discoveryv1.EndpointConditions{Ready: ready},
			})
		}
		return s
	}
	got := endpoints("http", []*discoveryv1.EndpointSlice{
		slice("http", 8080, map[string]*bool{"10.0.0.2": ptr(true), "10.0.0.3": ptr(false), "10.0.0.1": nil}),
		slice("metrics", 9090, map[string]*bool{"10.0.0.2": ptr(true)}),
		slice("http", 8080, map[string]*bool{"10.0.0.2": ptr(true)}),
	})
	if want := []string{"10.0.0.1:8080", "10.0.0.2:8080"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestUDPIsNotPublished(t *testing.T) {
	s := balancer("dns", 0, 53)
	s.Spec.Ports[0].Protocol = corev1.ProtocolUDP
	if got := targets(s, nil); len(got) != 0 {
		t.Errorf("published: %+v", got)
	}
}

func TestPortGoesToItsHolderThenToTheOldest(t *testing.T) {
	ports := func(s *corev1.Service) []target { return targets(s, nil) }
	old, young := balancer("old", time.Hour, 80), balancer("young", 0, 80, 81)
	for name, tc := range map[string]struct {
		held    map[int32]string
		owner   string
		refused map[string][]int32
	}{
		"nobody had it":     {nil, "ns/old", map[string][]int32{"ns/young": {80}}},
		"the young had it":  {map[int32]string{80: "ns/young"}, "ns/young", map[string][]int32{"ns/old": {80}}},
		"one gone had it":   {map[int32]string{80: "ns/gone"}, "ns/old", map[string][]int32{"ns/young": {80}}},
		"the oldest had it": {map[int32]string{80: "ns/old"}, "ns/old", map[string][]int32{"ns/young": {80}}},
	} {
		t.Run(name, func(t *testing.T) {
			granted, refused := assign([]*corev1.Service{young, old}, tc.held, ports)
			if granted[80].Service != tc.owner || granted[81].Service != "ns/young" {
				t.Errorf("granted: %+v", granted)
			}
			if !reflect.DeepEqual(refused, tc.refused) {
				t.Errorf("refused: %v", refused)
			}
		})
	}
}
