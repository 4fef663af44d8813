package main

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/cmd/manager/operator"
	"github.com/grupobizopps/salexops/test/controlplane"
	"github.com/grupobizopps/salexops/test/story"
)

// writersAtOnce keeps the API server busy without flooding it.
const writersAtOnce = 16

// register makes a fleet of tenants who have paid their first month.
func register(ctx context.Context, plane *controlplane.Plane, tenants int) error {
	config := rest.CopyConfig(plane.AdminConfig)
	config.QPS = -1 // No limit but the server's own.
	c, err := client.New(config, client.Options{Scheme: operator.NewScheme()})
	if err != nil {
		return fmt.Errorf("making a client: %w", err)
	}
	for _, object := range []client.Object{controlplane.Policy(), controlplane.PaidPlan("team")} {
		if err := c.Create(ctx, object); err != nil {
			return fmt.Errorf("creating %T %s: %w", object, object.GetName(), err)
		}
	}
	world := story.World{Client: c}
	if err := awaitClock(ctx, world); err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(writersAtOnce)
	for i := range tenants {
		group.Go(func() error {
			name := fmt.Sprintf("tenant-%05d", i)
			if err := c.Create(ctx, controlplane.Tenant(name)); err != nil {
				return fmt.Errorf("creating Tenant %s: %w", name, err)
			}
			if err := c.Create(ctx, controlplane.Subscription(name, "team")); err != nil {
				return fmt.Errorf("creating Subscription %s: %w", name, err)
			}
			return world.Pay(ctx, name, "pay-0001", "2026-12-31 11:00", "2026-12-31", "2027-01-30")
		})
	}
	return group.Wait()
}

// awaitClock waits until admission has noticed the test clock: before, it takes
// the feed for one of the future.
func awaitClock(ctx context.Context, world story.World) error {
	deadline := time.Now().Add(time.Minute)
	for {
		err := world.Live(ctx, "2027-01-15 11:00")
		if err == nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// settled reports whether every tenant has its standing.
func settled(plane *controlplane.Plane, tenants int) func(context.Context) (bool, error) {
	return func(ctx context.Context) (bool, error) {
		var list v1alpha1.TenantList
		if err := plane.Admin.List(ctx, &list); err != nil {
			return false, fmt.Errorf("listing the Tenants: %w", err)
		}
		current := 0
		for i := range list.Items {
			if s := list.Items[i].Status.Standing; s != nil && s.Billing == v1alpha1.BillingCurrent {
				current++
			}
		}
		return current == tenants, nil
	}
}
