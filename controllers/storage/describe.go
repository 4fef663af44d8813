package storage

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

const (
	// conditionDeletionBlocked is present, and true, while the deletion of the
	// Tenant waits for somebody.
	conditionDeletionBlocked = "DeletionBlocked"
	reasonTenantDeleted      = "TenantDeleted"
	reasonVolumeRetained     = "VolumeRetained"
	reasonNamespaceReplaced  = "NamespaceReplaced"
)

// ownPart is what the final deletion writes of a Tenant's status.
func ownPart(status v1alpha1.TenantStatus) v1alpha1.TenantStatus {
	return v1alpha1.TenantStatus{
		Deletion:   status.Deletion,
		Conditions: tenantstatus.Conditions(status.Conditions, conditionDeletionBlocked),
	}
}

// clearBlock says that the guards hold again. What holds up the end, and not the
// beginning, stays until it is over: it would only come and go.
func clearBlock(tenant *v1alpha1.Tenant) {
	blocked := meta.FindStatusCondition(tenant.Status.Conditions, conditionDeletionBlocked)
	if blocked != nil && blocked.Reason == reasonVolumeRetained {
		return
	}
	meta.RemoveStatusCondition(&tenant.Status.Conditions, conditionDeletionBlocked)
}

// recordBlock says what the deletion waits for.
func (r *Reconciler) recordBlock(ctx context.Context, key client.ObjectKey, blocked *blockedError) error {
	var tenant v1alpha1.Tenant
	if err := r.APIReader.Get(ctx, key, &tenant); err != nil {
		return client.IgnoreNotFound(err)
	}
	after := tenant.DeepCopy()
	meta.SetStatusCondition(&after.Status.Conditions, metav1.Condition{
		Type: conditionDeletionBlocked, Status: metav1.ConditionTrue, Reason: blocked.reason, Message: blocked.message,
		ObservedGeneration: tenant.Generation, LastTransitionTime: r.now(),
	})
	wrote, err := tenantstatus.Save(ctx, r.Client, v1alpha1.StorageFieldOwner, ownPart, &tenant, after)
	if err != nil || !wrote {
		return err
	}
	r.Recorder.Eventf(after, nil, corev1.EventTypeWarning, blocked.reason, "Delete", "%s", blocked.message)
	return nil
}
