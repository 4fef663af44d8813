package runtime

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/internal/layout"
)

// buildSecret makes what is wanted of a Secret; live is nil where there is none
// yet. What is random is made once and then taken from live.
type buildSecret func(live *corev1.Secret) *corev1ac.SecretApplyConfiguration

// ensureSecret keeps a Secret as wanted without keeping its content in memory.
//
// The cache holds metadata only. As long as the resource version is the one
// seen last and input, which identifies what the content is made from, hasn't
// changed, there is nothing to do. Otherwise the Secret is read once, live. The
// result is when the Secret was made.
func (r *Reconciler) ensureSecret(ctx context.Context, name string, a *attempt, input string, build buildSecret) (metav1.Time, error) {
	key := client.ObjectKey{Namespace: a.instance.Namespace(), Name: name}
	metadata := metadataOf("Secret")
	switch err := r.Client.Get(ctx, key, metadata); {
	case apierrors.IsNotFound(err):
		return r.createSecret(ctx, key, input, build)
	case err != nil:
		return metav1.Time{}, fmt.Errorf("reading the metadata of Secret %s: %w", key, err)
	}
	if r.secrets.knows(key, metadata.ResourceVersion, input) {
		return metadata.CreationTimestamp, nil
	}
	return r.repairSecret(ctx, key, input, build)
}

// createSecret creates instead of applying: a Secret that the cache doesn't show
// may have been made a moment ago, and a random token must not be made twice.
func (r *Reconciler) createSecret(ctx context.Context, key client.ObjectKey, input string, build buildSecret) (metav1.Time, error) {
	secret, err := toSecret(build(nil))
	if err != nil {
		return metav1.Time{}, err
	}
	err = r.Client.Create(ctx, secret, owner)
	if apierrors.IsAlreadyExists(err) {
		return r.repairSecret(ctx, key, input, build)
	}
	if err != nil {
		return metav1.Time{}, refused("Secret "+key.String(), err)
	}
	r.secrets.remember(key, secret.ResourceVersion, input)
	return secret.CreationTimestamp, nil
}

func (r *Reconciler) repairSecret(ctx context.Context, key client.ObjectKey, input string, build buildSecret) (metav1.Time, error) {
	var live corev1.Secret
	if err := r.APIReader.Get(ctx, key, &live); err != nil {
		return metav1.Time{}, fmt.Errorf("reading Secret %s: %w", key, err)
	}
	desired := build(&live)
	satisfied, err := r.drift.Satisfied(&live, desired)
	if err != nil {
		return metav1.Time{}, fmt.Errorf("comparing Secret %s: %w", key, err)
	}
	version := live.ResourceVersion
	if !satisfied {
		if err := r.Client.Apply(ctx, desired, owner, client.ForceOwnership); err != nil {
			return metav1.Time{}, refused("Secret "+key.String(), err)
		}
		version = *desired.ResourceVersion
	}
	r.secrets.remember(key, version, input)
	return live.CreationTimestamp, nil
}

func toSecret(desired *corev1ac.SecretApplyConfiguration) (*corev1.Secret, error) {
	data, err := json.Marshal(desired)
	if err != nil {
		return nil, fmt.Errorf("encoding Secret %s: %w", *desired.Name, err)
	}
	var secret corev1.Secret
	if err := json.Unmarshal(data, &secret); err != nil {
		return nil, fmt.Errorf("decoding Secret %s: %w", *desired.Name, err)
	}
	return &secret, nil
}

// digest identifies some input without keeping it.
func digest(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(sum, "%d:%s", len(part), part)
	}
	return string(sum.Sum(nil))
}

func (r *Reconciler) secretExists(ctx context.Context, name string, a *attempt) (bool, error) {
	key := client.ObjectKey{Namespace: a.instance.Namespace(), Name: name}
	err := r.Client.Get(ctx, key, metadataOf("Secret"))
	if client.IgnoreNotFound(err) != nil {
		return false, fmt.Errorf("reading the metadata of Secret %s: %w", key, err)
	}
	return err == nil, nil
}

// deleteSecret deletes a Secret that is ours and no longer needed.
func (r *Reconciler) deleteSecret(ctx context.Context, name string, a *attempt) error {
	key := client.ObjectKey{Namespace: a.instance.Namespace(), Name: name}
	metadata := metadataOf("Secret")
	switch err := r.Client.Get(ctx, key, metadata); {
	case apierrors.IsNotFound(err):
		return nil
	case err != nil:
		return fmt.Errorf("reading the metadata of Secret %s: %w", key, err)
	}
	if metadata.DeletionTimestamp != nil || !layout.BelongsTo(metadata.Labels, a.tenant.Name) {
		return nil
	}
	precondition := client.Preconditions{UID: &metadata.UID}
	if err := r.Client.Delete(ctx, metadata, precondition); client.IgnoreNotFound(err) != nil {
		return fmt.Errorf("deleting Secret %s: %w", key, err)
	}
	r.secrets.forget(key)
	return nil
}
