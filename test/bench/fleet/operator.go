package main

import (
	"context"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/rest"
	testingclock "k8s.io/utils/clock/testing"
	"k8s.io/utils/ptr"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	ctrlconfig "sigs.k8s.io/controller-runtime/pkg/config"
	"sigs.k8s.io/controller-runtime/pkg/metrics"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"

	"github.com/grupobizopps/salexops/cmd/manager/operator"
	"github.com/grupobizopps/salexops/controllers/standing"
	"github.com/grupobizopps/salexops/internal/breaker"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/internal/signing"
	"github.com/grupobizopps/salexops/test/controlplane"
)

// start starts the reconciler of standings as the operator wires it.
func start(ctx context.Context, config *rest.Config) (ended <-chan error, err error) {
	options := operator.Options{AccountsNamespace: controlplane.Accounts, Metrics: prometheus.NewRegistry()}
	mgr, err := ctrl.NewManager(config, ctrl.Options{
		Scheme: operator.NewScheme(), Cache: operator.CacheOptions(options),
		Metrics: metricsserver.Options{BindAddress: "0"}, Controller: ctrlconfig.Controller{SkipNameValidation: ptr.To(true)},
	})
	if err != nil {
		return nil, fmt.Errorf("making the manager: %w", err)
	}
	if err := index.Register(ctx, mgr.GetFieldIndexer(), "localhost"); err != nil {
		return nil, err
	}
	clock := testingclock.NewFakePassiveClock(controlplane.Now)
	keyring := &signing.Keyring{
		Reader: mgr.GetAPIReader(), Writer: mgr.GetClient(), Clock: clock,
		Key: client.ObjectKey{Namespace: controlplane.System, Name: "salexops-licence-keys"},
	}
	reconciler := &standing.Reconciler{
		Client: mgr.GetClient(), APIReader: mgr.GetAPIReader(), Clock: clock,
		Recorder: mgr.GetEventRecorder("salexops-standing"), Keys: keyring.Keys,
		Breaker: &breaker.Breaker{
			Client: mgr.GetClient(), Recorder: mgr.GetEventRecorder("salexops-breaker"), AccountsNamespace: controlplane.Accounts,
		},
		Jitter:  func(types.UID) time.Duration { return 0 },
		Options: standing.Options{AccountsNamespace: controlplane.Accounts, AllowTestClock: true, Concurrency: 8},
	}
	if err := reconciler.SetupWithManager(mgr); err != nil {
		return nil, fmt.Errorf("setting up the reconciler: %w", err)
	}
	end := make(chan error, 1)
	go func() { end <- mgr.Start(ctx) }()
	return end, nil
}

// looks is how often the reconciler has looked at a tenant in this process.
func looks() (int, error) {
	return sum("controller_runtime_reconcile_total")
}

// quiet reports whether nothing waits for the reconciler: before, to look at the
// whole fleet would be work for the API server, too.
func quiet() (bool, error) {
	waiting, err := sum("workqueue_depth")
	return waiting == 0, err
}

// sum adds up what a metric of this process has for all its labels.
func sum(name string) (int, error) {
	families, err := metrics.Registry.Gather()
	if err != nil {
		return 0, fmt.Errorf("gathering metrics: %w", err)
	}
	total := 0.0
	for _, family := range families {
		if family.GetName() != name {
			continue
		}
		for _, metric := range family.GetMetric() {
			total += metric.GetCounter().GetValue() + metric.GetGauge().GetValue() // It is one of the two.
		}
	}
	return int(total), nil
}
