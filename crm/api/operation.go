package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// operation describes something that programs can ask for. What it can answer
// besides follows from its method and address; more are statuses that do not.
func operation(id, method, path, summary string, more ...int) huma.Operation {
	errors := slices.Concat(more, []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusInternalServerError})
	status := http.StatusOK
	if strings.Contains(path, "{") {
		errors = append(errors, http.StatusNotFound)
	} else if method == http.MethodPost {
		status = http.StatusCreated
	}
	if method == http.MethodPost || method == http.MethodPut {
		errors = append(errors, http.StatusInsufficientStorage)
	}
	kind, _, _ := strings.Cut(path[1:], "/")
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, DefaultStatus: status,
		Tags: []string{kind}, Errors: errors, MaxBodyBytes: largestBody,
	}
}

// handle adds an operation. do returns the errors of the services, which are
// told as problems.
func handle[I, O any](s *server, o huma.Operation, do func(context.Context, *I) (O, error)) {
	huma.Register(s.api, o, func(ctx context.Context, in *I) (*answer[O], error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, s.failure(ctx, &o, err)
		}
		return &answer[O]{Body: out}, nil
	})
}

type answer[T any] struct{ Body T }

// ByID is the id of a record in an address.
type ByID struct {
	ID int64 `path:"id" minimum:"1" doc:"Id of the record."`
}

// bodyOf is a request with a record.
type bodyOf[J any] struct{ Body J }

// changeOf is a request about one record.
type changeOf[J any] struct {
	ByID
	Body J
}

// Action is what a change can be taken back by.
type Action struct {
	Action int64 `json:"action,omitempty" doc:"Undo it for 30 days with /actions/{id}/undo. Missing: nothing was changed, or it cannot be undone."`
}
