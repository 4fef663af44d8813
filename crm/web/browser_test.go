package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grupobizopps/salexops/crm"
)

// browser keeps cookies and goes where it is sent, as a browser without a script.
type browser struct {
	t       *testing.T
	handler http.Handler
	cookies map[string]string
	headers map[string]string
}

func (o *office) browser() *browser {
	return &browser{t: o.t, handler: o.Handler, cookies: map[string]string{}, headers: map[string]string{}}
}

// asOwner is a browser in which the owner signed in.
func (o *office) asOwner() *browser {
	b := o.browser()
	b.cookies["__Host-session"] = o.token
	return b
}

// hire invites somebody, who chooses a password and signs in.
func (o *office) hire(role crm.Role) (*browser, *crm.User) {
	o.t.Helper()
	u := &crm.User{Email: string(role) + "@acme.example", Name: "Persona " + string(role), Role: role, Locale: "es-MX"}
	initial, err := o.DB.CreateUser(o.owner, u)
	if err != nil {
		o.t.Fatal(err)
	}
	_, acting, err := o.SignIn(o.t.Context(), u.Email, initial)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := o.DB.ChangePassword(acting, initial, chosen); err != nil {
		o.t.Fatal(err)
	}
	token, _, err := o.SignIn(o.t.Context(), u.Email, chosen)
	if err != nil {
		o.t.Fatal(err)
	}
	b := o.browser()
	b.cookies["__Host-session"] = token
	return b, u
}

// answer is what came back, its page read.
type answer struct {
	t      *testing.T
	status int
	header http.Header
	body   string
	at     string // the last address
}

func (b *browser) get(path string) *answer { return b.follow(b.send(http.MethodGet, path, nil)) }

func (b *browser) post(path string, form url.Values) *answer {
	return b.follow(b.send(http.MethodPost, path, form))
}

// part asks as htmx does, for the element with this id.
func (b *browser) part(path, target string) *answer {
	b.headers["HX-Request"], b.headers["HX-Target"] = "true", target
	defer func() { delete(b.headers, "HX-Request"); delete(b.headers, "HX-Target") }()
	return b.send(http.MethodGet, path, nil)
}

// send makes one request and does not follow.
func (b *browser) send(method, path string, form url.Values) *answer {
	b.t.Helper()
	r := httptest.NewRequestWithContext(b.t.Context(), method, "http://acme.localhost"+path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for name, value := range b.headers {
		r.Header.Set(name, value)
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	result := w.Result()
	defer func() { _ = result.Body.Close() }()
	body, err := io.ReadAll(result.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range result.Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return &answer{t: b.t, status: result.StatusCode, header: result.Header, body: string(body), at: path}
}

func (b *browser) follow(a *answer) *answer {
	b.t.Helper()
	for range 5 {
		if a.status != http.StatusSeeOther {
			return a
		}
		to, _, _ := strings.Cut(a.header.Get("Location"), "#")
		a = b.send(http.MethodGet, to, nil)
	}
	b.t.Fatalf("sent in circles, last to %s", a.at)
	return nil
}

// text is what a person reads, without the markup.
func (a *answer) text() string {
	a.t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	var out strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode && (n.Parent == nil || n.Parent.Data != "noscript") {
			out.WriteString(" " + n.Data)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

func (a *answer) wants(status int, words ...string) *answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("%s answers %d, want %d: %s", a.at, a.status, status, clip(a.text()))
	}
	text := a.text()
	for _, word := range words {
		if !strings.Contains(text, word) {
			a.t.Errorf("%s does not say %q: %s", a.at, word, clip(text))
		}
	}
	return a
}

func (a *answer) lacks(words ...string) *answer {
	a.t.Helper()
	for _, word := range words {
		if strings.Contains(a.text(), word) {
			a.t.Errorf("%s says %q: %s", a.at, word, clip(a.text()))
		}
	}
	return a
}

func clip(s string) string { return s[:min(len(s), 700)] }

// fields are the values of the page's form with this action, as a browser
// would send them.
func (a *answer) fields(action string) url.Values {
	a.t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	values := url.Values{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" || attribute(n, "action") != action {
			continue
		}
		for field := range n.Descendants() {
			addField(values, field)
		}
		return values
	}
	a.t.Fatalf("%s has no form for %s", a.at, action)
	return nil
}

func addField(values url.Values, n *html.Node) {
	name := attribute(n, "name")
	if n.Type != html.ElementNode || name == "" {
		return
	}
	switch n.Data {
	case "input":
		if kind := attribute(n, "type"); (kind == "radio" || kind == "checkbox") && !has(n, "checked") {
			return
		}
		values.Add(name, attribute(n, "value"))
	case "select":
		for option := range n.Descendants() {
			if option.Data == "option" && has(option, "selected") {
				values.Add(name, attribute(option, "value"))
			}
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// offers says whether the page has a form with this action.
func (a *answer) offers(action string) bool {
	return strings.Contains(a.body, `action="`+action+`"`)
}

// link is where the link with this text leads.
func (a *answer) link(text string) string {
	a.t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		var words strings.Builder
		for inner := range n.Descendants() {
			if inner.Type == html.TextNode {
				words.WriteString(inner.Data)
			}
		}
		if strings.TrimSpace(words.String()) == text {
			return attribute(n, "href")
		}
	}
	a.t.Fatalf("%s has no link %q", a.at, text)
	return ""
}
