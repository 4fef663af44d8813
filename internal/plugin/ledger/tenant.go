package ledger

import (
	"context"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// ReadTenant reads the ledger as far as it concerns one tenant: a Fleet of one.
// The error suggests near names where there is no such tenant.
func ReadTenant(ctx context.Context, c client.Client, namespace, name string) (*Fleet, error) {
	tenant, err := Tenant(ctx, c, namespace, name)
	if err != nil {
		return nil, err
	}
	fleet := &Fleet{Namespace: namespace, Tenants: []v1alpha1.Tenant{*tenant}}
	if fleet.Policy, err = Policy(ctx, c); err != nil {
		return nil, err
	}
	if fleet.Plans, err = Plans(ctx, c); err != nil {
		return nil, err
	}
	if fleet.Subscriptions, err = Subscriptions(ctx, c, namespace, name); err != nil {
		return nil, err
	}
	fleet.Notices, fleet.NoticesHidden, err = notices(ctx, c, client.InNamespace(namespace), client.MatchingLabels{v1alpha1.TenantLabel: name})
	if err != nil {
		return nil, err
	}
	fleet.Index()
	return fleet, nil
}

// Tenant reads one Tenant.
func Tenant(ctx context.Context, c client.Client, namespace, name string) (*v1alpha1.Tenant, error) {
	var tenant v1alpha1.Tenant
	err := c.Get(ctx, client.ObjectKey{Namespace: namespace, Name: name}, &tenant)
	if err == nil {
		return &tenant, nil
	}
	if !apierrors.IsNotFound(err) || NotInstalled(err) {
		return nil, problem("reading the tenant "+name, err)
	}
	names, err := Names(ctx, c, namespace)
	if err != nil {
		return nil, err
	}
	return nil, unknown(name, namespace, names)
}

// Names lists the names of all tenants.
func Names(ctx context.Context, c client.Client, namespace string) ([]string, error) {
	var names []string
	err := pages(ctx, c, func(page *v1alpha1.TenantList) {
		for i := range page.Items {
			names = append(names, page.Items[i].Name)
		}
	}, client.InNamespace(namespace))
	if err != nil {
		return nil, problem("reading the tenants", err)
	}
	slices.Sort(names)
	return names, nil
}

// Subscriptions reads those that refer to a tenant, or all of them where no
// tenant is named. There is one a tenant; more are a mistake that the reader has
// to see.
func Subscriptions(ctx context.Context, c client.Client, namespace, tenant string) ([]v1alpha1.Subscription, error) {
	var all []v1alpha1.Subscription
	err := pages(ctx, c, func(page *v1alpha1.SubscriptionList) {
		for i := range page.Items {
			if tenant == "" || page.Items[i].Spec.TenantRef.Name == tenant {
				all = append(all, page.Items[i])
			}
		}
	}, client.InNamespace(namespace))
	if err != nil {
		return nil, problem("reading the subscriptions", err)
	}
	return all, nil
}
