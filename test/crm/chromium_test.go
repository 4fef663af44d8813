// Package crm_test tries the CRM in a real browser: what only shows there.
package crm_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/grupobizopps/salexops/crm/web/webtest"
)

// patience bounds the wait for anything in the browser.
const patience = 30 * time.Second

const chosen = "otra frase nada sencilla"

// place is a CRM that answers on the network, whose owner has chosen a password.
type place struct {
	*webtest.Office
	owner context.Context //nolint:containedctx // who acts in direct calls
	port  string
}

func newPlace(t *testing.T) *place {
	t.Helper()
	o, err := webtest.Open(t.Context(), webtest.Options{Folder: t.TempDir(), Now: time.Date(2026, 11, 23, 17, 42, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	p := &place{Office: o}
	if _, p.owner, err = o.Settle(t.Context(), chosen); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(o.Handler.ServeHTTP))
	t.Cleanup(func() {
		server.Close()
		if err := o.DB.Close(); err != nil {
			t.Errorf("closing the database: %v", err)
		}
	})
	_, p.port, _ = net.SplitHostPort(server.Listener.Addr().String())
	return p
}

// at is the address of a page; every tenant has a host name of its own.
func (p *place) at(host, path string) string { return "http://" + host + ".localhost:" + p.port + path }

// chromium is one browser, in Spanish, that keeps what its console complains of.
type chromium struct {
	t   *testing.T
	tab context.Context //nolint:containedctx // chromedp's tab is a context

	mutex      sync.Mutex
	complaints []string
}

func openChromium(t *testing.T) *chromium {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("accept-lang", "es-MX,es"), chromedp.WindowSize(1440, 900))
	browser, stop := chromedp.NewExecAllocator(t.Context(), options...)
	tab, closeTab := chromedp.NewContext(browser)
	t.Cleanup(func() { closeTab(); stop() })
	c := &chromium{t: t, tab: tab}
	if err := chromedp.Listen(tab, c.hear); err != nil {
		t.Fatal(err)
	}
	send(c, log.Enable, cdp.Empty{})
	return c
}

// hear notes faults of scripts and of the page's policy. That an answer had an
// error status is no fault of the page.
func (c *chromium) hear(event any) {
	words := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
			words = e.Entry.Text
		}
	case *runtime.EventExceptionThrown:
		words = e.ExceptionDetails.Text
	}
	if words != "" {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		c.complaints = append(c.complaints, words)
	}
}

func (c *chromium) isCalm() {
	c.t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if len(c.complaints) > 0 {
		c.t.Errorf("the console complains: %q", c.complaints)
	}
}

// send sends a command of the DevTools protocol.
func send[P, R any](c *chromium, command cdp.Command[P, R], params P) (result R) {
	c.t.Helper()
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) (err error) {
		result, err = cdp.Call(ctx, t, command, params)
		return err
	}))
	return result
}

func (c *chromium) do(steps ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.tab, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		c.t.Fatalf("%v, on the page: %s", err, c.text())
	}
}

func (c *chromium) open(address string) {
	c.t.Helper()
	c.do(chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("body")))
}

// fill types over what a field holds.
func (c *chromium) fill(name, value string) {
	c.t.Helper()
	field := chromedp.CSS(fmt.Sprintf(`form [name=%q]:not([type=hidden])`, name))
	c.do(chromedp.WaitVisible(field), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[bool](fmt.Sprintf(`(document.querySelector('form [name=%q]:not([type=hidden])').select(), true)`, name))(ctx, t)
		return err
	}), chromedp.SendKeys(field, kb.Delete+value))
}

// press clicks the button or link that says these words.
func (c *chromium) press(words string) {
	c.t.Helper()
	c.do(chromedp.Click(chromedp.Search(fmt.Sprintf(
		`//*[self::button or self::a or self::summary][contains(normalize-space(.), %[1]q) or contains(@aria-label, %[1]q)]`, words)), chromedp.NodeVisible))
}

// text is what the page shows.
func (c *chromium) text() string {
	ctx, cancel := context.WithTimeout(c.tab, patience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.readyState === "complete" ? document.body.innerText : ""`))
	if err != nil {
		return "" // The page is being replaced.
	}
	return strings.Join(strings.Fields(text), " ")
}

// sees waits until the page shows all these words.
func (c *chromium) sees(words ...string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.tab, patience)
	defer cancel()
	for {
		text, missing := c.text(), ""
		for _, word := range words {
			if !strings.Contains(text, word) {
				missing = word
			}
		}
		if missing == "" {
			return
		}
		if _, err := chromedp.Run(ctx, chromedp.Sleep(50*time.Millisecond)); err != nil {
			c.t.Fatalf("the page does not say %q: %s", missing, text)
		}
	}
}
