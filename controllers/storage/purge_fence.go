package storage

import (
	"context"
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
)

// intent names exactly what is to be destroyed.
func (s *purgeScene) intent() *v1alpha1.PurgeStatus {
	intent := &v1alpha1.PurgeStatus{IntentAt: s.second()}
	if s.key != nil {
		intent.KeyUID = s.key.UID
	}
	if s.claim != nil {
		intent.ClaimUID, intent.VolumeName = s.claim.UID, s.claim.Spec.VolumeName
	}
	return intent
}

// advance saves one more step of the purge.
func (r *PurgeReconciler) advance(ctx context.Context, s *purgeScene, change func(*v1alpha1.PurgeStatus)) error {
	after := s.lapse().Purge.DeepCopy()
	change(after)
	return r.saveFence(ctx, s, after)
}

// saveFence writes the fence of the open lapse, and nothing else of the
// Subscription; nil takes it away. It is refused when anything of the
// Subscription has changed since the scene was read.
func (r *PurgeReconciler) saveFence(ctx context.Context, s *purgeScene, fence *v1alpha1.PurgeStatus) error {
	status := acv1.SubscriptionStatus()
	for i := range s.subscription.Status.Lapses {
		lapse := &s.subscription.Status.Lapses[i]
		of := lapse.Purge
		if lapse.ClosedAt == nil {
			of = fence
		}
		if of == nil {
			continue
		}
		configuration, err := fenceConfiguration(of)
		if err != nil {
			return fmt.Errorf("encoding the fence of Subscription %s: %w", s.subscription.Name, err)
		}
		status.WithLapses(acv1.Lapse().WithOpenedOn(lapse.OpenedOn).WithPurge(configuration))
	}
	configuration := acv1.Subscription(s.subscription.Name, s.subscription.Namespace).
		WithUID(s.subscription.UID).WithResourceVersion(s.subscription.ResourceVersion).WithStatus(status)
	err := r.Client.Status().Apply(ctx, configuration, client.FieldOwner(v1alpha1.StorageFieldOwner), client.ForceOwnership)
	if err != nil {
		return fmt.Errorf("saving the fence of the purge of Subscription %s: %w", s.subscription.Name, err)
	}
	// The next step is saved on top of this one.
	s.subscription.ResourceVersion = *configuration.ResourceVersion
	s.lapse().Purge = fence
	return nil
}

func fenceConfiguration(fence *v1alpha1.PurgeStatus) (*acv1.PurgeStatusApplyConfiguration, error) {
	data, err := json.Marshal(fence)
	if err != nil {
		return nil, err
	}
	configuration := acv1.PurgeStatus()
	return configuration, json.Unmarshal(data, configuration)
}

// requireVolumeGone waits for the volume behind the claim.
func (r *PurgeReconciler) requireVolumeGone(ctx context.Context, s *purgeScene) error {
	fence := s.lapse().Purge
	if fence.VolumeName == "" {
		return nil
	}
	var volume corev1.PersistentVolume
	found, err := read(ctx, r.APIReader, client.ObjectKey{Name: fence.VolumeName}, &volume)
	if err != nil || !found {
		return err
	}
	if claim := volume.Spec.ClaimRef; claim == nil || claim.UID != fence.ClaimUID {
		return nil // A volume of that name that was somebody else's before or since.
	}
	if volume.Spec.PersistentVolumeReclaimPolicy == corev1.PersistentVolumeReclaimRetain && volume.DeletionTimestamp == nil {
		return &blockedError{reasonVolumeRetained, fmt.Sprintf(
			"PersistentVolume %s still holds the documents of tenant %s, because its reclaim policy is Retain: destroy the storage behind it, then delete the PersistentVolume",
			volume.Name, s.tenant.Name)}
	}
	return &pendingError{"PersistentVolume " + volume.Name + " is being deleted"}
}
