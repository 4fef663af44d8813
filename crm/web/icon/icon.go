// Package icon holds the outline icons that pages use, inlined as SVG so that a
// page needs no request for them. The list is hack/assets/icons.txt.
package icon

import (
	"embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed outline/*.svg
var files embed.FS

// icons are made when the first page needs one: a start does not.
var icons = sync.OnceValue(load)

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
		inner, ok := drawing(string(text))
		if !ok {
			panic(fmt.Errorf("the icon %s is not an SVG", e.Name()))
		}
		name := strings.TrimSuffix(e.Name(), ".svg")
		found[name] = `<svg class="icon" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">` +
			inner + `</svg>`
	}
	return found
}

// drawing is what an SVG holds, on one line.
func drawing(svg string) (inner string, ok bool) {
	_, svg, _ = strings.Cut(svg, "<svg")
	_, svg, ok = strings.Cut(svg, ">")
	end := strings.LastIndex(svg, "</svg>")
	if !ok || end < 0 {
		return "", false
	}
	var all strings.Builder
	for line := range strings.Lines(svg[:end]) {
		all.WriteString(strings.TrimSpace(line))
	}
	return all.String(), true
}

// SVG is the markup of an icon; an unknown name gives nothing.
func SVG(name string) string { return icons()[name] }

// Names lists the icons there are, for tests.
func Names() []string {
	names := make([]string, 0, len(icons()))
	for name := range icons() {
		names = append(names, name)
	}
	return names
}
