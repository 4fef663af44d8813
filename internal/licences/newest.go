// Package licences finds the licence that is in force for a tenant.
package licences

import (
	"context"
	"fmt"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/index"
)

// Newest returns the signed License with the highest serial, or nil when none
// is signed yet. A tenant has one License a plan; serials rise over all of them.
func Newest(ctx context.Context, reader client.Reader, tenant client.ObjectKey) (*v1alpha1.License, error) {
	all, err := Of(ctx, reader, tenant)
	if err != nil {
		return nil, err
	}
	var newest *v1alpha1.License
	for i := range all {
		candidate := &all[i]
		if candidate.Status.Token == "" {
			continue
		}
		if newest == nil || candidate.Status.Serial > newest.Status.Serial {
			newest = candidate
		}
	}
	return newest, nil
}

// Of returns every License of a tenant.
func Of(ctx context.Context, reader client.Reader, tenant client.ObjectKey) ([]v1alpha1.License, error) {
	var list v1alpha1.LicenseList
	err := reader.List(ctx, &list, client.InNamespace(tenant.Namespace), client.MatchingFields{index.LicenseByTenant: tenant.Name})
	if err != nil {
		return nil, fmt.Errorf("listing the Licenses of Tenant %s: %w", tenant.Name, err)
	}
	return list.Items, nil
}
