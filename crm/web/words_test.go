package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"github.com/grupobizopps/salexops/crm"
)

// sameInBoth are words that are no translation's business: names of things,
// data of this test, and what two languages happen to share.
var sameInBoth = []string{
	"SaleXops", "Ferretería Acme", "Lucía Moreno", "lucia@acme.example", "LM", "S", "/", "·",
	"José Núñez", "José", "Núñez", "José Núñez · Ferretería Acme", "Grupo Yaqui · Ferretería Acme", "jose@correo.example", "Grupo Yaqui", "grupoyaqui.example", "Chrome", "RFC", "API",
	"Español (México)", "English", "Team", "SaleXops CRM 1.0.0", "203.0.113.7 ·", "lucia@acme.example ·",
	"Prospecto", "Calificado", "Propuesta", "Negociación", "Ganado",
	"José Núñez · Lucía Moreno", "José Núñez · jose@correo.example", "1040 · Ferretería Acme",
	"KB", "MB", "Hermosillo", "No", "JN", "GY", "Persona manager", "manager@acme.example ·", "203.0.113.7",
}

// TestNoTextOutsideTheCatalogue reads every page in both languages: a text that
// is the same in both, and is no data, was written into the page.
func TestNoTextOutsideTheCatalogue(t *testing.T) {
	o := newOffice(t)
	c := &crm.Contact{GivenName: "José", FamilyName: "Núñez", Emails: []string{"jose@correo.example"}}
	if err := o.DB.CreateContact(o.owner, c); err != nil {
		t.Fatal(err)
	}
	company := &crm.Company{Name: "Grupo Yaqui", Domain: "grupoyaqui.example", Address: crm.Address{City: "Hermosillo"}}
	if err := o.DB.CreateCompany(o.owner, company); err != nil {
		t.Fatal(err)
	}
	for _, a := range []crm.Activity{
		{Type: crm.ActivityTask, Subject: "1040", Starts: "2026-11-20", Reminder: crm.RemindHour, ContactID: c.ID},
		{Type: crm.ActivityTask, Subject: "1041", Starts: "2026-11-24", CompanyID: company.ID},
		{Type: crm.ActivityMeeting, Subject: "1042", Starts: "2026-11-23T18:00", Ends: "2026-11-23T19:00", ContactID: c.ID},
		{Type: crm.ActivityCall, Starts: "2026-11-23T09:00", DoneAt: o.Now(), ContactID: c.ID},
		{Type: crm.ActivityNote, Body: "1043", ContactID: c.ID},
	} {
		o.activity(a)
	}
	o.hire(crm.RoleManager)
	b := o.asOwner()
	speak := func(locale string) {
		b.post("/settings/profile", url.Values{"locale": {locale}, "theme": {"auto"}}).wants(http.StatusOK)
		b.headers["Accept-Language"] = locale
	}
	ask := map[string]func() *answer{
		"sign-in":  func() *answer { a := o.browser(); a.headers = b.headers; return a.get("/sign-in?ended=expired") },
		"faulty":   func() *answer { return b.post("/contacts", url.Values{"emails": {"no"}, "company": {"Grupo"}}) },
		"conflict": func() *answer { return b.post("/contacts/1", url.Values{"givenName": {"No"}}) },
		"figures":  func() *answer { return b.get("/dashboard?owner=me") },
		"behind":   func() *answer { return b.get("/dashboard/deals?status=open&undated=1") },
		"work":     func() *answer { return b.get("/dashboard/activities") },
		"missing":  func() *answer { return b.get("/contacts/99") },
		"method":   func() *answer { return b.get("/undo") },
		"pick":     func() *answer { return b.part("/companies/pick?company=gru", "company-options") },
		"about":    func() *answer { return b.part("/activities/about?about=jos", "about-options") },
		"meeting":  func() *answer { return b.post("/activities", url.Values{"type": {"meeting"}, "about": {"jos"}}) },
		"poll":     func() *answer { return b.part("/reminders", "reminders") },
		"suggest":  func() *answer { return b.part("/search/suggest?q=jos", "search-options") },
	}
	for _, path := range []string{
		"/", "/contacts", "/contacts?q=xyzzy", "/contacts/1", "/contacts/new", "/contacts/1/edit", "/companies", "/companies/1",
		"/companies/new", "/search", "/search?q=jose", "/settings/profile", "/settings/security", "/settings/two-step", "/settings/passkeys/new", "/settings/sign-ins", "/settings/team", "/settings/team/new", "/settings/account",
		"/tasks", "/tasks?state=done", "/tasks?state=overdue&owner=all", "/calendar", "/calendar?view=week", "/mentions", "/activities/1", "/activities/3/edit",
		"/activities/new?type=note", "/activities/new?type=call&contact=1", "/activities/new?type=task", "/activities/new?type=meeting",
		"/contacts/1?show=changes",
	} {
		ask[path] = func() *answer { return b.get(path) }
	}
	spanish := map[string]map[string]bool{}
	speak("es-MX")
	for name, do := range ask {
		spanish[name] = texts(do())
	}
	speak("en")
	for name, do := range ask {
		for text := range texts(do()) {
			if spanish[name][text] && !isData(text) {
				t.Errorf("%s: %q is in both languages", name, text)
			}
		}
	}
}

// texts are the words of a page: what is read, and what is read aloud.
func texts(a *answer) map[string]bool {
	a.t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	found := map[string]bool{}
	add := func(s string) {
		if s = strings.Join(strings.Fields(s), " "); strings.IndexFunc(s, unicode.IsLetter) >= 0 {
			found[s] = true
		}
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && attribute(n.Parent, "class") == "secret": // no word
		case n.Type == html.TextNode && n.Parent.Data != "script":
			add(n.Data)
		case n.Type == html.ElementNode:
			for _, name := range []string{"title", "aria-label", "placeholder", "alt"} {
				add(attribute(n, name))
			}
		}
	}
	return found
}

// size is an amount of storage, which the two languages write the same way.
var size = regexp.MustCompile(`^[\d.,]+ [KMG]B$`)

func isData(text string) bool {
	if size.MatchString(text) {
		return true
	}
	for _, word := range sameInBoth {
		if text == word {
			return true
		}
	}
	return false
}
