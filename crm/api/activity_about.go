package api

import (
	"context"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
)

type aboutList struct {
	ByID
	Type string `query:"type" enum:"task,call,meeting,note" doc:"Only activities of this type."`
	Paging
}

// registerAbout adds the list of what was done around the records of a kind.
func registerAbout[S, D, J, L any](s *server, service S, r resource[S, D, J, L]) {
	o := operation("list-"+r.one+"-activities", http.MethodGet, "/"+r.many+"/{id}/activities", "Activities around a "+r.one+", the latest first")
	o.Description = "Where a contact or deal belongs to a company, what is about them is around the company, too."
	handle(s, o, func(ctx context.Context, in *aboutList) (page[activity], error) {
		if _, err := r.get(service, ctx, in.ID); err != nil {
			return page[activity]{}, err
		}
		show := crm.ShowActivities
		if in.Type != "" {
			show = crm.TimelineShow(in.Type)
		}
		found, err := s.Services.Timelines.Timeline(ctx, crm.TimelineFilter{
			Kind: crm.Kind(r.one), ID: in.ID, Show: show, After: crm.Cursor(in.After), Limit: in.Limit,
		})
		out := page[activity]{Items: make([]activity, 0, len(found.Items)), Next: string(found.Next)}
		for _, item := range found.Items {
			out.Items = append(out.Items, showActivity(item.Activity))
		}
		return out, err
	})
}
