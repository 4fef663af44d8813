package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/grupobizopps/salexops/crm"
)

// resource is a kind of record: D as the services know it, J as JSON.
type resource[D, J any] struct {
	one, many string // "contact", "contacts"
	list      func(context.Context, listing) (crm.Page[*D], error)
	get       func(context.Context, int64) (*D, error)
	create    func(context.Context, *D) error
	update    func(context.Context, *D) error
	remove    func(context.Context, int64) (int64, error)
	show      func(*D) J
	// take writes what a program sent over a record.
	take func(J, *D)
	id   func(*D) *int64
}

// listing is how a page of a list is asked for.
type listing struct {
	Q     string `query:"q" maxLength:"200" doc:"Words that a record must have, in any order; accents and case do not matter."`
	Owner int64  `query:"owner" minimum:"0" doc:"Only records of this user; 0: of all."`
	Sort  string `query:"sort" enum:"recent,name" default:"recent" doc:"The last change first, or by name."`
	After string `query:"after" doc:"The next of the page before."`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many records at most."`
}

type page[J any] struct {
	Items []J    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"Pass it as after to get the next page; missing on the last one."`
}

type answer[T any] struct {
	Location string `header:"Location" doc:"The record's address, after it was created."`
	Body     T
}

// ByID is the id of a record in an address.
type ByID struct {
	ID int64 `path:"id" minimum:"1"`
}

type createInput[J any] struct{ Body J }

type updateInput[J any] struct {
	ByID
	Body J
}

type removed struct {
	Body struct {
		Action int64 `json:"action" doc:"The action that can be undone for 30 days."`
	}
}

// register adds the five operations of a kind.
func register[D, J any](api huma.API, s *server, r resource[D, J]) {
	path := "/" + r.many
	common := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusInternalServerError}
	operation := func(id, method, path, summary string, status int, more ...int) huma.Operation {
		return huma.Operation{
			OperationID: id, Method: method, Path: path, Summary: summary, DefaultStatus: status,
			Tags: []string{r.many}, Errors: append(more, common...), MaxBodyBytes: largestBody,
		}
	}
	huma.Register(api, operation("list-"+r.many, http.MethodGet, path, "A page of "+r.many, http.StatusOK),
		func(ctx context.Context, in *listing) (*answer[page[J]], error) {
			found, err := r.list(ctx, *in)
			if err != nil {
				return nil, s.failure(ctx, err)
			}
			out := &answer[page[J]]{Body: page[J]{Items: make([]J, 0, len(found.Items)), Next: string(found.Next)}}
			for _, record := range found.Items {
				out.Body.Items = append(out.Body.Items, r.show(record))
			}
			return out, nil
		})
	huma.Register(api, operation("get-"+r.one, http.MethodGet, path+"/{id}", "One "+r.one, http.StatusOK, http.StatusNotFound),
		func(ctx context.Context, in *ByID) (*answer[J], error) {
			record, err := r.get(ctx, in.ID)
			if err != nil {
				return nil, s.failure(ctx, err)
			}
			return &answer[J]{Body: r.show(record)}, nil
		})
	huma.Register(api, operation("create-"+r.one, http.MethodPost, path, "A new "+r.one, http.StatusCreated, http.StatusInsufficientStorage),
		func(ctx context.Context, in *createInput[J]) (*answer[J], error) {
			record := new(D)
			r.take(in.Body, record)
			*r.id(record) = 0
			if err := r.create(ctx, record); err != nil {
				return nil, s.failure(ctx, err)
			}
			return &answer[J]{Location: fmt.Sprintf("%s%s/%d", Prefix, path, *r.id(record)), Body: r.show(record)}, nil
		})
	huma.Register(api, operation("update-"+r.one, http.MethodPut, path+"/{id}", "Change a "+r.one+" as a whole", http.StatusOK,
		http.StatusNotFound, http.StatusConflict, http.StatusInsufficientStorage),
		func(ctx context.Context, in *updateInput[J]) (*answer[J], error) {
			record, err := r.get(ctx, in.ID)
			if err != nil {
				return nil, s.failure(ctx, err)
			}
			r.take(in.Body, record)
			*r.id(record) = in.ID
			if err := r.update(ctx, record); err != nil {
				return nil, s.failure(ctx, err)
			}
			return &answer[J]{Body: r.show(record)}, nil
		})
	huma.Register(api, operation("delete-"+r.one, http.MethodDelete, path+"/{id}", "Move a "+r.one+" to the bin", http.StatusOK, http.StatusNotFound),
		func(ctx context.Context, in *ByID) (*removed, error) {
			action, err := r.remove(ctx, in.ID)
			if err != nil {
				return nil, s.failure(ctx, err)
			}
			out := &removed{}
			out.Body.Action = action
			return out, nil
		})
}
