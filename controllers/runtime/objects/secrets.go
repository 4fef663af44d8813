package objects

import (
	corev1 "k8s.io/api/core/v1"
	corev1ac "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/grupobizopps/salexops/internal/layout"
)

// LicenceSecret lets an instance that starts alone know its rights: the signed
// licence and the public keys it may be signed with. Neither is secret.
func LicenceSecret(instance Instance, token, trustedKeys []byte) *corev1ac.SecretApplyConfiguration {
	return secret(instance, layout.LicenceSecret).WithData(map[string][]byte{
		layout.LicenceFile:     token,
		layout.TrustedKeysFile: trustedKeys,
	})
}

// KeysSecret holds the bearer token that guards the answers of the exchange.
func KeysSecret(instance Instance, exchangeToken []byte) *corev1ac.SecretApplyConfiguration {
	return secret(instance, layout.KeysSecret).WithData(map[string][]byte{
		layout.ExchangeToken: exchangeToken,
	})
}

// DocumentsKeySecret holds the key that the tenant's documents are encrypted
// with, an age identity. Destroying it makes every copy of them unreadable.
func DocumentsKeySecret(instance Instance, identity []byte) *corev1ac.SecretApplyConfiguration {
	return secret(instance, layout.DocumentsKey).WithData(map[string][]byte{
		layout.DocumentsKeyFile: identity,
	})
}

// PasswordSecret holds the owner's first password (contract.md 2.4), until the
// owner has changed it.
func PasswordSecret(instance Instance, email, name string, password []byte) *corev1ac.SecretApplyConfiguration {
	return secret(instance, layout.PasswordSecret).WithData(map[string][]byte{
		layout.InitialEmail:    []byte(email),
		layout.InitialName:     []byte(name),
		layout.InitialPassword: password,
	})
}

func secret(instance Instance, name string) *corev1ac.SecretApplyConfiguration {
	return corev1ac.Secret(name, instance.Namespace()).
		WithLabels(instance.labels()).
		WithType(corev1.SecretTypeOpaque)
}
