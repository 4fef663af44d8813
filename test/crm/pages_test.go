package crm_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/screens/axe"
	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// Every kind of page that links lead to is opened on a wide light screen and on
// a dark phone: none breaks its policy, runs into a fault, is wider than the
// screen or keeps anybody out. (The other looks are in `make screens`.)
func TestEveryPageIsForEverybody(t *testing.T) {
	p, c := newPlace(t), openChromium(t)
	contact, company, err := p.Furnish(p.owner, 60)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Work(p.owner, contact, company); err != nil {
		t.Fatal(err)
	}
	_, quote, err := p.FurnishDeals(p.owner)
	if err != nil {
		t.Fatal(err)
	}
	lead := &crm.Lead{GivenName: "Begoña", CompanyName: "Vinos del Mar", Emails: []string{"begona@vinosdelmar.example"}}
	if err := p.DB.CreateLead(p.owner, lead); err != nil {
		t.Fatal(err)
	}
	table, err := p.DB.Upload(p.owner, crm.KindContact, "Clientes.csv", strings.NewReader("Nombre;Correo\nAna;ana@correo.example\nEva;no es\n"))
	if err != nil {
		t.Fatal(err)
	}
	token, acting, err := p.SignIn(t.Context(), webtest.OwnerEmail, chosen)
	if err != nil {
		t.Fatal(err)
	}
	yes := true
	send(c, network.SetCookie, network.SetCookieParams{
		Name: "__Host-session", Value: token, URL: p.at("acme", "/"), Path: "/", Secure: &yes, HTTPOnly: &yes,
	})
	pages := c.everywhere(p, "/", "/keys", "/imports", fmt.Sprintf("/imports/%d", table.ID), fmt.Sprintf("/quotes/%d", quote))
	if len(pages) < 50 {
		t.Errorf("only %d kinds of pages are reached: %q", len(pages), pages)
	}
	if err := p.DB.SetPreferences(acting, "en", "dark"); err != nil {
		t.Fatal(err)
	}
	send(c, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 780, DeviceScaleFactor: 1, Mobile: true})
	for _, at := range pages {
		c.inspect(p, at)
	}
	c.isCalm()
}

var number = regexp.MustCompile(`[0-9]+`)

// everywhere inspects the pages that links lead to from some, one of each kind,
// and returns their addresses.
func (c *chromium) everywhere(p *place, from ...string) (pages []string) {
	c.t.Helper()
	const links = `[...document.querySelectorAll("a[href^='/']")].map(a => a.getAttribute("href"))`
	seen := map[string]bool{}
	for todo := from; len(todo) > 0; {
		next, _, _ := strings.Cut(todo[0], "#")
		todo = todo[1:]
		path, _, _ := strings.Cut(next, "?")
		kind := number.ReplaceAllString(path, "N")
		if seen[kind] || isFile(path) {
			continue
		}
		seen[kind] = true
		pages = append(pages, next)
		c.inspect(p, next)
		c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			found, err := chromedp.Evaluate[[]string](links)(ctx, t)
			todo = append(todo, found...)
			return err
		}))
	}
	return pages
}

// isFile says whether an address is of something to download.
func isFile(path string) bool {
	return strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/calendar/feed/") ||
		strings.HasSuffix(path, "/export") || strings.HasSuffix(path, "/rejected")
}

func (c *chromium) inspect(p *place, at string) {
	c.t.Helper()
	c.open(p.at("acme", at))
	c.seen("the whole page", `document.readyState === "complete" && !document.querySelector(".htmx-request")`)
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		faults, err := axe.Inspect(ctx, t)
		for _, fault := range faults {
			c.t.Errorf("%s: %v", at, fault)
		}
		return err
	}))
}
