package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web"
)

// rank orders roles; a route opens to its least role and all above.
var rank = map[string]int{"": 0, "reader": 1, "seller": 2, "manager": 3, "owner": 4}

// TestEveryRouteAsksForItsRole walks the table with every role and with nobody.
// Records that do not exist are asked for, so that nothing is changed on the
// way: whoever may pass gets "not found" or a form's complaint.
func TestEveryRouteAsksForItsRole(t *testing.T) {
	o := newOffice(t)
	visitors := map[string]*browser{"": o.browser(), "owner": o.asOwner()}
	for _, role := range []crm.Role{crm.RoleManager, crm.RoleSeller, crm.RoleReadOnly} {
		visitors[string(role)], _ = o.hire(role)
	}
	for _, rt := range web.RoutesForTest() {
		method, path, _ := strings.Cut(rt.Pattern, " ")
		path = strings.NewReplacer("{id}", "424242", "{$}", "").Replace(path)
		if path == "/sign-out" {
			continue // Tested by itself: it would end the sessions of this test.
		}
		for role, b := range visitors {
			got := b.send(method, path, url.Values{})
			checkRole(t, rt, role, got)
		}
	}
}

func checkRole(t *testing.T, rt web.RouteForTest, role string, got *answer) {
	t.Helper()
	asked := got.status == http.StatusUnauthorized ||
		(got.status == http.StatusSeeOther && strings.HasPrefix(got.header.Get("Location"), "/sign-in"))
	switch {
	case rt.Role == "":
		if got.status == http.StatusForbidden {
			t.Errorf("%s is for all and refuses %q", rt.Pattern, role)
		}
	case role == "":
		if !asked {
			t.Errorf("%s answers %d to somebody who has not signed in", rt.Pattern, got.status)
		}
	case rank[role] >= rank[rt.Role]:
		if asked || got.status == http.StatusForbidden || got.status >= http.StatusInternalServerError {
			t.Errorf("%s is for %s and answers %d to %s: %s", rt.Pattern, rt.Role, got.status, role, clip(got.text()))
		}
	default:
		if got.status != http.StatusForbidden {
			t.Errorf("%s is for %s and answers %d to %s", rt.Pattern, rt.Role, got.status, role)
		}
	}
}

func TestFormsFromElsewhereAreRefused(t *testing.T) {
	o := newOffice(t)
	for _, rt := range web.RoutesForTest() {
		method, path, _ := strings.Cut(rt.Pattern, " ")
		if method != http.MethodPost {
			continue
		}
		path = strings.ReplaceAll(path, "{id}", "1")
		for _, header := range []map[string]string{
			{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
			{"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
		} {
			b := o.asOwner()
			b.headers = header
			b.send(method, path, url.Values{"name": {"x"}}).
				wants(http.StatusForbidden, "Eso no salió de esta página")
		}
	}
	o.asOwner().get("/companies").wants(http.StatusOK, "Todavía no hay empresas")
}
