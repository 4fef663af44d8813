package objects

import (
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// Namespace is the tenant's own. Its pods are held to the restricted pod
// security standard: what doesn't meet it is refused, recorded and warned of.
func Namespace(instance Instance) *corev1ac.NamespaceApplyConfiguration {
	return corev1ac.Namespace(instance.Namespace()).WithLabels(NamespaceLabels(instance.Tenant))
}

// NamespaceLabels are the labels of a tenant's namespace.
func NamespaceLabels(tenant string) map[string]string {
	labels := layout.Labels(tenant)
	for _, mode := range []string{"enforce", "audit", "warn"} {
		labels["pod-security.kubernetes.io/"+mode] = layout.SecurityLevel
		labels["pod-security.kubernetes.io/"+mode+"-version"] = layout.SecurityVersion
	}
	return labels
}
