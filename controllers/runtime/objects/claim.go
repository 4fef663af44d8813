package objects

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

const mebibyte = 1 << 20

// DocumentsSize returns the size of the volume that holds a quota of logical
// bytes: the quota, a tenth more and 64 MiB, rounded up to whole MiB.
//
// What a plan sells is logical bytes. An ext4 volume of V bytes keeps 5 % for
// root, about 1.6 % for inodes and a journal of 32 MiB (below 1 GiB) to 128 MiB;
// encryption adds 16 bytes to every 64 KiB and a header to every file; a file
// takes whole blocks. A volume of 628 MiB leaves 554 MiB for a quota of 512 MiB,
// one of 11,328 MiB leaves 10,450 MiB for a quota of 10 GiB.
func DocumentsSize(quota resource.Quantity) resource.Quantity {
	bytes := quota.Value()
	bytes += bytes/10 + 64*mebibyte
	whole := (bytes + mebibyte - 1) / mebibyte * mebibyte
	return *resource.NewQuantity(whole, resource.BinarySI)
}

// RecordsClaim asks for the volume of the database.
func RecordsClaim(instance Instance) *corev1ac.PersistentVolumeClaimApplyConfiguration {
	return claim(instance, layout.Records, instance.Records)
}

// DocumentsClaim asks for the volume of the documents.
func DocumentsClaim(instance Instance) *corev1ac.PersistentVolumeClaimApplyConfiguration {
	return claim(instance, layout.Documents, instance.Documents)
}

// claim is an object of its own and no template of the StatefulSet: it outlives
// whatever uses it, and nothing but a deliberate act deletes it.
func claim(instance Instance, name string, size resource.Quantity) *corev1ac.PersistentVolumeClaimApplyConfiguration {
	spec := corev1ac.PersistentVolumeClaimSpec().
		WithAccessModes(corev1.ReadWriteOnce).
		WithVolumeMode(corev1.PersistentVolumeFilesystem).
		WithResources(corev1ac.VolumeResourceRequirements().
			WithRequests(corev1.ResourceList{corev1.ResourceStorage: size}))
	spec.StorageClassName = instance.StorageClass
	return corev1ac.PersistentVolumeClaim(name, instance.Namespace()).
		WithLabels(instance.labels()).
		WithSpec(spec)
}
