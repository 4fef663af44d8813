package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/grupobizopps/salexops/crm"
)

const (
	selectPipelines = `SELECT id, name, position, version FROM pipeline WHERE deleted_at IS NULL ORDER BY position, id`
	// The closing stages come last, whatever their position.
	selectStages = `SELECT s.id, s.pipeline_id, s.name, s.kind, s.probability
		FROM stage AS s JOIN pipeline AS p ON p.id = s.pipeline_id
		WHERE s.deleted_at IS NULL AND p.deleted_at IS NULL
		ORDER BY p.position, p.id, s.kind = 'lost', s.kind = 'won', s.position, s.id`
)

// eacher runs a query: a transaction or the readers.
type eacher func(query string, args []any, scan func(*sql.Rows) error) error

// Pipelines are all pipelines in their order.
func (db *DB) Pipelines(ctx context.Context) ([]*crm.Pipeline, error) {
	if _, err := mayLook(ctx); err != nil {
		return nil, err
	}
	all, err := readPipelines(func(query string, args []any, scan func(*sql.Rows) error) error {
		return db.queries.each(ctx, query, args, scan)
	})
	if err != nil {
		return nil, fmt.Errorf("read pipelines: %w", err)
	}
	return all, nil
}

func readPipelines(each eacher) ([]*crm.Pipeline, error) {
	var all []*crm.Pipeline
	known := map[int64]*crm.Pipeline{}
	err := each(selectPipelines, nil, func(rows *sql.Rows) error {
		p := &crm.Pipeline{}
		err := rows.Scan(&p.ID, &p.Name, &p.Position, &p.Version)
		all, known[p.ID] = append(all, p), p
		return err
	})
	if err != nil {
		return nil, err
	}
	err = each(selectStages, nil, func(rows *sql.Rows) error {
		var s crm.Stage
		if err := rows.Scan(&s.ID, &s.PipelineID, &s.Name, &s.Kind, &s.Probability); err != nil {
			return err
		}
		if p := known[s.PipelineID]; p != nil { // else it came between the two queries
			s.Position = len(p.Stages) + 1
			p.Stages = append(p.Stages, s)
		}
		return nil
	})
	return all, err
}

// pipeline reads one pipeline in the transaction.
func (t *tx) pipeline(id int64) (*crm.Pipeline, error) {
	all, err := readPipelines(t.each)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(all, func(p *crm.Pipeline) bool { return p.ID == id }); at >= 0 {
		return all[at], nil
	}
	return nil, crm.ErrNotFound
}

// pipelineFields are a pipeline as history keeps it.
func pipelineFields(p *crm.Pipeline) []field {
	stages := make([]string, len(p.Stages))
	for i, s := range p.Stages {
		stages[i] = s.Name + " " + strconv.Itoa(s.Probability) + " %"
	}
	return []field{plain("name", p.Name), plain("position", strconv.Itoa(p.Position)), list("stages", stages)}
}

// SavePipeline creates or changes a pipeline with its stages.
func (db *DB) SavePipeline(ctx context.Context, p *crm.Pipeline) error {
	actor, err := db.mayManage(ctx, crm.Role.CanManage)
	if err != nil {
		return err
	}
	p.Normalize()
	if err := p.Validate(); err != nil {
		return err
	}
	saved := crm.Pipeline{}
	err = db.writer.do(ctx, ordinary, func(t *tx) error {
		saved = *p
		saved.Stages = slices.Clone(p.Stages)
		return db.savePipeline(t, &saved, actor)
	})
	if err != nil {
		return fmt.Errorf("save pipeline %q: %w", p.Name, err)
	}
	*p = saved
	return nil
}

func (db *DB) savePipeline(t *tx, p *crm.Pipeline, actor crm.Actor) error {
	done := entry{verb: verbUpdate, kind: crm.KindPipeline, title: p.Name, actor: actor, at: db.stamp()}
	if p.ID == 0 {
		for i := range p.Stages {
			p.Stages[i].ID = 0 // a stage belongs to one pipeline
		}
		p.Version, done.verb = 1, verbCreate
		err := t.queryRow("SELECT coalesce(max(position), 0) + 1 FROM pipeline").Scan(&p.Position)
		if err != nil {
			return err
		}
		if p.ID, err = t.insert("INSERT INTO pipeline (name, position, version) VALUES (?, ?, 1)", p.Name, p.Position); err != nil {
			return err
		}
		done.changes = changed(nil, pipelineFields(p))
	} else {
		stored, err := t.pipeline(p.ID)
		if err != nil {
			return err
		}
		if p.Position == 0 {
			p.Position = stored.Position
		}
		if stored.Version != p.Version || !samePlaces(stored, p) {
			return crm.ErrConflict
		}
		p.Version++
		done.changes = changed(pipelineFields(stored), pipelineFields(p))
		if _, err := t.exec("UPDATE pipeline SET name = ?, position = ?, version = ? WHERE id = ?", p.Name, p.Position, p.Version, p.ID); err != nil {
			return err
		}
	}
	for i := range p.Stages {
		if err := t.saveStage(p, i); err != nil {
			return err
		}
	}
	// Lists of deals sort by the stages' places.
	if _, err := t.exec(`UPDATE deal SET stage_rank = ? * 1000 + (SELECT s.position FROM stage AS s WHERE s.id = deal.stage_id)
		WHERE pipeline_id = ?`, p.Position, p.ID); err != nil {
		return err
	}
	done.id, done.version = p.ID, p.Version
	_, err := t.log(done)
	return err
}

// samePlaces says whether every stored stage is among the given ones, and each
// of those that is not new among the stored.
func samePlaces(stored, given *crm.Pipeline) bool {
	old := 0
	for _, s := range given.Stages {
		if s.ID == 0 {
			continue
		}
		known := stored.Stage(s.ID)
		if known == nil || known.Kind != s.Kind {
			return false
		}
		old++
	}
	return old == len(stored.Stages)
}

func (t *tx) saveStage(p *crm.Pipeline, i int) (err error) {
	s := &p.Stages[i]
	s.PipelineID, s.Position = p.ID, i+1
	if s.ID == 0 {
		s.ID, err = t.insert("INSERT INTO stage (pipeline_id, name, kind, probability, position) VALUES (?, ?, ?, ?, ?)",
			s.PipelineID, s.Name, string(s.Kind), s.Probability, s.Position)
		return err
	}
	_, err = t.exec("UPDATE stage SET name = ?, probability = ?, position = ? WHERE id = ?", s.Name, s.Probability, s.Position, s.ID)
	return err
}

// reviveStage brings a stage and its pipeline back for a deal that returns.
func (t *tx) reviveStage(id int64) error {
	if found, err := t.exists("stage", id); err != nil {
		return err
	} else if !found {
		return crm.ErrNotUndoable
	}
	if _, err := t.exec("UPDATE pipeline SET deleted_at = NULL WHERE deleted_at IS NOT NULL AND id = (SELECT pipeline_id FROM stage WHERE id = ?)", id); err != nil {
		return err
	}
	_, err := t.exec("UPDATE stage SET deleted_at = NULL WHERE deleted_at IS NOT NULL AND id = ?", id)
	return err
}

// RemoveStage takes a stage away and its deals to another one.
func (db *DB) RemoveStage(ctx context.Context, stageID, moveTo int64) (int64, error) {
	return db.removePlace(ctx, removal{
		verb: verbRemoveStage, column: "stage_id", id: stageID, gone: "UPDATE stage SET deleted_at = ? WHERE id = ?",
		check: func(t *tx) (*crm.Pipeline, map[crm.StageKind]int64, error) {
			var of int64
			err := t.queryRow("SELECT pipeline_id FROM stage WHERE id = ? AND deleted_at IS NULL", stageID).Scan(&of)
			if errors.Is(err, sql.ErrNoRows) {
				return nil, nil, crm.ErrNotFound
			}
			if err != nil {
				return nil, nil, err
			}
			p, err := t.pipeline(of)
			if err != nil {
				return nil, nil, err
			}
			stage, target := p.Stage(stageID), p.Stage(moveTo)
			if stage.Kind != crm.StageOpen || len(p.Open()) < 2 {
				return nil, nil, crm.Invalid{"stages": crm.KeyRequired}
			}
			if target == nil || target.ID == stageID || target.Kind != crm.StageOpen {
				return nil, nil, crm.Invalid{"moveTo": crm.KeyChoice}
			}
			return p, map[crm.StageKind]int64{crm.StageOpen: moveTo}, nil
		},
	})
}

// RemovePipeline takes a pipeline away and its deals to another one.
func (db *DB) RemovePipeline(ctx context.Context, id, moveTo int64) (int64, error) {
	return db.removePlace(ctx, removal{
		verb: verbDelete, column: "pipeline_id", id: id, gone: "UPDATE pipeline SET deleted_at = ? WHERE id = ?",
		check: func(t *tx) (*crm.Pipeline, map[crm.StageKind]int64, error) {
			p, err := t.pipeline(id)
			if err != nil {
				return nil, nil, err
			}
			all, err := readPipelines(t.each)
			if err != nil {
				return nil, nil, err
			}
			for _, other := range all {
				target := other.Stage(moveTo)
				if target != nil && other.ID != id && target.Kind == crm.StageOpen {
					return p, map[crm.StageKind]int64{
						crm.StageOpen: moveTo, crm.StageWon: other.Closing(crm.StageWon).ID, crm.StageLost: other.Closing(crm.StageLost).ID,
					}, nil
				}
			}
			return nil, nil, crm.Invalid{"moveTo": crm.KeyChoice}
		},
	})
}

// verbRemoveStage is a stage taken away from its pipeline.
const verbRemoveStage = "remove-stage"
