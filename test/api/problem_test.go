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

func TestRecordsThatThereAreNotAreProblems(t *testing.T) {
	h := newHouse(t)
	key := h.key(crm.ScopeWrite)
	for _, o := range operations(t) {
		if (o.method != http.MethodGet && o.method != http.MethodDelete) || !strings.Contains(o.path, "{") {
			continue
		}
		if r := h.ask(o.method, o.at("999999")+"?moveTo=1", key, ""); !r.isProblem(http.StatusNotFound) {
			t.Errorf("%s %s: %s", o.method, o.path, r)
		}
		if strings.Contains(o.path, "{id}") {
			if r := h.ask(o.method, o.at("first"), key, ""); !r.isProblem(http.StatusUnprocessableEntity) {
				t.Errorf("%s %s of no number: %s", o.method, o.path, r)
			}
		}
	}
}

// What the whole CRM cannot do now is told as what it is.
func TestTheLicenceAndTheVolumeAreProblems(t *testing.T) {
	h := newHouse(t)
	key := h.key(crm.ScopeWrite)
	create := func() reply {
		t.Helper()
		return h.ask(http.MethodPost, api.Prefix+"/leads", key, `{"givenName": "Ana"}`)
	}
	h.Fill(true)
	if r := create(); !r.isProblem(http.StatusInsufficientStorage) {
		t.Errorf("a full volume: %s", r)
	}
	h.Fill(false)
	if r := create(); r.status != http.StatusCreated {
		t.Errorf("with room again: %s", r)
	}
	h.Grant(func(r *crm.Rights) { r.Access = "ExportOnly" })
	if r := create(); !r.isProblem(http.StatusForbidden) {
		t.Errorf("in an export window: %s", r)
	}
	if r := h.ask(http.MethodGet, api.Prefix+"/leads", key, ""); r.status != http.StatusOK {
		t.Errorf("the owner reads in an export window: %s", r)
	}
}

func TestTooLongARequestIsAProblem(t *testing.T) {
	h := newHouse(t)
	long := `{"note": "` + strings.Repeat("x", 2<<20) + `"}`
	if r := h.ask(http.MethodPost, api.Prefix+"/leads", h.key(crm.ScopeWrite), long); !r.isProblem(http.StatusRequestEntityTooLarge) {
		t.Errorf("%s", r)
	}
}
