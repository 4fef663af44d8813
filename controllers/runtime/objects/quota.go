package objects

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// ResourceQuota allows exactly what the plan pays for: one pod's compute, the
// two claims, one Service, and nothing that would be reachable from outside.
func ResourceQuota(instance Instance) *corev1ac.ResourceQuotaApplyConfiguration {
	storage := instance.Records.DeepCopy()
	storage.Add(instance.Documents)
	hard := corev1.ResourceList{
		corev1.ResourcePods:                   *resource.NewQuantity(instance.PodsAllowed, resource.DecimalSI),
		corev1.ResourceRequestsStorage:        storage,
		corev1.ResourcePersistentVolumeClaims: resource.MustParse("2"),
		corev1.ResourceServices:               resource.MustParse("1"),
		corev1.ResourceServicesNodePorts:      resource.MustParse("0"),
		corev1.ResourceServicesLoadBalancers:  resource.MustParse("0"),
	}
	for name, compute := range map[corev1.ResourceName]struct {
		list corev1.ResourceList
		of   corev1.ResourceName
	}{
		corev1.ResourceRequestsCPU:    {instance.Resources.Requests, corev1.ResourceCPU},
		corev1.ResourceRequestsMemory: {instance.Resources.Requests, corev1.ResourceMemory},
		corev1.ResourceLimitsCPU:      {instance.Resources.Limits, corev1.ResourceCPU},
		corev1.ResourceLimitsMemory:   {instance.Resources.Limits, corev1.ResourceMemory},
	} {
		if amount, set := compute.list[compute.of]; set {
			hard[name] = amount
		}
	}
	return corev1ac.ResourceQuota(layout.Workload, instance.Namespace()).
		WithLabels(instance.labels()).
		WithSpec(corev1ac.ResourceQuotaSpec().WithHard(hard))
}
