package license

import (
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// Keys of the Secret that holds a KeySet.
const (
	SigningKeyName  = "signing.jwk"
	PreviousKeyName = "previous.jwk"
)

// KeySet is the platform's licence keys: a private one that signs and, after a
// rotation, the public half of the one before, which is still accepted.
type KeySet struct {
	signing  jose.JSONWebKey
	previous *jose.JSONWebKey
}

// GenerateKeySet makes a set with a new signing key and no previous one.
func GenerateKeySet() (*KeySet, error) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, fmt.Errorf("generating a licence key: %w", err)
	}
	id, err := thumbprint(public)
	if err != nil {
		return nil, err
	}
	return &KeySet{signing: asJWK(private, id)}, nil
}

// Rotate returns a set with a new signing key in which the old signing key is
// the previous one; the previous key of k is no longer accepted. Rotate again
// only once every licence was signed anew.
func (k *KeySet) Rotate() (*KeySet, error) {
	next, err := GenerateKeySet()
	if err != nil {
		return nil, err
	}
	old := k.signing.Public()
	next.previous = &old
	return next, nil
}

// KeyID names the signing key: its RFC 7638 thumbprint.
func (k *KeySet) KeyID() string { return k.signing.KeyID }

// PreviousKeyID names the previous key; empty when there is none.
func (k *KeySet) PreviousKeyID() string {
	if k.previous == nil {
		return ""
	}
	return k.previous.KeyID
}

// Format keeps the private key out of whatever prints a KeySet, with any verb.
func (k KeySet) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "license.KeySet(%s)", k.signing.KeyID) // a fmt.State takes everything
}

// Data is the set as the data of a Secret. It holds a private key.
func (k *KeySet) Data() (map[string][]byte, error) {
	signing, err := json.Marshal(k.signing)
	if err != nil {
		return nil, fmt.Errorf("encoding the signing key %q: %w", k.signing.KeyID, err)
	}
	data := map[string][]byte{SigningKeyName: signing}
	if k.previous != nil {
		previous, err := json.Marshal(k.previous)
		if err != nil {
			return nil, fmt.Errorf("encoding the previous key %q: %w", k.previous.KeyID, err)
		}
		data[PreviousKeyName] = previous
	}
	return data, nil
}

// ParseKeySet reads the data of a Secret. Errors name the entry at fault and
// never quote it.
func ParseKeySet(data map[string][]byte) (*KeySet, error) {
	text, ok := data[SigningKeyName]
	if !ok {
		return nil, fmt.Errorf("the entry %s is missing", SigningKeyName)
	}
	signing, err := parseKey(text)
	if err != nil {
		return nil, fmt.Errorf("the entry %s is %w", SigningKeyName, err)
	}
	if _, ok := signing.Key.(ed25519.PrivateKey); !ok {
		return nil, fmt.Errorf("the entry %s is not a private key", SigningKeyName)
	}
	set := &KeySet{signing: signing}
	if text, ok := data[PreviousKeyName]; ok {
		previous, err := parseKey(text)
		if err != nil {
			return nil, fmt.Errorf("the entry %s is %w", PreviousKeyName, err)
		}
		if previous.KeyID == signing.KeyID {
			return nil, fmt.Errorf("the entries %s and %s hold the same key", SigningKeyName, PreviousKeyName)
		}
		public := previous.Public()
		set.previous = &public
	}
	return set, nil
}

// errNotAKey does not say more: what the parser found wrong may quote the key.
var errNotAKey = errors.New("not an Ed25519 key in JWK form")

// parseKey reads one JWK; the library refuses a private key whose public half is
// not its own. The key id is always the thumbprint, so that two keys
// can never share one.
func parseKey(text []byte) (jose.JSONWebKey, error) {
	var key jose.JSONWebKey
	if err := json.Unmarshal(text, &key); err != nil {
		return key, errNotAKey
	}
	var public ed25519.PublicKey
	switch k := key.Key.(type) {
	case ed25519.PublicKey:
		public = k
	case ed25519.PrivateKey:
		public, _ = k.Public().(ed25519.PublicKey)
	default:
		return key, errNotAKey
	}
	id, err := thumbprint(public)
	if err != nil {
		return key, errNotAKey
	}
	return asJWK(key.Key, id), nil
}

func asJWK(key any, id string) jose.JSONWebKey {
	return jose.JSONWebKey{Key: key, KeyID: id, Algorithm: string(jose.EdDSA), Use: "sig"}
}

// thumbprint is the key id of a public key: RFC 7638 with SHA-256.
func thumbprint(public ed25519.PublicKey) (string, error) {
	key := jose.JSONWebKey{Key: public}
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return "", fmt.Errorf("computing the id of a licence key: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(sum), nil
}
