package standing

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/util/sets"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

// licenceNames are the names of every License that a tenant may have: on the
// plan it is to have one for, on each plan there is, and those known already,
// since a plan may be gone.
func licenceNames(tenant, plan string, known []v1alpha1.License, plans []v1alpha1.Plan) []string {
	names := sets.New(licenceName(tenant, plan))
	for i := range plans {
		names.Insert(licenceName(tenant, plans[i].Name))
	}
	for i := range known {
		names.Insert(known[i].Name)
	}
	return sets.List(names)
}

// readLicences reads Licenses live, and leaves out those that don't exist. It
// goes by name: the API server answers a list by label only after a look at the
// licences of the whole fleet.
func (r *Reconciler) readLicences(ctx context.Context, tenant *v1alpha1.Tenant, names []string) ([]v1alpha1.License, error) {
	var found []v1alpha1.License
	for _, name := range names {
		var licence v1alpha1.License
		key := client.ObjectKey{Namespace: tenant.Namespace, Name: name}
		err := r.APIReader.Get(ctx, key, &licence)
		if client.IgnoreNotFound(err) != nil {
			return nil, fmt.Errorf("reading License %s of Tenant %s: %w", key, tenant.Name, err)
		}
		if err == nil {
			found = append(found, licence)
		}
	}
	return found, nil
}

// licencesOf leaves out what is another tenant's: a-b on plan c and a on plan b-c
// come to the same name.
func licencesOf(tenant *v1alpha1.Tenant, found []v1alpha1.License) []v1alpha1.License {
	var own []v1alpha1.License
	for i := range found {
		if found[i].Spec.TenantRef.Name == tenant.Name {
			own = append(own, found[i])
		}
	}
	return own
}
