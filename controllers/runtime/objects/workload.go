package objects

import (
	"fmt"
	"path"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	appsv1ac "k8s.io/client-go/applyconfigurations/apps/v1"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// Where the volumes are mounted in the pod (docs/design.md, "In the CRM's pod").
const (
	recordsPath   = "/data/records"
	documentsPath = "/data/documents"
	licencePath   = "/etc/salexops/licence"
	keysPath      = "/etc/salexops/keys"
	initialPath   = "/etc/salexops/initial"
	scratchPath   = "/tmp"
	scratchVolume = "tmp"
)

// gracePeriodSeconds is how long the CRM may take to finish requests and to
// checkpoint its database; it needs less than 5 s.
const gracePeriodSeconds = 20

// Workload runs the CRM: 0 or 1 replica, since SQLite wants exactly one writer
// and a StatefulSet never runs two pods of one name.
func Workload(instance Instance) *appsv1ac.StatefulSetApplyConfiguration {
	return appsv1ac.StatefulSet(layout.Workload, instance.Namespace()).
		WithLabels(instance.labels()).
		WithSpec(appsv1ac.StatefulSetSpec().
			WithReplicas(instance.Replicas).
			WithServiceName(layout.Workload).
			WithSelector(instance.podSelector()).
			// With the ordered policy a pod that never became ready would hold
			// up the very update that mends it.
			WithPodManagementPolicy(appsv1.ParallelPodManagement).
			WithRevisionHistoryLimit(2).
			WithTemplate(corev1ac.PodTemplateSpec().
				WithLabels(instance.labels()).
				WithSpec(pod(instance))))
}

func pod(instance Instance) *corev1ac.PodSpecApplyConfiguration {
	return corev1ac.PodSpec().
		WithServiceAccountName(layout.Workload).
		WithAutomountServiceAccountToken(false).
		WithEnableServiceLinks(false).
		// The CRM looks no name up: it opens no connection.
		WithDNSPolicy(corev1.DNSDefault).
		WithTerminationGracePeriodSeconds(gracePeriodSeconds).
		WithSecurityContext(podSecurity()).
		WithContainers(container(instance)).
		WithVolumes(volumes()...)
}

func container(instance Instance) *corev1ac.ContainerApplyConfiguration {
	return corev1ac.Container().
		WithName(layout.Workload).
		WithImage(instance.Image).
		WithImagePullPolicy(corev1.PullIfNotPresent).
		WithArgs("serve",
			"--records", recordsPath, "--documents", documentsPath,
			"--tenant", instance.Tenant,
			"--listen", fmt.Sprintf(":%d", layout.PortHTTP),
			"--private-listen", fmt.Sprintf(":%d", layout.PortPrivate),
			"--licence-dir", licencePath, "--keys-dir", keysPath, "--initial-dir", initialPath).
		WithPorts(
			corev1ac.ContainerPort().WithName(layout.PortHTTPName).WithContainerPort(layout.PortHTTP).WithProtocol(corev1.ProtocolTCP),
			corev1ac.ContainerPort().WithName(layout.PortPrivateName).WithContainerPort(layout.PortPrivate).WithProtocol(corev1.ProtocolTCP)).
		WithEnv(corev1ac.EnvVar().WithName("GOMEMLIMIT").WithValue(memoryTarget(instance.Resources.Limits.Memory()))).
		WithResources(corev1ac.ResourceRequirements().
			WithRequests(instance.Resources.Requests).
			WithLimits(instance.Resources.Limits)).
		WithSecurityContext(containerSecurity()).
		WithStartupProbe(startupProbe()).
		WithReadinessProbe(readinessProbe()).
		WithLivenessProbe(livenessProbe()).
		// The process checkpoints its database when it is told to end; the second
		// before lets the front door learn that this pod takes no more requests.
		WithLifecycle(corev1ac.Lifecycle().WithPreStop(corev1ac.LifecycleHandler().
			WithSleep(corev1ac.SleepAction().WithSeconds(1)))).
		WithVolumeMounts(mounts()...)
}

// memoryTarget is what the Go runtime aims to stay below: three quarters of the
// limit, since SQLite's own memory and the stacks don't count towards it.
func memoryTarget(limit *resource.Quantity) string {
	return fmt.Sprintf("%dMiB", limit.Value()/4*3/mebibyte)
}

func mounts() []*corev1ac.VolumeMountApplyConfiguration {
	mount := func(name, at string, readOnly bool) *corev1ac.VolumeMountApplyConfiguration {
		return corev1ac.VolumeMount().WithName(name).WithMountPath(path.Clean(at)).WithReadOnly(readOnly)
	}
	return []*corev1ac.VolumeMountApplyConfiguration{
		mount(layout.Records, recordsPath, false),
		mount(layout.Documents, documentsPath, false),
		mount(layout.LicenceSecret, licencePath, true),
		mount(layout.KeysSecret, keysPath, true),
		mount(layout.PasswordSecret, initialPath, true),
		mount(scratchVolume, scratchPath, false),
	}
}

func volumes() []*corev1ac.VolumeApplyConfiguration {
	claim := func(name string) *corev1ac.VolumeApplyConfiguration {
		return corev1ac.Volume().WithName(name).WithPersistentVolumeClaim(
			corev1ac.PersistentVolumeClaimVolumeSource().WithClaimName(name))
	}
	// Readable by the pod's group only, which fsGroup makes the CRM's.
	secret := func(name string, optional bool) *corev1ac.VolumeApplyConfiguration {
		return corev1ac.Volume().WithName(name).WithSecret(
			corev1ac.SecretVolumeSource().WithSecretName(name).WithOptional(optional).WithDefaultMode(0o440))
	}
	return []*corev1ac.VolumeApplyConfiguration{
		claim(layout.Records),
		claim(layout.Documents),
		secret(layout.LicenceSecret, false),
		secret(layout.KeysSecret, false),
		secret(layout.PasswordSecret, true),
		corev1ac.Volume().WithName(scratchVolume).WithEmptyDir(
			corev1ac.EmptyDirVolumeSource().WithSizeLimit(resource.MustParse("256Mi"))),
	}
}
