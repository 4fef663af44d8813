package policy

import (
	"context"
	"fmt"
	"strconv"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Admit puts a new pod's address under the policies, and returns when they are
// in force. The network plugin calls it before any container of the pod is
// started, so there is no moment in which the pod could talk past them.
//
// Watches may lag behind one another: the pod can be known here before a policy
// that was made earlier. So the API server is asked what holds for the pod now,
// and the rules are written once the watches have seen at least that much.
func (c *Controller) Admit(ctx context.Context, e Endpoint) error {
	wanted, err := c.live(ctx, e)
	if err != nil {
		return fmt.Errorf("asking which policies hold for pod %s/%s: %w", e.Namespace, e.Name, err)
	}
	if err := c.registry.Put(e); err != nil {
		return err
	}
	for _, object := range wanted {
		for !object.seen() {
			select {
			case <-ctx.Done():
				return fmt.Errorf("waiting for the watch of %s: %w", object.name, ctx.Err())
			case <-time.After(2 * time.Millisecond):
			}
		}
	}
	return c.sync(ctx, false)
}

// Release forgets an address whose sandbox is gone.
func (c *Controller) Release(ctx context.Context, containerID string) error {
	if err := c.registry.Remove(containerID); err != nil {
		return fmt.Errorf("forgetting the address of container %s: %w", containerID, err)
	}
	return c.sync(ctx, false)
}

// awaited is an object that the watches must have seen.
type awaited struct {
	name string
	seen func() bool
}

// live reads from the API server what decides about a pod.
func (c *Controller) live(ctx context.Context, e Endpoint) ([]awaited, error) {
	pod, err := c.client.CoreV1().Pods(e.Namespace).Get(ctx, e.Name, metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	if string(pod.UID) != e.UID {
		return nil, fmt.Errorf("another pod of this name has taken its place")
	}
	namespace, err := c.client.CoreV1().Namespaces().Get(ctx, e.Namespace, metav1.GetOptions{})
	if err != nil {
		return nil, err
	}
	policies, err := c.client.NetworkingV1().NetworkPolicies(e.Namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		return nil, err
	}
	wanted := []awaited{
		{"the pod", func() bool {
			cached, err := c.pods.Pods(e.Namespace).Get(e.Name)
			return err == nil && notOlder(cached.ResourceVersion, pod.ResourceVersion)
		}},
		{"its namespace", func() bool {
			cached, err := c.namespaces.Get(e.Namespace)
			return err == nil && notOlder(cached.ResourceVersion, namespace.ResourceVersion)
		}},
	}
	for _, policy := range policies.Items {
		wanted = append(wanted, awaited{"policy " + policy.Name, func() bool {
			cached, err := c.policies.NetworkPolicies(e.Namespace).Get(policy.Name)
			if err != nil {
				// Removed since; its removal may be waited for no more than others.
				return c.removed(ctx, e.Namespace, policy.Name)
			}
			return notOlder(cached.ResourceVersion, policy.ResourceVersion)
		}})
	}
	return wanted, nil
}

// removed tells whether a policy that the watch does not have is gone from the
// API server as well, rather than not seen yet.
func (c *Controller) removed(ctx context.Context, namespace, name string) bool {
	list, err := c.client.NetworkingV1().NetworkPolicies(namespace).List(ctx, metav1.ListOptions{FieldSelector: "metadata.name=" + name})
	return err == nil && len(list.Items) == 0
}

// notOlder compares resource versions, which are numbers that grow.
func notOlder(cached, live string) bool {
	a, errA := strconv.ParseUint(cached, 10, 64)
	b, errB := strconv.ParseUint(live, 10, 64)
	return errA == nil && errB == nil && a >= b || cached == live
}
