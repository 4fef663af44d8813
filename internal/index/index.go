// Package index names and registers the field indexes that reconcilers look
// objects up by, so that none of them ever walks ten thousand tenants.
package index

import (
	"context"
	"fmt"
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// Names of the indexes.
const (
	// TenantByHost finds Tenants by their effective host name.
	TenantByHost = "effectiveHost"
	// TenantByPlan finds Tenants by the plan in force.
	TenantByPlan = "status.standing.plan"
	// SubscriptionByTenant finds a Tenant's Subscriptions.
	SubscriptionByTenant = "spec.tenantRef.name"
	// SubscriptionByPlan finds the Subscriptions that name a plan.
	SubscriptionByPlan = "spec.planRef.name"
	// LicenseByTenant finds a Tenant's Licenses.
	LicenseByTenant = "spec.tenantRef.name"
	// NoticeByTenant finds a tenant's open Notices.
	NoticeByTenant = "spec.tenantRef.name"
)

// Host returns the name that browsers reach a tenant under: its own choice, or
// its name below the domain.
func Host(tenant *v1alpha1.Tenant, domain string) string {
	if tenant.Spec.Host != "" {
		return strings.ToLower(tenant.Spec.Host)
	}
	return tenant.Name + "." + domain
}

// Register adds every index to the manager's cache; domain is the one that
// tenants without a host of their own are reached under.
func Register(ctx context.Context, indexer client.FieldIndexer, domain string) error {
	for _, entry := range []struct {
		object client.Object
		name   string
		keys   func(client.Object) []string
	}{
		{&v1alpha1.Tenant{}, TenantByHost, keys(func(t *v1alpha1.Tenant) string { return Host(t, domain) })},
		{&v1alpha1.Tenant{}, TenantByPlan, keys(planInForce)},
		{&v1alpha1.Subscription{}, SubscriptionByTenant, keys(func(s *v1alpha1.Subscription) string { return s.Spec.TenantRef.Name })},
		{&v1alpha1.Subscription{}, SubscriptionByPlan, keys(func(s *v1alpha1.Subscription) string { return s.Spec.PlanRef.Name })},
		{&v1alpha1.License{}, LicenseByTenant, keys(func(l *v1alpha1.License) string { return l.Spec.TenantRef.Name })},
		{&v1alpha1.Notice{}, NoticeByTenant, keys(func(n *v1alpha1.Notice) string { return n.Spec.TenantRef.Name })},
	} {
		if err := indexer.IndexField(ctx, entry.object, entry.name, entry.keys); err != nil {
			return fmt.Errorf("indexing %T by %s: %w", entry.object, entry.name, err)
		}
	}
	return nil
}

func planInForce(tenant *v1alpha1.Tenant) string {
	if tenant.Status.Standing == nil {
		return ""
	}
	return tenant.Status.Standing.Plan
}

// keys turns a function that finds one key into one that leaves empty keys out.
func keys[T client.Object](key func(T) string) func(client.Object) []string {
	return func(object client.Object) []string {
		typed, ok := object.(T)
		if !ok {
			return nil
		}
		if value := key(typed); value != "" {
			return []string{value}
		}
		return nil
	}
}
