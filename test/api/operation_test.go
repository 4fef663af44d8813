package api_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/api"
)

// operation is one of the document's.
type operation struct {
	method, path string
	sorts        []string // the orders of a list
	paged        bool     // it is a list that comes in pages
}

// operations are all that the document has.
func operations(t *testing.T) []operation {
	t.Helper()
	written, err := api.Document(false)
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Name   string
				Schema struct{ Enum []string }
			}
		}
	}
	if err := json.Unmarshal(written, &document); err != nil {
		t.Fatal(err)
	}
	var all []operation
	for path, methods := range document.Paths {
		for method, described := range methods {
			o := operation{method: strings.ToUpper(method), path: path}
			for _, p := range described.Parameters {
				switch p.Name {
				case "after":
					o.paged = true
				case "sort":
					o.sorts = p.Schema.Enum
				}
			}
			all = append(all, o)
		}
	}
	if len(all) < 55 {
		t.Fatalf("the document has %d operations", len(all))
	}
	return all
}

// at is the operation's address for the record with this id, or tag of this name.
func (o operation) at(id string) string {
	return api.Prefix + strings.NewReplacer("{id}", id, "{name}", id).Replace(o.path)
}

// reply is an answer that was read.
type reply struct {
	status int
	kind   string // of its content
	body   []byte
}

func (r reply) String() string { return fmt.Sprintf("%d, %s", r.status, r.body) }

// ask sends a request without the client.
func (h *house) ask(method, address, key, body string) reply {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.server.URL+address, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	read, err := io.ReadAll(got.Body)
	if err != nil || got.Body.Close() != nil {
		h.t.Fatal(err)
	}
	return reply{got.StatusCode, got.Header.Get("Content-Type"), read}
}

// isProblem says whether it is a problem with this status.
func (r reply) isProblem(status int) bool {
	var problem struct {
		Title, Detail string
		Status        int
	}
	return r.status == status && r.kind == "application/problem+json" &&
		json.Unmarshal(r.body, &problem) == nil && problem.Status == status && problem.Title != "" && problem.Detail != ""
}

// furnish adds this many records of every kind, all of them around the first
// contact, company, deal and lead.
func (h *house) furnish(count int) {
	h.t.Helper()
	must := func(err error) {
		h.t.Helper()
		if err != nil {
			h.t.Fatal(err)
		}
	}
	for i := range count {
		name := string(rune('A' + i))
		must(h.DB.CreateCompany(h.owner, &crm.Company{Name: name}))
		must(h.DB.CreateContact(h.owner, &crm.Contact{GivenName: name, CompanyID: 1}))
		must(h.DB.CreateLead(h.owner, &crm.Lead{GivenName: name}))
		must(h.DB.CreateProduct(h.owner, &crm.Product{Name: name, Tax: 1600, Active: true}))
		must(h.DB.CreateDeal(h.owner, &crm.Deal{Name: name, CompanyID: 1, ContactID: 1}))
		must(h.DB.CreateActivity(h.owner, &crm.Activity{Type: crm.ActivityTask, Subject: name, ContactID: 1, CompanyID: 1, DealID: 1, LeadID: 1}))
	}
}

func (h *house) key(scope crm.APIScope) string {
	h.t.Helper()
	key, err := h.DB.CreateAPIKey(h.owner, &crm.APIKey{Name: "test", Scope: scope})
	if err != nil {
		h.t.Fatal(err)
	}
	return key
}
