package runtime

import (
	"context"
	"fmt"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/runtime/objects"
	"github.com/grupobizopps/salexops/internal/layout"
	"github.com/grupobizopps/salexops/internal/licences"
)

// attempt is one pass over one tenant: what was found, and what became of it.
type attempt struct {
	tenant *v1alpha1.Tenant
	// plan in force and newest licence; nil where there is none.
	plan    *v1alpha1.Plan
	licence *v1alpha1.License
	// workload as it is before this pass; nil where there is none.
	workload *appsv1.StatefulSet
	// instance is what is wanted. It is complete once the tenant is registered.
	instance objects.Instance

	// namespaceUID and passwordIssuedAt are found or made in this pass.
	namespaceUID     types.UID
	passwordIssuedAt *metav1.Time
	// namespaceSince is when the namespace was made: what happened before
	// happened in another one.
	namespaceSince metav1.Time
}

// found records the namespace that is the tenant's.
func (a *attempt) found(namespace metav1.Object) {
	a.namespaceUID = namespace.GetUID()
	a.namespaceSince = namespace.GetCreationTimestamp()
}

// gather reads, from the cache, everything a pass depends on.
func (r *Reconciler) gather(ctx context.Context, tenant *v1alpha1.Tenant) (*attempt, error) {
	a := &attempt{tenant: tenant}
	if recorded := tenant.Status.Instance; recorded != nil {
		a.namespaceUID = recorded.NamespaceUID
		a.passwordIssuedAt = recorded.InitialPasswordIssuedAt
	}
	var err error
	if a.workload, err = r.findWorkload(ctx, tenant.Name); err != nil {
		return nil, err
	}
	if a.licence, err = licences.Newest(ctx, r.Client, client.ObjectKeyFromObject(tenant)); err != nil {
		return nil, err
	}
	if a.plan, err = r.findPlan(ctx, tenant); err != nil {
		return nil, err
	}
	a.instance = r.wanted(a)
	return a, nil
}

func (r *Reconciler) findWorkload(ctx context.Context, tenant string) (*appsv1.StatefulSet, error) {
	var workload appsv1.StatefulSet
	key := client.ObjectKey{Namespace: layout.Namespace(tenant), Name: layout.Workload}
	switch err := r.Client.Get(ctx, key, &workload); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading StatefulSet %s: %w", key, err)
	}
	return &workload, nil
}

func (r *Reconciler) findPlan(ctx context.Context, tenant *v1alpha1.Tenant) (*v1alpha1.Plan, error) {
	if tenant.Status.Standing == nil || tenant.Status.Standing.Plan == "" {
		return nil, nil
	}
	var plan v1alpha1.Plan
	switch err := r.Client.Get(ctx, client.ObjectKey{Name: tenant.Status.Standing.Plan}, &plan); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("reading Plan %s: %w", tenant.Status.Standing.Plan, err)
	}
	return &plan, nil
}

// wanted is the instance that the standing and the plan call for.
func (r *Reconciler) wanted(a *attempt) objects.Instance {
	instance := objects.Instance{
		Tenant:          a.tenant.Name,
		Image:           r.Options.Image,
		SystemNamespace: r.Options.SystemNamespace,
		StorageClass:    r.Options.StorageClass,
	}
	if a.plan != nil {
		instance.Records = a.plan.Spec.RecordsSize
		instance.Documents = objects.DocumentsSize(a.plan.Spec.DocumentQuota)
		instance.Resources = objects.Resources(a.plan.Spec.Resources.Requests, a.plan.Spec.Resources.Limits)
	}
	if mayRun(a.tenant) {
		instance.Replicas = 1
	}
	instance.PodsAllowed = podsAllowed(instance.Replicas, a.workload)
	return instance
}

func mayRun(tenant *v1alpha1.Tenant) bool {
	return tenant.Status.Standing != nil && tenant.Status.Standing.MayRun
}

// podsAllowed keeps the quota open until the last pod has gone.
func podsAllowed(replicas int32, workload *appsv1.StatefulSet) int64 {
	if replicas > 0 || hasPods(workload) {
		return 1
	}
	return 0
}

// hasPods tells whether a pod runs, ends, or may still be made.
func hasPods(workload *appsv1.StatefulSet) bool {
	if workload == nil {
		return false
	}
	wanted := workload.Spec.Replicas == nil || *workload.Spec.Replicas > 0
	unseen := workload.Status.ObservedGeneration < workload.Generation
	return wanted || unseen || workload.Status.Replicas > 0
}

// claimRequest returns how much storage a claim asks for.
func claimRequest(claim *corev1.PersistentVolumeClaim) int64 {
	request := claim.Spec.Resources.Requests[corev1.ResourceStorage]
	return request.Value()
}
