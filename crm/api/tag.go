package api

import (
	"context"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
)

// tag is a tag in use, as JSON.
type tag struct {
	Name    string `json:"name" doc:"As it was first spelt."`
	Records int    `json:"records" doc:"How many records of all kinds have it, those in the bin too."`
}

type newName struct {
	Name string `json:"name" minLength:"1" maxLength:"40" doc:"Without commas. Where it is in use already the two tags become one."`
}

// byName is the name of a tag in an address.
type byName struct {
	Name string `path:"name" maxLength:"40" doc:"The tag; case does not matter."`
}

type rename struct {
	Name string `path:"name" maxLength:"40" doc:"The tag; case does not matter."`
	Body newName
}

// bulk is what a change of many records came to.
type bulk struct {
	Action
	Changed int    `json:"changed" doc:"How many records were changed."`
	Left    []left `json:"left,omitempty" doc:"Records that could not be changed."`
}

type left struct {
	ID     int64  `json:"id" doc:"Id of the record."`
	Title  string `json:"title" doc:"The record's title."`
	Reason string `json:"reason" doc:"Why, in words."`
}

// registerTags adds the tags. They come to be with the first record that has
// one, so there is nothing to create.
func registerTags(s *server, service crm.TagService) {
	all := operation("list-tags", http.MethodGet, "/tags", "The tags in use, by the alphabet")
	all.Description = "At most 500. A tag comes to be with the first record that has it."
	handle(s, all, func(ctx context.Context, _ *struct{}) (page[tag], error) {
		found, err := service.Tags(ctx)
		out := page[tag]{Items: make([]tag, 0, len(found))}
		for _, t := range found {
			out.Items = append(out.Items, tag(t))
		}
		return out, err
	})
	replace := func(ctx context.Context, from, to string) (bulk, error) {
		done, err := service.ReplaceTag(ctx, from, to)
		if err == nil && done.Changed+done.Same+len(done.Left) == 0 {
			err = crm.ErrNotFound
		}
		out := bulk{Action: Action{done.Action}, Changed: done.Changed}
		for _, l := range done.Left {
			out.Left = append(out.Left, left{l.ID, l.Title, s.words.T(l.Reason)})
		}
		return out, err
	}
	renamed := operation("rename-tag", http.MethodPut, "/tags/{name}", "Give every record that has a tag another one in its place")
	renamed.Description = "Owners and managers only."
	handle(s, renamed, func(ctx context.Context, in *rename) (bulk, error) { return replace(ctx, in.Name, in.Body.Name) })
	removed := operation("delete-tag", http.MethodDelete, "/tags/{name}", "Take a tag away from every record that has it")
	removed.Description = "Owners and managers only."
	handle(s, removed, func(ctx context.Context, in *byName) (bulk, error) { return replace(ctx, in.Name, "") })
}
