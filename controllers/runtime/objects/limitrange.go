package objects

import (
	corev1 "k8s.io/api/core/v1"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// LimitRange gives a container that names no resources those of the plan, so
// that the quota can count it, and lets none have more.
func LimitRange(instance Instance) *corev1ac.LimitRangeApplyConfiguration {
	return corev1ac.LimitRange(layout.Workload, instance.Namespace()).
		WithLabels(instance.labels()).
		WithSpec(corev1ac.LimitRangeSpec().WithLimits(corev1ac.LimitRangeItem().
			WithType(corev1.LimitTypeContainer).
			WithDefault(instance.Resources.Limits).
			WithDefaultRequest(instance.Resources.Requests).
			WithMax(instance.Resources.Limits)))
}
