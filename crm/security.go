package crm

import (
	"context"
	"errors"
	"time"
)

// TwoStep says how a user's sign-in by password is secured beyond it.
type TwoStep struct {
	Since     time.Time // zero: off
	CodesLeft int       // recovery codes not used yet
}

// SecondFactor is what a user has besides the password.
type SecondFactor struct {
	TwoStep  bool
	Passkeys int
}

// Any says whether there is something that could be lost with a phone.
func (f SecondFactor) Any() bool { return f.TwoStep || f.Passkeys > 0 }

// RecoveryCodes is how many a user is given at once.
const RecoveryCodes = 10

// MaxPasskeys is how many a user may have.
const MaxPasskeys = 20

// Passkey is a credential in a user's device or password manager.
type Passkey struct {
	ID           int64
	UserID       int64
	Name         string // as the user calls it
	Site         string // the host name it works for (WebAuthn's relying party id)
	Handle       []byte // names the user to authenticators and says nothing of them
	CredentialID []byte
	Record       []byte // what verifies it; package passkey reads and writes it
	CreatedAt    time.Time
	LastUsedAt   time.Time // zero: never
}

// PasskeySignIn is an answer of an authenticator. Verify checks it against the
// passkey that it names, returns the record to keep from now on, and says
// whether the device verified who holds it, by finger, face or PIN.
type PasskeySignIn struct {
	CredentialID          []byte
	Verify                func(*Passkey) (record []byte, personVerified bool, err error)
	UserAgent, RemoteAddr string
}

// CodeSignIn is the second step of a sign-in.
type CodeSignIn struct {
	Ticket                string // of SecondFactorNeeded
	Code                  string // of the app, or a recovery code
	UserAgent, RemoteAddr string
}

// SecondFactorNeeded is returned for a right password of a user whose sign-in
// has a second step.
type SecondFactorNeeded struct{ Ticket string }

func (*SecondFactorNeeded) Error() string { return "a second factor is needed" }

var (
	// ErrSignInAgain says that the second step came too late or the user changed meanwhile.
	ErrSignInAgain = errors.New("sign in from the beginning")
	// ErrWrongCode is for what is no code of the app now, one used before, or no recovery code.
	ErrWrongCode = errors.New("wrong code")
)

// SignInMethod is what somebody signs in with.
type SignInMethod string

// Methods of signing in.
const (
	ByPassword SignInMethod = "password"
	ByCode     SignInMethod = "code"     // after the password
	ByRecovery SignInMethod = "recovery" // after the password
	ByPasskey  SignInMethod = "passkey"
)

// SignInOutcome is how an attempt to sign in ended.
type SignInOutcome string

// Outcomes of attempts.
const (
	SignInDone     SignInOutcome = "done"
	SignInHalf     SignInOutcome = "half"     // the second step was asked for
	SignInWrong    SignInOutcome = "wrong"    // password, code or passkey
	SignInSlowed   SignInOutcome = "slowed"   // too many before: not even tried
	SignInDisabled SignInOutcome = "disabled" // the user's access is off
	SignInClosed   SignInOutcome = "closed"   // the licence lets this user not in
)

// SignInAttempt is one try to sign in, for the owner to look at.
type SignInAttempt struct {
	ID         int64
	At         time.Time
	UserID     int64  // 0: no user has this login
	UserName   string // as it is now
	Login      string // the address tried; empty: what was typed is none
	Method     SignInMethod
	Outcome    SignInOutcome
	UserAgent  string
	RemoteAddr string
}

// SecurityService keeps what secures a user's sign-in beyond the password.
// Without another word, methods are about the actor, and password is the
// actor's own; a wrong one is Invalid{"current"} and slowed down like sign-ins
// (*TooManyAttempts).
type SecurityService interface {
	TwoStep(ctx context.Context) (TwoStep, error)
	// TurnTwoStepOn stores the secret of an authenticator app that has shown
	// this code, and returns recovery codes, which are stored as hashes only.
	// Errors: Invalid ("current", "code").
	TurnTwoStepOn(ctx context.Context, secret, code, password string) (recovery []string, err error)
	TurnTwoStepOff(ctx context.Context, password string) error
	// NewRecoveryCodes replaces the former ones.
	NewRecoveryCodes(ctx context.Context, password string) ([]string, error)

	CheckPassword(ctx context.Context, password string) error
	Passkeys(ctx context.Context) ([]*Passkey, error)
	// PasskeyHandle names the actor to authenticators, always by the same.
	PasskeyHandle(ctx context.Context) ([]byte, error)
	// AddPasskey stores a verified one. Errors: Invalid ("name").
	AddPasskey(ctx context.Context, p *Passkey) error
	RenamePasskey(ctx context.Context, id int64, name string) error
	RemovePasskey(ctx context.Context, id int64) error

	// SecondFactors tells of every user who has any. Managers and the owner.
	SecondFactors(ctx context.Context) (map[int64]SecondFactor, error)
	// ResetSecondFactor takes another user's two-step sign-in, recovery codes
	// and passkeys away and ends the sessions: the phone is lost. Owner only.
	ResetSecondFactor(ctx context.Context, userID int64) error
	// SignInAttempts lists what was tried, newest first. Owner only.
	SignInAttempts(ctx context.Context, failedOnly bool, after Cursor, limit int) (Page[*SignInAttempt], error)
}
