package objects

import (
	"k8s.io/apimachinery/pkg/util/intstr"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/internal/layout"
)

func probe(path string, period, failures int32) *corev1ac.ProbeApplyConfiguration {
	return corev1ac.Probe().
		WithHTTPGet(corev1ac.HTTPGetAction().WithPath(path).WithPort(intstr.FromString(layout.PortPrivateName))).
		WithPeriodSeconds(period).
		WithTimeoutSeconds(5).
		WithFailureThreshold(failures)
}

// startupProbe asks every second, so that a visitor who wakes an instance waits
// as little as can be; a migration of a large database may take ten minutes.
func startupProbe() *corev1ac.ProbeApplyConfiguration {
	return probe(instance.PathReadyz, 1, 600)
}

func readinessProbe() *corev1ac.ProbeApplyConfiguration {
	return probe(instance.PathReadyz, 2, 3)
}

// livenessProbe gives a busy instance two minutes: ending a process that is
// merely slow makes everything slower.
func livenessProbe() *corev1ac.ProbeApplyConfiguration {
	return probe(instance.PathHealthz, 20, 6)
}
