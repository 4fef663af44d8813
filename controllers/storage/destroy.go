package storage

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/layout"
)

// volumesPerPage bounds what one answer of the API server holds while the
// volumes of a large cluster are looked through.
const volumesPerPage = 500

// deleteNamespace deletes the tenant's namespace, and that one only. A namespace
// that isn't the tenant's is none of ours.
func (r *Reconciler) deleteNamespace(ctx context.Context, s *scene) error {
	if !s.ours() {
		return nil
	}
	if s.namespace.DeletionTimestamp == nil {
		uid := s.namespace.UID
		err := r.Client.Delete(ctx, s.namespace, client.Preconditions{UID: &uid})
		if client.IgnoreNotFound(err) != nil && !apierrors.IsConflict(err) {
			return fmt.Errorf("deleting namespace %s (UID %s): %w", s.namespace.Name, uid, err)
		}
	}
	return &pendingError{"namespace " + s.namespace.Name + " is being deleted"}
}

// requireVolumesGone looks whether a volume of the tenant is left. The claims
// have gone with the namespace; the volume behind one may take longer, or stay
// for good where its class keeps volumes.
func (r *Reconciler) requireVolumesGone(ctx context.Context, s *scene) error {
	namespace := layout.Namespace(s.tenant.Name)
	if s.namespace != nil && !s.ours() {
		return nil // The volumes bound to claims there are somebody else's.
	}
	var volumes corev1.PersistentVolumeList
	for {
		page := client.Limit(volumesPerPage)
		if err := r.APIReader.List(ctx, &volumes, page, client.Continue(volumes.Continue)); err != nil {
			return fmt.Errorf("listing the PersistentVolumes: %w", err)
		}
		for i := range volumes.Items {
			if err := remains(&volumes.Items[i], namespace); err != nil {
				return err
			}
		}
		if volumes.Continue == "" {
			return nil
		}
	}
}

// remains says what is to become of a volume that is left of a namespace.
func remains(volume *corev1.PersistentVolume, namespace string) error {
	if volume.Spec.ClaimRef == nil || volume.Spec.ClaimRef.Namespace != namespace {
		return nil
	}
	if volume.Spec.PersistentVolumeReclaimPolicy == corev1.PersistentVolumeReclaimRetain && volume.DeletionTimestamp == nil {
		return &blockedError{reasonVolumeRetained, fmt.Sprintf(
			"PersistentVolume %s still holds this tenant's %s, because its reclaim policy is Retain: destroy the storage behind it, then delete the PersistentVolume",
			volume.Name, volume.Spec.ClaimRef.Name)}
	}
	return &pendingError{"PersistentVolume " + volume.Name + " is being deleted"}
}

// deleteLedger deletes what the operator keeps about the tenant in the ledger:
// its Licenses, a right to nothing now, and its Notices, which name a person.
func (r *Reconciler) deleteLedger(ctx context.Context, tenant *v1alpha1.Tenant) error {
	of := []client.ListOption{client.InNamespace(tenant.Namespace), client.MatchingLabels{layout.LabelTenant: tenant.Name}}
	var licences v1alpha1.LicenseList
	if err := r.APIReader.List(ctx, &licences, of...); err != nil {
		return fmt.Errorf("listing the Licenses of Tenant %s: %w", tenant.Name, err)
	}
	for i := range licences.Items {
		if licence := &licences.Items[i]; licence.Spec.TenantRef.Name == tenant.Name {
			if err := r.deleteRecord(ctx, licence); err != nil {
				return err
			}
		}
	}
	var notices v1alpha1.NoticeList
	if err := r.APIReader.List(ctx, &notices, of...); err != nil {
		return fmt.Errorf("listing the Notices of Tenant %s: %w", tenant.Name, err)
	}
	for i := range notices.Items {
		if notice := &notices.Items[i]; notice.Spec.TenantRef.Name == tenant.Name {
			if err := r.deleteRecord(ctx, notice); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Reconciler) deleteRecord(ctx context.Context, object client.Object) error {
	if object.GetDeletionTimestamp() != nil {
		return nil
	}
	uid := object.GetUID()
	if err := r.Client.Delete(ctx, object, client.Preconditions{UID: &uid}); client.IgnoreNotFound(err) != nil {
		return fmt.Errorf("deleting %T %s: %w", object, object.GetName(), err)
	}
	return nil
}
