package scale_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-logr/logr"
	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"
	eventsv1 "k8s.io/api/events/v1"
	testingclock "k8s.io/utils/clock/testing"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrllog "sigs.k8s.io/controller-runtime/pkg/log"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/test/controlplane"
	"github.com/grupobizopps/salexops/test/story"
)

const paying = 300

// TestABrokenExportStopsNobody is contract.md 4, "Circuit breaker": on 4
// February billing has told everything, and the export lacks every payment of
// the second month.
func TestABrokenExportStopsNobody(t *testing.T) {
	ctrllog.SetLogger(logr.Discard())
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	t.Cleanup(cancel)
	plane, err := controlplane.Start(ctx)
	must(t, err)
	t.Cleanup(func() {
		cancel()
		must(t, plane.Stop())
	})
	must(t, plane.StartStandIn(ctx))
	world := story.World{Client: plane.Admin}
	must(t, plane.Admin.Create(ctx, controlplane.Policy()))
	must(t, plane.Admin.Create(ctx, controlplane.PaidPlan("team")))
	must(t, world.Live(ctx, "2027-01-15 11:00"))

	options := controlplane.OperatorOptions(testingclock.NewFakePassiveClock(controlplane.Now), controlplane.Silence{})
	options.ExchangeInterval = time.Hour
	registry := prometheus.NewRegistry()
	options.Metrics = registry
	operator, err := controlplane.StartOperator(ctx, plane.OperatorConfig, options)
	must(t, err)
	must(t, registerPaying(ctx, plane.Admin, world))
	until(ctx, t, "every tenant runs", func() bool { return count(ctx, t, plane.Admin, running) == paying })

	must(t, world.Live(ctx, "2027-02-04"))
	until(ctx, t, "the breaker holds everybody", func() bool { return count(ctx, t, plane.Admin, heldByBreaker) == paying })
	if stopped := paying - count(ctx, t, plane.Admin, running); stopped > 0 {
		t.Errorf("%d tenants were stopped", stopped)
	}
	trip := readPolicy(ctx, t, plane.Admin).Status.Breaker
	if trip == nil || trip.State != v1alpha1.BreakerTripped || trip.Disable == nil || trip.Disable.Due != paying || trip.Disable.Limit != paying/10 {
		t.Fatalf("the breaker is %+v", trip)
	}
	if got := gauge(t, registry, "salexops_breaker_tripped", "Disable"); got != 1 {
		t.Errorf("salexops_breaker_tripped is %v", got)
	}
	if told := breakerEvents(ctx, t, plane.Admin); len(told) != 1 || !strings.Contains(told[0], "300 acts of kind Disable") {
		t.Errorf("told %q, not once", told)
	}

	// A restart forgets nothing.
	must(t, operator.Stop())
	options.Metrics = prometheus.NewRegistry()
	operator, err = controlplane.StartOperator(ctx, plane.OperatorConfig, options)
	must(t, err)
	must(t, world.Live(ctx, "2027-02-05"))
	until(ctx, t, "the heartbeat is seen", func() bool { return count(ctx, t, plane.Admin, heldByBreaker) == paying })
	if stopped := paying - count(ctx, t, plane.Admin, running); stopped > 0 {
		t.Errorf("%d tenants were stopped after a restart", stopped)
	}

	// The export is mended for all but twelve: acknowledged, they are disabled.
	for i := range paying - 12 {
		must(t, world.Pay(ctx, payer(i), "pay-0002", "2027-01-31 10:00", "2027-01-31", "2027-02-27"))
	}
	until(ctx, t, "those who paid are current again", func() bool { return count(ctx, t, plane.Admin, heldByBreaker) == 12 })
	must(t, world.Policy(ctx, fmt.Sprintf(`{"spec":{"breaker":{"acknowledgedTrip":%q}}}`, trip.Disable.TrippedAt.UTC().Format(time.RFC3339))))
	until(ctx, t, "the twelve are disabled", func() bool { return count(ctx, t, plane.Admin, running) == paying-12 })
	until(ctx, t, "the breaker is closed", func() bool {
		return readPolicy(ctx, t, plane.Admin).Status.Breaker.State == v1alpha1.BreakerClosed
	})
	must(t, operator.Stop())
}

func payer(i int) string { return fmt.Sprintf("payer-%03d", i) }

func registerPaying(ctx context.Context, c client.Client, world story.World) error {
	var group errgroup.Group
	group.SetLimit(8)
	for i := range paying {
		group.Go(func() error {
			if err := c.Create(ctx, controlplane.Tenant(payer(i))); err != nil {
				return fmt.Errorf("creating Tenant %s: %w", payer(i), err)
			}
			if err := c.Create(ctx, controlplane.Subscription(payer(i), "team")); err != nil {
				return fmt.Errorf("creating Subscription %s: %w", payer(i), err)
			}
			return world.Pay(ctx, payer(i), "pay-0001", "2026-12-31 11:00", "2026-12-31", "2027-01-30")
		})
	}
	return group.Wait()
}

func running(tenant *v1alpha1.Tenant) bool {
	return tenant.Status.Standing != nil && tenant.Status.Standing.MayRun
}

func heldByBreaker(tenant *v1alpha1.Tenant) bool {
	for _, condition := range tenant.Status.Conditions {
		if condition.Type == "ActsHeld" && condition.Reason == "BreakerClosed" {
			return true
		}
	}
	return false
}

func count(ctx context.Context, t *testing.T, c client.Client, counts func(*v1alpha1.Tenant) bool) int {
	t.Helper()
	var tenants v1alpha1.TenantList
	must(t, c.List(ctx, &tenants))
	n := 0
	for i := range tenants.Items {
		if counts(&tenants.Items[i]) {
			n++
		}
	}
	return n
}

func readPolicy(ctx context.Context, t *testing.T, c client.Client) *v1alpha1.PlatformPolicy {
	t.Helper()
	var policy v1alpha1.PlatformPolicy
	must(t, c.Get(ctx, client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, &policy))
	return &policy
}

// breakerEvents are what the breaker told, once each.
func breakerEvents(ctx context.Context, t *testing.T, c client.Client) []string {
	t.Helper()
	var told []string
	until(ctx, t, "the event is there", func() bool {
		var events eventsv1.EventList
		must(t, c.List(ctx, &events))
		told = nil
		for i := range events.Items {
			if events.Items[i].Reason == "BreakerTripped" || events.Items[i].Reason == "BreakerClosed" {
				told = append(told, events.Items[i].Note)
			}
		}
		return len(told) > 0
	})
	return told
}

func gauge(t *testing.T, registry *prometheus.Registry, name, label string) float64 {
	t.Helper()
	families, err := registry.Gather()
	must(t, err)
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			if family.GetName() == name && metric.GetLabel()[0].GetValue() == label {
				return metric.GetGauge().GetValue()
			}
		}
	}
	return -1
}

// until waits until something holds.
func until(ctx context.Context, t *testing.T, what string, holds func() bool) {
	t.Helper()
	bounded, done := context.WithTimeout(ctx, 2*time.Minute)
	defer done()
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-bounded.Done():
			t.Fatalf("waited in vain until %s", what)
		case <-ticker.C:
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
