package facts

import (
	"time"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
)

// Objects is what the ledger holds about one tenant. Nothing in it is changed.
type Objects struct {
	// Policy is the platform's; nil means the contract's own figures.
	Policy *v1alpha1.PlatformPolicy
	// Tenant is the one in question.
	Tenant *v1alpha1.Tenant
	// Subscriptions are those of the tenant's namespace. Those that refer to
	// other tenants don't count.
	Subscriptions []v1alpha1.Subscription
	// Plans are all there are.
	Plans []v1alpha1.Plan
	// Notices are those of the tenant that are open, or more.
	Notices []v1alpha1.Notice
}

// Account is what the objects state.
type Account struct {
	// Facts is ready for contract.Evaluate. Its Assurances are all false:
	// whoever has made sure of one sets it.
	Facts contract.Facts
	// Subscription is the tenant's; nil when there is none, or more than one.
	Subscription *v1alpha1.Subscription

	objects Objects
	rivals  []string // names of the subscriptions when there is more than one
}

// From states the facts at an instant. The error is a *FieldError when an
// object holds something that can't be read; nothing may be decided then, and
// what was decided before stays.
func From(objects Objects, now time.Time) (Account, error) {
	policy, err := PolicyOf(objects.Policy)
	if err != nil {
		return Account{}, err
	}
	tenant := objects.Tenant
	account := Account{objects: objects}
	account.Facts = contract.Facts{
		Now:          now,
		Policy:       policy,
		Registration: registrationOf(tenant),
		Hold:         tenant.Spec.Hold,
		Recorded:     recordedOf(tenant),
	}
	if objects.Policy != nil {
		account.Facts.Feed.FleetAsOf = instant(objects.Policy.Status.BillingFeed.AsOf)
	}
	if err := account.readSubscription(); err != nil {
		return Account{}, err
	}
	account.readNotices()
	return account, nil
}

// Plan is the plan in force, or nil while there is none.
func (a *Account) Plan(standing contract.Standing) *v1alpha1.Plan {
	return a.objects.plan(standing.Agreement.Plan)
}

func (o *Objects) plan(name string) *v1alpha1.Plan {
	for i := range o.Plans {
		if o.Plans[i].Name == name {
			return &o.Plans[i]
		}
	}
	return nil
}
