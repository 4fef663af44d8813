// Package api_test uses the CRM's API as a program does that knows nothing but
// its OpenAPI document: through the client generated from it.
package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/utils/ptr"

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
	_, owner, err := office.Settle(t.Context(), "otra frase nada sencilla")
	if err != nil {
		t.Fatal(err)
	}
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

func TestContactsFromCreationToTheBin(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	company, err := c.CreateCompanyWithResponse(t.Context(), client.Company{Name: "Ferretería del Yaqui", Rfc: ptr.To("sat-970701-nn3")})
	if err != nil || company.JSON201 == nil || *company.JSON201.Rfc != "SAT970701NN3" {
		t.Fatalf("create company: %v, %s", err, company.Body)
	}
	made, err := c.CreateContactWithResponse(t.Context(), client.Contact{
		GivenName: ptr.To("José"), FamilyName: ptr.To("Núñez"), Emails: &[]string{"jose@correo.example"},
		CompanyId: company.JSON201.Id, Tags: &[]string{"VIP"}, Address: &client.Address{City: ptr.To("Hermosillo")},
	})
	if err != nil || made.JSON201 == nil {
		t.Fatalf("create contact: %v, %s", err, made.Body)
	}
	if got := made.HTTPResponse.Header.Get("Location"); got != "/api/v1/contacts/1" {
		t.Errorf("its address is %q", got)
	}
	read, err := c.GetContactWithResponse(t.Context(), *made.JSON201.Id)
	if err != nil || read.JSON200 == nil || *read.JSON200.CompanyName != "Ferretería del Yaqui" || *read.JSON200.Address.City != "Hermosillo" {
		t.Fatalf("read: %v, %s", err, read.Body)
	}
	change := *read.JSON200
	change.JobTitle = ptr.To("Compras")
	changed, err := c.UpdateContactWithResponse(t.Context(), *change.Id, change)
	if err != nil || changed.JSON200 == nil || *changed.JSON200.Version != 2 || *changed.JSON200.JobTitle != "Compras" {
		t.Fatalf("update: %v, %s", err, changed.Body)
	}
	again, err := c.UpdateContactWithResponse(t.Context(), *change.Id, change)
	if err != nil || again.StatusCode() != http.StatusConflict || again.ApplicationproblemJSON409 == nil {
		t.Errorf("update of an old version: %v, %s", err, again.Body)
	}
	gone, err := c.DeleteContactWithResponse(t.Context(), *change.Id)
	if err != nil || gone.JSON200 == nil || gone.JSON200.Action == 0 {
		t.Fatalf("delete: %v, %s", err, gone.Body)
	}
	missing, err := c.GetContactWithResponse(t.Context(), *change.Id)
	if err != nil || missing.ApplicationproblemJSON404 == nil {
		t.Errorf("read after delete: %v, %s", err, missing.Body)
	}
	history, err := h.DB.History(h.owner, crm.KindContact, *change.Id, "", 10)
	if err != nil || len(history.Items) != 3 || history.Items[0].UserName != webtest.OwnerName {
		t.Errorf("history: %+v, %v", history.Items, err)
	}
}

func TestListsAreWalkedPageByPage(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"Zoé", "Ñoño", "Ana", "Noé", "Óscar"} {
		if err := h.DB.CreateContact(h.owner, &crm.Contact{GivenName: name}); err != nil {
			t.Fatal(err)
		}
	}
	c := h.program(h.owner, crm.ScopeRead)
	params := &client.ListContactsParams{Sort: ptr.To(client.ListContactsParamsSortName), Limit: ptr.To[int64](2)}
	var names []string
	for pages := 0; pages < 5; pages++ {
		got, err := c.ListContactsWithResponse(t.Context(), params)
		if err != nil || got.JSON200 == nil {
			t.Fatalf("%v, %s", err, got.Body)
		}
		for _, item := range got.JSON200.Items {
			names = append(names, *item.GivenName)
		}
		if got.JSON200.Next == nil {
			break
		}
		params.After = got.JSON200.Next
	}
	if want := []string{"Ana", "Noé", "Ñoño", "Óscar", "Zoé"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	found, err := c.ListContactsWithResponse(t.Context(), &client.ListContactsParams{Q: ptr.To("nono")})
	if err != nil || found.JSON200 == nil || len(found.JSON200.Items) != 1 {
		t.Errorf("by words: %v, %s", err, found.Body)
	}
}

func TestBadRequestsAreExplained(t *testing.T) {
	h := newHouse(t)
	c := h.program(h.owner, crm.ScopeWrite)
	bad, err := c.CreateContactWithResponse(t.Context(), client.Contact{Emails: &[]string{"nope"}, Birthday: ptr.To("29-02-2023")})
	problem := bad.ApplicationproblemJSON422
	if err != nil || problem == nil || problem.Errors == nil || len(*problem.Errors) != 2 {
		t.Fatalf("%v, %s", err, bad.Body)
	}
	for _, fault := range *problem.Errors {
		if !strings.HasPrefix(*fault.Location, "body.") || strings.Contains(*fault.Message, "error.") || *fault.Message == "" {
			t.Errorf("a program is told %+v", fault)
		}
	}
	for _, body := range []string{`{"givenName": 7}`, `{"givenName": "A", "unknown": 1}`, `{`, ``} {
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

func TestKeysOpenWhatTheirScopeAndUserMay(t *testing.T) {
	h := newHouse(t)
	if err := h.DB.CreateContact(h.owner, &crm.Contact{GivenName: "Ana"}); err != nil {
		t.Fatal(err)
	}
	status := func(c *client.ClientWithResponses) (read, write int) {
		t.Helper()
		got, err := c.GetContactWithResponse(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		made, err := c.CreateContactWithResponse(t.Context(), client.Contact{GivenName: ptr.To("Eva")})
		if err != nil {
			t.Fatal(err)
		}
		return got.StatusCode(), made.StatusCode()
	}
	revoked, err := h.DB.CreateAPIKey(h.owner, &crm.APIKey{Name: "x", Scope: crm.ScopeWrite})
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.DB.APIKeys(h.owner)
	if err != nil || h.DB.RevokeAPIKey(h.owner, all[0].ID) != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		c           *client.ClientWithResponses
		read, write int
	}{
		"no key":        {h.withKey(""), 401, 401},
		"a wrong key":   {h.withKey("sxk_nonsense"), 401, 401},
		"a revoked key": {h.withKey(revoked), 401, 401},
		"to read":       {h.program(h.owner, crm.ScopeRead), 200, 403},
		"to write":      {h.program(h.owner, crm.ScopeWrite), 200, 201},
	} {
		if read, write := status(test.c); read != test.read || write != test.write {
			t.Errorf("%s: reading gives %d, writing %d", name, read, write)
		}
	}
	h.Grant(func(r *crm.Rights) { r.Access = "Closed" })
	if read, _ := status(h.withKey(revoked)); read != http.StatusUnauthorized {
		t.Errorf("when access is closed: %d", read)
	}
}
