package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grupobizopps/salexops/crm/web"
)

// crawler goes to every page that links and forms lead to, as somebody who
// wants to try every field.
type crawler struct {
	*browser
	seen map[string]int // how often a kind of page was looked at
	todo []string
}

// perKind is how many pages of one kind are looked at: records differ.
const perKind = 3

var digits = regexp.MustCompile(`[0-9]+`)

// kindOf is an address without what makes it one of many.
func kindOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return digits.ReplaceAllString(u.Path, "{id}") + "?" + strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
}

// walk looks at every page that can be reached from here.
func (c *crawler) walk(start string, look func(*answer)) {
	c.t.Helper()
	c.seen, c.todo = map[string]int{}, []string{start}
	for len(c.todo) > 0 {
		next := c.todo[0]
		c.todo = c.todo[1:]
		if kind := kindOf(next); c.seen[kind] < perKind {
			c.seen[kind]++
			page := c.send(http.MethodGet, next, nil)
			if strings.HasPrefix(page.header.Get("Content-Type"), "text/html") {
				look(page)
				c.todo = append(c.todo, page.links()...)
			}
		}
	}
}

// links are where the page leads to within the CRM.
func (a *answer) links() (all []string) {
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		to, _, _ := strings.Cut(attribute(n, "href"), "#")
		if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "/assets/") {
			all = append(all, to)
		}
	}
	return all
}

// form is a form of a page with the names of its fields for text.
type form struct {
	action string
	values url.Values
	text   []string
}

// forms are those of the page that change something.
func (a *answer) forms() (all []form) {
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || attribute(n, "method") != "post" {
			continue
		}
		f := form{action: attribute(n, "action"), values: url.Values{}}
		for field := range n.Descendants() {
			addField(f.values, field)
			if takesText(field) {
				f.text = append(f.text, attribute(field, "name"))
			}
		}
		all = append(all, f)
	}
	return all
}

func takesText(n *html.Node) bool {
	if n.Type != html.ElementNode || attribute(n, "name") == "" {
		return false
	}
	kind := attribute(n, "type")
	return n.Data == "textarea" || n.Data == "input" && (kind == "" || kind == "text" || kind == "search" || kind == "url" || kind == "tel" || kind == "email")
}

// faulty are the fields that the page marks.
func (a *answer) faulty() (names []string) {
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (attribute(n, "aria-invalid") == "true" || strings.Contains(attribute(n, "class"), "is-invalid")) {
			names = append(names, attribute(n, "name"))
		}
	}
	return names
}

// try sends a form with the payload in every field for text. Where the payload
// is refused, something that may be is sent instead, until the form is taken.
func (c *crawler) try(f form, payload string) *answer {
	c.t.Helper()
	values := maps.Clone(f.values)
	for _, name := range f.text {
		values[name] = []string{payload}
	}
	page := c.post(f.action, values)
	for _, instead := range []string{"as it was", "", "1", "100", "ana@acme.example", "2026-12-01"} {
		checkSafe(c.t, page)
		faulty := page.faulty()
		if page.status != http.StatusUnprocessableEntity || len(faulty) == 0 {
			break
		}
		for _, name := range faulty {
			if instead == "as it was" {
				values[name] = f.values[name]
			} else {
				values[name] = []string{instead}
			}
		}
		page = c.post(f.action, values)
	}
	return page
}

// unsafeToTry are forms that would end the walk: they sign out, change how one
// signs in, or end the contract. Their fields are tried elsewhere in this file's
// neighbours.
var unsafeToTry = regexp.MustCompile(`^/(sign-out|password|settings/(account/cancel|sessions|two-step|passkeys|export|bin/purge|team/\d+/(reset|disable)).*)`)

// TestNoFieldOfAnyFormRunsAnything types payloads into every field for text of
// every form that links lead to, and then looks at every page again.
func TestNoFieldOfAnyFormRunsAnything(t *testing.T) {
	o := newOffice(t)
	if _, _, err := o.Furnish(o.owner, 3); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.FurnishDeals(o.owner); err != nil {
		t.Fatal(err)
	}
	b := o.asOwner()
	c := &crawler{browser: b}
	sent, tried, taken := map[string]bool{}, map[string]bool{}, 0
	payload := payloads[1]
	c.walk("/", func(a *answer) {
		checkSafe(t, a)
		for _, f := range a.forms() {
			sent[kindOf(f.action)] = true
			key := kindOf(f.action) + strings.Join(f.text, " ")
			if len(f.text) == 0 || tried[key] || unsafeToTry.MatchString(f.action) {
				continue
			}
			tried[key] = true
			if page := c.try(f, payload); page.status == http.StatusOK {
				taken++
			} else {
				t.Logf("%s: not taken, %d: %v", f.action, page.status, page.faulty())
			}
		}
	})
	stored := 0
	c.walk("/", func(a *answer) {
		checkSafe(t, a)
		if strings.Contains(a.text(), payload) {
			stored++
		}
	})
	t.Logf("%d kinds of forms, %d taken; %d pages show what was typed", len(tried), taken, stored)
	if len(tried) < 30 || taken < 20 || stored < 20 {
		t.Errorf("%d kinds of forms were tried, %d taken, and %d pages show what was typed", len(tried), taken, stored)
	}
	for _, r := range web.RoutesForTest() {
		method, path, _ := strings.Cut(r.Pattern, " ")
		if method == http.MethodPost && r.Role != "" && !sent[strings.ReplaceAll(path, "{id}", "{id}")+"?"] {
			t.Logf("no form leads to %s", path)
		}
	}
}

// TestNoSearchFieldIsASyntax asks every page that takes a query what databases
// and search engines would stumble over.
func TestNoSearchFieldIsASyntax(t *testing.T) {
	o := newOffice(t)
	if _, _, err := o.Furnish(o.owner, 3); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.FurnishDeals(o.owner); err != nil {
		t.Fatal(err)
	}
	b := o.asOwner()
	c := &crawler{browser: b}
	fields := map[string]bool{}
	c.walk("/", func(a *answer) {
		for _, f := range a.searches() {
			fields[f] = true
		}
	})
	for _, extra := range []string{"/search?q", "/search/suggest?q", "/companies/pick?company", "/pick/company?company", "/pick/contact?contact", "/products/pick?name-0", "/tags/pick?tags", "/activities/about?about"} {
		fields[extra] = true
	}
	if len(fields) < 15 {
		t.Errorf("only %v take a query", slices.Sorted(maps.Keys(fields)))
	}
	for field := range fields {
		path, name, _ := strings.Cut(field, "?")
		for _, typed := range []string{
			`'`, `"`, `";--`, `' OR '1'='1`, `%`, `_`, `\`, `*`, `NEAR(a b)`, `a NOT b`, `AND`, `OR`, `-`, `^x`, `{a}: b`, `name:x`, `(`, `a"b`, `sel*`, "\x00", "\U0001F525", `1e999`, `-30d`, `2026-13-45`, strings.Repeat("a ", 2000),
		} {
			a := c.send(http.MethodGet, path+"?"+name+"="+url.QueryEscape(typed), nil)
			if a.status >= http.StatusInternalServerError || a.status == 0 {
				t.Errorf("%s=%q answers %d", field, typed, a.status)
			}
		}
	}
}

// searches are the fields for text of the page's forms that only ask, as
// "path?name".
func (a *answer) searches() (all []string) {
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || attribute(n, "method") == "post" {
			continue
		}
		for field := range n.Descendants() {
			if takesText(field) {
				path, _, _ := strings.Cut(attribute(n, "action"), "?")
				all = append(all, path+"?"+attribute(field, "name"))
			}
		}
	}
	return all
}
