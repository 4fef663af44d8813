// Package api_test uses the CRM's API as a program does that knows nothing but
// its OpenAPI document: through the client generated from it.
package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/api"
	"github.com/grupobizopps/salexops/crm/web/webtest"
	"github.com/grupobizopps/salexops/test/api/client"
)

// house is a CRM with its API, and its owner.
type house struct {
	*webtest.Office
	t      *testing.T
	server *httptest.Server
	owner  context.Context //nolint:containedctx // who acts in direct calls
}

func newHouse(t *testing.T) *house {
	t.Helper()
	office, err := webtest.Open(t.Context(), webtest.Options{Folder: t.TempDir(), Now: time.Date(2026, 11, 23, 17, 42, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := office.DB.Close(); err != nil {
			t.Error(err)
		}
	})
	office.Grant(func(r *crm.Rights) { r.ChangeAtFirstLogin = false })
	owner := crm.WithActor(t.Context(), crm.Actor{User: &crm.User{ID: 1, Name: webtest.OwnerName, Role: crm.RoleOwner}})
	handler, err := api.New(api.Config{Services: office.DB.Services()})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return &house{Office: office, t: t, server: server, owner: owner}
}

// program is a client with a new key of whoever acts.
func (h *house) program(acting context.Context, scope crm.APIScope) *client.ClientWithResponses {
	h.t.Helper()
	key, err := h.DB.CreateAPIKey(acting, &crm.APIKey{Name: "test", Scope: scope})
	if err != nil {
		h.t.Fatal(err)
	}
	return h.withKey(key)
}

func (h *house) withKey(key string) *client.ClientWithResponses {
	h.t.Helper()
	c, err := client.NewClientWithResponses(h.server.URL+api.Prefix, client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+key)
		}
		return nil
	}))
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// join adds somebody to the team and returns a context in which they act.
func (h *house) join(email string, role crm.Role) context.Context {
	h.t.Helper()
	u := crm.User{Name: email, Email: email, Role: role, Locale: "es-MX", Theme: "auto"}
	if _, err := h.DB.CreateUser(h.owner, &u); err != nil {
		h.t.Fatal(err)
	}
	return crm.WithActor(h.t.Context(), crm.Actor{User: &u})
}

// got is what an operation answered with; anything else ends the test.
func got[T any](t *testing.T, answer *T, err error, body []byte) *T {
	t.Helper()
	if err != nil || answer == nil {
		t.Fatalf("%v, %s", err, body)
	}
	return answer
}
