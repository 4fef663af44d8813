package crm

import "context"

// KindPipeline is the kind of Pipeline.
const KindPipeline Kind = "pipeline"

// StageKind says what it means for a deal to be in a stage.
type StageKind string

// Kinds of stages.
const (
	StageOpen StageKind = "open"
	StageWon  StageKind = "won"
	StageLost StageKind = "lost"
)

// Pipeline is a way from a first talk to a decision, in stages.
type Pipeline struct {
	ID       int64
	Name     string // required, at most 100 characters
	Position int    // among the pipelines, from 1
	// Stages are the open ones in their order, at least one and at most 20, then
	// the one of won and the one of lost deals.
	Stages  []Stage
	Version int64
}

// Stage is one step of a pipeline.
type Stage struct {
	ID          int64
	PipelineID  int64
	Name        string // required, at most 100 characters
	Kind        StageKind
	Probability int // in percent; 100 for won, 0 for lost
	Position    int // in the pipeline, from 1
}

// Open lists the stages of undecided deals.
func (p *Pipeline) Open() []Stage {
	var open []Stage
	for _, s := range p.Stages {
		if s.Kind == StageOpen {
			open = append(open, s)
		}
	}
	return open
}

// Closing is the stage of won or of lost deals.
func (p *Pipeline) Closing(kind StageKind) Stage {
	for _, s := range p.Stages {
		if s.Kind == kind {
			return s
		}
	}
	return Stage{}
}

// Stage finds one of the stages; nil: it is not among them.
func (p *Pipeline) Stage(id int64) *Stage {
	for i := range p.Stages {
		if p.Stages[i].ID == id {
			return &p.Stages[i]
		}
	}
	return nil
}

// LostReason is one of the answers to why a deal was lost.
type LostReason struct {
	ID   int64
	Name string // required, at most 100 characters
}

// PipelineService keeps pipelines and lost reasons. Everybody reads them,
// managers change them. Errors as ContactService.
type PipelineService interface {
	// Pipelines are all of them in their order, the first one the default. There
	// is always one.
	Pipelines(ctx context.Context) ([]*Pipeline, error)
	// SavePipeline creates a pipeline (ID 0) or writes name, order and stages of
	// p.Version. Stages with ID 0 are new. One that is left out is ErrConflict: its
	// deals must go somewhere, so RemoveStage takes stages away.
	SavePipeline(ctx context.Context, p *Pipeline) error
	// RemoveStage takes an open stage away and its deals to another stage of the
	// same pipeline. The action is undone as a whole: the deals return, and the
	// stage with them.
	RemoveStage(ctx context.Context, stageID, moveTo int64) (actionID int64, err error)
	// RemovePipeline takes a pipeline away: open deals go to the stage moveTo of
	// another one, won and lost deals to that one's closing stages.
	RemovePipeline(ctx context.Context, id, moveTo int64) (actionID int64, err error)
	// LostReasons are those to choose from, in the order of the alphabet.
	LostReasons(ctx context.Context) ([]LostReason, error)
	SaveLostReason(ctx context.Context, r *LostReason) error
	// RemoveLostReason takes a reason off the list; deals that have it keep it.
	RemoveLostReason(ctx context.Context, id int64) error
}
