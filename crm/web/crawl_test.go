package web_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/page"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// crawler goes to every page that links and forms lead to, as somebody who
// wants to try every field.
type crawler struct {
	*browser
	also []string       // further pages to begin at
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

// walk looks at every page that can be reached from the first one, and from
// records that are not among the first of their kind.
func (c *crawler) walk(look func(*answer)) {
	c.t.Helper()
	c.seen, c.todo = map[string]int{}, slices.Concat([]string{"/"}, c.also)
	for len(c.todo) > 0 {
		next := c.todo[0]
		c.todo = c.todo[1:]
		if kind := kindOf(next); c.seen[kind] < perKind {
			c.seen[kind]++
			found := c.send(http.MethodGet, next, nil)
			if strings.HasPrefix(found.header.Get("Content-Type"), "text/html") {
				look(found)
				c.todo = append(c.todo, found.links()...)
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
	got := c.post(f.action, values)
	for _, instead := range []string{"as it was", "", "1", "100", "ana@acme.example", "2026-12-01"} {
		checkSafe(c.t, got)
		faulty := got.faulty()
		if got.status != http.StatusUnprocessableEntity || len(faulty) == 0 {
			break
		}
		for _, name := range faulty {
			if instead == "as it was" {
				values[name] = f.values[name]
			} else {
				values[name] = []string{instead}
			}
		}
		got = c.post(f.action, values)
	}
	return got
}

// unsafeToTry are forms that would end the walk, since they sign out or change
// how one signs in; safety_test.go tries their fields.
var unsafeToTry = regexp.MustCompile(`^/(sign-out|password|settings/(sessions|two-step|passkeys|export|team/\d+/(reset|disable)).*)`)

// furnished is a crawler in an office with something of every kind, whose owner
// has just signed in: time passed meanwhile.
func furnished(t *testing.T) *crawler {
	t.Helper()
	o := newOffice(t)
	contact, company, err := o.Furnish(o.owner, 3)
	if err != nil {
		t.Fatal(err)
	}
	_, quote, err := o.FurnishDeals(o.owner)
	if err != nil {
		t.Fatal(err)
	}
	field := &crm.CustomField{Kind: crm.KindContact, Label: "Giro", Type: crm.FieldText}
	view := &crm.View{Kind: crm.KindContact, Name: "Los del norte", Params: "q=norte"}
	member := &crm.User{Email: "javier@acme.example", Name: "Javier Peña", Role: crm.RoleSeller}
	_, hired := o.DB.CreateUser(o.owner, member)
	table, uploaded := o.DB.Upload(o.owner, crm.KindContact, "clientes.csv", strings.NewReader("Nombre;Puesto\n"+payloads[1]+";Compras\n"))
	if err := errors.Join(
		hired, uploaded, o.Work(o.owner, contact, company), o.DB.CreateCustomField(o.owner, field), o.DB.SaveView(o.owner, view),
		o.DB.CreateLead(o.owner, &crm.Lead{GivenName: "Begoña", CompanyName: "Vinos del Mar"}),
	); err != nil {
		t.Fatal(err)
	}
	if o.token, o.owner, err = o.SignIn(t.Context(), webtest.OwnerEmail, chosen); err != nil {
		t.Fatal(err)
	}
	return &crawler{browser: o.asOwner(), also: []string{
		page.QuoteLink(quote), page.QuoteLink(quote) + "/edit", page.ImportLink(table.ID),
		fmt.Sprintf("/settings/fields/%d", field.ID), fmt.Sprintf("/contacts/view?view=%d", view.ID), fmt.Sprintf("/settings/team/%d", member.ID),
	}}
}

// TestNoFieldOfAnyFormRunsAnything types payloads into every field for text of
// every form that links lead to, and then looks at every page again.
func TestNoFieldOfAnyFormRunsAnything(t *testing.T) {
	c := furnished(t)
	tried, taken := map[string]bool{}, 0
	payload := payloads[1]
	c.walk(func(a *answer) {
		checkSafe(t, a)
		for _, f := range a.forms() {
			key := kindOf(f.action) + strings.Join(f.text, " ")
			if len(f.text) == 0 || tried[key] || unsafeToTry.MatchString(f.action) {
				continue
			}
			tried[key] = true
			if got := c.try(f, payload); got.status == http.StatusOK {
				taken++
			}
		}
	})
	stored := 0
	c.walk(func(a *answer) {
		checkSafe(t, a)
		if strings.Contains(a.text(), payload) {
			stored++
		}
	})
	t.Logf("%d kinds of forms, %d taken; %d pages show what was typed", len(tried), taken, stored)
	if len(tried) < 38 || taken < 36 || stored < 100 {
		t.Errorf("%d kinds of forms were tried, %d taken, and %d pages show what was typed", len(tried), taken, stored)
	}
}

// TestNoSearchFieldIsASyntax asks every page that takes a query what databases
// and search engines would stumble over.
func TestNoSearchFieldIsASyntax(t *testing.T) {
	c := furnished(t)
	fields := map[string]bool{}
	c.walk(func(a *answer) {
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
