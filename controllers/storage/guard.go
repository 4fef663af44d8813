package storage

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/api/v1alpha1"
	"github.com/grupobizopps/salexops/internal/layout"
)

// blockedError is a guard that doesn't hold, and what to do about it.
type blockedError struct{ reason, message string }

func (b *blockedError) Error() string { return b.reason + ": " + b.message }

// pendingError is something that was asked for and isn't done yet.
type pendingError struct{ what string }

func (p *pendingError) Error() string { return p.what }

// scene is everything that the deletion of a Tenant depends on, read live.
type scene struct {
	tenant    *v1alpha1.Tenant
	policy    *v1alpha1.PlatformPolicy // nil where there is none
	namespace *corev1.Namespace        // nil where there is none
}

// look reads the scene. It is nil when the Tenant isn't being deleted (any
// more).
func (r *Reconciler) look(ctx context.Context, key client.ObjectKey) (*scene, error) {
	s := &scene{tenant: &v1alpha1.Tenant{}}
	if err := r.APIReader.Get(ctx, key, s.tenant); err != nil {
		if client.IgnoreNotFound(err) == nil {
			return nil, nil
		}
		return nil, fmt.Errorf("reading Tenant %s: %w", key, err)
	}
	if !beingDeleted(s.tenant) {
		return nil, nil
	}
	var err error
	if s.policy, err = readPolicy(ctx, r.APIReader); err != nil {
		return nil, err
	}
	namespace := &corev1.Namespace{}
	switch err := r.APIReader.Get(ctx, client.ObjectKey{Name: layout.Namespace(s.tenant.Name)}, namespace); {
	case err == nil:
		s.namespace = namespace
	case !apierrors.IsNotFound(err):
		return nil, fmt.Errorf("reading namespace %s: %w", layout.Namespace(s.tenant.Name), err)
	}
	return s, nil
}

// readPolicy returns the platform's policy; nil where there is none.
func readPolicy(ctx context.Context, reader client.Reader) (*v1alpha1.PlatformPolicy, error) {
	policy := &v1alpha1.PlatformPolicy{}
	if found, err := read(ctx, reader, client.ObjectKey{Name: v1alpha1.PlatformPolicyName}, policy); err != nil || !found {
		return nil, err
	}
	return policy, nil
}

// ours tells whether the namespace was made for this tenant.
func (s *scene) ours() bool {
	return s.namespace != nil && layout.BelongsTo(s.namespace.Labels, s.tenant.Name)
}

// recordedUID is that of the namespace which held the tenant's data: as the
// fence has it or, before there is one, as runtime recorded it.
func (s *scene) recordedUID() string {
	if deletion := s.tenant.Status.Deletion; deletion != nil && deletion.NamespaceUID != "" {
		return string(deletion.NamespaceUID)
	}
	if instance := s.tenant.Status.Instance; instance != nil {
		return string(instance.NamespaceUID)
	}
	return ""
}

// guard checks everything that must hold before anything is destroyed.
func (s *scene) guard() error {
	name := s.tenant.Name
	switch {
	case s.tenant.Annotations[v1alpha1.ConfirmDeletionAnnotation] != name:
		// Deleting the CustomResourceDefinition bypasses admission, so this
		// looks again.
		return &blockedError{"NotConfirmed", fmt.Sprintf(
			"the deletion isn't confirmed; to end this tenant for good, annotate the Tenant with %s=%s",
			v1alpha1.ConfirmDeletionAnnotation, name)}
	case s.policy != nil && s.policy.Spec.Freeze:
		return &blockedError{"Frozen", "PlatformPolicy default has spec.freeze: true, which stops every destructive act; the deletion goes on when it is false"}
	case s.tenant.Spec.Hold:
		return &blockedError{"OnHold", fmt.Sprintf(
			"Tenant %s has spec.hold: true, so nothing of it is destroyed; the deletion goes on when it is false", name)}
	case s.ours() && s.recordedUID() != "" && s.recordedUID() != string(s.namespace.UID):
		return namespaceReplaced(s.namespace, s.recordedUID())
	}
	return nil
}

// namespaceReplaced says that a namespace with the tenant's labels is not the
// one that held its data.
func namespaceReplaced(namespace client.Object, recordedUID string) *blockedError {
	return &blockedError{reasonNamespaceReplaced, fmt.Sprintf(
		"namespace %s has UID %s, and this tenant's had %s: look what it holds, and delete it yourself or remove its label %s",
		namespace.GetName(), namespace.GetUID(), recordedUID, layout.LabelTenant)}
}
