package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/grupobizopps/salexops/crm"
)

func TestFaultsNameTheirPlaceInTheRequest(t *testing.T) {
	for _, test := range []struct {
		method, kind, name, want string
	}{
		{http.MethodPost, "contacts", "emails", "body.emails"},
		{http.MethodPut, "contacts", "postalCode", "body.address.postalCode"},
		{http.MethodPost, "leads", "company.name", "body.company.name"},
		{http.MethodPut, "deals", "custom.7", "body.custom.7"},
		{http.MethodPut, "deals", "price-0", "body.items[0].price"},
		{http.MethodPost, "pipelines", "probability-12", "body.stages[12].probability"},
		{http.MethodGet, "activities", "state", "query.state"},
		{http.MethodDelete, "pipelines", "moveTo", "query.moveTo"},
	} {
		o := huma.Operation{Method: test.method, Tags: []string{test.kind}}
		if got := location(&o, test.name); got != test.want {
			t.Errorf("%s %s: %s is at %s, want %s", test.method, test.kind, test.name, got, test.want)
		}
	}
}

func TestErrorsOfServicesHaveAStatus(t *testing.T) {
	s := &server{Config: Config{Logger: slog.New(slog.DiscardHandler)}}
	o := huma.Operation{Method: http.MethodGet, Tags: []string{"contacts"}}
	for err, want := range map[error]int{
		crm.ErrNotFound: 404, crm.ErrConflict: 409, crm.ErrNotUndoable: 409, crm.ErrUnauthenticated: 401, crm.ErrForbidden: 403,
		crm.ErrReadOnly: 403, crm.ErrVolumeFull: 507, errors.New("disk"): 500,
	} {
		if got := s.failure(t.Context(), &o, fmt.Errorf("update contact 7: %w", err)).GetStatus(); got != want {
			t.Errorf("%v: %d, want %d", err, got, want)
		}
	}
}
