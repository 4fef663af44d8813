package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/grupobizopps/salexops/crm"
)

// resource is a kind of record that service S keeps: D as the service knows it,
// J as JSON, listed by the parameters L. Its operations are methods of the
// service; one that is nil is not offered.
type resource[S, D, J, L any] struct {
	one, many string // "contact", "contacts"
	list      func(S, context.Context, *L) (crm.Page[*D], error)
	get       func(S, context.Context, int64) (*D, error)
	create    func(S, context.Context, *D) error
	update    func(S, context.Context, *D) error
	remove    func(S, context.Context, int64) (int64, error)
	show      func(*D) J
	// take writes what a program sent over a record.
	take func(J, *D)
	id   func(*D) *int64
	// notes say what is special about an operation, by its verb.
	notes map[string]string
}

// register adds the operations of a kind.
func register[S, D, J, L any](s *server, service S, r resource[S, D, J, L]) {
	path := "/" + r.many
	each := path + "/{id}"
	described := func(verb string, o huma.Operation) huma.Operation {
		o.Description = r.notes[verb]
		return o
	}
	handle(s, described("list", operation("list-"+r.many, http.MethodGet, path, "A page of "+r.many)),
		func(ctx context.Context, in *L) (page[J], error) {
			if f, ok := any(in).(filtered); ok {
				fields, err := s.Services.Lists.ListFields(ctx, crm.Kind(r.one))
				if err == nil {
					err = f.choose(fields)
				}
				if err != nil {
					return page[J]{}, err
				}
			}
			found, err := r.list(service, ctx, in)
			return showPage(found, r.show), err
		})
	if r.get != nil {
		handle(s, described("get", operation("get-"+r.one, http.MethodGet, each, "One "+r.one)),
			func(ctx context.Context, in *ByID) (J, error) { return shown(r.show)(r.get(service, ctx, in.ID)) })
	}
	if r.create != nil {
		create := described("create", operation("create-"+r.one, http.MethodPost, path, "A new "+r.one))
		huma.Register(s.api, create, func(ctx context.Context, in *bodyOf[J]) (*created[J], error) {
			record := new(D)
			r.take(in.Body, record)
			*r.id(record) = 0
			if err := r.create(service, ctx, record); err != nil {
				return nil, s.failure(ctx, &create, err)
			}
			return &created[J]{Location: fmt.Sprintf("%s%s/%d", Prefix, path, *r.id(record)), Body: r.show(record)}, nil
		})
	}
	if r.update != nil {
		handle(s, described("update", operation("update-"+r.one, http.MethodPut, each, "Change a "+r.one+" as a whole", http.StatusConflict)),
			func(ctx context.Context, in *changeOf[J]) (none J, err error) {
				record, err := r.get(service, ctx, in.ID)
				if err != nil {
					return none, err
				}
				r.take(in.Body, record)
				*r.id(record) = in.ID
				if err := r.update(service, ctx, record); err != nil {
					return none, err
				}
				return r.show(record), nil
			})
	}
	if r.remove != nil {
		handle(s, described("delete", operation("delete-"+r.one, http.MethodDelete, each, "Delete a "+r.one)),
			func(ctx context.Context, in *ByID) (Action, error) {
				id, err := r.remove(service, ctx, in.ID)
				return Action{id}, err
			})
	}
}

// created is the answer that has a new record.
type created[J any] struct {
	Location string `header:"Location" doc:"The record's address."`
	Body     J
}

// shown makes JSON of what a service returns.
func shown[D, J any](show func(*D) J) func(*D, error) (J, error) {
	return func(record *D, err error) (none J, _ error) {
		if err != nil {
			return none, err
		}
		return show(record), nil
	}
}
