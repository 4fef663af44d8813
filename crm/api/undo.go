package api

import (
	"context"
	"net/http"

	"github.com/grupobizopps/salexops/crm"
)

// undone is what taking an action back came to.
type undone struct {
	Action
	Records int `json:"records" doc:"How many records were put back."`
	Left    int `json:"left,omitempty" doc:"How many have changed since and were left as they are."`
}

// registerUndo adds how an action is taken back.
func registerUndo(s *server, service crm.ActionService) {
	o := operation("undo-action", http.MethodPost, "/actions/{id}/undo", "Take an action back", http.StatusConflict)
	o.Description = "409: it was taken back already, or its records changed since. Sellers take back what they did themselves. The answer's action can be taken back in turn."
	handle(s, o, func(ctx context.Context, in *ByID) (undone, error) {
		done, err := service.UndoAction(ctx, in.ID)
		return undone{Action{done.By}, done.Records, done.Left}, err
	})
}
