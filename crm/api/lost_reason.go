package api

import (
	"context"

	"github.com/grupobizopps/salexops/crm"
)

// lostReason is an answer to why a deal was lost, as JSON.
type lostReason struct {
	ID   int64  `json:"id,omitempty" readOnly:"true" doc:"What deals name the reason by."`
	Name string `json:"name" minLength:"1" maxLength:"100" doc:"The reason in words."`
}

var lostReasons = resource[crm.PipelineService, crm.LostReason, lostReason, struct{}]{
	one: "lost-reason", many: "lost-reasons",
	list: func(s crm.PipelineService, ctx context.Context, _ *struct{}) (crm.Page[*crm.LostReason], error) {
		return whole(allReasons(ctx, s))
	},
	get: func(s crm.PipelineService, ctx context.Context, id int64) (*crm.LostReason, error) {
		all, err := allReasons(ctx, s)
		return among(all, err, func(r *crm.LostReason) bool { return r.ID == id })
	},
	create: crm.PipelineService.SaveLostReason,
	update: crm.PipelineService.SaveLostReason,
	remove: func(s crm.PipelineService, ctx context.Context, id int64) (int64, error) {
		return 0, s.RemoveLostReason(ctx, id)
	},
	show: func(r *crm.LostReason) lostReason { return lostReason{ID: r.ID, Name: r.Name} },
	take: func(j lostReason, r *crm.LostReason) { r.Name = j.Name },
	id:   func(r *crm.LostReason) *int64 { return &r.ID },
	notes: map[string]string{
		"list":   "All that can be chosen, in the order of the alphabet.",
		"create": "Owners and managers only.",
		"update": "Owners and managers only. It has no version: the last change stands.",
		"delete": "Owners and managers only. Deals that have the reason keep it.",
	},
}

func allReasons(ctx context.Context, s crm.PipelineService) ([]*crm.LostReason, error) {
	reasons, err := s.LostReasons(ctx)
	all := make([]*crm.LostReason, len(reasons))
	for i := range reasons {
		all[i] = &reasons[i]
	}
	return all, err
}
