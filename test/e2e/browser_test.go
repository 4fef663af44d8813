//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// browserPatience bounds every single step in the browser.
const browserPatience = 30 * time.Second

// browser is one Chromium with a profile of its own, as one person has it.
type browser struct {
	ctx context.Context

	mu       sync.Mutex
	problems []string // what the console complained about, CSP reports included
}

// newBrowser starts Chromium; it ends with the spec.
func newBrowser() *browser {
	GinkgoHelper()
	profile, err := os.MkdirTemp("", "e2e-chromium-")
	Expect(err).NotTo(HaveOccurred())
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.UserDataDir(profile),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "es-MX"),
		chromedp.Flag("accept-lang", "es-MX,es"),
		chromedp.WindowSize(1440, 900),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeTab := chromedp.NewContext(allocator)
	DeferCleanup(func() {
		closeTab()
		stop()
		// Chromium's children may still write for a moment.
		Eventually(func() error { return os.RemoveAll(profile) }).Should(Succeed())
	})
	b := &browser{ctx: ctx}
	Expect(chromedp.Do(ctx)).To(Succeed(), "Chromium starts")
	console := chromedp.Console(ctx)
	go b.listen(console)
	return b
}

// listen keeps what the console says of errors, until the browser is closed.
func (b *browser) listen(console iter.Seq2[chromedp.ConsoleMessage, error]) {
	for message, err := range console {
		if err != nil {
			return
		}
		if message.Type == chromedp.ConsoleError || message.Type == chromedp.ConsoleException {
			b.mu.Lock()
			b.problems = append(b.problems, message.String())
			b.mu.Unlock()
		}
	}
}

// complaints are the errors in the console so far.
func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.problems)
}

// do runs steps and fails the spec, with a screenshot, when one does not work.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	GinkgoHelper()
	ctx, cancel := context.WithTimeout(b.ctx, browserPatience*time.Duration(len(steps)))
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		name := b.shoot("failed")
		Fail(fmt.Sprintf("in the browser at %s: %v (screenshot %s)\n%s", b.address(), err, name, b.text()))
	}
}

// open goes to a path of a tenant's CRM through the front door.
func (b *browser) open(host, path string) {
	GinkgoHelper()
	address, err := frontDoor(host).Parse(path)
	Expect(err).NotTo(HaveOccurred())
	b.do(chromedp.Navigate(address.String()), chromedp.WaitReady(chromedp.CSS("body")))
}

// fill types into the field of that name as a person would, over what was there.
func (b *browser) fill(name, value string) {
	GinkgoHelper()
	selector := fmt.Sprintf(`form [name=%q]`, name)
	b.do(chromedp.WaitVisible(chromedp.CSS(selector)))
	ctx, cancel := context.WithTimeout(b.ctx, browserPatience)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(`(document.querySelector(%q).select(), true)`, selector)))
	Expect(err).NotTo(HaveOccurred(), "selecting what is in %s", name)
	b.do(chromedp.SendKeys(chromedp.CSS(selector), value))
}

// press clicks the button or link that shows these words.
func (b *browser) press(words string) {
	GinkgoHelper()
	quoted := xpathString(words)
	b.do(chromedp.Click(chromedp.Search(fmt.Sprintf(
		`//*[self::button or self::a or self::summary][contains(normalize-space(.), %s) or @aria-label=%s]`, quoted, quoted)), chromedp.NodeVisible))
}

// submit sends the form that holds the field of that name, by the Enter key.
func (b *browser) submit(field string) {
	GinkgoHelper()
	b.do(chromedp.SendKeys(chromedp.CSS(fmt.Sprintf(`form [name=%q]`, field)), kb.Enter))
}

// text is what the page shows, without markup.
func (b *browser) text() string {
	ctx, cancel := context.WithTimeout(b.ctx, browserPatience)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body ? document.body.innerText : ""`))
	if err != nil {
		return "(no page: " + err.Error() + ")"
	}
	return text
}

// sees waits until the page shows these words.
func (b *browser) sees(words string) {
	GinkgoHelper()
	Eventually(b.text, browserPatience, 100*time.Millisecond).Should(ContainSubstring(words),
		func() string { return fmt.Sprintf("at %s (screenshot %s)", b.address(), b.shoot("waiting")) })
}

// arrives waits until the browser is at a path.
func (b *browser) arrives(path string) {
	GinkgoHelper()
	Eventually(func() string {
		address, err := url.Parse(b.address())
		if err != nil {
			return err.Error()
		}
		return address.Path
	}, browserPatience, 100*time.Millisecond).Should(Equal(path), b.text)
}

func (b *browser) address() string {
	ctx, cancel := context.WithTimeout(b.ctx, browserPatience)
	defer cancel()
	address, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return "(unknown)"
	}
	return address
}

// shoot writes a screenshot into build/screens/e2e and returns its name.
func (b *browser) shoot(name string) string {
	ctx, cancel := context.WithTimeout(b.ctx, browserPatience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return "not taken: " + err.Error()
	}
	folder := filepath.Join("..", "..", "build", "screens", "e2e")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "not kept: " + err.Error()
	}
	file := filepath.Join(folder, name+".png")
	if err := os.WriteFile(file, png, 0o644); err != nil {
		return "not kept: " + err.Error()
	}
	return file
}

// frontDoor is the address of a tenant's host as published on this machine.
func frontDoor(host string) *url.URL {
	return &url.URL{Scheme: "http", Host: host + ":" + frontDoorPort}
}

// xpathString quotes words for an XPath expression, which has no escapes.
func xpathString(words string) string {
	if !strings.Contains(words, "'") {
		return "'" + words + "'"
	}
	return `"` + words + `"`
}
