package signing

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"

	"github.com/grupobizopps/salexops/license"
)

// Annotations on the Secret by which a platform engineer asks for a new
// signing key, and the operator says that it made one.
const (
	// RotateAnnotation asks, with any word that was not used before, such as
	// today's date.
	RotateAnnotation = "crm.salexops.com/rotate"
	// RotatedAnnotation is the word of the last rotation that was carried out.
	RotatedAnnotation = "crm.salexops.com/rotated"
)

// asked reports whether a rotation was asked for and not carried out yet.
func asked(secret *corev1.Secret) bool {
	word := secret.Annotations[RotateAnnotation]
	return word != "" && word != secret.Annotations[RotatedAnnotation]
}

// rotate puts a new signing key in the Secret; the old one stays accepted. The
// update carries the version that was read, so that of two operators one
// rotates and the other fails, and reads the outcome at its next try.
func (k *Keyring) rotate(ctx context.Context, secret *corev1.Secret, keys *license.KeySet) (*license.KeySet, error) {
	next, err := keys.Rotate()
	if err != nil {
		return nil, fmt.Errorf("making a new licence key: %w", err)
	}
	if secret.Data, err = next.Data(); err != nil {
		return nil, fmt.Errorf("encoding licence keys: %w", err)
	}
	secret.Annotations[RotatedAnnotation] = secret.Annotations[RotateAnnotation]
	if err := k.Writer.Update(ctx, secret); err != nil {
		return nil, fmt.Errorf("storing a new licence key in Secret %s: %w", k.Key, err)
	}
	return next, nil
}
