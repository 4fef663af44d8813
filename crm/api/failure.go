package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/grupobizopps/salexops/crm"
)

// writeProblem answers a request that is no operation (RFC 9457).
func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail}) // The program has gone.
}

// failure gives an error of a service its status and words; o is the operation
// that met it.
func (s *server) failure(ctx context.Context, o *huma.Operation, err error) huma.StatusError {
	var invalid crm.Invalid
	switch {
	case errors.As(err, &invalid):
		return s.invalid(o, invalid)
	case errors.Is(err, crm.ErrNotFound):
		return huma.Error404NotFound("There is no such record, or it was deleted.")
	case errors.Is(err, crm.ErrConflict):
		return huma.Error409Conflict("Somebody else changed the record meanwhile. Read it again and state its present version.")
	case errors.Is(err, crm.ErrNotUndoable):
		return huma.Error409Conflict("The action was taken back already, or its records changed since.")
	case errors.Is(err, crm.ErrUnauthenticated):
		return huma.Error401Unauthorized("The key is unknown or was revoked.")
	case errors.Is(err, crm.ErrReadOnly):
		return huma.Error403Forbidden("The licence lets nobody change records now.")
	case errors.Is(err, crm.ErrForbidden):
		return huma.Error403Forbidden("The key's scope or its user's role does not allow this.")
	case errors.Is(err, crm.ErrVolumeFull):
		return huma.NewError(http.StatusInsufficientStorage, "The volume is full: reading and deleting go on.")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return huma.NewError(http.StatusServiceUnavailable, "The request was given up.")
	}
	s.Logger.ErrorContext(ctx, "the API failed", "request", crm.RequestIDFrom(ctx), "error", err)
	return huma.Error500InternalServerError("That is a fault of ours. Request " + crm.RequestIDFrom(ctx) + " is in our log.")
}

// invalid lists what is wrong, field by field.
func (s *server) invalid(o *huma.Operation, fields crm.Invalid) huma.StatusError {
	details := make([]*huma.ErrorDetail, 0, len(fields))
	for name, key := range fields {
		details = append(details, &huma.ErrorDetail{Location: location(o, name), Message: s.words.T(key), Value: key})
	}
	slices.SortFunc(details, func(a, b *huma.ErrorDetail) int { return cmp.Compare(a.Location, b.Location) })
	all := make([]error, len(details))
	for i, detail := range details {
		all[i] = detail
	}
	return huma.Error422UnprocessableEntity("Some fields cannot be stored. Nothing was changed.", all...)
}

// What a service calls the field of a line (crm.ItemField), and which fields
// stand in an address.
var (
	fieldOfLine    = regexp.MustCompile(`^([a-z]+)-(\d+)$`)
	fieldOfAddress = regexp.MustCompile(`^(street|city|state|postalCode|country)$`)
)

// location says where in a request a field stands that a service named.
func location(o *huma.Operation, name string) string {
	if o.Method == http.MethodGet || o.Method == http.MethodDelete {
		return "query." + name
	}
	lines := "items"
	if o.Tags[0] == pipelines.many {
		lines = "stages"
	}
	name = fieldOfLine.ReplaceAllString(name, lines+"[$2].$1")
	return "body." + fieldOfAddress.ReplaceAllString(name, "address.$1")
}
