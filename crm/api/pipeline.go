package api

import (
	"context"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
)

// pipeline is a way to a decision, as JSON.
type pipeline struct {
	ID       int64   `json:"id,omitempty" readOnly:"true" doc:"What deals name the pipeline by."`
	Version  int64   `json:"version,omitempty" doc:"Raised by one with each change. An update states the one it read."`
	Name     string  `json:"name" minLength:"1" maxLength:"100" doc:"What the pipeline is called."`
	Position int     `json:"position,omitempty" minimum:"0" doc:"Among the pipelines, from 1; the first is the default one. Left out: a new one stands last, an update leaves it."`
	Stages   []stage `json:"stages" nullable:"false" maxItems:"22" doc:"In their order: one to twenty open ones, and the one of won and the one of lost deals."`
}

// stage is a step of a pipeline.
type stage struct {
	ID          int64  `json:"id,omitempty" minimum:"0" doc:"Left out: the stage is new. An update has all the stages that there are; /stages/{id} takes one away."`
	Name        string `json:"name" minLength:"1" maxLength:"100" doc:"What the stage is called."`
	Kind        string `json:"kind,omitempty" enum:"open,won,lost" default:"open" doc:"What it means for a deal to be there; it does not change later."`
	Probability int    `json:"probability" required:"false" minimum:"0" maximum:"100" doc:"Of being won, in percent. Of won and lost deals it is 100 and 0, whatever is sent."`
}

var pipelines = resource[crm.PipelineService, crm.Pipeline, pipeline, struct{}]{
	one: "pipeline", many: "pipelines",
	list: func(s crm.PipelineService, ctx context.Context, _ *struct{}) (crm.Page[*crm.Pipeline], error) {
		return whole(s.Pipelines(ctx))
	},
	get: func(s crm.PipelineService, ctx context.Context, id int64) (*crm.Pipeline, error) {
		all, err := s.Pipelines(ctx)
		return among(all, err, func(p *crm.Pipeline) bool { return p.ID == id })
	},
	create: crm.PipelineService.SavePipeline,
	update: crm.PipelineService.SavePipeline,
	show:   showPipeline,
	take:   takePipeline,
	id:     func(p *crm.Pipeline) *int64 { return &p.ID },
	notes: map[string]string{
		"list":   "All of them in their order.",
		"create": "Owners and managers only.",
		"update": "Owners and managers only. Stages are renamed, reordered and added; leaving one out is a conflict.",
	},
}

func showPipeline(p *crm.Pipeline) pipeline {
	j := pipeline{ID: p.ID, Version: p.Version, Name: p.Name, Position: p.Position, Stages: make([]stage, 0, len(p.Stages))}
	for _, s := range p.Stages {
		j.Stages = append(j.Stages, stage{ID: s.ID, Name: s.Name, Kind: string(s.Kind), Probability: s.Probability})
	}
	return j
}

func takePipeline(j pipeline, p *crm.Pipeline) {
	p.Version, p.Name, p.Position, p.Stages = j.Version, j.Name, j.Position, make([]crm.Stage, 0, len(j.Stages))
	for _, s := range j.Stages {
		p.Stages = append(p.Stages, crm.Stage{ID: s.ID, Name: s.Name, Kind: crm.StageKind(s.Kind), Probability: s.Probability})
	}
}

// removal takes something away whose deals must go somewhere.
type removal struct {
	ByID
	MoveTo int64 `query:"moveTo" required:"true" minimum:"1" doc:"Id of the open stage that gets the deals."`
}

// registerPipelineRemoval adds how pipelines and stages are taken away.
func registerPipelineRemoval(s *server, service crm.PipelineService) {
	for _, gone := range []struct {
		id, path, summary, note string
		remove                  func(context.Context, int64, int64) (int64, error)
	}{
		{
			"delete-pipeline", "/pipelines/{id}", "Take a pipeline away",
			"Owners and managers only. Open deals go to the stage moveTo of another pipeline, won and lost ones to that one's closing stages.",
			func(ctx context.Context, id, to int64) (int64, error) { return service.RemovePipeline(ctx, id, to) },
		},
		{
			"delete-stage", "/stages/{id}", "Take an open stage away",
			"Owners and managers only. Its deals go to the stage moveTo of the same pipeline.",
			func(ctx context.Context, id, to int64) (int64, error) { return service.RemoveStage(ctx, id, to) },
		},
	} {
		o := operation(gone.id, http.MethodDelete, gone.path, gone.summary)
		o.Tags, o.Description = []string{"pipelines"}, gone.note
		handle(s, o, func(ctx context.Context, in *removal) (Action, error) {
			id, err := gone.remove(ctx, in.ID, in.MoveTo)
			return Action{id}, err
		})
	}
}
