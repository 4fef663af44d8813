package objects

import (
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// ServiceAccount is the pod's identity; it has no token, since an instance
// never speaks to the API server.
func ServiceAccount(instance Instance) *corev1ac.ServiceAccountApplyConfiguration {
	return corev1ac.ServiceAccount(layout.Workload, instance.Namespace()).
		WithLabels(instance.labels()).
		WithAutomountServiceAccountToken(false)
}
