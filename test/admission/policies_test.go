package admission

import (
	"context"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/wait"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// waitForPolicies returns once every policy of config/admission refuses what
// it is there to refuse. The API server notices new policies and roles in its
// own time; what a test then sees is theirs, and not an accident of starting.
func waitForPolicies(ctx context.Context) error {
	plan := probe("Plan", "", map[string]any{
		"displayName": "Probe", "tier": "Free", "documentQuota": "1Gi", "recordsSize": "1Gi", "seats": int64(1),
	})
	subscription := probe("Subscription", accounts, map[string]any{
		"tenantRef": map[string]any{"name": "probe"}, "planRef": map[string]any{"name": "probe"},
		"interval": "Monthly", "anchorDate": "2027-01-01",
	})
	claim := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "Namespace",
		"metadata": map[string]any{"name": "crm-probe", "labels": map[string]any{"crm.salexops.com/tenant": "probe"}},
	}}
	for _, object := range []*unstructured.Unstructured{plan, subscription, claim} {
		if err := admin.Create(ctx, object); err != nil {
			return fmt.Errorf("creating the probe %s: %w", object.GetKind(), err)
		}
	}
	inUse := client.RawPatch("application/merge-patch+json", []byte(`{"status":{"tenants":1}}`))
	if err := admin.Status().Patch(ctx, plan, inUse); err != nil {
		return fmt.Errorf("putting the probe Plan to use: %w", err)
	}
	refusals := map[string]func() error{
		"salexops-confirm-deletion": func() error { return admin.Delete(ctx, subscription, client.DryRunAll) },
		"salexops-guard-data":       func() error { return admin.Delete(ctx, claim, client.DryRunAll) },
		"salexops-plan-in-use":      func() error { return admin.Delete(ctx, plan, client.DryRunAll) },
		"salexops-billing-fields": func() error {
			tell := client.RawPatch("application/merge-patch+json", []byte(`{"status":{"billing":{"asOf":"2027-01-01T00:00:00Z"}}}`))
			return operator.Status().Patch(ctx, subscription.DeepCopy(), tell, client.DryRunAll)
		},
	}
	for policy, refused := range refusals {
		var last error
		err := wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, patience, true, func(context.Context) (bool, error) {
			last = refused()
			return apierrors.IsForbidden(last) && refusedBy(last, policy), nil
		})
		if err != nil {
			return fmt.Errorf("waiting for %s to be in force (last answer: %w): %w", policy, last, err)
		}
	}
	return nil
}

// probe is an object whose deletion is asked for until the policies refuse it.
func probe(kind, namespace string, spec map[string]any) *unstructured.Unstructured {
	object := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "crm.salexops.com/v1alpha1", "kind": kind, "spec": spec,
	}}
	object.SetName("probe")
	object.SetNamespace(namespace)
	return object
}
