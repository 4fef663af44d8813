package license

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// TrustedKeys are the public keys that an instance accepts: the signing key and
// at most one previous one.
type TrustedKeys struct{ keys []jose.JSONWebKey }

const maxTrustedKeys = 2

// TrustedKeys returns the public half of the set.
func (k *KeySet) TrustedKeys() *TrustedKeys {
	trusted := &TrustedKeys{keys: []jose.JSONWebKey{k.signing.Public()}}
	if k.previous != nil {
		trusted.keys = append(trusted.keys, *k.previous)
	}
	return trusted
}

// MarshalJSON writes a JWKS, the content of trusted-keys.json. It holds public
// keys only.
func (t *TrustedKeys) MarshalJSON() ([]byte, error) {
	return json.Marshal(jose.JSONWebKeySet{Keys: t.keys})
}

// ParseTrustedKeys reads a JWKS of one or two public Ed25519 keys.
func ParseTrustedKeys(text []byte) (*TrustedKeys, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(text, &set); err != nil {
		return nil, fmt.Errorf("the trusted keys are not a JWKS: %w", err)
	}
	if len(set.Keys) == 0 || len(set.Keys) > maxTrustedKeys {
		return nil, fmt.Errorf("there are %d trusted keys, 1 or %d are expected", len(set.Keys), maxTrustedKeys)
	}
	trusted := &TrustedKeys{}
	for i, raw := range set.Keys {
		key, err := parseKey(raw)
		if err != nil {
			return nil, fmt.Errorf("trusted key %d is %w", i+1, err)
		}
		if !key.IsPublic() {
			return nil, fmt.Errorf("trusted key %d is private: it must never leave the operator", i+1)
		}
		if _, twice := trusted.find(key.KeyID); twice {
			return nil, errors.New("the trusted keys name one key twice")
		}
		trusted.keys = append(trusted.keys, key)
	}
	return trusted, nil
}

// KeyIDs lists the ids of the trusted keys, the signing key first.
func (t *TrustedKeys) KeyIDs() []string {
	ids := make([]string, 0, len(t.keys))
	for i := range t.keys {
		ids = append(ids, t.keys[i].KeyID)
	}
	return ids
}

func (t *TrustedKeys) find(id string) (jose.JSONWebKey, bool) {
	if t == nil || id == "" {
		return jose.JSONWebKey{}, false
	}
	for _, key := range t.keys {
		if key.KeyID == id {
			return key, true
		}
	}
	return jose.JSONWebKey{}, false
}
