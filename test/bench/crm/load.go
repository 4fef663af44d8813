package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/grupobizopps/salexops/test/bench/figure"
)

// outcome is what a load came to.
type outcome struct {
	samples []time.Duration // one a request that was counted
	lasted  time.Duration
}

func (o outcome) perSecond() float64 { return float64(len(o.samples)) / o.lasted.Seconds() }

func (o outcome) quantile(q float64) float64 { return milliseconds(figure.Quantile(o.samples, q)) }

// warmUp is the part of a load that is not counted: caches fill, connections open.
const warmUp = time.Second

// load lets clients ask one request after the other for some time. ask makes
// one request; n counts those of its client. The first failure ends the load.
func load(ctx context.Context, clients int, lasts time.Duration, ask func(ctx context.Context, client, n int) error) (outcome, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	began := time.Now()
	counted, end := began.Add(warmUp), began.Add(warmUp+lasts)
	samples := make([][]time.Duration, clients)
	failures := make(chan error, clients)
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() {
			for n := 0; ; n++ {
				sent := time.Now()
				if sent.After(end) || ctx.Err() != nil {
					return
				}
				if err := ask(ctx, client, n); err != nil {
					failures <- fmt.Errorf("client %d, request %d: %w", client, n, err)
					stop()
					return
				}
				if sent.After(counted) {
					samples[client] = append(samples[client], time.Since(sent))
				}
			}
		})
	}
	all.Wait()
	o := outcome{lasted: time.Since(counted)}
	for _, some := range samples {
		o.samples = append(o.samples, some...)
	}
	select {
	case err := <-failures:
		return o, err
	default:
		return o, nil
	}
}
