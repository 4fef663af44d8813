package volume

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

// Run makes, grows and removes volumes until the context ends. claims is a
// shared informer of persistent volume claims, synced.
func Run(ctx context.Context, client kubernetes.Interface, store Store, node string, claims cache.SharedIndexInformer) error {
	if err := removeOrphans(ctx, client, store); err != nil {
		return err
	}
	grower := &grower{client: client, store: store, claims: claims.GetIndexer(), queue: workqueue.NewTypedRateLimitingQueue(
		workqueue.NewTypedItemExponentialFailureRateLimiter[string](200*time.Millisecond, 2*time.Second),
	)}
	if _, err := claims.AddEventHandler(grower.handler()); err != nil {
		return fmt.Errorf("watching claims: %w", err)
	}
	go grower.run(ctx)
	// Volumes are made within a fraction of a second, so retries may be quick.
	limiter := workqueue.NewTypedItemExponentialFailureRateLimiter[string](200*time.Millisecond, 10*time.Second)
	controller.NewProvisionController(ctx, client, Provisioner, provisioner{store, node},
		controller.LeaderElection(false),
		controller.Threadiness(4),
		controller.RateLimiter(limiter),
		controller.FailedProvisionThreshold(0),
		controller.FailedDeleteThreshold(0),
		controller.ClaimsInformer(claims),
	).Run(ctx)
	return nil
}

// removeOrphans removes volumes that the API server does not know: the
// provisioner was killed before it could tell, or the cluster began anew.
// Nothing is being made at this time, since it runs before the provisioner.
func removeOrphans(ctx context.Context, client kubernetes.Interface, store Store) error {
	names, err := store.Names()
	if err != nil {
		return err
	}
	for _, name := range names {
		_, err := client.CoreV1().PersistentVolumes().Get(ctx, name, metav1.GetOptions{})
		if err == nil {
			continue
		}
		if !apierrors.IsNotFound(err) {
			return fmt.Errorf("looking for volume %s: %w", name, err)
		}
		slog.InfoContext(ctx, "removing a volume that the cluster does not know", "volume", name)
		if err := store.Delete(ctx, name); err != nil {
			slog.ErrorContext(ctx, "an orphaned volume stays", "volume", name, "error", err)
		}
	}
	return nil
}
