package web_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/grupobizopps/salexops/crm"
)

// sell gives the office deals in every stage and both currencies, won and lost
// ones, and activities of two people.
func (o *office) sell() {
	o.t.Helper()
	must := func(err error) {
		o.t.Helper()
		if err != nil {
			o.t.Fatal(err)
		}
	}
	pipelines, err := o.DB.Pipelines(o.owner)
	must(err)
	stages := pipelines[0].Stages
	for i := range 24 {
		d := crm.Deal{Name: "Negocio " + string(rune('A'+i)), Value: crm.Money{Minor: int64(100_050 + i*12_345), Currency: crm.MXN}, StageID: stages[i%3].ID}
		if i%4 == 1 {
			d.Value.Currency = crm.USD
		}
		switch i % 5 {
		case 0:
			d.ExpectedClose = "2026-10-02"
		case 1, 2:
			d.ExpectedClose = "2026-11-30"
		case 3:
			d.ExpectedClose = "2028-01-01"
		}
		must(o.DB.CreateDeal(o.owner, &d))
		if i%3 == 0 {
			o.Pass(5 * time.Hour)
			_, _, err := o.DB.MoveDeal(o.owner, crm.Move{DealID: d.ID, StageID: stages[2+i%4].ID})
			must(err)
		}
	}
	_, acting := o.hire(crm.RoleSeller)
	acting.MustChangePassword = false
	for _, who := range []context.Context{o.owner, crm.WithActor(o.t.Context(), crm.Actor{User: acting})} {
		must(o.DB.CreateActivity(who, &crm.Activity{Type: crm.ActivityNote, Body: "Quiere otra cotización"}))
		must(o.DB.CreateActivity(who, &crm.Activity{Type: crm.ActivityTask, Subject: "Visita", DoneAt: o.Now()}))
	}
}

// figures are the links of a page to the lists behind its figures, with the
// number or the amount that each shows. A bar has its figure beside the link.
func figures(a *answer) map[string][]string {
	a.t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	found := map[string][]string{}
	for n := range root.Descendants() {
		href := attribute(n, "href")
		if n.Data != "a" || !strings.HasPrefix(href, "/dashboard/") {
			continue
		}
		text := innerText(n)
		if attribute(n, "class") == "bar-link" {
			for s := n.Parent.NextSibling; s != nil; s = s.NextSibling {
				if attribute(s, "class") == "bar-text nums" {
					text = innerText(s)
				}
			}
		}
		found[href] = append(found[href], text)
	}
	return found
}

func innerText(n *html.Node) string {
	var all strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			all.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(all.String(), "\u00a0", " ")), " ")
}

var (
	amount  = regexp.MustCompile(`^(?:(?:Ganado|Perdido) en [^:]*: )?((?:\$|USD) [\d,.]+)`)
	stayed  = regexp.MustCompile(`^[\d.]+ [dh] (\d+ negocios?)$`)
	counted = regexp.MustCompile(`^(\d+)(?: .*)?$`)
)

// Every figure of the page opens a list that comes to the same.
func TestEveryFigureOpensTheListBehindIt(t *testing.T) {
	o := newOffice(t)
	o.sell()
	b := o.asOwner()
	for _, view := range []string{"?period=month", "?period=year&owner=me"} {
		links := figures(b.get("/dashboard" + view).wants(http.StatusOK))
		if len(links) < 50 {
			t.Fatalf("%s has only %d figures", view, len(links))
		}
		for href, texts := range links {
			list := b.get(href).wants(http.StatusOK)
			for _, text := range texts {
				checkFigure(t, href, text, list)
			}
		}
	}
}

// checkFigure compares a figure with what its list says that it comes to, and
// that with its rows.
func checkFigure(t *testing.T, href, text string, list *answer) {
	t.Helper()
	sum, rows := "", strings.Count(list.body, `class="row-link"`)
	root, err := html.Parse(strings.NewReader(list.body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if attribute(n, "class") == "behind-sum" {
			sum = innerText(n)
		}
	}
	if count, _, _ := strings.Cut(sum, " "); count != strconv.Itoa(rows) {
		t.Errorf("%s: the list says %q and has %d rows", href, sum, rows)
	}
	var want string
	switch m, s := amount.FindStringSubmatch(text), stayed.FindStringSubmatch(text); {
	case text == "—", m != nil && strings.HasSuffix(m[1], " 0"):
		want = "0 negocios"
	case s != nil:
		want = s[1]
	case m != nil:
		want = m[1]
	case counted.MatchString(text):
		want = counted.FindStringSubmatch(text)[1]
	default:
		t.Errorf("%s: %q is no figure", href, text)
		return
	}
	if !strings.Contains(" "+sum+" ", " "+want+" ") {
		t.Errorf("%s: %q is not what the list comes to: %q", href, text, sum)
	}
}

func TestADashboardWithNothingSaysWhatToDo(t *testing.T) {
	o := newOffice(t)
	o.asOwner().get("/dashboard").wants(http.StatusOK, "Todavía no hay nada que mirar", "Crear el primer negocio")
}

func TestPeopleOfTheDashboard(t *testing.T) {
	o := newOffice(t)
	o.sell()
	manager := o.asOwner().get("/dashboard")
	manager.wants(http.StatusOK, "Todo el equipo", "Persona seller")
	seller, _ := o.hire(crm.RoleReadOnly)
	page := seller.get("/dashboard?period=twelve")
	page.wants(http.StatusOK, "Ganado y perdido por mes")
	if strings.Contains(page.body, `<select class="form-select dash-select" name="owner"`) {
		t.Error("somebody who manages nobody chooses among people")
	}
	part := o.asOwner().part("/dashboard?period=year&owner=me", "dashboard")
	if strings.Contains(part.body, "<html") || !strings.Contains(part.body, `id="dashboard"`) {
		t.Errorf("a part of the page is %s", clip(part.body))
	}
}

// What an address should not say does no harm.
func TestAddressesOfTheDashboard(t *testing.T) {
	o := newOffice(t)
	o.sell()
	b := o.asOwner()
	b.get("/dashboard?pipeline=99").wants(http.StatusNotFound)
	for _, q := range []url.Values{
		{"period": {"x"}, "owner": {"-1"}}, {"owner": {"abc"}, "pipeline": {"abc"}},
	} {
		b.get("/dashboard?" + q.Encode()).wants(http.StatusOK)
	}
	for _, q := range []string{"status=x&currency=EUR&createdFrom=x", "closeFrom=2026-13-01", "leftFrom=2026-01-01&left=1", "closedFrom=2026-01-01&closedTo=2025-01-01", "reached=99", "type=x"} {
		b.get("/dashboard/deals?" + q).wants(http.StatusOK)
		b.get("/dashboard/activities?" + q).wants(http.StatusOK)
	}
}
