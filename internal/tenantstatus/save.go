// Package tenantstatus writes a Tenant's status, of which every reconciler owns
// a part: each applies its own part whole, takes nobody else's, and writes
// nothing when its part is as it was.
package tenantstatus

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	acv1 "github.com/grupobizopps/salexops/api/v1alpha1/applyconfiguration/api/v1alpha1"
)

// Part picks from a status the fields of one owner, and leaves out the rest.
type Part func(v1alpha1.TenantStatus) v1alpha1.TenantStatus

// Save applies owner's part of after, when it differs from that of before, and
// tells whether it wrote. The UID makes sure that a Tenant deleted and created
// again in the meantime doesn't inherit the old one's status.
func Save(ctx context.Context, c client.Client, owner string, part Part, before, after *v1alpha1.Tenant) (bool, error) {
	wanted := part(after.Status)
	if equality.Semantic.DeepEqual(part(before.Status), wanted) {
		return false, nil
	}
	status := acv1.TenantStatus()
	data, err := json.Marshal(wanted)
	if err != nil {
		return false, fmt.Errorf("encoding the status of Tenant %s: %w", before.Name, err)
	}
	if err := json.Unmarshal(data, status); err != nil {
		return false, fmt.Errorf("decoding the status of Tenant %s: %w", before.Name, err)
	}
	configuration := acv1.Tenant(before.Name, before.Namespace).WithUID(before.UID).WithStatus(status)
	if err := c.Status().Apply(ctx, configuration, client.FieldOwner(owner), client.ForceOwnership); err != nil {
		return false, fmt.Errorf("applying the status of Tenant %s as %s: %w", before.Name, owner, err)
	}
	return true, nil
}

// Conditions returns those of the given types, in the order they stand in.
func Conditions(all []metav1.Condition, types ...string) []metav1.Condition {
	var own []metav1.Condition
	for _, condition := range all {
		if slices.Contains(types, condition.Type) {
			own = append(own, condition)
		}
	}
	return own
}
