package api_test

import (
	"net/http"
	"testing"

	"k8s.io/utils/ptr"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/test/api/client"
)

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

// No operation is open without a key, and none that changes something with a
// key to read, whatever is sent along.
func TestEveryOperationAsksForItsScope(t *testing.T) {
	h := newHouse(t)
	h.furnish(1)
	read, write := h.key(crm.ScopeRead), h.key(crm.ScopeWrite)
	for _, o := range operations(t) {
		for name, test := range map[string]struct {
			key    string
			status int
		}{
			"no key": {"", http.StatusUnauthorized}, "a wrong key": {"sxk_nonsense", http.StatusUnauthorized}, "a key to read": {read, http.StatusForbidden},
		} {
			if o.method == http.MethodGet && test.key == read {
				continue
			}
			for _, body := range []string{"", "{}"} {
				if r := h.ask(o.method, o.at("1"), test.key, body); !r.isProblem(test.status) {
					t.Errorf("%s %s with %s: %s", o.method, o.path, name, r)
				}
			}
		}
		if o.method == http.MethodGet {
			for _, key := range []string{read, write} {
				if r := h.ask(o.method, o.at("1"), key, ""); r.status != http.StatusOK && r.status != http.StatusNotFound {
					t.Errorf("%s %s: %s", o.method, o.path, r)
				}
			}
		} else if r := h.ask(o.method, o.at("999999"), write, "{}"); r.status == http.StatusForbidden || r.status == http.StatusUnauthorized {
			t.Errorf("%s %s with a key to write: %s", o.method, o.path, r)
		}
	}
	if left, err := h.DB.Contacts(h.owner, crm.ContactFilter{}); err != nil || len(left.Items) != 1 {
		t.Errorf("what was refused was done: %+v, %v", left.Items, err)
	}
}
