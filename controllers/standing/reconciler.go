// Package standing keeps every Tenant's standing: it gathers the facts, asks
// the contract once, and writes what follows. Nobody else interprets the
// contract.
package standing

import (
	"context"
	"errors"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/events"
	"k8s.io/utils/clock"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/breaker"
	"github.com/grupobizopps/salexops/internal/contracttime"
	"github.com/grupobizopps/salexops/internal/tenantstatus"
	"github.com/grupobizopps/salexops/license"
)

// Options are what a platform engineer chooses.
type Options struct {
	// AccountsNamespace holds the ledger.
	AccountsNamespace string
	// AllowTestClock lets PlatformPolicy.spec.testClock move the contract's
	// clock.
	AllowTestClock bool
	// Concurrency is how many tenants are worked on at a time.
	Concurrency int
}

// Reconciler keeps the standing of Tenants.
type Reconciler struct {
	// Client reads from the cache and writes to the API server.
	Client client.Client
	// APIReader reads live, before a licence is signed.
	APIReader client.Reader
	Clock     clock.PassiveClock
	Recorder  events.EventRecorder
	// Keys returns the keys that licences are signed with.
	Keys func(context.Context) (*license.KeySet, error)
	// Breaker is asked before a tenant is disabled.
	Breaker *breaker.Breaker
	// Jitter delays a tenant's evaluation, so that the deadlines of a fleet,
	// which fall on the same midnight, are spread. It is never negative.
	Jitter  func(types.UID) time.Duration
	Options Options
}

// evaluation is one look at one tenant.
type evaluation struct {
	objects  facts.Objects
	account  facts.Account
	standing contract.Standing
	// real is the one reading of the clock; contractNow is the same unless a
	// test clock is in force.
	real, contractNow time.Time
	testing           bool
}

// Reconcile evaluates one tenant, records what follows and comes back when time
// alone changes it.
func (r *Reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	objects, err := r.gather(ctx, request.NamespacedName)
	if err != nil || objects.Tenant == nil || objects.Tenant.DeletionTimestamp != nil {
		return ctrl.Result{}, err
	}
	e := evaluation{objects: objects, real: r.Clock.Now()}
	e.contractNow, e.testing = contracttime.Now(objects.Policy, r.Options.AllowTestClock, e.real)

	e.account, err = facts.From(objects, e.contractNow)
	var unreadable *facts.FieldError
	if errors.As(err, &unreadable) {
		return ctrl.Result{}, r.recordUnreadable(ctx, objects.Tenant, unreadable, e.real)
	}
	if err != nil {
		return ctrl.Result{}, fmt.Errorf("stating the facts of Tenant %s: %w", request.Name, err)
	}
	if err := r.decide(ctx, &e); err != nil {
		return ctrl.Result{}, err
	}
	err = r.record(ctx, &e)
	if errors.Is(err, errStale) {
		return ctrl.Result{}, nil // What is newer is on its way, and brings the tenant back.
	}
	if err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{RequeueAfter: r.wakeAfter(&e)}, nil
}

// record writes what follows from an evaluation. The Subscription comes first,
// and only if it is still the one that was evaluated: nobody is disabled or told
// anything on the word of an old cache. The licence comes before the standing,
// so that whoever sees that finds the licence that goes with it.
func (r *Reconciler) record(ctx context.Context, e *evaluation) error {
	if err := r.recordSubscription(ctx, e); err != nil {
		return err
	}
	if err := r.keepNotices(ctx, e); err != nil {
		return err
	}
	if err := r.keepLicence(ctx, e); err != nil {
		return err
	}
	before := e.objects.Tenant
	after := before.DeepCopy()
	describe(after, e)
	wrote, err := tenantstatus.Save(ctx, r.Client, v1alpha1.StandingFieldOwner, ownPart, before, after)
	if err != nil {
		return err
	}
	if wrote {
		r.announce(before, after)
	}
	return nil
}

// recordUnreadable says that an object can't be read, and leaves what was
// decided before as it is.
func (r *Reconciler) recordUnreadable(ctx context.Context, tenant *v1alpha1.Tenant, fault *facts.FieldError, now time.Time) error {
	after := tenant.DeepCopy()
	setCondition(after, conditionEvaluated, metav1.ConditionFalse, "Unreadable",
		fault.Error()+"; correct it, until then the standing stays as it was", now)
	_, err := tenantstatus.Save(ctx, r.Client, v1alpha1.StandingFieldOwner, ownPart, tenant, after)
	return err
}

// wakeAfter is the time until the standing changes by itself. A test clock
// stands still, so nothing does; setting it again is an event.
func (r *Reconciler) wakeAfter(e *evaluation) time.Duration {
	wakeAt := e.standing.WakeAt
	if wakeAt.IsZero() || e.testing {
		return 0
	}
	return max(wakeAt.Sub(e.contractNow), 0) + r.Jitter(e.objects.Tenant.UID) + time.Millisecond
}

// gather reads, from the cache, everything that a tenant's standing depends on.
// The Tenant is nil where there is none any more.
func (r *Reconciler) gather(ctx context.Context, key types.NamespacedName) (facts.Objects, error) {
	var tenant v1alpha1.Tenant
	if err := r.Client.Get(ctx, key, &tenant); err != nil {
		if client.IgnoreNotFound(err) == nil {
			return facts.Objects{}, nil
		}
		return facts.Objects{}, fmt.Errorf("reading Tenant %s: %w", key, err)
	}
	subscriptions, err := r.subscriptionsOf(ctx, key)
	if err != nil {
		return facts.Objects{}, err
	}
	notices, err := r.noticesOf(ctx, key)
	if err != nil {
		return facts.Objects{}, err
	}
	policy, err := readPolicy(ctx, r.Client)
	if err != nil {
		return facts.Objects{}, err
	}
	var plans v1alpha1.PlanList
	if err := r.Client.List(ctx, &plans, client.UnsafeDisableDeepCopy); err != nil {
		return facts.Objects{}, fmt.Errorf("listing Plans: %w", err)
	}
	return facts.Objects{Tenant: &tenant, Subscriptions: subscriptions, Policy: policy, Plans: plans.Items, Notices: notices}, nil
}
