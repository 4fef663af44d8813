package controlplane

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"k8s.io/client-go/rest"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"

	"github.com/grupobizopps/salexops/cmd/manager/operator"
	"github.com/grupobizopps/salexops/controllers/observer"
)

// OperatorOptions are those of an operator under test.
func OperatorOptions(now clock.PassiveClock, exchanger observer.Exchanger) operator.Options {
	return operator.Options{
		MetricsAddress: "0", HealthAddress: "0",
		SystemNamespace: System, AccountsNamespace: Accounts, LicenceKeys: "salexops-licence-keys",
		CRMImage: "salexops/crm:test", Domain: "localhost", URLTemplate: "http://{host}:8080",
		Concurrency: 8, ExchangeConcurrency: 8, ExchangeInterval: time.Second,
		RetryRefused: time.Second, LookAgain: 200 * time.Millisecond,
		Clock: now, Exchanger: exchanger, AllowTestClock: true,
		// The API server of a test lives in the real time, the operator in another.
		ServerTime: func(context.Context) (time.Time, error) { return now.Now(), nil },
		Metrics:    prometheus.NewRegistry(), Repeatable: true,
	}
}

// Operator is an operator that runs in this process.
type Operator struct {
	Manager ctrl.Manager

	cancel context.CancelFunc
	ended  chan error
	once   sync.Once
	err    error
}

// StartOperator starts an operator and waits until its caches are filled.
func StartOperator(ctx context.Context, config *rest.Config, options operator.Options) (*Operator, error) {
	ctx, cancel := context.WithCancel(ctx)
	mgr, err := operator.New(ctx, config, options)
	if err != nil {
		cancel()
		return nil, err
	}
	o := &Operator{Manager: mgr, cancel: cancel, ended: make(chan error, 1)}
	go func() { o.ended <- mgr.Start(ctx) }()
	bounded, done := context.WithTimeout(ctx, time.Minute)
	defer done()
	if !mgr.GetCache().WaitForCacheSync(bounded) {
		return nil, fmt.Errorf("the operator's caches were not filled within a minute: %w", o.Stop())
	}
	return o, nil
}

// Stop ends the operator and waits until it has.
func (o *Operator) Stop() error {
	o.once.Do(func() {
		o.cancel()
		o.err = <-o.ended
	})
	return o.err
}
