package crm

import (
	"context"
	"time"
)

// Feed is a user's private calendar address, of which the secret is known to
// those who were given it and to nobody here.
type Feed struct {
	CreatedAt time.Time
	UsedAt    time.Time // when a calendar last asked; zero: never
}

// FeedService keeps the actor's calendar address.
type FeedService interface {
	// Feed tells about it. Errors: ErrNotFound: there is none.
	Feed(ctx context.Context) (*Feed, error)
	// CreateFeed makes a new secret, returned once; the one before ends.
	CreateFeed(ctx context.Context) (token string, err error)
	// RevokeFeed ends the address; that there is none is no error.
	RevokeFeed(ctx context.Context) error
	// FeedUser finds out whose secret it is, for a calendar at a network address
	// that nobody has signed in from. Errors: ErrNotFound (also for users who may
	// not sign in now), *TooManyAttempts.
	FeedUser(ctx context.Context, token, remoteAddr string) (*User, error)
}
