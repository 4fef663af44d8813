// Package storage carries out what can't be undone: the purge of the documents
// of a tenant whose payment has lapsed (purge.go), and the final deletion of a
// Tenant that an administrator deleted. Both go in this order: write the intent,
// read everything live again, check every guard, delete with preconditions, wait
// until it is gone, record.
package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/events"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

// Options are what a platform engineer chooses.
type Options struct {
	// AccountsNamespace holds the ledger.
	AccountsNamespace string
	// LookAgain is how long to wait before looking again whether what was
	// deleted has gone, or a guard has changed that no watch tells of.
	LookAgain time.Duration
	// AllowTestClock lets PlatformPolicy.spec.testClock move the contract's
	// clock.
	AllowTestClock bool
}

// Reconciler deletes, for good, what ran for Tenants that are being deleted.
type Reconciler struct {
	// Client writes to the API server; from its cache only the Tenant's first
	// look is taken.
	Client client.Client
	// APIReader reads live: nothing is destroyed on the word of a cache.
	APIReader client.Reader
	Clock     clock.PassiveClock
	Recorder  events.EventRecorder
	Options   Options
}

// Reconcile takes the deletion of one Tenant one step further.
func (r *Reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var cached v1alpha1.Tenant
	if err := r.Client.Get(ctx, request.NamespacedName, &cached); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !beingDeleted(&cached) {
		return ctrl.Result{}, nil
	}
	err := r.carryOut(ctx, request.NamespacedName)
	var blocked *blockedError
	var pending *pendingError
	switch {
	case errors.As(err, &blocked):
		return ctrl.Result{RequeueAfter: r.Options.LookAgain}, r.recordBlock(ctx, request.NamespacedName, blocked)
	case errors.As(err, &pending):
		return ctrl.Result{RequeueAfter: r.Options.LookAgain}, nil
	default:
		return ctrl.Result{}, err
	}
}

func beingDeleted(tenant *v1alpha1.Tenant) bool {
	return tenant.DeletionTimestamp != nil && controllerutil.ContainsFinalizer(tenant, v1alpha1.InstanceFinalizer)
}

// carryOut goes through the steps. Each looks at what is there, live, and none
// depends on an earlier pass having done its own.
func (r *Reconciler) carryOut(ctx context.Context, key client.ObjectKey) error {
	first, err := r.look(ctx, key)
	if err != nil {
		return err
	}
	if first == nil {
		return nil
	}
	if err := first.guard(); err != nil {
		return err
	}
	if err := r.fence(ctx, first); err != nil {
		return err
	}
	// From here on the intent is saved. What is destroyed is decided by a second
	// look: somebody may have put up a hold while the intent was written.
	last, err := r.look(ctx, key)
	if err != nil {
		return err
	}
	if last == nil {
		return nil
	}
	if err := last.guard(); err != nil {
		return err
	}
	if err := r.deleteNamespace(ctx, last); err != nil {
		return err
	}
	if err := r.requireVolumesGone(ctx, last); err != nil {
		return err
	}
	if err := r.deleteLedger(ctx, last.tenant); err != nil {
		return err
	}
	return r.finish(ctx, last.tenant)
}

// fence saves the intent: what is to be deleted, by its UID, why and since when.
func (r *Reconciler) fence(ctx context.Context, s *scene) error {
	after := s.tenant.DeepCopy()
	if after.Status.Deletion == nil {
		now := r.now()
		after.Status.Deletion = &v1alpha1.DeletionStatus{IntentAt: &now, Reason: reasonTenantDeleted}
	}
	if s.namespace != nil && s.ours() && after.Status.Deletion.NamespaceUID == "" {
		after.Status.Deletion.NamespaceUID = s.namespace.UID
	}
	clearBlock(after)
	wrote, err := tenantstatus.Save(ctx, r.Client, v1alpha1.StorageFieldOwner, ownPart, s.tenant, after)
	if err != nil {
		return err
	}
	if wrote && s.tenant.Status.Deletion == nil {
		r.Recorder.Eventf(after, nil, corev1.EventTypeNormal, "DeletionStarted", "Delete",
			"everything of tenant %s is being deleted for good", after.Name)
	}
	return nil
}

// finish records the end and lets the Tenant go.
func (r *Reconciler) finish(ctx context.Context, tenant *v1alpha1.Tenant) error {
	after := tenant.DeepCopy()
	now := r.now()
	if after.Status.Deletion == nil {
		after.Status.Deletion = &v1alpha1.DeletionStatus{IntentAt: &now, Reason: reasonTenantDeleted}
	}
	if after.Status.Deletion.CompletedAt == nil {
		after.Status.Deletion.VolumesGoneAt, after.Status.Deletion.CompletedAt = &now, &now
	}
	if _, err := tenantstatus.Save(ctx, r.Client, v1alpha1.StorageFieldOwner, ownPart, tenant, after); err != nil {
		return err
	}
	if tenant.Status.Deletion == nil || tenant.Status.Deletion.CompletedAt == nil {
		r.Recorder.Eventf(after, nil, corev1.EventTypeNormal, "Deleted", "Delete",
			"namespace and volumes of tenant %s are gone", after.Name)
	}
	// The live object, whose status was just written, has another version: the
	// finalizer is removed from what is there now, and from nothing older.
	var latest v1alpha1.Tenant
	if err := r.APIReader.Get(ctx, client.ObjectKeyFromObject(tenant), &latest); err != nil {
		return client.IgnoreNotFound(err)
	}
	released := latest.DeepCopy()
	controllerutil.RemoveFinalizer(released, v1alpha1.InstanceFinalizer)
	patch := client.MergeFromWithOptions(&latest, client.MergeFromWithOptimisticLock{})
	if err := r.Client.Patch(ctx, released, patch, client.FieldOwner(v1alpha1.StorageFieldOwner)); client.IgnoreNotFound(err) != nil {
		return fmt.Errorf("removing the finalizer of Tenant %s: %w", tenant.Name, err)
	}
	return nil
}

func (r *Reconciler) now() metav1.Time {
	return metav1.NewTime(r.Clock.Now().UTC().Truncate(time.Second))
}
