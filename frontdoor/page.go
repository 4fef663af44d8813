package frontdoor

import (
	"bytes"
	_ "embed" // the page's template
	"encoding/json"
	"html/template"
	"net/http"
	"strconv"
	"strings"
)

//go:embed page/page.gohtml
var pageSource string

// Contact is how a tenant reaches the business; both may be empty.
type Contact struct {
	BillingURL string // where to pay, https
	Email      string // questions about the account
}

// Pages writes the front door's own answers.
type Pages struct {
	template *template.Template
	policy   string
	contact  Contact
}

// NewPages prepares the pages.
func NewPages(contact Contact) *Pages {
	sheet, policy := style()
	parsed := template.Must(template.New("page").
		Funcs(template.FuncMap{"style": func() template.CSS { return sheet }}).
		Parse(pageSource))
	return &Pages{template: parsed, policy: policy, contact: contact}
}

type step struct{ Text, Mail string }

// content is a page in one language, filled in.
type content struct {
	Lang, Title, Brand, Lead string
	Rest                     []string
	StepsTitle               string
	Steps                    []step
	Ask                      *step
	Action, ActionURL        string
	Lost, Wait               string
	Refresh                  int
	Tone                     string
	Icon                     template.HTML
	IDLabel, ID              string
}

// Write answers with a page: HTML for a person, problem+json for a program. id
// is the request's, t the zero Tenant when there is none.
func (p *Pages) Write(w http.ResponseWriter, r *http.Request, kind PageKind, t Tenant, id string) {
	language := speak(r.Header.Get("Accept-Language"))
	c := p.fill(language, kind, t, canonicalHost(r.Host), id, safe(r.Method))
	h := w.Header()
	h.Set("Content-Language", language.lang)
	h.Set("Vary", "Accept, Accept-Language")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Request-Id", id)
	if after := kinds[kind].retryAfter; after > 0 {
		h.Set("Retry-After", strconv.Itoa(int(after.Seconds())))
	}
	var body []byte
	if strings.Contains(r.Header.Get("Accept"), "text/html") {
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", p.policy)
		body = p.html(&c)
	} else {
		h.Set("Content-Type", "application/problem+json")
		body = problem(&c, kind, id)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(kinds[kind].status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the browser may have gone
	}
}

func (p *Pages) html(c *content) []byte {
	var text bytes.Buffer
	// The template and its data are this package's own, and a buffer takes
	// everything: a failure is a fault of the program that every test shows.
	if err := p.template.Execute(&text, c); err != nil {
		panic(err)
	}
	return text.Bytes()
}

func problem(c *content, kind PageKind, id string) []byte {
	body, err := json.Marshal(struct {
		Title  string `json:"title"`
		Detail string `json:"detail"`
		Status int    `json:"status"`
		Reason string `json:"reason"`
		ID     string `json:"requestId"`
	}{c.Title, c.Lead, kinds[kind].status, kind.String(), id})
	if err != nil { // strings and a number always encode
		return []byte("{}")
	}
	return append(body, '\n')
}

func (p *Pages) fill(l *phrases, kind PageKind, t Tenant, host, id string, safe bool) content {
	says, is := &l.pages[kind], &kinds[kind]
	name, brand := t.DisplayName, t.DisplayName
	if name == "" {
		name, brand = l.someone, "SaleXops"
	}
	lead, date := says.lead, l.say(t.PaidThrough)
	if date == "" && strings.Contains(lead, "{date}") {
		lead = l.undated
	}
	filled := strings.NewReplacer("{name}", name, "{host}", cut(host, 120), "{date}", date)
	c := content{Lang: l.lang, Title: filled.Replace(says.title), Lead: filled.Replace(lead), Brand: brand,
		Rest: says.rest, StepsTitle: l.howTo, Tone: is.tone, Icon: icon(is.icon), IDLabel: l.id, ID: id}
	for _, text := range says.steps {
		c.Steps = append(c.Steps, step{Text: text})
	}
	c.Action, c.ActionURL = p.action(kind, says)
	p.addContact(&c, kind, l)
	switch {
	case safe && is.refresh:
		c.Refresh, c.Wait = int(is.retryAfter.Seconds()), l.wait
	case !safe && is.retryAfter > 0:
		// Looking again would be a GET, and what was typed must not vanish.
		c.Lost, c.Action = l.lost+" "+l.resend, ""
	case !safe:
		c.Lost = l.lost
	}
	return c
}

// addContact says whom to ask, where a person can be of help.
func (p *Pages) addContact(c *content, kind PageKind, l *phrases) {
	if p.contact.Email == "" {
		return
	}
	ask := step{Text: l.questions, Mail: p.contact.Email}
	switch kind {
	case PagePayment, PagePaymentNotice, PagePaymentPurged:
		c.Steps = append(c.Steps, ask)
	case PagePending, PageSuspended, PageEnded, PageUnreachable:
		c.Ask = &ask
	default: // nobody can do more than wait, or spell
	}
}

// action is the button: to pay where the business said how, else to try again.
func (p *Pages) action(kind PageKind, says *words) (label, url string) {
	switch kind {
	case PagePayment, PagePaymentNotice, PagePaymentPurged:
		if p.contact.BillingURL == "" {
			return "", ""
		}
		return says.action, p.contact.BillingURL
	default:
		return says.action, ""
	}
}

func icon(drawing string) template.HTML {
	//nolint:gosec // G203: a constant of this package
	return template.HTML(`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">` + drawing + `</svg>`)
}

// safe reports whether a method only asks.
func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead
}
