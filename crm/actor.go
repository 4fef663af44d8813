package crm

import "context"

// Actor is who does something.
type Actor struct {
	User      *User
	SessionID int64
	RequestID string
	ReadOnly  bool // a key of the API that may only read
}

type actorKey struct{}

// WithActor returns a context in which a acts.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom tells who acts; ok is false when nobody signed in.
func ActorFrom(ctx context.Context) (a Actor, ok bool) {
	a, ok = ctx.Value(actorKey{}).(Actor)
	return a, ok && a.User != nil
}
