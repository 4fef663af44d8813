package volume

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const (
	// StorageClass is the name of the only class, which is the default one.
	StorageClass = "localcluster"
	// Provisioner is the name by which the class refers to the agent.
	Provisioner = "salexops.com/localcluster"
)

// provisioner answers claims with volumes of the store.
type provisioner struct {
	store Store
	node  string
}

// Provision makes the volume for a claim.
func (p provisioner) Provision(ctx context.Context, o controller.ProvisionOptions) (*corev1.PersistentVolume, controller.ProvisioningState, error) {
	if err := p.check(o); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	size := o.PVC.Spec.Resources.Requests[corev1.ResourceStorage]
	if err := p.store.Create(ctx, o.PVName, size.Value()); err != nil {
		// Nothing is left of a volume that the API server will not know.
		_ = p.store.Delete(ctx, o.PVName)
		return nil, controller.ProvisioningFinished, err
	}
	return p.object(o), controller.ProvisioningFinished, nil
}

// check refuses what one disk on one node cannot give, as real block storage
// does.
func (p provisioner) check(o controller.ProvisionOptions) error {
	if o.SelectedNodeName != "" && o.SelectedNodeName != p.node {
		return &controller.IgnoredError{Reason: fmt.Sprintf("volumes are made on node %s only, the pod is on %s", p.node, o.SelectedNodeName)}
	}
	if mode := o.PVC.Spec.VolumeMode; mode != nil && *mode == corev1.PersistentVolumeBlock {
		return fmt.Errorf("claim %s/%s asks for a block volume: only file systems are made", o.PVC.Namespace, o.PVC.Name)
	}
	for _, mode := range o.PVC.Spec.AccessModes {
		if mode != corev1.ReadWriteOnce && mode != corev1.ReadWriteOncePod {
			return fmt.Errorf("claim %s/%s asks for %s: only one node at a time may use a volume", o.PVC.Namespace, o.PVC.Name, mode)
		}
	}
	if o.PVC.Spec.Selector != nil {
		return fmt.Errorf("claim %s/%s selects among existing volumes: none is made for it", o.PVC.Namespace, o.PVC.Name)
	}
	return nil
}

// object describes the volume. Being `local`, and not `hostPath`, it gets the
// pod's fsGroup, as real storage does.
func (p provisioner) object(o controller.ProvisionOptions) *corev1.PersistentVolume {
	filesystem := corev1.PersistentVolumeFilesystem
	return &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: o.PVName},
		Spec: corev1.PersistentVolumeSpec{
			PersistentVolumeReclaimPolicy: *o.StorageClass.ReclaimPolicy,
			AccessModes:                   o.PVC.Spec.AccessModes,
			VolumeMode:                    &filesystem,
			Capacity:                      corev1.ResourceList{corev1.ResourceStorage: o.PVC.Spec.Resources.Requests[corev1.ResourceStorage]},
			PersistentVolumeSource: corev1.PersistentVolumeSource{
				Local: &corev1.LocalVolumeSource{Path: p.store.Data(o.PVName)},
			},
			NodeAffinity: &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{
				NodeSelectorTerms: []corev1.NodeSelectorTerm{{
					MatchExpressions: []corev1.NodeSelectorRequirement{{
						Key: corev1.LabelHostname, Operator: corev1.NodeSelectorOpIn, Values: []string{p.node},
					}},
				}},
			}},
		},
	}
}

// Delete removes the volume of a claim that is gone.
func (p provisioner) Delete(ctx context.Context, pv *corev1.PersistentVolume) error {
	return p.store.Delete(ctx, pv.Name)
}
