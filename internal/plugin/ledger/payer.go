package ledger

import (
	"context"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/plugin"
)

// ReadPayer reads what recording a payment needs with the rights of the billing
// system, which may read subscriptions and perhaps plans and the policy, but no
// tenants and no notices. What may not be read is made up so that it says
// nothing: a tenant of the name, and paid plans without a price.
func ReadPayer(ctx context.Context, c client.Client, namespace, name string) (*Fleet, *v1alpha1.Subscription, error) {
	subscriptions, err := Subscriptions(ctx, c, namespace, "")
	if err != nil {
		return nil, nil, err
	}
	var names []string
	fleet := &Fleet{Namespace: namespace}
	for i := range subscriptions {
		names = append(names, subscriptions[i].Spec.TenantRef.Name)
		if subscriptions[i].Spec.TenantRef.Name == name {
			fleet.Subscriptions = append(fleet.Subscriptions, subscriptions[i])
		}
	}
	switch len(fleet.Subscriptions) {
	case 0:
		return nil, nil, unknownPayer(name, namespace, names)
	case 1:
	default:
		return nil, nil, plugin.Failedf("tenant %s has %d subscriptions, and it can't be told which was paid: delete all but one", name, len(fleet.Subscriptions))
	}
	if err := fleet.readBackground(ctx, c, name); err != nil {
		return nil, nil, err
	}
	fleet.Index()
	return fleet, &fleet.Subscriptions[0], nil
}

// readBackground reads what says what a payment leads to.
func (f *Fleet) readBackground(ctx context.Context, c client.Client, name string) error {
	var err error
	if f.Policy, err = Policy(ctx, c); err != nil && !apierrors.IsForbidden(err) {
		return err
	}
	if f.Plans, err = Plans(ctx, c); apierrors.IsForbidden(err) {
		f.Plans = plansOf(&f.Subscriptions[0])
	} else if err != nil {
		return err
	}
	f.Tenants = []v1alpha1.Tenant{{ObjectMeta: metav1.ObjectMeta{Namespace: f.Namespace, Name: name}}}
	var tenant v1alpha1.Tenant
	switch err := c.Get(ctx, client.ObjectKey{Namespace: f.Namespace, Name: name}, &tenant); {
	case err == nil:
		f.Tenants[0] = tenant
	case !apierrors.IsForbidden(err) && !apierrors.IsNotFound(err):
		return problem("reading the tenant "+name, err)
	}
	f.Notices, f.NoticesHidden, err = notices(ctx, c, client.InNamespace(f.Namespace), client.MatchingLabels{v1alpha1.TenantLabel: name})
	return err
}

// plansOf is the plans that a subscription speaks of. Somebody pays for them.
func plansOf(subscription *v1alpha1.Subscription) []v1alpha1.Plan {
	names := map[string]bool{subscription.Spec.PlanRef.Name: true}
	for _, period := range subscription.Status.PlanPeriods {
		names[period.PlanRef.Name] = true
	}
	var plans []v1alpha1.Plan
	for name := range names {
		plans = append(plans, v1alpha1.Plan{
			ObjectMeta: metav1.ObjectMeta{Name: name}, Spec: v1alpha1.PlanSpec{Tier: v1alpha1.TierPaid},
		})
	}
	return plans
}
