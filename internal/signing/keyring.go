// Package signing keeps the keys that licences are signed with: one Secret,
// made at the first start, read by nobody but the operator.
package signing

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/utils/clock"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/grupobizopps/salexops/internal/layout"
	"github.com/grupobizopps/salexops/license"
)

// refreshAfter is how long keys are used before the Secret is read again: a
// rotation is noticed that late at most.
const refreshAfter = 5 * time.Minute

// Keyring hands out the key set. It is safe for concurrent use.
type Keyring struct {
	// Reader reads live; Secrets are never cached.
	Reader client.Reader
	// Writer creates the Secret when there is none.
	Writer client.Writer
	// Key is the namespace and name of the Secret.
	Key   client.ObjectKey
	Clock clock.PassiveClock

	mutex  sync.Mutex
	keys   *license.KeySet
	readAt time.Time
}

// Keys returns the key set, and makes one where there is none. It is called by
// the reconcilers, which run on the leader only; should two ever meet, the API
// server lets one of them create the Secret and the other reads it.
func (k *Keyring) Keys(ctx context.Context) (*license.KeySet, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	now := k.Clock.Now()
	if k.keys != nil && now.Sub(k.readAt) < refreshAfter {
		return k.keys, nil
	}
	keys, err := k.read(ctx)
	if apierrors.IsNotFound(err) {
		keys, err = k.create(ctx)
	}
	if err != nil {
		return nil, err
	}
	k.keys, k.readAt = keys, now
	return keys, nil
}

// TrustedKeys returns the public keys as the JWKS that instances mount.
func (k *Keyring) TrustedKeys(ctx context.Context) ([]byte, error) {
	keys, err := k.Keys(ctx)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(keys.TrustedKeys())
	if err != nil {
		return nil, fmt.Errorf("encoding the public licence keys: %w", err)
	}
	return text, nil
}

func (k *Keyring) read(ctx context.Context) (*license.KeySet, error) {
	var secret corev1.Secret
	if err := k.Reader.Get(ctx, k.Key, &secret); err != nil {
		return nil, fmt.Errorf("reading Secret %s with the licence keys: %w", k.Key, err)
	}
	keys, err := license.ParseKeySet(secret.Data)
	if err != nil {
		return nil, fmt.Errorf("reading the licence keys in Secret %s: %w", k.Key, err)
	}
	if asked(&secret) {
		return k.rotate(ctx, &secret, keys)
	}
	return keys, nil
}

func (k *Keyring) create(ctx context.Context) (*license.KeySet, error) {
	keys, err := license.GenerateKeySet()
	if err != nil {
		return nil, fmt.Errorf("making licence keys: %w", err)
	}
	data, err := keys.Data()
	if err != nil {
		return nil, fmt.Errorf("encoding licence keys: %w", err)
	}
	secret := &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{
			Namespace: k.Key.Namespace, Name: k.Key.Name,
			Labels: map[string]string{layout.LabelName: layout.SystemName},
		},
		Type: corev1.SecretTypeOpaque,
		Data: data,
	}
	switch err := k.Writer.Create(ctx, secret); {
	case apierrors.IsAlreadyExists(err):
		return k.read(ctx)
	case err != nil:
		return nil, fmt.Errorf("creating Secret %s with new licence keys: %w", k.Key, err)
	}
	return keys, nil
}
