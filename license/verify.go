package license

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// Licence is a licence whose signature and addressee were verified. Whether it
// holds at some instant is for Claims.ProblemAt to say.
type Licence struct {
	Claims Claims
	// Token is the compact JWS, as it was offered.
	Token string
	// KeyID names the key that signed it.
	KeyID string
}

// Verifier accepts licences of one tenant, signed by one of the trusted keys.
type Verifier struct {
	Keys   *TrustedKeys
	Issuer string
	Tenant string
	// MinSerial is the serial in force, 0 when there is none; anything lower is
	// refused. Licence.Succeeds tells apart what has the same serial.
	MinSerial int64
}

// Verify checks, in this order: form, algorithm, key, signature, issuer, tenant,
// serial; and returns the error of the first that fails. It does not look at the
// clock: an expired licence is authentic, and tells the tenant what to do.
func (v *Verifier) Verify(token string) (*Licence, error) {
	parts, err := split(token)
	if err != nil {
		return nil, err
	}
	head, err := readHeader(parts[0])
	if err != nil {
		return nil, err
	}
	key, ok := v.Keys.find(head.KeyID)
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknownKey, head.KeyID)
	}
	object, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.EdDSA})
	if err != nil {
		// The library reads the header more strictly: a name in other case or
		// given twice.
		return nil, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	payload, err := object.Verify(key)
	if err != nil {
		return nil, ErrBadSignature
	}
	claims, err := readClaims(payload)
	if err != nil {
		return nil, err
	}
	if err := v.addressed(&claims); err != nil {
		return nil, err
	}
	return &Licence{Claims: claims, Token: token, KeyID: head.KeyID}, nil
}

// addressed checks what an authentic licence says of itself.
func (v *Verifier) addressed(c *Claims) error {
	switch {
	case c.Issuer != v.Issuer:
		return fmt.Errorf("%w: %q instead of %q", ErrWrongIssuer, c.Issuer, v.Issuer)
	case c.Tenant != v.Tenant:
		return fmt.Errorf("%w: %q instead of %q", ErrForeignTenant, c.Tenant, v.Tenant)
	case c.Serial < v.MinSerial:
		return &StaleSerialError{Offered: c.Serial, InForce: v.MinSerial}
	default:
		return nil
	}
}

// Succeeds reports whether l is to replace the licence in force (nil: none).
// It is false when both are the same; then nothing is to be done. A lower
// serial, or the same one with other content, is a *StaleSerialError.
func (l *Licence) Succeeds(inForce *Licence) (bool, error) {
	switch {
	case inForce == nil || l.Claims.Serial > inForce.Claims.Serial:
		return true, nil
	case l.Claims.Serial == inForce.Claims.Serial && l.Token == inForce.Token:
		return false, nil
	default:
		return false, &StaleSerialError{Offered: l.Claims.Serial, InForce: inForce.Claims.Serial}
	}
}

// strictBase64 refuses set padding bits, which the decoder of the JOSE library
// lets pass: with it no two texts stand for the same signature.
var strictBase64 = base64.RawURLEncoding.Strict()

// split cuts the token into its three decoded parts.
func split(token string) ([3][]byte, error) {
	var parts [3][]byte
	if len(token) > MaxSize {
		return parts, fmt.Errorf("%w: it has %d bytes, at most %d are accepted", ErrMalformed, len(token), MaxSize)
	}
	// Go's base64 decoder skips line breaks anywhere.
	if strings.ContainsAny(token, "\r\n") {
		return parts, fmt.Errorf("%w: it contains a line break", ErrMalformed)
	}
	texts := strings.Split(token, ".")
	if len(texts) != len(parts) {
		return parts, fmt.Errorf("%w: it has %d parts instead of 3", ErrMalformed, len(texts))
	}
	for i, text := range texts {
		part, err := strictBase64.DecodeString(text)
		if err != nil {
			return parts, fmt.Errorf("%w: its part %d is not base64url", ErrMalformed, i+1)
		}
		parts[i] = part
	}
	return parts, nil
}

type header struct {
	Algorithm string `json:"alg"`
	KeyID     string `json:"kid"`
	Type      string `json:"typ"`
}

// readHeader takes the three fields of a licence's header. The algorithm is
// judged first and every further field is refused: keys that a token brings
// along ("jwk", "jku", "x5c") and changes of meaning ("crit", "b64") have no
// place here.
func readHeader(text []byte) (header, error) {
	var loose struct {
		Algorithm string `json:"alg"`
	}
	if err := json.Unmarshal(text, &loose); err != nil {
		return header{}, fmt.Errorf("%w: its header is not a JSON object", ErrMalformed)
	}
	if loose.Algorithm != string(jose.EdDSA) {
		return header{}, fmt.Errorf("%w: %q", ErrAlgorithm, loose.Algorithm)
	}
	var head header
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&head); err != nil {
		return header{}, fmt.Errorf("%w: its header has a field besides alg, kid and typ", ErrMalformed)
	}
	if head.Type != Type {
		return header{}, fmt.Errorf("%w: its type is %q instead of %q", ErrMalformed, head.Type, Type)
	}
	return head, nil
}

// readClaims reads an authentic payload. Unknown claims are ignored: a newer
// operator may say more than this instance understands.
func readClaims(payload []byte) (Claims, error) {
	var w wire
	if err := json.Unmarshal(payload, &w); err != nil {
		return Claims{}, fmt.Errorf("%w: its claims can't be read: %w", ErrMalformed, err)
	}
	claims := w.claims()
	if err := claims.Validate(); err != nil {
		return Claims{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return claims, nil
}
