package crm

import (
	"context"
	"time"
)

// APIScope says what a key of the API may do. Within it, the key's user may do
// what their role allows.
type APIScope string

// Scopes.
const (
	ScopeRead  APIScope = "read"  // reads records
	ScopeWrite APIScope = "write" // reads and changes records
)

// APIKey lets a program act as the user who made it. The key itself is shown
// once and stored only as a hash.
type APIKey struct {
	ID         int64
	UserID     int64
	Name       string // what it is for, at most 100 characters
	Scope      APIScope
	Hint       string // how the key begins, to tell keys apart
	CreatedAt  time.Time
	LastUsedAt time.Time // zero: never; exact to the minute
}

// maxAPIKeys is how many keys a user may have at a time.
const maxAPIKeys = 20

// Validate reports what is wrong with a new key.
func (k *APIKey) Validate(already int) error {
	invalid := Invalid{}
	k.Name = tidy(k.Name)
	if k.Name == "" {
		invalid.set("name", KeyRequired)
	}
	invalid.text("name", k.Name, maxShortText)
	if k.Scope != ScopeRead && k.Scope != ScopeWrite {
		invalid.set("scope", KeyChoice)
	}
	if already >= maxAPIKeys {
		invalid.set("name", KeyTooMany)
	}
	return invalid.orNil()
}

// APIKeyService keeps the actor's keys.
type APIKeyService interface {
	// APIKeys lists the actor's keys, the newest first.
	APIKeys(ctx context.Context) ([]*APIKey, error)
	// CreateAPIKey stores k and returns the key, which is nowhere else.
	// Errors: Invalid, ErrReadOnly.
	CreateAPIKey(ctx context.Context, k *APIKey) (key string, err error)
	// RevokeAPIKey ends one of the actor's keys. Errors: ErrNotFound.
	RevokeAPIKey(ctx context.Context, id int64) error
	// UseAPIKey tells whose key it is; ErrUnauthenticated when it is nobody's,
	// was revoked, or its user may not sign in.
	UseAPIKey(ctx context.Context, key string) (*User, *APIKey, error)
}
