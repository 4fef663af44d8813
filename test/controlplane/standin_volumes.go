package controlplane

import (
	"context"
	"slices"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// Kept is a finalizer that holds a claim back until a test removes it, as a pod
// that still uses it would.
const Kept = "test/kept"

// serveClaim gives a claim a volume of its own and, once the claim is deleted,
// takes both away.
func (s *StandIn) serveClaim(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var claim corev1.PersistentVolumeClaim
	if err := s.c.Get(ctx, request.NamespacedName, &claim); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	switch {
	case claim.DeletionTimestamp != nil:
		return ctrl.Result{}, s.releaseClaim(ctx, &claim)
	case claim.Spec.VolumeName == "":
		return ctrl.Result{}, s.bindClaim(ctx, &claim)
	}
	return ctrl.Result{}, nil
}

func (s *StandIn) bindClaim(ctx context.Context, claim *corev1.PersistentVolumeClaim) error {
	volume := &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: "pvc-" + string(claim.UID)},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:                      claim.Spec.Resources.Requests,
			AccessModes:                   claim.Spec.AccessModes,
			PersistentVolumeReclaimPolicy: corev1.PersistentVolumeReclaimDelete,
			PersistentVolumeSource:        corev1.PersistentVolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/nowhere"}},
			ClaimRef: &corev1.ObjectReference{
				Kind: "PersistentVolumeClaim", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
			},
		},
	}
	if err := s.c.Create(ctx, volume); err != nil && !apierrors.IsAlreadyExists(err) {
		return err
	}
	bound := claim.DeepCopy()
	bound.Spec.VolumeName = volume.Name
	return ignoreConflict(client.IgnoreNotFound(s.c.Patch(ctx, bound, client.MergeFrom(claim))))
}

// releaseClaim deletes the volume with its claim, as the reclaim policy says.
func (s *StandIn) releaseClaim(ctx context.Context, claim *corev1.PersistentVolumeClaim) error {
	if slices.Contains(claim.Finalizers, Kept) {
		return nil
	}
	if name := claim.Spec.VolumeName; name != "" {
		volume := &corev1.PersistentVolume{}
		err := s.c.Get(ctx, client.ObjectKey{Name: name}, volume)
		if err == nil {
			released := volume.DeepCopy()
			released.Finalizers = nil
			if err := s.c.Patch(ctx, released, client.MergeFrom(volume)); client.IgnoreNotFound(err) != nil {
				return err
			}
			err = s.c.Delete(ctx, volume)
		}
		if client.IgnoreNotFound(err) != nil {
			return err
		}
	}
	released := claim.DeepCopy()
	released.Finalizers = nil
	return ignoreConflict(client.IgnoreNotFound(s.c.Patch(ctx, released, client.MergeFrom(claim))))
}
