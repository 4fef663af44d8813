package frontdoor

import (
	"net/netip"
	"strings"

	discoveryv1 "k8s.io/api/discovery/v1"

	"github.com/grupobizopps/salexops/instance"
)

// serviceName is the Service of an instance (docs/design.md).
const serviceName = "crm"

// tenantOfNamespace is the tenant whose instance runs in the namespace; empty
// for any other namespace.
func tenantOfNamespace(namespace string) string {
	name, ok := strings.CutPrefix(namespace, namespacePrefix)
	if !ok {
		return ""
	}
	return name
}

// addressOf is where the ready endpoint of an instance's slice answers; empty
// when none is ready, and for slices of other Services. The slice counts for
// the tenant of its namespace whatever its labels say, since only the operator
// writes there.
func addressOf(slice *discoveryv1.EndpointSlice) string {
	if slice.Labels[discoveryv1.LabelServiceName] != serviceName {
		return ""
	}
	port := portOf(slice)
	if port == 0 {
		return ""
	}
	best := ""
	for i := range slice.Endpoints {
		endpoint := &slice.Endpoints[i]
		// Absent means ready, says the API.
		if ready := endpoint.Conditions.Ready; ready != nil && !*ready {
			continue
		}
		for _, text := range endpoint.Addresses {
			ip, err := netip.ParseAddr(text)
			if err != nil { // a name (address type FQDN) is never an instance
				continue
			}
			if addr := netip.AddrPortFrom(ip, port).String(); best == "" || addr < best {
				best = addr
			}
		}
	}
	return best
}

func portOf(slice *discoveryv1.EndpointSlice) uint16 {
	for _, p := range slice.Ports {
		if p.Name != nil && *p.Name == instance.PublicPortName && p.Port != nil && *p.Port > 0 && *p.Port < 1<<16 {
			return uint16(*p.Port)
		}
	}
	return 0
}
