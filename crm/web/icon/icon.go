// Package icon holds the outline icons that pages use, inlined as SVG so that a
// page needs no request for them. The list is hack/assets/icons.txt.
package icon

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
)

//go:embed outline/*.svg
var files embed.FS

var (
	drawing = regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	blank   = regexp.MustCompile(`\s*\n\s*`)
	icons   = load()
)

// load reads the embedded files; they are part of the binary, so a fault in
// one is a fault of the build and stops it at the first test.
func load() map[string]string {
	entries, err := files.ReadDir("outline")
	if err != nil {
		panic(fmt.Errorf("listing the icons: %w", err))
	}
	found := make(map[string]string, len(entries))
	for _, e := range entries {
		text, err := files.ReadFile("outline/" + e.Name())
		if err != nil {
			panic(fmt.Errorf("reading the icon %s: %w", e.Name(), err))
		}
		inner := drawing.FindSubmatch(text)
		if inner == nil {
			panic(fmt.Errorf("the icon %s is not an SVG", e.Name()))
		}
		name := strings.TrimSuffix(e.Name(), ".svg")
		found[name] = `<svg class="icon" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">` +
			blank.ReplaceAllString(strings.TrimSpace(string(inner[1])), "") + `</svg>`
	}
	return found
}

// SVG is the markup of an icon; an unknown name gives nothing.
func SVG(name string) string { return icons[name] }

// Names lists the icons there are, for tests.
func Names() []string {
	names := make([]string, 0, len(icons))
	for name := range icons {
		names = append(names, name)
	}
	return names
}
