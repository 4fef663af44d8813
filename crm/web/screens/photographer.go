//go:build screens

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/grupobizopps/salexops/crm/web/screens/axe"
)

// photographer takes the pictures and notes what is wrong.
type photographer struct {
	sites *sites
	out   string
	tab   context.Context //nolint:containedctx // chromedp's tab is a context
	taken int

	mu     sync.Mutex
	here   string
	faults []error
}

// listen notes what a browser complains about: policy violations, exceptions.
func (p *photographer) listen() error {
	err := chromedp.Listen(p.tab, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			// An answer with an error status is what some shots are about, and a form
			// is left here without a person who would be asked.
			if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork && !strings.Contains(e.Entry.Text, "beforeunload") {
				p.fault(fmt.Errorf("console: %s", e.Entry.Text))
			}
		case *runtime.EventExceptionThrown:
			p.fault(fmt.Errorf("exception: %s", e.ExceptionDetails.Text))
		}
	})
	if err != nil {
		return err
	}
	return chromedp.Do(p.tab, command(log.Enable, cdp.Empty{}), command(network.Enable, network.EnableParams{}))
}

// command sends one command whose answer does not matter.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

func (p *photographer) fault(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, fmt.Errorf("%s: %w", p.here, err))
}

func (p *photographer) verdict() error { return errors.Join(p.faults...) }

// take brings the page into its state, checks it and photographs it.
func (p *photographer) take(s shot, l look) error {
	ctx, cancel := context.WithTimeout(p.tab, time.Minute)
	defer cancel()
	p.mu.Lock()
	p.here = s.name + " (" + l.String() + ")"
	p.mu.Unlock()
	actions := []chromedp.Action[chromedp.Void]{
		chromedp.EmulateViewport(l.width, l.height),
		// The theme of somebody who has not signed in follows the system.
		command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: l.theme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}}),
		command(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": l.locale}}),
	}
	if s.path != "" {
		actions = append(actions, command(network.ClearBrowserCookies, cdp.Empty{}))
		if !s.nobody {
			actions = append(actions, p.identity(s))
		}
		actions = append(actions, chromedp.Navigate(p.sites.url(s.site, s.path)))
	}
	for _, step := range s.steps {
		actions = append(actions, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			if _, err := chromedp.Evaluate[int](step+";0")(ctx, t); err != nil {
				return err
			}
			return quiet(ctx, t)
		}))
	}
	if s.check != "" {
		actions = append(actions, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			holds, err := chromedp.Evaluate[bool](s.check)(ctx, t)
			if err == nil && !holds {
				p.fault(fmt.Errorf("does not hold: %s", s.check))
			}
			return err
		}))
	}
	actions = append(actions, chromedp.Func(settled), chromedp.Func(p.inspect))
	if err := chromedp.Do(ctx, actions...); err != nil {
		return err
	}
	photograph := chromedp.CaptureScreenshot()
	if s.tall {
		photograph = chromedp.FullScreenshot(100)
	}
	picture, err := chromedp.Run(ctx, photograph)
	if err != nil {
		return err
	}
	p.taken++
	return os.WriteFile(filepath.Join(p.out, s.name+"-"+l.String()+".png"), picture, 0o644) //nolint:gosec // a picture
}

// identity is the session's cookie.
func (p *photographer) identity(s shot) chromedp.Action[chromedp.Void] {
	yes := true
	return command(network.SetCookie, network.SetCookieParams{
		Name: "__Host-session", Value: p.sites.tokens[s.site], URL: p.sites.url(s.site, "/"), Path: "/",
		Secure: &yes, HTTPOnly: &yes, SameSite: network.CookieSameSiteLax,
	})
}

// quiet waits until nothing was on the way for a while. Pictures need no more.
func quiet(ctx context.Context, t *chromedp.Target) error {
	const calm = `document.readyState==="complete" && !document.querySelector(".htmx-request")`
	for inARow := 0; inARow < 6; {
		if _, err := chromedp.Sleep(60*time.Millisecond)(ctx, t); err != nil {
			return err
		}
		ready, err := chromedp.Evaluate[bool](calm)(ctx, t)
		if err != nil && ctx.Err() != nil {
			return err
		}
		inARow++
		if err != nil || !ready {
			inARow = 0 // The page is being replaced.
		}
	}
	return nil
}

// settled waits for the typeface and the last transition.
func settled(ctx context.Context, t *chromedp.Target) error {
	await := func(p *runtime.EvaluateParams) { yes := true; p.AwaitPromise = &yes }
	_, err := chromedp.Evaluate[bool](`document.fonts.ready.then(()=>new Promise(r=>setTimeout(()=>r(true),150)))`, await)(ctx, t)
	return err
}

// inspect notes what is wrong with the page for those who see or point badly.
func (p *photographer) inspect(ctx context.Context, t *chromedp.Target) error {
	faults, err := axe.Inspect(ctx, t)
	for _, fault := range faults {
		p.fault(fault)
	}
	return err
}
