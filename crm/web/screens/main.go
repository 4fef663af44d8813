//go:build screens

// Command screens starts the whole CRM on seeded data and photographs every
// page, wide and on a phone, light and dark, in Spanish and English. On each
// it runs axe-core and listens for faults in the console; it fails when there
// is a violation or a fault.
//
//	go run -tags screens ./crm/web/screens -out build/screens
//	go run -tags screens ./crm/web/screens -only 'contact' -quick
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"time"

	"github.com/chromedp/chromedp"
)

func main() {
	out := flag.String("out", "build/screens", "folder for the pictures")
	only := flag.String("only", "", "regular expression of the shots to take")
	seen := flag.String("looks", "", "regular expression of the looks, like en-dark-phone")
	quick := flag.Bool("quick", false, "in Spanish alone: wide and light, phone and dark")
	flag.Parse()
	if *quick {
		*seen = quickLooks
	}
	if err := run(*out, *only, *seen); err != nil {
		fmt.Fprintln(os.Stderr, "screens:", err)
		os.Exit(1)
	}
}

// quickLooks are the two that differ most.
const quickLooks = "es-MX-(light-wide|dark-phone)"

func run(out, only, seen string) error {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	looked, err := regexp.Compile(seen)
	if err != nil {
		return fmt.Errorf("-looks: %w", err)
	}
	if err := os.MkdirAll(out, 0o750); err != nil {
		return fmt.Errorf("making the folder of the pictures: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
	defer cancel()
	sites, err := start(ctx)
	if err != nil {
		return err
	}
	defer sites.close()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("force-color-profile", "srgb"))
	browser, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	tab, stopTab := chromedp.NewContext(browser)
	defer stopTab()
	p := &photographer{sites: sites, out: out, tab: tab}
	if err := p.listen(); err != nil {
		return err
	}
	for _, l := range looks() {
		if !looked.MatchString(l.String()) {
			continue
		}
		if err := sites.prepare(ctx, l); err != nil {
			return err
		}
		for _, s := range slices.Concat(shots(sites), peopleShots(sites)) {
			if wanted.MatchString(s.name) {
				if err := p.take(s, l); err != nil {
					return fmt.Errorf("%s (%s): %w", s.name, l, err)
				}
			}
		}
	}
	if p.taken == 0 {
		return fmt.Errorf("no picture is called so: -only %q, -looks %q", only, seen)
	}
	fmt.Printf("%d pictures in %s\n", p.taken, out)
	return p.verdict()
}

// look is one way to see a page.
type look struct {
	locale, theme, size string
	width, height       int64
}

func (l look) String() string { return l.locale + "-" + l.theme + "-" + l.size }

func looks() []look {
	wide := look{size: "wide", width: 1440, height: 900}
	phone := look{size: "phone", width: 360, height: 780}
	with := func(l look, locale, theme string) look { l.locale, l.theme = locale, theme; return l }
	var all []look
	for _, locale := range []string{"es-MX", "en"} {
		for _, theme := range []string{"light", "dark"} {
			all = append(all, with(wide, locale, theme), with(phone, locale, theme))
		}
	}
	return all
}
