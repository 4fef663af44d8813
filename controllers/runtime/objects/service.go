package objects

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// Service is headless: the front door and the operator read the pod's address
// and readiness from its EndpointSlices. An instance that isn't ready is not
// published as if it were.
func Service(instance Instance) *corev1ac.ServiceApplyConfiguration {
	port := func(name string, number int32) *corev1ac.ServicePortApplyConfiguration {
		return corev1ac.ServicePort().WithName(name).WithPort(number).
			WithProtocol(corev1.ProtocolTCP).WithTargetPort(intstr.FromString(name))
	}
	return corev1ac.Service(layout.Workload, instance.Namespace()).
		WithLabels(instance.labels()).
		WithSpec(corev1ac.ServiceSpec().
			WithClusterIP(corev1.ClusterIPNone).
			WithPublishNotReadyAddresses(false).
			WithSelector(instance.podSelector().MatchLabels).
			WithPorts(
				port(layout.PortHTTPName, layout.PortHTTP),
				port(layout.PortPrivateName, layout.PortPrivate)))
}
