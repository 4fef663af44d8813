package storage

import (
	"context"
	"fmt"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/contract"
	"github.com/grupobizopps/salexops/facts"
	"github.com/grupobizopps/salexops/internal/contracttime"
	"github.com/grupobizopps/salexops/internal/index"
	"github.com/grupobizopps/salexops/internal/layout"
	"github.com/grupobizopps/salexops/internal/servertime"
)

// purgeScene is everything that a purge depends on, read live at one instant.
type purgeScene struct {
	subscription *v1alpha1.Subscription
	tenant       *v1alpha1.Tenant
	// claim and key are those of the documents as they are now; nil where there
	// is none. Of the key only the metadata is read.
	claim *corev1.PersistentVolumeClaim
	key   *metav1.PartialObjectMetadata
	// workload is the instance; nil where there is none.
	workload *appsv1.StatefulSet
	// standing is what the contract says about all this at now, which is contract
	// time.
	standing contract.Standing
	zone     contract.Zone
	now      time.Time
	// policy is the platform's; nil where there is none.
	policy *v1alpha1.PlatformPolicy
}

// look reads the scene. It is nil when there is nothing to purge (any more).
func (r *PurgeReconciler) look(ctx context.Context, key client.ObjectKey, real time.Time) (*purgeScene, error) {
	s := &purgeScene{subscription: &v1alpha1.Subscription{}, tenant: &v1alpha1.Tenant{}}
	if found, err := read(ctx, r.APIReader, key, s.subscription); err != nil || !found {
		return nil, err
	}
	if facts.OpenLapse(s.subscription) == nil {
		return nil, nil
	}
	tenant := client.ObjectKey{Namespace: key.Namespace, Name: s.subscription.Spec.TenantRef.Name}
	if found, err := read(ctx, r.APIReader, tenant, s.tenant); err != nil || !found {
		return nil, err
	}
	if s.tenant.DeletionTimestamp != nil {
		return nil, nil // The final deletion takes everything.
	}
	if err := r.lookInside(ctx, s); err != nil {
		return nil, err
	}
	if err := r.evaluate(ctx, s, real); err != nil {
		return nil, err
	}
	if s.act() == nil {
		return nil, nil
	}
	return s, nil
}

// lookInside reads what there is of the documents. In the tenant's namespace the
// names decide, and not the labels: a key that has lost its labels still opens
// the documents.
func (r *PurgeReconciler) lookInside(ctx context.Context, s *purgeScene) error {
	namespace := layout.Namespace(s.tenant.Name)
	if ours, err := r.ownNamespace(ctx, s.tenant); err != nil || !ours {
		return err
	}
	claim, workload, key := &corev1.PersistentVolumeClaim{}, &appsv1.StatefulSet{}, metadataOf("Secret")
	for _, wanted := range []struct {
		name   string
		object client.Object
		found  func()
	}{
		{layout.Documents, claim, func() { s.claim = claim }},
		{layout.DocumentsKey, key, func() { s.key = key }},
		{layout.Workload, workload, func() { s.workload = workload }},
	} {
		found, err := read(ctx, r.APIReader, client.ObjectKey{Namespace: namespace, Name: wanted.name}, wanted.object)
		if err != nil {
			return err
		}
		if found {
			wanted.found()
		}
	}
	return nil
}

// ownNamespace tells whether there is a namespace of the tenant's: the one that
// runtime recorded or, before it has, one with the tenant's labels. What is in
// another of the same name is none of ours, unless its labels say that it holds
// a tenant's data; then somebody has to look.
func (r *PurgeReconciler) ownNamespace(ctx context.Context, tenant *v1alpha1.Tenant) (bool, error) {
	namespace := metadataOf("Namespace")
	found, err := read(ctx, r.APIReader, client.ObjectKey{Name: layout.Namespace(tenant.Name)}, namespace)
	if err != nil || !found {
		return false, err
	}
	marked := layout.BelongsTo(namespace.Labels, tenant.Name)
	instance := tenant.Status.Instance
	if instance == nil || instance.NamespaceUID == "" {
		return marked, nil
	}
	if namespace.UID == instance.NamespaceUID {
		return true, nil
	}
	if marked {
		return false, namespaceReplaced(namespace, string(instance.NamespaceUID))
	}
	return false, nil
}

// evaluate asks the contract, on live facts and with everything made sure of
// that can be.
func (r *PurgeReconciler) evaluate(ctx context.Context, s *purgeScene, real time.Time) error {
	objects := facts.Objects{Tenant: s.tenant}
	// All of the tenant's: with two of them nobody knows which one counts.
	var subscriptions v1alpha1.SubscriptionList
	err := r.APIReader.List(ctx, &subscriptions, client.InNamespace(s.tenant.Namespace),
		client.MatchingFields{index.SubscriptionByTenant: s.tenant.Name})
	if err != nil {
		return fmt.Errorf("listing the Subscriptions of Tenant %s: %w", s.tenant.Name, err)
	}
	objects.Subscriptions = subscriptions.Items
	if s.policy, err = readPolicy(ctx, r.APIReader); err != nil {
		return err
	}
	objects.Policy = s.policy
	var plans v1alpha1.PlanList
	if err := r.APIReader.List(ctx, &plans); err != nil {
		return fmt.Errorf("listing the Plans: %w", err)
	}
	objects.Plans = plans.Items
	notice := &v1alpha1.Notice{}
	if name := facts.OpenLapse(s.subscription).NoticeName; name != "" {
		found, err := read(ctx, r.APIReader, client.ObjectKey{Namespace: s.tenant.Namespace, Name: name}, notice)
		if err != nil {
			return err
		}
		if found {
			objects.Notices = []v1alpha1.Notice{*notice}
		}
	}
	agree, err := r.clocksAgree(ctx, real)
	if err != nil {
		return err
	}
	s.now, _ = contracttime.Now(objects.Policy, r.Options.AllowTestClock, real)
	account, err := facts.From(objects, s.now)
	if err != nil {
		return fmt.Errorf("stating the facts of Tenant %s: %w", s.tenant.Name, err)
	}
	account.Facts.Assurances = contract.Assurances{
		// The breaker is asked apart, and only about a purge that lacks nothing
		// else.
		DisableBreakerClosed: true, PurgeBreakerClosed: true,
		ClockAgrees: agree, ReadLive: true,
	}
	s.zone = account.Facts.Policy.Zone
	s.standing = contract.Evaluate(account.Facts)
	return nil
}

// clocksAgree compares this machine's clock with the API server's.
func (r *PurgeReconciler) clocksAgree(ctx context.Context, real time.Time) (bool, error) {
	server, err := r.ServerTime(ctx)
	if err != nil {
		return false, err
	}
	return servertime.Agree(real, server), nil
}

func (s *purgeScene) lapse() *v1alpha1.Lapse { return facts.OpenLapse(s.subscription) }

// act is the purge that is due; nil when none is.
func (s *purgeScene) act() *contract.Act {
	for i := range s.standing.Due {
		if s.standing.Due[i].Kind == contract.ActPurge {
			return &s.standing.Due[i]
		}
	}
	return nil
}

// fenced reports whether the intent is saved.
func (s *purgeScene) fenced() bool { return s.standing.Billing == contract.BillingPurging }

// untouched reports whether nothing has been destroyed since the intent.
func (s *purgeScene) untouched() bool {
	fence := s.lapse().Purge
	claimThere := fence.ClaimUID == "" || s.claim != nil && s.claim.UID == fence.ClaimUID && s.claim.DeletionTimestamp == nil
	return fence.KeyDestroyedAt == nil && !s.unreadable() && claimThere
}

// unreadable reports whether the key that the fence names is gone: nobody can
// read the documents any more, whatever is left of them.
func (s *purgeScene) unreadable() bool {
	fence := s.lapse().Purge
	if fence == nil || fence.KeyUID == "" {
		return false
	}
	return s.key == nil || s.key.UID != fence.KeyUID || s.key.DeletionTimestamp != nil
}

// guard says which guard of contract.md 4 does not hold. A notice that comes
// back when the documents are unreadable already saves nothing any more: the
// purge ends, rather than keep a tenant who pays waiting for it.
func (s *purgeScene) guard() error {
	for _, guard := range s.act().BlockedBy {
		if guard != contract.GuardNoticeDelivered || !s.unreadable() {
			return blockedBy(guard, s.tenant.Name)
		}
	}
	return nil
}

// requireStopped waits for the instance: what it still has open must not be
// pulled from under it.
func (s *purgeScene) requireStopped() error {
	if s.workload == nil {
		return nil
	}
	status := s.workload.Status
	stopped := s.workload.Spec.Replicas != nil && *s.workload.Spec.Replicas == 0 &&
		status.ObservedGeneration >= s.workload.Generation && status.Replicas == 0
	if stopped {
		return nil
	}
	return &pendingError{"the instance of " + s.tenant.Name + " is being stopped"}
}

// read reads an object live, and reports whether it is there.
func read(ctx context.Context, reader client.Reader, key client.ObjectKey, object client.Object) (bool, error) {
	switch err := reader.Get(ctx, key, object); {
	case apierrors.IsNotFound(err):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("reading %T %s: %w", object, key, err)
	}
	return true, nil
}

func metadataOf(kind string) *metav1.PartialObjectMetadata {
	object := &metav1.PartialObjectMetadata{}
	object.SetGroupVersionKind(corev1.SchemeGroupVersion.WithKind(kind))
	return object
}
