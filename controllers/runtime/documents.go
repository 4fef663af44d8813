package runtime

import (
	"context"

	"filippo.io/age"
	corev1 "k8s.io/api/core/v1"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/controllers/runtime/objects"
	"github.com/grupobizopps/salexops/internal/layout"
)

// ensureClaims asks for the two volumes. Documents that were purged for a lapse
// stay away until the tenant may run again, which then begins with an empty
// volume (contract.md 4): so a claim for documents that is missing is made only
// for an instance that may run.
func (r *Reconciler) ensureClaims(ctx context.Context, a *attempt) error {
	if err := r.ensure(ctx, layout.Records, a, &corev1.PersistentVolumeClaim{}, objects.RecordsClaim(a.instance)); err != nil {
		return err
	}
	if !mayRun(a.tenant) {
		claim, err := r.findClaim(ctx, a.instance.Namespace(), layout.Documents)
		if err != nil || claim == nil {
			return err
		}
	}
	return r.ensure(ctx, layout.Documents, a, &corev1.PersistentVolumeClaim{}, objects.DocumentsClaim(a.instance))
}

// ensureDocumentsKey makes the key of the documents once and keeps it. Like the
// claim it is made only for an instance that may run: a key that was destroyed
// is gone for good, and the next one opens nothing that was there before.
func (r *Reconciler) ensureDocumentsKey(ctx context.Context, a *attempt) error {
	if !mayRun(a.tenant) {
		exists, err := r.secretExists(ctx, layout.DocumentsKey, a)
		if err != nil || !exists {
			return err
		}
	}
	_, err := r.ensureSecret(ctx, layout.DocumentsKey, a, "",
		func(live *corev1.Secret) *corev1ac.SecretApplyConfiguration {
			if live != nil && len(live.Data[layout.DocumentsKeyFile]) > 0 {
				return objects.DocumentsKeySecret(a.instance, live.Data[layout.DocumentsKeyFile])
			}
			return objects.DocumentsKeySecret(a.instance, newIdentity())
		})
	return err
}

// newIdentity returns a fresh age identity (X25519).
func newIdentity() []byte {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		panic("runtime: the system has no randomness: " + err.Error()) // crypto/rand never fails.
	}
	return []byte(identity.String())
}
