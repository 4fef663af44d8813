package runtime

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/internal/layout"
)

// conditionRegistered is written by standing.
const conditionRegistered = "Registered"

// acceptLossAnnotation, with the UID of the namespace that is gone as its
// value, lets a tenant begin anew with an empty CRM.
const acceptLossAnnotation = "crm.salexops.com/accept-data-loss"

// requireRegistration waits for standing's word that everything the contract
// asks for is there (contract.md 2). Once a tenant is active, a gap that opens
// later (its subscription was deleted, say) takes nothing from it.
func (r *Reconciler) requireRegistration(_ context.Context, a *attempt) error {
	registered := meta.FindStatusCondition(a.tenant.Status.Conditions, conditionRegistered)
	standing := a.tenant.Status.Standing
	if registered == nil || standing == nil {
		return waiting("the tenant's registration is being checked")
	}
	incomplete := registered.Status != metav1.ConditionTrue
	if incomplete && (standing.Lifecycle == v1alpha1.LifecyclePending || a.plan == nil) {
		return blocked(reasonNotRegistered, "%s", registered.Message)
	}
	if a.plan == nil {
		return waiting("Plan %q is being looked up", standing.Plan)
	}
	return nil
}

// requireHost refuses a host name that another tenant holds.
func (r *Reconciler) requireHost(ctx context.Context, a *attempt) error {
	host := index.Host(a.tenant, r.Options.Domain)
	var rivals v1alpha1.TenantList
	err := r.Client.List(ctx, &rivals, client.InNamespace(a.tenant.Namespace), client.MatchingFields{index.TenantByHost: host})
	if err != nil {
		return fmt.Errorf("listing the Tenants with the host %s: %w", host, err)
	}
	for i := range rivals.Items {
		if rival := &rivals.Items[i]; rival.Name != a.tenant.Name && precedes(rival, a.tenant) {
			return blocked(reasonHostTaken,
				"the host %s belongs to Tenant %s, which had it first; set spec.host of Tenant %s to another name",
				host, rival.Name, a.tenant.Name)
		}
	}
	return nil
}

// precedes tells which of two tenants that want the same host had it first: the
// older one, or by name where both came in the same second. A tenant on its way
// out keeps its host until it has gone.
func precedes(a, b *v1alpha1.Tenant) bool {
	if !a.CreationTimestamp.Equal(&b.CreationTimestamp) {
		return a.CreationTimestamp.Before(&b.CreationTimestamp)
	}
	return a.Name < b.Name
}

// requireNamespace refuses a namespace that is somebody else's, and one that is
// not the one this tenant's data was in.
func (r *Reconciler) requireNamespace(ctx context.Context, a *attempt) error {
	name := a.instance.Namespace()
	namespace, err := r.findNamespace(ctx, name)
	if err != nil {
		return err
	}
	if namespace == nil {
		return requireNoLoss(a, name)
	}
	if !layout.BelongsTo(namespace.Labels, a.tenant.Name) {
		return namespaceTaken(a.tenant.Name, name)
	}
	if namespace.DeletionTimestamp != nil {
		return waiting("namespace %s is being deleted; provisioning goes on when it has gone", name)
	}
	if a.namespaceUID != "" && a.namespaceUID != namespace.UID {
		if err := requireNoLoss(a, name); err != nil {
			return err
		}
	}
	a.found(namespace)
	return nil
}

func (r *Reconciler) findNamespace(ctx context.Context, name string) (*metav1.PartialObjectMetadata, error) {
	namespace := metadataOf("Namespace")
	switch err := r.Client.Get(ctx, client.ObjectKey{Name: name}, namespace); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading namespace %s: %w", name, err)
	}
	return namespace, nil
}

func namespaceTaken(tenant, name string) error {
	return blocked(reasonNamespaceTaken,
		"namespace %s exists and is not this tenant's: it lacks the label %s=%s; remove or rename that namespace, or register the tenant under another name",
		name, layout.LabelTenant, tenant)
}

// requireNoLoss keeps an empty CRM from passing for one whose data has gone.
func requireNoLoss(a *attempt, name string) error {
	lost := a.namespaceUID
	if lost == "" || a.tenant.Annotations[acceptLossAnnotation] == string(lost) {
		a.namespaceUID, a.passwordIssuedAt = "", nil
		return nil
	}
	return blocked(reasonNamespaceLost,
		"namespace %s (UID %s), which held this tenant's data, is gone; restore it from a backup, or begin with an empty CRM by annotating the Tenant with %s=%s",
		name, lost, acceptLossAnnotation, lost)
}

// requireGrowth refuses a plan that would make a claim smaller.
func (r *Reconciler) requireGrowth(ctx context.Context, a *attempt) error {
	for _, wanted := range []struct {
		claim, field string
		size         resource.Quantity
		planSize     resource.Quantity
	}{
		{layout.Records, "recordsSize", a.instance.Records, a.plan.Spec.RecordsSize},
		{layout.Documents, "documentQuota", a.instance.Documents, a.plan.Spec.DocumentQuota},
	} {
		claim, err := r.findClaim(ctx, a.instance.Namespace(), wanted.claim)
		if err != nil {
			return err
		}
		if claim != nil && claimRequest(claim) > wanted.size.Value() {
			request := claim.Spec.Resources.Requests[corev1.ResourceStorage]
			return blocked(reasonVolumeCannotShrink,
				"claim %s/%s has %s, and a volume can't shrink to the %s that %s %s of Plan %s comes to; raise %s, or put the tenant on a larger plan",
				a.instance.Namespace(), wanted.claim, request.String(), wanted.size.String(),
				wanted.field, wanted.planSize.String(), a.plan.Name, wanted.field)
		}
	}
	return nil
}

func (r *Reconciler) findClaim(ctx context.Context, namespace, name string) (*corev1.PersistentVolumeClaim, error) {
	var claim corev1.PersistentVolumeClaim
	key := client.ObjectKey{Namespace: namespace, Name: name}
	switch err := r.Client.Get(ctx, key, &claim); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading claim %s: %w", key, err)
	}
	return &claim, nil
}

// metadataOf returns an empty object that reads only the metadata of a core kind.
func metadataOf(kind string) *metav1.PartialObjectMetadata {
	object := &metav1.PartialObjectMetadata{}
	object.SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind(kind))
	return object
}
