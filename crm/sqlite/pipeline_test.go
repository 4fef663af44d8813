package sqlite

import (
	"errors"
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/crm"
)

func (o *office) pipelines() []*crm.Pipeline {
	o.t.Helper()
	all, err := o.Pipelines(o.owner)
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

func stageNames(p *crm.Pipeline) []string {
	var all []string
	for _, s := range p.Stages {
		all = append(all, s.Name)
	}
	return all
}

func TestStagesAreAddedRenamedAndReordered(t *testing.T) {
	o := newOffice(t)
	p := o.pipelines()[0]
	if p.Name != "Ventas" || !slices.Equal(stageNames(p), []string{"Prospecto", "Calificado", "Propuesta", "Negociación", "Ganado", "Perdido"}) {
		t.Fatalf("the first pipeline: %+v", p)
	}
	d := o.deal("Uniformes", func(d *crm.Deal) { d.StageID = 4 })
	p.Name = "Ventas directas"
	p.Stages[0].Name = "Contacto"
	p.Stages = slices.Insert(p.Stages, 0, p.Stages[3])
	p.Stages = slices.Delete(p.Stages, 4, 5)
	p.Stages = slices.Insert(p.Stages, 1, crm.Stage{Name: "Visita", Probability: 15})
	if err := o.SavePipeline(o.owner, p); err != nil {
		t.Fatal(err)
	}
	if got := o.pipelines()[0]; got.Name != "Ventas directas" || got.Version != 2 ||
		!slices.Equal(stageNames(got), []string{"Negociación", "Visita", "Contacto", "Calificado", "Propuesta", "Ganado", "Perdido"}) {
		t.Errorf("got %+v", got)
	}
	o.deal("Después", func(d *crm.Deal) { d.StageID = 1 })
	page, err := o.Deals(o.owner, crm.DealFilter{Status: crm.StageOpen, Sort: crm.SortStage})
	if got := dealNames(page.Items); err != nil || !slices.Equal(got, []string{"Uniformes", "Después"}) {
		t.Errorf("deals keep the order of stages that were moved: %v, %v", got, err)
	}
	if got, _ := o.Deal(o.owner, d.ID); got.Version != 1 {
		t.Error("a new order of stages is no change of a deal")
	}
	p.Version--
	if err := o.SavePipeline(o.owner, p); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("an older version: %v", err)
	}
	p.Version++
	p.Stages = p.Stages[1:]
	if err := o.SavePipeline(o.owner, p); !errors.Is(err, crm.ErrConflict) {
		t.Errorf("a stage left out: %v", err)
	}
	var invalid crm.Invalid
	if err := o.SavePipeline(o.owner, &crm.Pipeline{Name: "x", Stages: []crm.Stage{{Name: "a", Probability: 101}, {Kind: crm.StageWon, Name: "w"}}}); !errors.As(err, &invalid) ||
		invalid["probability-0"] != crm.KeyPercent || invalid["stages"] != crm.KeyRequired {
		t.Errorf("an incomplete pipeline: %v", err)
	}
}

func TestARemovedStageMovesItsDealsAndReturnsWithThem(t *testing.T) {
	o := newOffice(t)
	var all []*crm.Deal
	for range 3 {
		all = append(all, o.deal("Uniformes", func(d *crm.Deal) { d.StageID = 2 }))
	}
	binned, err := o.DeleteDeal(o.owner, all[2].ID)
	if err != nil {
		t.Fatal(err)
	}
	var invalid crm.Invalid
	for _, to := range []int64{0, 2, 5, 99} {
		if _, err := o.RemoveStage(o.owner, 2, to); !errors.As(err, &invalid) {
			t.Errorf("deals to stage %d: %v", to, err)
		}
	}
	action, err := o.RemoveStage(o.owner, 2, 3)
	if err != nil || action == 0 {
		t.Fatalf("remove: %d, %v", action, err)
	}
	if got := o.pipelines()[0]; len(got.Stages) != 5 || got.Stage(2) != nil {
		t.Errorf("stages: %v", stageNames(got))
	}
	if got, _ := o.Deal(o.owner, all[0].ID); got.StageID != 3 || got.Version != 2 {
		t.Errorf("deal: %+v", got)
	}
	if _, err := o.UndoAction(o.owner, binned); err != nil {
		t.Fatal(err)
	}
	if got, _ := o.Deal(o.owner, all[2].ID); got.StageID != 3 {
		t.Errorf("out of the bin: %+v", got)
	}
	if _, _, err := o.MoveDeal(o.owner, crm.Move{DealID: all[0].ID, StageID: 2}); !errors.As(err, &invalid) {
		t.Errorf("a move to a stage that is gone: %v", err)
	}
	undone, err := o.UndoAction(o.owner, action)
	if err != nil || undone.Records != 2 {
		t.Fatalf("undo: %+v, %v", undone, err)
	}
	if got, _ := o.Deal(o.owner, all[0].ID); got.StageID != 2 || o.pipelines()[0].Stage(2) == nil {
		t.Errorf("after undo: %+v", got)
	}
}

func TestARemovedPipelineMovesItsDeals(t *testing.T) {
	o := newOffice(t)
	p := &crm.Pipeline{Name: "Renovaciones", Stages: []crm.Stage{
		{Name: "Aviso", Probability: 60}, {Name: "Renovado", Kind: crm.StageWon}, {Name: "Cancelado", Kind: crm.StageLost},
	}}
	if err := o.SavePipeline(o.owner, p); err != nil {
		t.Fatal(err)
	}
	open := o.deal("abierto", func(d *crm.Deal) { d.StageID = p.Stages[0].ID })
	won := o.deal("ganado", func(d *crm.Deal) { d.StageID = p.Stages[1].ID })
	if _, err := o.RemoveStage(o.owner, p.Stages[0].ID, 1); err == nil {
		t.Error("the last open stage was removed")
	}
	if _, err := o.RemovePipeline(o.owner, 1, 2); err == nil {
		t.Error("deals were moved to a stage of the pipeline that goes")
	}
	action, err := o.RemovePipeline(o.owner, p.ID, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := o.Deal(o.owner, open.ID); got.StageID != 3 || got.PipelineID != 1 {
		t.Errorf("open: %+v", got)
	}
	if got, _ := o.Deal(o.owner, won.ID); got.StageID != 5 || !got.ClosedAt.Equal(won.ClosedAt) {
		t.Errorf("won: %+v", got)
	}
	if len(o.pipelines()) != 1 {
		t.Error("the pipeline is still there")
	}
	if _, err := o.UndoAction(o.owner, action); err != nil {
		t.Fatal(err)
	}
	if got, _ := o.Deal(o.owner, won.ID); got.StageID != p.Stages[1].ID || len(o.pipelines()) != 2 {
		t.Errorf("after undo: %+v", got)
	}
}

func TestLostReasonsAreManaged(t *testing.T) {
	o := newOffice(t)
	r := &crm.LostReason{Name: " Sin  tiempo "}
	if err := o.SaveLostReason(o.owner, r); err != nil || r.ID == 0 || r.Name != "Sin tiempo" {
		t.Fatalf("got %+v, %v", r, err)
	}
	var invalid crm.Invalid
	if err := o.SaveLostReason(o.owner, &crm.LostReason{Name: "Precio"}); !errors.As(err, &invalid) || invalid["name"] != crm.KeyExists {
		t.Errorf("twice: %v", err)
	}
	d := o.deal("Uniformes", func(d *crm.Deal) { d.StageID, d.LostReasonID = 6, r.ID })
	if err := o.RemoveLostReason(o.owner, r.ID); err != nil {
		t.Fatal(err)
	}
	d.Source = "feria"
	if err := o.UpdateDeal(o.owner, d); err != nil || d.LostReason != "Sin tiempo" {
		t.Errorf("a deal keeps its reason: %+v, %v", d, err)
	}
	if err := o.CreateDeal(o.owner, &crm.Deal{Name: "x", StageID: 6, LostReasonID: r.ID}); !errors.As(err, &invalid) {
		t.Errorf("a new deal with a reason off the list: %v", err)
	}
	if err := o.RemoveLostReason(o.owner, r.ID); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("twice removed: %v", err)
	}
}

// A copy of a pipeline takes no stage away from the original.
func TestStagesOfANewPipelineAreNew(t *testing.T) {
	o := newOffice(t)
	copied := *o.pipelines()[0]
	copied.ID, copied.Name = 0, "Otro"
	copied.Stages = slices.Clone(copied.Stages)
	copied.Stages[0].Name = "Primero"
	if err := o.SavePipeline(o.owner, &copied); err != nil {
		t.Fatal(err)
	}
	all := o.pipelines()
	if len(all) != 2 || all[0].Stages[0].Name != "Prospecto" || all[1].Stages[0].Name != "Primero" || all[0].Stages[0].ID == all[1].Stages[0].ID {
		t.Errorf("got %+v", all)
	}
}
