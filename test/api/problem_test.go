package api_test

import (
	"net/http"
	"strings"
	"testing"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/api"
	"github.com/grupobizopps/salexops/test/api/client"
)

func TestBadRequestsAreExplained(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	bad, err := c.CreateContactWithResponse(t.Context(), client.Contact{Emails: &[]string{"nope"}, Phones: &[]string{"1"}})
	problem := bad.ApplicationproblemJSON422
	if err != nil || problem == nil || problem.Errors == nil || len(*problem.Errors) != 2 {
		t.Fatalf("%v, %s", err, bad.Body)
	}
	for _, fault := range *problem.Errors {
		if !strings.HasPrefix(*fault.Location, "body.") || strings.Contains(*fault.Message, "error.") || *fault.Message == "" {
			t.Errorf("a program is told %+v", fault)
		}
	}
	for _, body := range []string{`{"givenName": 7}`, `{"givenName": "A", "unknown": 1}`, `{"givenName": "A", "birthday": "29-02-2023"}`, `{`, ``} {
		got, err := c.CreateContactWithBodyWithResponse(t.Context(), "application/json", strings.NewReader(body))
		if err != nil || got.StatusCode() < 400 || got.StatusCode() > 422 ||
			got.HTTPResponse.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q: %v, %s, %s", body, err, got.Status(), got.Body)
		}
	}
	cursor, err := c.ListContactsWithResponse(t.Context(), &client.ListContactsParams{After: ptr.To("nonsense")})
	if err != nil || cursor.ApplicationproblemJSON422 == nil {
		t.Errorf("a bad cursor: %v, %s", err, cursor.Body)
	}
	elsewhere, err := http.Get(h.server.URL + api.Prefix + "/nothing")
	if err != nil || elsewhere.StatusCode != http.StatusNotFound || elsewhere.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("no such operation: %v, %v", elsewhere, err)
	}
	if err := elsewhere.Body.Close(); err != nil {
		t.Error(err)
	}
}

// faults are the places that a problem names.
func faults(p *client.ErrorModel) []string {
	var places []string
	for _, fault := range *p.Errors {
		places = append(places, *fault.Location)
	}
	return places
}
