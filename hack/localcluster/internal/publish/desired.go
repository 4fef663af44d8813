package publish

import (
	"net"
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

// Address is where everything is published: nowhere but on this machine.
const Address = "127.0.0.1"

// target is where connections to a published port go.
type target struct {
	Service   string   // namespace/name
	Port      int32    // on Address
	Endpoints []string // address:port, ready ones
}

// wanted tells whether a Service is to be published. A class of its own names
// another implementation.
func wanted(s *corev1.Service) bool {
	return s.Spec.Type == corev1.ServiceTypeLoadBalancer && s.Spec.LoadBalancerClass == nil && s.DeletionTimestamp == nil
}

// targets lists a Service's TCP ports with their ready endpoints.
func targets(s *corev1.Service, slices []*discoveryv1.EndpointSlice) []target {
	var targets []target
	for _, port := range s.Spec.Ports {
		if port.Protocol != corev1.ProtocolTCP && port.Protocol != "" {
			continue
		}
		targets = append(targets, target{
			Service: s.Namespace + "/" + s.Name, Port: port.Port, Endpoints: endpoints(port.Name, slices),
		})
	}
	return targets
}

// endpoints collects the ready addresses for a port by its name, which is how
// the slices tell ports apart.
func endpoints(portName string, all []*discoveryv1.EndpointSlice) []string {
	var found []string
	for _, slice := range all {
		if slice.AddressType != discoveryv1.AddressTypeIPv4 {
			continue
		}
		for _, port := range slice.Ports {
			if port.Name == nil || *port.Name != portName || port.Port == nil {
				continue
			}
			for _, endpoint := range slice.Endpoints {
				if ready := endpoint.Conditions.Ready; ready != nil && !*ready {
					continue
				}
				for _, address := range endpoint.Addresses {
					found = append(found, net.JoinHostPort(address, strconv.Itoa(int(*port.Port))))
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// assign decides who gets each port. The Service that has it keeps it; else the
// oldest wanting it gets it. The others are told.
func assign(services []*corev1.Service, held map[int32]string, of func(*corev1.Service) []target) (granted map[int32]target, refused map[string][]int32) {
	granted, refused = map[int32]target{}, map[string][]int32{}
	slices.SortFunc(services, func(a, b *corev1.Service) int {
		if c := a.CreationTimestamp.Compare(b.CreationTimestamp.Time); c != 0 {
			return c
		}
		return compare(a, b)
	})
	for _, holder := range []bool{true, false} {
		for _, service := range services {
			for _, t := range of(service) {
				if (held[t.Port] == t.Service) != holder {
					continue
				}
				if _, taken := granted[t.Port]; taken {
					refused[t.Service] = append(refused[t.Service], t.Port)
					continue
				}
				granted[t.Port] = t
			}
		}
	}
	return granted, refused
}

func compare(a, b *corev1.Service) int {
	if a.Namespace+"/"+a.Name < b.Namespace+"/"+b.Name {
		return -1
	}
	return 1
}
