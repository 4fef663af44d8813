// Package observer keeps up the exchange with running instances: it carries the
// licence there and brings the report back.
package observer

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/instance"
	"github.com/grupobizopps/salexops/internal/licences"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
)

// Options are what a platform engineer chooses.
type Options struct {
	// AccountsNamespace holds the ledger.
	AccountsNamespace string
	// Interval between two exchanges with a running instance.
	Interval time.Duration
	// Concurrency is how many exchanges are under way at a time.
	Concurrency int
}

// Exchanger is the operator's end of the exchange.
type Exchanger interface {
	Exchange(ctx context.Context, addr, token, jws, etag string) (instance.Report, string, bool, error)
}

// exchangeTimeout bounds one exchange: an instance that hangs must not hold up
// the others.
const exchangeTimeout = 10 * time.Second

// Reconciler exchanges with one instance at a time a worker. It has a queue of
// its own, so that coming back every half minute starves no other reconciler; a
// tenant that sleeps isn't in it.
type Reconciler struct {
	// Client reads from the cache and writes to the API server.
	Client client.Client
	// APIReader reads Secrets, which are never cached.
	APIReader client.Reader
	Clock     clock.PassiveClock
	Exchanger Exchanger
	Options   Options

	memory *memory
}

// Reconcile exchanges once with the instance of one tenant, where it runs.
func (r *Reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	var tenant v1alpha1.Tenant
	if err := r.Client.Get(ctx, request.NamespacedName, &tenant); err != nil {
		if client.IgnoreNotFound(err) == nil {
			r.memory.forget(request.Name)
			return ctrl.Result{}, nil
		}
		return ctrl.Result{}, fmt.Errorf("reading Tenant %s: %w", request.NamespacedName, err)
	}
	if tenant.DeletionTimestamp != nil || tenant.Status.Namespace == "" {
		r.memory.forget(request.Name)
		return ctrl.Result{}, nil
	}
	address, err := r.findInstance(ctx, tenant.Status.Namespace)
	if err != nil {
		return ctrl.Result{}, err
	}
	licence, err := licences.Newest(ctx, r.Client, request.NamespacedName)
	if err != nil {
		return ctrl.Result{}, err
	}
	if address == "" || licence == nil {
		// Its EndpointSlice, or its License, brings it back.
		return ctrl.Result{}, r.record(ctx, &tenant, nil, news{problem: notRunning})
	}
	seen, err := r.exchange(ctx, &tenant, address, licence)
	if err != nil {
		return ctrl.Result{}, err
	}
	if err := r.record(ctx, &tenant, licence, seen); err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{RequeueAfter: jittered(r.Options.Interval)}, nil
}

// jittered spreads the exchanges of a fleet that was started at once: between
// nine and eleven tenths of the interval.
func jittered(interval time.Duration) time.Duration {
	return interval*9/10 + rand.N(max(interval/5, 1)) //nolint:gosec // spreading load needs no secrecy
}

// news is what an exchange brought.
type news struct {
	// report is nil when the report is the same as last time, or there is none.
	report *instance.Report
	// problem is nil when the licence is in force.
	problem *problem
}

// exchange makes one exchange. The error is one of reading the token; what goes
// wrong with the instance itself is news.
func (r *Reconciler) exchange(ctx context.Context, tenant *v1alpha1.Tenant, address string, licence *v1alpha1.License) (news, error) {
	token, err := r.token(ctx, tenant)
	if err != nil {
		return news{}, err
	}
	etag := r.memory.etag(tenant.Name, address)
	bounded, cancel := context.WithTimeout(ctx, exchangeTimeout)
	defer cancel()
	report, etag, unchanged, err := r.Exchanger.Exchange(bounded, address, token, licence.Status.Token, etag)
	exchanges.WithLabelValues(resultOf(err, unchanged)).Inc()
	if err != nil {
		r.memory.forgetReport(tenant.Name)
		if errors.Is(err, instance.ErrUnauthorized) {
			r.memory.forgetToken(tenant.Name)
		}
		return news{problem: problemOf(err, licence)}, ctx.Err()
	}
	if unchanged {
		return news{}, nil
	}
	r.memory.remember(tenant.Name, address, etag)
	return news{report: &report}, nil
}

// record saves what is new about a tenant and who holds its seats. What was
// reported and couldn't be saved is reported again.
func (r *Reconciler) record(ctx context.Context, tenant *v1alpha1.Tenant, licence *v1alpha1.License, seen news) error {
	now := metav1.NewTime(r.Clock.Now().UTC().Truncate(time.Second))
	after := tenant.DeepCopy()
	describe(after, seen, now)
	if _, err := tenantstatus.Save(ctx, r.Client, v1alpha1.ObserverFieldOwner, ownPart, tenant, after); err != nil {
		r.memory.forgetReport(tenant.Name)
		return err
	}
	if seen.report == nil {
		return nil
	}
	if err := r.recordHolders(ctx, licence, seen.report, now); err != nil {
		r.memory.forgetReport(tenant.Name)
		return err
	}
	return nil
}
