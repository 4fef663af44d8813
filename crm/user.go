package crm

import (
	"context"
	"time"
)

// Role says what a user may do.
type Role string

// Roles, from the most to the least.
const (
	RoleOwner    Role = "owner"   // everything, and the account
	RoleManager  Role = "manager" // everything but the account
	RoleSeller   Role = "seller"  // records
	RoleReadOnly Role = "reader"  // looks, changes nothing
)

// User is a person who signs in. A login belongs to one person (contract 2.5).
type User struct {
	ID                 int64
	Email              string // the login, unique without regard to case
	Name               string
	Role               Role
	Locale             string    // "es-MX" or "en"
	Theme              string    // "auto", "light" or "dark"
	MustChangePassword bool      // nothing else is open until it is changed (contract 2.4)
	DisabledAt         time.Time // zero: may sign in
	CreatedAt          time.Time
	LastSeenAt         time.Time // zero: never
}

// Session is one sign-in of a user on one browser.
type Session struct {
	ID         int64
	UserID     int64
	UserAgent  string
	RemoteAddr string
	CreatedAt  time.Time
	LastSeenAt time.Time
	// EndedOthers counts the sessions that this sign-in ended; the first page
	// after it says so (contract 2.5).
	EndedOthers int
}

// EndReason says why a session ended, in the answer to the browser that held it.
type EndReason string

// Reasons for the end of a session.
const (
	EndedBySignOut  EndReason = "sign-out"
	EndedByOther    EndReason = "other-session" // a second sign-in (contract 2.5)
	EndedByExpiry   EndReason = "expired"
	EndedByPassword EndReason = "password-changed"
	EndedByDisable  EndReason = "disabled"
	EndedByReset    EndReason = "second-factor-reset" // the owner took the second factor away
)

// SessionEnded is returned for a token whose session is over; it unwraps to
// ErrUnauthenticated.
type SessionEnded struct {
	Reason EndReason
	UserID int64 // whose it was; 0: nobody knows any more
}

func (e *SessionEnded) Error() string { return "session ended: " + string(e.Reason) }
func (e *SessionEnded) Unwrap() error { return ErrUnauthenticated }

// TooManyAttempts is returned while sign-in is slowed down; try again after
// RetryAfter.
type TooManyAttempts struct{ RetryAfter time.Duration }

func (e *TooManyAttempts) Error() string {
	return "too many attempts, retry in " + e.RetryAfter.String()
}

// ErrWrongCredentials does not say whether the address or the password is wrong.
var ErrWrongCredentials = &wrongCredentials{}

type wrongCredentials struct{}

func (*wrongCredentials) Error() string { return "wrong e-mail or password" }

// SignIn is what a browser sends to sign in.
type SignIn struct {
	Email, Password       string
	UserAgent, RemoteAddr string
}

// UserService keeps users, their passwords and their sessions.
type UserService interface {
	// SignIn starts a session and returns its secret token, which is stored
	// only as a hash. It ends other sessions past the licence's number.
	// Errors: ErrWrongCredentials, *TooManyAttempts, *SecondFactorNeeded;
	// ErrForbidden when the licence does not let this user in.
	SignIn(ctx context.Context, in SignIn) (token string, s *Session, u *User, err error)
	// SignInCode is the second step. Errors: ErrWrongCode, ErrSignInAgain,
	// *TooManyAttempts, ErrForbidden.
	SignInCode(ctx context.Context, in CodeSignIn) (token string, s *Session, u *User, err error)
	// SignInPasskey needs neither a password nor, where the device verified the
	// person, a second step. Errors as SignIn.
	SignInPasskey(ctx context.Context, in PasskeySignIn) (token string, s *Session, u *User, err error)
	// Session finds the live session of a token. Errors: *SessionEnded.
	Session(ctx context.Context, token string) (*Session, *User, error)
	SignOut(ctx context.Context, token string) error
	// ChangePassword sets a new password of the actor, clears
	// MustChangePassword and ends the actor's other sessions. Passwords have 10
	// to 200 characters, and are neither the old one nor the user's address or
	// one of the most common. Errors: Invalid ("current", "new").
	ChangePassword(ctx context.Context, current, new string) error

	User(ctx context.Context, id int64) (*User, error)
	Users(ctx context.Context) ([]*User, error)
	// CreateUser invites a user with a random initial password, returned once
	// (contract 2.4). Owner and manager only; Invalid{"email": "error.seats"}
	// when the licence has no seat left.
	CreateUser(ctx context.Context, u *User) (password string, err error)
	// ResetPassword gives the user a new initial password, returned once, and
	// ends the user's sessions. Passkeys go too, since they would still open the
	// account; two-step sign-in stays, since a password that somebody else knows
	// must not open it alone. Owner only, never for oneself.
	ResetPassword(ctx context.Context, userID int64) (password string, err error)
	// SetUserDisabled stops or allows a user's sign-in. Owner only, never oneself.
	SetUserDisabled(ctx context.Context, userID int64, disabled bool) error
	// SetPreferences stores the actor's locale and theme.
	SetPreferences(ctx context.Context, locale, theme string) error
	// SetIdentity stores the actor's name and e-mail, which is the login; a new
	// e-mail needs the password. Errors: Invalid ("name", "email", "current").
	SetIdentity(ctx context.Context, name, email, password string) error
	Sessions(ctx context.Context) ([]*Session, error) // the actor's own
	EndSession(ctx context.Context, id int64) error   // the actor's own
	// EndOtherSessions ends all of the actor's sessions but the one in use.
	EndOtherSessions(ctx context.Context) error
}
