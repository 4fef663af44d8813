package cluster

import (
	"context"
	"errors"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Publish makes a Service one of type LoadBalancer and waits for its address.
func (c *Cluster) Publish(ctx context.Context, namespace, name string) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	services := client.CoreV1().Services(namespace)
	patch := []byte(`{"spec":{"type":"LoadBalancer"}}`)
	if _, err := services.Patch(ctx, name, types.MergePatchType, patch, metav1.PatchOptions{}); err != nil {
		return fmt.Errorf("publishing service %s/%s: %w", namespace, name, err)
	}
	what := fmt.Sprintf("service %s/%s to be published", namespace, name)
	return poll(ctx, what, 15*time.Second, nil, func(ctx context.Context) error {
		service, err := services.Get(ctx, name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		if len(service.Status.LoadBalancer.Ingress) == 0 {
			return errors.New("it has no address yet; its events say why, if a port is taken")
		}
		return nil
	})
}
