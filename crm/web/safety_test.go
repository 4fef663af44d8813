package web_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web"
)

// payloads are what somebody may type to run something in another's browser.
var payloads = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`,
	`</title><svg onload=alert(1)>`, `javascript:alert(1)`, `{{.}}`,
}

// TestWhatPeopleTypeIsOnlyEverText puts payloads in every text field, and looks
// at every page where they may turn up.
func TestWhatPeopleTypeIsOnlyEverText(t *testing.T) {
	o := newOffice(t)
	b := o.asOwner()
	for _, payload := range payloads {
		company := b.get("/companies/new").fields("/companies")
		for name := range company {
			if name != "formToken" && name != "ownerId" && name != "parentId" {
				company.Set(name, payload)
			}
		}
		checkSafe(t, b.post("/companies", company))
		for _, name := range []string{"rfc", "domain", "website", "phone", "company"} {
			company.Set(name, "")
		}
		company.Set("postalCode", payload[:min(len(payload), 20)])
		checkSafe(t, b.post("/companies", company).wants(http.StatusOK))

		contact := b.get("/contacts/new").fields("/contacts")
		for name := range contact {
			if name != "formToken" && name != "ownerId" && name != "companyId" {
				contact.Set(name, payload)
			}
		}
		checkSafe(t, b.post("/contacts", contact))
		contact.Del("newCompany")
		contact.Set("companyChoice", "new")
		checkSafe(t, b.post("/contacts", contact))
		for _, name := range []string{"birthday", "emails", "phones"} {
			contact.Set(name, "")
		}
		contact.Set("phones", "555 "+payload)
		contact.Set("postalCode", payload[:min(len(payload), 20)])
		b.post("/contacts", contact)
		contact.Set("phones", "")
		page := b.post("/contacts", contact)
		checkSafe(t, page.wants(http.StatusOK))
		deleted := b.post(page.at+"/delete", nil)
		checkSafe(t, deleted)
		checkSafe(t, b.post("/undo", deleted.fields("/undo")))
		edit := b.get(page.at + "/edit").fields(page.at)
		b.post(page.at, with(edit, "jobTitle", "otra cosa "+payload))
		checkSafe(t, b.post(page.at, with(edit, "jobTitle", "y otra "+payload)))
	}
	for _, payload := range payloads {
		for _, kind := range []string{"note", "call", "task", "meeting"} {
			form := b.get("/activities/new?type=" + kind + "&contact=1").fields("/activities")
			for _, name := range []string{"subject", "body", "place", "about", "startsDate", "next"} {
				form.Set(name, payload)
			}
			checkSafe(t, b.post("/activities", form))
			form.Set("about", "")
			form.Set("next", "")
			form.Set("startsDate", "2026-11-23")
			form.Set("startsTime", "18:00")
			form.Set("endsTime", "19:00")
			page := b.post("/activities", form)
			checkSafe(t, page.wants(http.StatusOK))
			checkSafe(t, b.get(page.at+"/edit"))
			deleted := b.post(page.at+"/delete", nil)
			checkSafe(t, deleted)
			checkSafe(t, b.post("/undo", deleted.fields("/undo")))
		}
	}
	for _, path := range []string{"/tasks?q=", "/tasks?state=", "/calendar?date=", "/contacts/1?show=", "/activities/new?type=", "/activities/about?about="} {
		for _, payload := range payloads {
			checkSafe(t, b.get(path+url.QueryEscape(payload)))
		}
	}
	for _, path := range []string{"/tasks", "/calendar", "/mentions", "/activities/1", "/", "/contacts", "/contacts?sort=name", "/companies", "/settings/team", "/settings/security", "/settings/two-step", "/settings/passkeys/new", "/settings/sign-ins", "/contacts/1", "/companies/1", "/companies/1/contacts"} {
		checkSafe(t, b.get(path))
	}
	for _, payload := range payloads {
		q := url.QueryEscape(payload)
		for _, path := range []string{"/contacts?q=", "/search?q=", "/search/suggest?q=", "/companies/pick?company=", "/contacts/new?name=", "/sign-in?next=", "/sign-in?ended="} {
			checkSafe(t, b.get(path+q))
		}
		checkSafe(t, o.browser().post("/sign-in", url.Values{"email": {payload}, "next": {payload}}))
		visitor := o.browser()
		visitor.cookies["__Host-last"], visitor.cookies["__Host-second"], visitor.cookies["__Host-kept"] = q, q, q
		checkSafe(t, visitor.post("/sign-in/code", url.Values{"code": {payload}, "next": {payload}}))
		checkSafe(t, visitor.post("/sign-in/passkey", url.Values{"credential": {payload}, "next": {payload}}))
		checkSafe(t, b.post("/settings/profile/identity", url.Values{"name": {payload}, "email": {payload}}))
		checkSafe(t, b.post("/settings/profile/identity", url.Values{"name": {payload}, "email": {"lucia@acme.example"}}).wants(http.StatusOK))
		visitor.headers["User-Agent"] = payload
		visitor.post("/sign-in", credentials("nadie@acme.example", payload))
		b.cookies["__Host-flash"] = flashCookie(t, payload)
		checkSafe(t, b.get("/"))
	}
	o.Grant(func(r *crm.Rights) {
		r.Name, r.Plan = payloads[0], payloads[1]
		r.Banners = []crm.Banner{{Level: payloads[1], Text: map[string]string{"es-MX": payloads[0]}}}
	})
	checkSafe(t, b.get("/settings/account"))
}

func flashCookie(t *testing.T, name string) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"k": "flash.deleted", "n": name, "t": name, "u": 1})
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// checkSafe fails on anything in a page that could run or that a strict policy
// would refuse, and on a page without the policy.
func checkSafe(t *testing.T, a *answer) {
	t.Helper()
	if a.status >= http.StatusInternalServerError && a.status != http.StatusServiceUnavailable {
		t.Errorf("%s answers %d", a.at, a.status)
	}
	policy := a.header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("%s has the policy %q", a.at, policy)
	}
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			checkElement(t, a, n)
		}
	}
}

func checkElement(t *testing.T, a *answer, n *html.Node) {
	t.Helper()
	switch n.Data {
	case "script":
		if !strings.HasPrefix(attribute(n, "src"), "/assets/") || n.FirstChild != nil {
			t.Errorf("%s has a script of its own", a.at)
		}
	case "style", "iframe", "object", "embed", "base", "img":
		t.Errorf("%s has a %s", a.at, n.Data)
	}
	for _, attr := range n.Attr {
		value := strings.ToLower(strings.TrimSpace(attr.Val))
		switch {
		case strings.HasPrefix(attr.Key, "on"), strings.HasPrefix(attr.Key, "hx-on"), attr.Key == "style", attr.Key == "srcdoc",
			attr.Key == "hx-vals" && !strings.HasPrefix(value, "{"):
			t.Errorf("%s has %s=%q", a.at, attr.Key, attr.Val)
		case attr.Key == "href" || attr.Key == "action" || attr.Key == "src" || attr.Key == "formaction":
			if strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") {
				t.Errorf("%s has %s=%q", a.at, attr.Key, attr.Val)
			}
		}
	}
}

func TestEveryPageHasTheHeadersAndIsNotKept(t *testing.T) {
	o := newOffice(t)
	for _, rt := range web.RoutesForTest() {
		method, path, _ := strings.Cut(rt.Pattern, " ")
		if method != http.MethodGet {
			continue
		}
		path = strings.NewReplacer("{id}", "1", "{$}", "").Replace(path)
		a := o.asOwner().send(method, path, nil)
		checkSafe(t, a)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
	}
}

var assetPattern = regexp.MustCompile(`/assets/[\w.-]+`)

// TestPagesStayLight holds the budget of crm.md: 200 KB compressed for the first
// visit, 30 KB later, on the heaviest pages there are.
func TestPagesStayLight(t *testing.T) {
	const first, later = 200 << 10, 30 << 10
	o := newOffice(t)
	for i := range 60 {
		o.contact(fmt.Sprintf("Nombre bastante largo %02d", i), "Apellidos Igual de Largos", fmt.Sprintf("correo.muy.largo.%02d@empresa-de-prueba.example", i))
	}
	b := o.asOwner()
	b.headers["Accept-Encoding"] = "gzip"
	seen := map[string]bool{}
	assets := 0
	plain := o.asOwner().get("/contacts")
	for _, path := range assetPattern.FindAllString(plain.body, -1) {
		if !seen[path] {
			seen[path] = true
			a := b.send(http.MethodGet, path, nil)
			if a.status != http.StatusOK || a.header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s answers %d, kept %q", path, a.status, a.header.Get("Cache-Control"))
			}
			assets += len(a.body)
		}
	}
	for _, path := range []string{"/contacts", "/", "/contacts/new", "/settings/profile"} {
		a := b.send(http.MethodGet, path, nil)
		if a.header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", path)
		}
		if len(a.body) > later || len(a.body)+assets > first {
			t.Errorf("%s weighs %d bytes and the assets %d", path, len(a.body), assets)
		}
		t.Logf("%s: %d bytes, assets %d", path, len(a.body), assets)
	}
}
