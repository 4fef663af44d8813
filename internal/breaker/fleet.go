package breaker

import (
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
)

// fleet is the ledger of all tenants, as the cache has it. Nothing in it is
// changed.
type fleet struct {
	policy        *v1alpha1.PlatformPolicy
	tenants       []v1alpha1.Tenant
	subscriptions map[string][]v1alpha1.Subscription // by tenant
	plans         []v1alpha1.Plan
}

// certain is what is assumed of every act while the fleet is counted: an act
// that only lacks one of these counts, too.
var certain = contract.Assurances{
	DisableBreakerClosed: true, PurgeBreakerClosed: true, ClockAgrees: true, ReadLive: true,
}

// count finds out what carrying out everything of a kind would amount to, and
// whose acts are due.
func (f *fleet) count(kind contract.ActKind, since, now time.Time) (contract.FleetLoad, map[string]bool) {
	var load contract.FleetLoad
	due := map[string]bool{}
	for i := range f.tenants {
		tenant := &f.tenants[i]
		if runsPaid(tenant) {
			load.RunningPaid++
		}
		subscriptions := f.subscriptions[tenant.Name]
		if done(kind, subscriptions, since) {
			load.Done++
			if kind == contract.ActDisable && !runsPaid(tenant) {
				load.RunningPaid++
			}
			continue
		}
		if f.isDue(kind, tenant, subscriptions, now) {
			load.Due++
			due[tenant.Name] = true
		}
	}
	return load, due
}

func runsPaid(tenant *v1alpha1.Tenant) bool {
	standing := tenant.Status.Standing
	return standing != nil && standing.MayRun && standing.PlanTier == v1alpha1.TierPaid
}

// done reports whether an act of the kind was carried out since an instant. A
// purge counts from its fence.
func done(kind contract.ActKind, subscriptions []v1alpha1.Subscription, since time.Time) bool {
	for i := range subscriptions {
		for j := range subscriptions[i].Status.Lapses {
			lapse := &subscriptions[i].Status.Lapses[j]
			at := lapse.DisabledAt
			if kind == contract.ActPurge {
				at = nil
				if lapse.Purge != nil {
					at = lapse.Purge.IntentAt
				}
			}
			if at != nil && at.After(since) || at != nil && at.Time.Equal(since) {
				return true
			}
		}
	}
	return false
}

// isDue evaluates one tenant as its own reconcile would. What can't be read is
// not due: its standing stays as it was.
func (f *fleet) isDue(kind contract.ActKind, tenant *v1alpha1.Tenant, subscriptions []v1alpha1.Subscription, now time.Time) bool {
	if tenant.DeletionTimestamp != nil {
		return false
	}
	account, err := facts.From(facts.Objects{
		Policy: f.policy, Tenant: tenant, Subscriptions: subscriptions, Plans: f.plans,
	}, now)
	if err != nil {
		return false
	}
	account.Facts.Assurances = certain
	standing := contract.Evaluate(account.Facts)
	if kind == contract.ActPurge && standing.Billing == contract.BillingPurging {
		return false // It was let through when it passed its fence, and goes on.
	}
	for _, act := range standing.Due {
		if act.Kind == kind && act.Permitted() {
			return true
		}
	}
	return false
}
