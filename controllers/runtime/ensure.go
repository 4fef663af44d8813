package runtime

import (
	"context"
	"errors"
	"fmt"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apiruntime "k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/controllers/runtime/objects"
	"github.com/grupobizopps/salexops/internal/layout"
)

const owner = client.FieldOwner(v1alpha1.RuntimeFieldOwner)

// ensure applies what is wanted of an object, unless the cache shows that it
// already is so. live is an empty object of the kind.
func (r *Reconciler) ensure(ctx context.Context, name string, a *attempt, live client.Object, desired apiruntime.ApplyConfiguration) error {
	key := client.ObjectKey{Namespace: a.instance.Namespace(), Name: name}
	err := r.Client.Get(ctx, key, live)
	if err != nil && !apierrors.IsNotFound(err) {
		return fmt.Errorf("reading %T %s: %w", live, key, err)
	}
	if err == nil {
		satisfied, err := r.drift.Satisfied(live, desired)
		if err != nil {
			return fmt.Errorf("comparing %T %s: %w", live, key, err)
		}
		if satisfied {
			return nil
		}
	}
	return refused(fmt.Sprintf("%s %s", kindOf(live), key), r.Client.Apply(ctx, desired, owner, client.ForceOwnership))
}

func kindOf(object client.Object) string {
	switch object.(type) {
	case *appsv1.StatefulSet:
		return "StatefulSet"
	case *corev1.PersistentVolumeClaim:
		return "PersistentVolumeClaim"
	case *corev1.ResourceQuota:
		return "ResourceQuota"
	case *corev1.LimitRange:
		return "LimitRange"
	case *corev1.ServiceAccount:
		return "ServiceAccount"
	case *corev1.Service:
		return "Service"
	case *networkingv1.NetworkPolicy:
		return "NetworkPolicy"
	}
	return fmt.Sprintf("%T", object)
}

// refused tells a rejection that somebody has to look into from a failure that
// trying again may mend.
func refused(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case apierrors.HasStatusCause(err, corev1.NamespaceTerminatingCause):
		return waiting("%s can't be made while its namespace is being deleted", what)
	case apierrors.IsForbidden(err) && strings.Contains(err.Error(), "status unknown for quota"):
		return waiting("%s can be made once the cluster has counted what the quota allows", what)
	case apierrors.IsInvalid(err), apierrors.IsForbidden(err), apierrors.IsBadRequest(err), apierrors.IsMethodNotSupported(err):
		var status apierrors.APIStatus
		words := err.Error()
		if errors.As(err, &status) && status.Status().Message != "" {
			words = status.Status().Message
		}
		return blocked(reasonClusterRefused, "the API server refused to write %s: %s", what, words)
	}
	return fmt.Errorf("writing %s: %w", what, err)
}

// ensureFinalizer makes sure that a Tenant can't vanish while something of it
// runs, before anything does.
func (r *Reconciler) ensureFinalizer(ctx context.Context, a *attempt) error {
	if controllerutil.ContainsFinalizer(a.tenant, v1alpha1.InstanceFinalizer) {
		return nil
	}
	protected := a.tenant.DeepCopy()
	controllerutil.AddFinalizer(protected, v1alpha1.InstanceFinalizer)
	patch := client.MergeFromWithOptions(a.tenant, client.MergeFromWithOptimisticLock{})
	if err := r.Client.Patch(ctx, protected, patch, owner); err != nil {
		return fmt.Errorf("adding the finalizer to Tenant %s: %w", a.tenant.Name, err)
	}
	return nil
}

// ensureNamespace creates the namespace or mends its labels. Creating, and not
// applying, is what tells a namespace that somebody made a moment ago from ours.
func (r *Reconciler) ensureNamespace(ctx context.Context, a *attempt) error {
	wanted := objects.NamespaceLabels(a.tenant.Name)
	if a.namespaceUID == "" {
		namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: a.instance.Namespace(), Labels: wanted}}
		err := r.Client.Create(ctx, namespace, owner)
		if apierrors.IsAlreadyExists(err) {
			return r.adoptNamespace(ctx, a)
		}
		if err != nil {
			return refused("namespace "+a.instance.Namespace(), err)
		}
		a.found(namespace)
		return nil
	}
	namespace, err := r.findNamespace(ctx, a.instance.Namespace())
	if err != nil {
		return err
	}
	if namespace != nil && carries(namespace.Labels, wanted) {
		return nil
	}
	return refused("namespace "+a.instance.Namespace(),
		r.Client.Apply(ctx, objects.Namespace(a.instance).WithUID(a.namespaceUID), owner, client.ForceOwnership))
}

// adoptNamespace reads a namespace that the cache doesn't know yet: our own of
// an earlier pass, or somebody's.
func (r *Reconciler) adoptNamespace(ctx context.Context, a *attempt) error {
	namespace := metadataOf("Namespace")
	if err := r.APIReader.Get(ctx, client.ObjectKey{Name: a.instance.Namespace()}, namespace); err != nil {
		return fmt.Errorf("reading namespace %s: %w", a.instance.Namespace(), err)
	}
	if !layout.BelongsTo(namespace.Labels, a.tenant.Name) {
		return namespaceTaken(a.tenant.Name, namespace.Name)
	}
	a.found(namespace)
	return nil
}

func carries(labels, wanted map[string]string) bool {
	for key, value := range wanted {
		if labels[key] != value {
			return false
		}
	}
	return true
}

// ensureIsolation closes the namespace before anything runs in it.
func (r *Reconciler) ensureIsolation(ctx context.Context, a *attempt) error {
	if err := r.ensure(ctx, layout.DefaultDeny, a, &networkingv1.NetworkPolicy{}, objects.DefaultDeny(a.instance)); err != nil {
		return err
	}
	if err := r.ensure(ctx, layout.FromFrontdoor, a, &networkingv1.NetworkPolicy{}, objects.FromFrontdoor(a.instance)); err != nil {
		return err
	}
	if err := r.ensure(ctx, layout.FromOperator, a, &networkingv1.NetworkPolicy{}, objects.FromOperator(a.instance)); err != nil {
		return err
	}
	return r.ensure(ctx, layout.Workload, a, &corev1.LimitRange{}, objects.LimitRange(a.instance))
}

func (r *Reconciler) ensureQuota(ctx context.Context, a *attempt) error {
	return r.ensure(ctx, layout.Workload, a, &corev1.ResourceQuota{}, objects.ResourceQuota(a.instance))
}

// adjustQuota brings a quota that exists to what is wanted now.
func (r *Reconciler) adjustQuota(ctx context.Context, a *attempt) error {
	key := client.ObjectKey{Namespace: a.instance.Namespace(), Name: layout.Workload}
	switch err := r.Client.Get(ctx, key, &corev1.ResourceQuota{}); {
	case apierrors.IsNotFound(err):
		return nil
	case err != nil:
		return fmt.Errorf("reading ResourceQuota %s: %w", key, err)
	}
	return r.ensureQuota(ctx, a)
}

func (r *Reconciler) ensureServiceAccount(ctx context.Context, a *attempt) error {
	return r.ensure(ctx, layout.Workload, a, &corev1.ServiceAccount{}, objects.ServiceAccount(a.instance))
}

func (r *Reconciler) ensureService(ctx context.Context, a *attempt) error {
	return r.ensure(ctx, layout.Workload, a, &corev1.Service{}, objects.Service(a.instance))
}

func (r *Reconciler) ensureWorkload(ctx context.Context, a *attempt) error {
	return r.ensure(ctx, layout.Workload, a, &appsv1.StatefulSet{}, objects.Workload(a.instance))
}
