package runtime

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/controllers/runtime/objects"
	"github.com/grupobizopps/salexops/internal/layout"
)

// ensureLicence copies the newest licence into the Secret that is mounted.
func (r *Reconciler) ensureLicence(ctx context.Context, a *attempt) error {
	if a.licence == nil {
		return waiting("the licence is being issued")
	}
	keys, err := r.TrustedKeys(ctx)
	if err != nil {
		return fmt.Errorf("reading the keys that licences are signed with: %w", err)
	}
	token := a.licence.Status.Token
	_, err = r.ensureSecret(ctx, layout.LicenceSecret, a, digest(token, string(keys)),
		func(*corev1.Secret) *corev1ac.SecretApplyConfiguration {
			return objects.LicenceSecret(a.instance, []byte(token), keys)
		})
	return err
}

// minTokenLength is what a token must have to be taken for ours.
const minTokenLength = 26

// ensureKeys makes the exchange token once and keeps it.
func (r *Reconciler) ensureKeys(ctx context.Context, a *attempt) error {
	_, err := r.ensureSecret(ctx, layout.KeysSecret, a, "",
		func(live *corev1.Secret) *corev1ac.SecretApplyConfiguration {
			token := []byte(rand.Text() + rand.Text())
			if live != nil && len(live.Data[layout.ExchangeToken]) >= minTokenLength {
				token = live.Data[layout.ExchangeToken]
			}
			return objects.KeysSecret(a.instance, token)
		})
	return err
}

// ensureInitialPassword makes the owner's first password once (contract.md 2.4)
// and removes it when the owner has one of their own.
func (r *Reconciler) ensureInitialPassword(ctx context.Context, a *attempt) error {
	if a.ownerHasOwnPassword() {
		return r.deleteSecret(ctx, layout.PasswordSecret, a)
	}
	if a.instanceHasStarted() {
		// The CRM took the password when it first started. If somebody removed
		// the Secret since, another password in it would open nothing.
		exists, err := r.secretExists(ctx, layout.PasswordSecret, a)
		if err != nil || !exists {
			return err
		}
	}
	spec := a.tenant.Spec.Owner
	madeAt, err := r.ensureSecret(ctx, layout.PasswordSecret, a, digest(string(spec.Email), spec.Name),
		func(live *corev1.Secret) *corev1ac.SecretApplyConfiguration {
			var password []byte
			if live != nil {
				password = live.Data[layout.InitialPassword]
			}
			if len(password) == 0 {
				password = newPassword()
			}
			return objects.PasswordSecret(a.instance, string(spec.Email), spec.Name, password)
		})
	if err != nil {
		return err
	}
	// When it was made is read from the Secret itself: the status in the cache
	// may be older than what the last pass wrote there.
	a.passwordIssuedAt = &madeAt
	return nil
}

// ownerHasOwnPassword tells whether the owner replaced the initial password of
// this instance; what happened in a namespace that is gone doesn't count.
func (a *attempt) ownerHasOwnPassword() bool {
	recorded := a.tenant.Status.Instance
	return recorded != nil && a.sinceNamespace(recorded.OwnerPasswordChangedAt)
}

// instanceHasStarted tells whether this instance ever answered an exchange.
func (a *attempt) instanceHasStarted() bool {
	recorded := a.tenant.Status.Instance
	return recorded != nil && a.sinceNamespace(recorded.ExchangedAt)
}

// clockSlack forgives a difference between this machine's clock, which instants
// of the status are from, and the API server's, which creation times are from.
const clockSlack = 10 * time.Minute

func (a *attempt) sinceNamespace(instant *metav1.Time) bool {
	return instant != nil && !instant.Time.Before(a.namespaceSince.Add(-clockSlack))
}

// passwordAlphabet leaves out what is easily taken for something else.
const passwordAlphabet = "abcdefghjkmnpqrstuvwxyz23456789"

// newPassword returns 20 random characters in groups of five: 99 bits, and
// possible to read out on the telephone.
func newPassword() []byte {
	const length, group = 20, 5
	password := make([]byte, 0, length+length/group)
	for i := range length {
		if i > 0 && i%group == 0 {
			password = append(password, '-')
		}
		password = append(password, passwordAlphabet[randomBelow(len(passwordAlphabet))])
	}
	return password
}

// randomBelow draws evenly from 0 to limit-1; bytes at or above the largest
// multiple of limit are drawn again, since keeping them would favour the first.
func randomBelow(limit int) int {
	var drawn [1]byte
	for {
		// crypto/rand never fails: it ends the program instead.
		_, _ = rand.Read(drawn[:])
		if value := int(drawn[0]); value < 256/limit*limit {
			return value % limit
		}
	}
}
