package api

import (
	"context"
	"net/http"
	"time"

	"github.com/grupobizopps/salexops/crm"
)

// itemsOf are the lines of a deal as a whole.
type itemsOf struct {
	Version  int64      `json:"version" doc:"The deal's, as it was read."`
	Currency string     `json:"currency,omitempty" enum:"MXN,USD" default:"MXN" doc:"Of all prices, and of the deal's value."`
	Items    []lineItem `json:"items" nullable:"false" maxItems:"200" doc:"All lines in their order; none: the deal's value becomes an estimate again."`
}

// move takes a deal to another stage.
type move struct {
	StageID      int64  `json:"stageId" minimum:"1" doc:"Id of the stage; the won or lost stage of a pipeline decides the deal, an open one opens it again."`
	LostReasonID int64  `json:"lostReasonId,omitempty" minimum:"0" doc:"Id of the reason, where the stage is that of lost deals."`
	LostNote     string `json:"lostNote,omitempty" maxLength:"200" doc:"What the reason does not say."`
}

type moved struct {
	Action
	Deal deal `json:"deal" doc:"The deal where it stands now."`
}

// stay is a time that a deal spent in a stage.
type stay struct {
	StageID   int64      `json:"stageId" doc:"Id of the stage; it may have been taken away since."`
	StageName string     `json:"stageName" doc:"The stage's name."`
	Entered   time.Time  `json:"entered" doc:"UTC."`
	Left      *time.Time `json:"left,omitempty" doc:"UTC; missing: it is there now."`
}

// registerDealActions adds what is done with deals besides changing them.
func registerDealActions(s *server, service crm.DealService) {
	items := operation("set-deal-items", http.MethodPut, "/deals/{id}/items", "Replace the lines of a deal", http.StatusConflict)
	items.Description = "The deal's value becomes their net total."
	handle(s, items, func(ctx context.Context, in *changeOf[itemsOf]) (deal, error) {
		b := in.Body
		return shown(showDeal)(service.SetDealItems(ctx, in.ID, b.Version, crm.Currency(b.Currency), takeItems(b.Items)))
	})
	to := operation("move-deal", http.MethodPost, "/deals/{id}/move", "Move a deal to another stage")
	to.Description = "Needs no version: a move goes on whoever else works on the deal."
	handle(s, to, func(ctx context.Context, in *changeOf[move]) (moved, error) {
		b := in.Body
		d, id, err := service.MoveDeal(ctx, crm.Move{DealID: in.ID, StageID: b.StageID, LostReasonID: b.LostReasonID, LostNote: b.LostNote})
		if err != nil {
			return moved{}, err
		}
		return moved{Action{id}, showDeal(d)}, nil
	})
	handle(s, operation("list-deal-stages", http.MethodGet, "/deals/{id}/stages", "Through which stages a deal went, the first first"),
		func(ctx context.Context, in *ByID) (page[stay], error) {
			if _, err := service.Deal(ctx, in.ID); err != nil {
				return page[stay]{}, err
			}
			spans, err := service.DealStages(ctx, in.ID)
			out := page[stay]{Items: make([]stay, 0, len(spans))}
			for _, span := range spans {
				out.Items = append(out.Items, stay{span.StageID, span.StageName, span.Entered, present(span.Left)})
			}
			return out, err
		})
}
