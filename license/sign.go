package license

import (
	"encoding/json"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

const (
	// Type is the value of the header "typ".
	Type = "salexops-licence+jwt"
	// MaxSize is the most bytes that a licence may have.
	MaxSize = 64 << 10
)

// Signer signs licences with one private key.
type Signer struct {
	signer jose.Signer
	keyID  string
}

// Signer returns what signs with the set's signing key.
func (k *KeySet) Signer() (*Signer, error) {
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.EdDSA, Key: k.signing},
		(&jose.SignerOptions{}).WithType(Type),
	)
	if err != nil {
		return nil, fmt.Errorf("preparing the licence key %q for signing: %w", k.signing.KeyID, err)
	}
	return &Signer{signer: signer, keyID: k.signing.KeyID}, nil
}

// KeyID names the key in the header of every licence that this Signer issues.
func (s *Signer) KeyID() string { return s.keyID }

// Issue signs the claims and returns the compact JWS. It refuses claims that
// Validate finds fault with and those too long for an instance to take.
func (s *Signer) Issue(c *Claims) (string, error) {
	if err := c.Validate(); err != nil {
		return "", fmt.Errorf("the licence of tenant %q can't be signed: %w", c.Tenant, err)
	}
	payload, err := json.Marshal(toWire(c))
	if err != nil {
		return "", fmt.Errorf("encoding the licence of tenant %q: %w", c.Tenant, err)
	}
	object, err := s.signer.Sign(payload)
	if err != nil {
		return "", fmt.Errorf("signing the licence of tenant %q: %w", c.Tenant, err)
	}
	token, err := object.CompactSerialize()
	if err != nil {
		return "", fmt.Errorf("writing out the licence of tenant %q: %w", c.Tenant, err)
	}
	if len(token) > MaxSize {
		return "", fmt.Errorf("the licence of tenant %q has %d bytes, an instance takes at most %d: shorten its banners",
			c.Tenant, len(token), MaxSize)
	}
	return token, nil
}
