package volume

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
)

// grower enlarges volumes whose claims ask for more than they have.
type grower struct {
	client kubernetes.Interface
	store  Store
	claims cache.Indexer
	queue  workqueue.TypedRateLimitingInterface[string]
}

func (g *grower) handler() cache.ResourceEventHandler {
	enqueue := func(object any) {
		if claim, ok := object.(*corev1.PersistentVolumeClaim); ok && wantsMore(claim) {
			g.queue.Add(claim.Namespace + "/" + claim.Name)
		}
	}
	return cache.ResourceEventHandlerFuncs{AddFunc: enqueue, UpdateFunc: func(_, updated any) { enqueue(updated) }}
}

// wantsMore tells whether a bound claim asks for more than it has.
func wantsMore(claim *corev1.PersistentVolumeClaim) bool {
	if claim.Status.Phase != corev1.ClaimBound || claim.Spec.VolumeName == "" || claim.DeletionTimestamp != nil {
		return false
	}
	has := claim.Status.Capacity[corev1.ResourceStorage]
	return has.Cmp(claim.Spec.Resources.Requests[corev1.ResourceStorage]) < 0
}

func (g *grower) run(ctx context.Context) {
	go func() { <-ctx.Done(); g.queue.ShutDown() }()
	for {
		key, shutdown := g.queue.Get()
		if shutdown {
			return
		}
		if err := g.grow(ctx, key); err != nil {
			if !errors.Is(err, ErrInUse) {
				slog.ErrorContext(ctx, "growing a volume", "claim", key, "error", err)
			}
			g.queue.AddRateLimited(key)
		} else {
			g.queue.Forget(key)
		}
		g.queue.Done(key)
	}
}

// grow enlarges the file system, then says so: the volume first, the claim last.
func (g *grower) grow(ctx context.Context, key string) error {
	object, exists, err := g.claims.GetByKey(key)
	if err != nil || !exists {
		return err
	}
	claim := object.(*corev1.PersistentVolumeClaim)
	if !wantsMore(claim) {
		return nil
	}
	pv, err := g.client.CoreV1().PersistentVolumes().Get(ctx, claim.Spec.VolumeName, metav1.GetOptions{})
	if err != nil {
		return fmt.Errorf("looking for its volume: %w", err)
	}
	if pv.Annotations["pv.kubernetes.io/provisioned-by"] != Provisioner {
		return nil
	}
	size := claim.Spec.Resources.Requests[corev1.ResourceStorage]
	if err := g.store.Grow(ctx, pv.Name, size.Value()); err != nil {
		if errors.Is(err, ErrInUse) {
			return errors.Join(err, g.record(ctx, claim, func(status *corev1.PersistentVolumeClaimStatus) { wait(status, err.Error()) }))
		}
		return err
	}
	pv = pv.DeepCopy()
	pv.Spec.Capacity[corev1.ResourceStorage] = size
	if _, err := g.client.CoreV1().PersistentVolumes().Update(ctx, pv, metav1.UpdateOptions{}); err != nil {
		return fmt.Errorf("recording the size of the volume: %w", err)
	}
	return g.record(ctx, claim, func(status *corev1.PersistentVolumeClaimStatus) {
		status.Capacity[corev1.ResourceStorage] = size
		status.Conditions = slices.DeleteFunc(status.Conditions, resizing)
	})
}

// record changes the status of a claim, and does nothing when it says so already.
func (g *grower) record(ctx context.Context, claim *corev1.PersistentVolumeClaim, change func(*corev1.PersistentVolumeClaimStatus)) error {
	updated := claim.DeepCopy()
	change(&updated.Status)
	if equality.Semantic.DeepEqual(claim.Status, updated.Status) {
		return nil
	}
	if _, err := g.client.CoreV1().PersistentVolumeClaims(claim.Namespace).UpdateStatus(ctx, updated, metav1.UpdateOptions{}); err != nil {
		return fmt.Errorf("recording the size of the claim: %w", err)
	}
	return nil
}

// wait says on the claim what its growing waits for.
func wait(status *corev1.PersistentVolumeClaimStatus, reason string) {
	if slices.ContainsFunc(status.Conditions, resizing) {
		return
	}
	status.Conditions = append(status.Conditions, corev1.PersistentVolumeClaimCondition{
		Type: corev1.PersistentVolumeClaimFileSystemResizePending, Status: corev1.ConditionTrue,
		LastTransitionTime: metav1.Now(), Message: reason,
	})
}

func resizing(c corev1.PersistentVolumeClaimCondition) bool {
	return c.Type == corev1.PersistentVolumeClaimResizing || c.Type == corev1.PersistentVolumeClaimFileSystemResizePending
}
