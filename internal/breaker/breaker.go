// Package breaker is the circuit breaker of contract.md 4: before a tenant is
// disabled or purged it looks at the whole fleet, and holds everything of the
// kind when more is due than one look at a broken billing export may explain.
package breaker

import (
	"context"
	"fmt"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/client-go/tools/events"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

// Breaker lets acts through, or holds them. It belongs to one process: the one
// that has the lease.
type Breaker struct {
	// Client reads from the cache and writes PlatformPolicy.status.breaker.
	Client            client.Client
	Recorder          events.EventRecorder
	AccountsNamespace string

	mutex   sync.Mutex
	dockets map[contract.ActKind]docket
	trips   map[contract.ActKind]*contract.Trip
}

// docket is the outcome of one count: whose acts were due, and were let through
// together. It spares a fleet of ten thousand a count for each of them.
type docket struct {
	countedAt time.Time
	due       map[string]bool
}

// docketFor is how long a docket holds.
const docketFor = time.Minute

func (d docket) covers(tenant string, now time.Time) bool {
	age := now.Sub(d.countedAt)
	return d.due[tenant] && age >= 0 && age < docketFor
}

// Permit reports whether an act that is due on a tenant at an instant of the
// contract's clock may be carried out. A trip is saved before this reports it.
func (b *Breaker) Permit(ctx context.Context, kind contract.ActKind, tenant string, now time.Time) (bool, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	policy, err := b.policy(ctx)
	if err != nil {
		return false, err
	}
	if policy == nil {
		return false, nil // Without a policy there is nobody to acknowledge anything.
	}
	last := b.latest(kind, policy)
	acknowledged := time.Time{}
	if ack := policy.Spec.Breaker.AcknowledgedTrip; ack != nil {
		acknowledged = ack.Time
	}
	switch waiting := last != nil && last.AcknowledgedAt.IsZero() && !acknowledged.Equal(last.At); {
	case waiting:
		return false, nil
	case b.dockets[kind].covers(tenant, now):
		return true, nil
	}
	return b.judge(ctx, kind, policy, last, acknowledged, now)
}

// Refresh records an acknowledgement that nobody has asked about yet, so that
// the status shows it even when nothing is due any more, and a trip that the
// status has lost.
func (b *Breaker) Refresh(ctx context.Context, policy *v1alpha1.PlatformPolicy, now time.Time) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, kind := range []contract.ActKind{contract.ActDisable, contract.ActPurge} {
		last := b.latest(kind, policy)
		if last == nil {
			continue
		}
		seen := *last
		if acknowledged := policy.Spec.Breaker.AcknowledgedTrip; seen.AcknowledgedAt.IsZero() && acknowledged != nil && acknowledged.Time.Equal(seen.At) {
			seen.AcknowledgedAt = now.Truncate(time.Second)
		}
		// A policy that was deleted and made again has lost its status: nobody
		// can acknowledge what isn't written there.
		if seen == *last && Recorded(policy, kind) != nil {
			continue
		}
		if err := b.save(ctx, kind, policy, &seen); err != nil {
			return err
		}
	}
	return nil
}

// judge counts the fleet and keeps the outcome.
func (b *Breaker) judge(ctx context.Context, kind contract.ActKind, policy *v1alpha1.PlatformPolicy, last *contract.Trip, acknowledged, now time.Time) (bool, error) {
	rules, err := facts.PolicyOf(policy)
	if err != nil {
		return false, fmt.Errorf("reading the breaker's bounds: %w", err)
	}
	fleet, err := b.read(ctx, policy)
	if err != nil {
		return false, err
	}
	load, due := fleet.count(kind, rules.Breaker.WindowStart(kind, rules.Zone, now), now)
	closed, trip := rules.Breaker.Judge(kind, load, last, acknowledged, now)
	if trip != last {
		if !closed {
			trip.At = b.distinct(kind, policy, trip.At)
		}
		if err := b.save(ctx, kind, policy, trip); err != nil {
			return false, err
		}
		if !closed {
			b.announce(kind, policy, trip)
		}
	}
	if closed {
		b.keep(kind, docket{countedAt: now, due: due})
	}
	return closed, nil
}

func (b *Breaker) keep(kind contract.ActKind, d docket) {
	if b.dockets == nil {
		b.dockets = map[contract.ActKind]docket{}
	}
	b.dockets[kind] = d
}

// announce tells of a new trip, once, after it was saved.
func (b *Breaker) announce(kind contract.ActKind, policy *v1alpha1.PlatformPolicy, trip *contract.Trip) {
	b.Recorder.Eventf(policy, nil, corev1.EventTypeWarning, "BreakerTripped", string(kind),
		"%d acts of kind %s would be carried out, and %d may be without asking: none is until you have looked at the billing export and acknowledged the trip (kubectl salexops acknowledge)",
		trip.Due, kind, trip.Limit)
}

func (b *Breaker) policy(ctx context.Context) (*v1alpha1.PlatformPolicy, error) {
	var policy v1alpha1.PlatformPolicy
	switch err := b.Client.Get(ctx, client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, &policy); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading PlatformPolicy %s: %w", v1alpha1.PlatformPolicyName, err)
	}
	return &policy, nil
}

// read lists the ledger from the cache, without copying it.
func (b *Breaker) read(ctx context.Context, policy *v1alpha1.PlatformPolicy) (*fleet, error) {
	inAccounts := []client.ListOption{client.InNamespace(b.AccountsNamespace), client.UnsafeDisableDeepCopy}
	var tenants v1alpha1.TenantList
	if err := b.Client.List(ctx, &tenants, inAccounts...); err != nil {
		return nil, fmt.Errorf("listing the Tenants: %w", err)
	}
	var subscriptions v1alpha1.SubscriptionList
	if err := b.Client.List(ctx, &subscriptions, inAccounts...); err != nil {
		return nil, fmt.Errorf("listing the Subscriptions: %w", err)
	}
	var plans v1alpha1.PlanList
	if err := b.Client.List(ctx, &plans, client.UnsafeDisableDeepCopy); err != nil {
		return nil, fmt.Errorf("listing the Plans: %w", err)
	}
	f := &fleet{policy: policy, tenants: tenants.Items, plans: plans.Items, subscriptions: map[string][]v1alpha1.Subscription{}}
	for i := range subscriptions.Items {
		name := subscriptions.Items[i].Spec.TenantRef.Name
		f.subscriptions[name] = append(f.subscriptions[name], subscriptions.Items[i])
	}
	return f, nil
}
