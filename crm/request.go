package crm

import "context"

type requestIDKey struct{}

// WithRequestID returns a context that carries the id of the request it
// belongs to: the same id is in the log, in the answer's X-Request-Id header
// and on an error page.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestIDFrom tells the request's id, or "" outside a request.
func RequestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
