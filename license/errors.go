package license

import (
	"errors"
	"fmt"
)

// Reasons for which a licence is refused; callers tell them apart with
// errors.Is. They are checked in this order.
var (
	// ErrMalformed: not a compact JWS of at most MaxSize bytes with the header
	// and the claims of a licence.
	ErrMalformed = errors.New("not a licence")
	// ErrAlgorithm: signed with something other than EdDSA, or not at all.
	ErrAlgorithm = errors.New("the licence's algorithm is not accepted")
	// ErrUnknownKey: signed with a key that is not among the trusted ones.
	ErrUnknownKey = errors.New("the licence's key is not trusted")
	// ErrBadSignature: changed after it was signed, or not signed by that key.
	ErrBadSignature = errors.New("the licence's signature is wrong")
	// ErrWrongIssuer: signed by a trusted key, but in another platform's name.
	ErrWrongIssuer = errors.New("the licence comes from another issuer")
	// ErrForeignTenant: another tenant's licence.
	ErrForeignTenant = errors.New("the licence belongs to another tenant")
	// ErrStaleSerial: an older licence than the one in force; the error is a
	// *StaleSerialError.
	ErrStaleSerial = errors.New("the licence's serial is stale")
)

// StaleSerialError tells which serial was offered and which is in force. The
// two are equal when one serial was signed twice with different content.
type StaleSerialError struct{ Offered, InForce int64 }

func (e *StaleSerialError) Error() string {
	if e.Offered == e.InForce {
		return fmt.Sprintf("%v: serial %d is in force with another content", ErrStaleSerial, e.InForce)
	}
	return fmt.Sprintf("%v: %d was offered, %d is in force", ErrStaleSerial, e.Offered, e.InForce)
}

// Unwrap makes errors.Is(err, ErrStaleSerial) true.
func (e *StaleSerialError) Unwrap() error { return ErrStaleSerial }
