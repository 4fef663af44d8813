// Package scale_test looks at a fleet: what it costs while nothing happens.
package scale_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/go-logr/logr"
	"golang.org/x/sync/errgroup"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
)

const fleet = 200

// TestAFleetAtRestCostsNothing provisions a fleet and then makes the operator
// look at every tenant again, in both ways it ever does: by starting anew, and
// by the resync of a running one.
func TestAFleetAtRestCostsNothing(t *testing.T) {
	ctrllog.SetLogger(logr.Discard())
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	plane, err := controlplane.Start(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := plane.Stop(); err != nil {
			t.Errorf("stopping the API server: %v", err)
		}
	})
	watching, stopWatching := context.WithCancel(ctx)
	t.Cleanup(stopWatching)
	if err := plane.StartStandIn(watching); err != nil {
		t.Fatal(err)
	}
	traffic := &controlplane.Traffic{}
	start := func(resync *time.Duration) *controlplane.Operator {
		options := controlplane.OperatorOptions(testingclock.NewFakePassiveClock(controlplane.Now), controlplane.Silence{})
		// Nobody answers in this test, and asking is not what it measures.
		options.ExchangeInterval = time.Hour
		options.Resync = resync
		operator, err := controlplane.StartOperator(watching, traffic.Watch(plane.OperatorConfig), options)
		if err != nil {
			t.Fatal(err)
		}
		return operator
	}

	first := start(nil)
	began := time.Now()
	if err := registerFleet(ctx, plane.Admin); err != nil {
		t.Fatal(err)
	}
	waitUntilReady(ctx, t, plane.Admin)
	t.Logf("%d tenants provisioned in %s", fleet, time.Since(began).Round(time.Millisecond))
	waitUntilQuiet(ctx, t, traffic)
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}

	traffic.Reset()
	resync := 3 * time.Second
	second := start(&resync)
	waitUntilQuiet(ctx, t, traffic)
	if writes := withoutLeases(traffic.Writes()); len(writes) > 0 {
		t.Errorf("starting anew over a fleet at rest made %d writes, such as %q", len(writes), writes[0])
	}
	t.Logf("starting anew over %d tenants made %d reads", fleet, len(traffic.Reads()))

	traffic.Reset()
	before := reconciled(t)
	for deadline := time.Now().Add(time.Minute); reconciled(t) < before+4*fleet; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("no resync came within a minute")
		}
	}
	if writes := withoutLeases(traffic.Writes()); len(writes) > 0 {
		t.Errorf("a resync of a fleet at rest made %d writes, such as %q", len(writes), writes[0])
	}
	if reads := traffic.Reads(); len(reads) > 0 {
		t.Errorf("a resync of a fleet at rest made %d reads, such as %q", len(reads), reads[0])
	}
	stopWatching()
	if err := second.Stop(); err != nil {
		t.Fatal(err)
	}
}

func registerFleet(ctx context.Context, c client.Client) error {
	if err := c.Create(ctx, &v1alpha1.PlatformPolicy{ObjectMeta: metav1.ObjectMeta{Name: "default"}}); err != nil {
		return fmt.Errorf("creating the policy: %w", err)
	}
	if err := c.Create(ctx, controlplane.FreePlan("free")); err != nil {
		return fmt.Errorf("creating the plan: %w", err)
	}
	var group errgroup.Group
	group.SetLimit(8)
	for i := range fleet {
		group.Go(func() error {
			name := fmt.Sprintf("tenant-%03d", i)
			if err := c.Create(ctx, controlplane.Tenant(name)); err != nil {
				return fmt.Errorf("creating Tenant %s: %w", name, err)
			}
			if err := c.Create(ctx, controlplane.Subscription(name, "free")); err != nil {
				return fmt.Errorf("creating Subscription %s: %w", name, err)
			}
			return nil
		})
	}
	return group.Wait()
}

// waitUntilReady waits until every tenant is ready and was told that nobody
// answers.
func waitUntilReady(ctx context.Context, t *testing.T, c client.Client) {
	t.Helper()
	for {
		var tenants v1alpha1.TenantList
		if err := c.List(ctx, &tenants); err != nil {
			t.Fatalf("listing the fleet: %v", err)
		}
		ready := 0
		for i := range tenants.Items {
			conditions := tenants.Items[i].Status.Conditions
			if meta.IsStatusConditionTrue(conditions, "Ready") && meta.FindStatusCondition(conditions, "Reachable") != nil {
				ready++
			}
		}
		if ready == fleet {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%d of %d tenants are ready", ready, fleet)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// waitUntilQuiet waits until the operator has made no request for a while: what
// it counts a little later is counted then, too.
func waitUntilQuiet(ctx context.Context, t *testing.T, traffic *controlplane.Traffic) {
	t.Helper()
	last, since := -1, time.Now()
	for time.Since(since) < 5*time.Second {
		if count := len(traffic.Reads()) + len(traffic.Writes()); count != last {
			last, since = count, time.Now()
		}
		select {
		case <-ctx.Done():
			t.Fatal("the operator never came to rest")
		case <-time.After(100 * time.Millisecond):
		}
	}
}
