package api_test

import (
	"slices"
	"testing"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

func TestProductsAreAddedChangedAndRetired(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	made, err := c.CreateProductWithResponse(t.Context(), client.Product{Name: "Extintor", Sku: ptr.To("EXT-6"), Price: pesos("2300.50")})
	product := *got(t, made.JSON201, err, made.Body)
	if !*product.Active || *product.Tax != client.ProductTaxN16 || product.Price.Amount != "2300.50" || product.CreatedAt == nil {
		t.Errorf("created: %s", made.Body)
	}
	twin, err := c.CreateProductWithResponse(t.Context(), client.Product{Name: "Otro", Sku: ptr.To("EXT-6")})
	if places := faults(got(t, twin.ApplicationproblemJSON422, err, twin.Body)); !slices.Equal(places, []string{"body.sku"}) {
		t.Errorf("the same SKU: %q", places)
	}
	product.Active, product.Tax = ptr.To(false), ptr.To(client.ProductTaxN8)
	changed, err := c.UpdateProductWithResponse(t.Context(), *product.Id, product)
	if now := got(t, changed.JSON200, err, changed.Body); *now.Active || *now.Tax != client.ProductTaxN8 || *now.Version != 2 {
		t.Errorf("changed: %s", changed.Body)
	}
	late, err := c.UpdateProductWithResponse(t.Context(), *product.Id, product)
	got(t, late.ApplicationproblemJSON409, err, late.Body)
	for want, params := range map[int]*client.ListProductsParams{1: {Q: ptr.To("ext")}, 0: {Active: ptr.To(true)}} {
		listed, err := c.ListProductsWithResponse(t.Context(), params)
		if all := got(t, listed.JSON200, err, listed.Body).Items; len(all) != want {
			t.Errorf("%+v: %s", params, listed.Body)
		}
	}
	read, err := c.GetProductWithResponse(t.Context(), *product.Id)
	if *got(t, read.JSON200, err, read.Body).Active {
		t.Errorf("read: %s", read.Body)
	}
}

func TestPipelinesWithTheirStages(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	made, err := c.CreatePipelineWithResponse(t.Context(), client.Pipeline{Name: "Licitaciones", Stages: []client.Stage{
		{Name: "Bases", Probability: ptr.To[int64](20)}, {Name: "Oferta", Probability: ptr.To[int64](60)},
		{Name: "Ganada", Kind: ptr.To(client.StageKindWon)}, {Name: "Perdida", Kind: ptr.To(client.StageKindLost)},
	}})
	p := *got(t, made.JSON201, err, made.Body)
	if *p.Position != 2 || len(p.Stages) != 4 || *p.Stages[2].Probability != 100 || *p.Stages[0].Kind != client.StageKindOpen {
		t.Fatalf("created: %s", made.Body)
	}
	deal, err := c.CreateDealWithResponse(t.Context(), client.Deal{Title: "Bodega", StageId: p.Stages[0].Id})
	id := *got(t, deal.JSON201, err, deal.Body).Id

	p.Stages[0].Name = "Convocatoria"
	p.Stages = slices.Insert(p.Stages, 1, client.Stage{Name: "Visita"})
	changed, err := c.UpdatePipelineWithResponse(t.Context(), *p.Id, p)
	now := *got(t, changed.JSON200, err, changed.Body)
	if len(now.Stages) != 5 || now.Stages[0].Name != "Convocatoria" || now.Stages[1].Name != "Visita" || *now.Version != 2 {
		t.Errorf("changed: %s", changed.Body)
	}
	late, err := c.UpdatePipelineWithResponse(t.Context(), *p.Id, p)
	got(t, late.ApplicationproblemJSON409, err, late.Body)
	now.Stages[0].Name = " "
	bad, err := c.UpdatePipelineWithResponse(t.Context(), *p.Id, now)
	if places := faults(got(t, bad.ApplicationproblemJSON422, err, bad.Body)); !slices.Equal(places, []string{"body.stages[0].name"}) {
		t.Errorf("a stage without a name: %q", places)
	}

	nowhere, err := c.DeleteStageWithResponse(t.Context(), *now.Stages[0].Id, &client.DeleteStageParams{MoveTo: 99})
	if places := faults(got(t, nowhere.ApplicationproblemJSON422, err, nowhere.Body)); !slices.Equal(places, []string{"query.moveTo"}) {
		t.Errorf("a stage's deals to nowhere: %q", places)
	}
	less, err := c.DeleteStageWithResponse(t.Context(), *now.Stages[0].Id, &client.DeleteStageParams{MoveTo: *now.Stages[1].Id})
	got(t, less.JSON200, err, less.Body)
	gone, err := c.DeletePipelineWithResponse(t.Context(), *p.Id, &client.DeletePipelineParams{MoveTo: 1})
	action := got(t, gone.JSON200, err, gone.Body).Action
	missing, err := c.GetPipelineWithResponse(t.Context(), *p.Id)
	got(t, missing.ApplicationproblemJSON404, err, missing.Body)
	moved, err := c.GetDealWithResponse(t.Context(), id)
	if *got(t, moved.JSON200, err, moved.Body).StageId != 1 {
		t.Errorf("its deal: %s", moved.Body)
	}
	undone, err := c.UndoActionWithResponse(t.Context(), *action)
	got(t, undone.JSON200, err, undone.Body)
	back, err := c.GetPipelineWithResponse(t.Context(), *p.Id)
	if all := got(t, back.JSON200, err, back.Body).Stages; len(all) != 4 || all[0].Name != "Visita" {
		t.Errorf("back: %s", back.Body)
	}
}

func TestLostReasonsAreAddedRenamedAndTakenOffTheList(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	made, err := c.CreateLostReasonWithResponse(t.Context(), client.LostReason{Name: "Tardamos"})
	id := *got(t, made.JSON201, err, made.Body).Id
	renamed, err := c.UpdateLostReasonWithResponse(t.Context(), id, client.LostReason{Name: "Tardanza"})
	if got(t, renamed.JSON200, err, renamed.Body).Name != "Tardanza" {
		t.Errorf("renamed: %s", renamed.Body)
	}
	read, err := c.GetLostReasonWithResponse(t.Context(), id)
	if got(t, read.JSON200, err, read.Body).Name != "Tardanza" {
		t.Errorf("read: %s", read.Body)
	}
	gone, err := c.DeleteLostReasonWithResponse(t.Context(), id)
	got(t, gone.JSON200, err, gone.Body)
	missing, err := c.GetLostReasonWithResponse(t.Context(), id)
	got(t, missing.ApplicationproblemJSON404, err, missing.Body)
}
