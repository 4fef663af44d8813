package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// classList names the Tabler classes that pages may use, one a line.
const classList = "hack/assets/tabler.txt"

// ownStyles use Tabler's custom properties, so these stay.
const ownStyles = "crm/web/asset/css/*.css"

var (
	classPattern    = regexp.MustCompile(`\.(-?[_a-zA-Z][\w-]*)`)
	notPattern      = regexp.MustCompile(`:not\([^()]*(\([^()]*\))?[^()]*\)`)
	usePattern      = regexp.MustCompile(`var\(\s*(--[\w-]+)`)
	darkPattern     = regexp.MustCompile(`\[data-bs-theme="?dark"?\]`)
	spacePattern    = regexp.MustCompile(`\s+`)
	keyframePattern = regexp.MustCompile(`@(?:-\w+-)?keyframes\s+([\w-]+)`)
	foreignPattern  = regexp.MustCompile(`\[data-bs-theme-[\w-]+|\[dir="?rtl"?\]|::-ms-|:-ms-`)
)

// cutTabler keeps of Tabler's style sheet what the listed classes need: 635 KB
// become some tens. Rules of the dark theme are written a second time for
// data-bs-theme="auto" under the system's preference, so that following the
// system needs no script and does not flash.
func cutTabler(sheet []byte) ([]byte, error) {
	list, err := os.ReadFile(classList)
	if err != nil {
		return nil, fmt.Errorf("reading the list of classes: %w", err)
	}
	classes := map[string]bool{}
	for _, name := range strings.Fields(string(list)) {
		classes[name] = true
	}
	rules, err := parseCSS(string(sheet))
	if err != nil {
		return nil, fmt.Errorf("reading Tabler's style sheet: %w", err)
	}
	own, err := readAll(ownStyles)
	if err != nil {
		return nil, err
	}
	kept := withAuto(keepRules(rules, classes))
	kept = dropUnused(kept, own)
	var out strings.Builder
	out.WriteString("/* Tabler, MIT licence, https://tabler.io: cut down by hack/assets. */\n")
	printCSS(&out, kept)
	return []byte(out.String()), nil
}

func keepRules(rules []rule, classes map[string]bool) []rule {
	var kept []rule
	for _, r := range rules {
		switch {
		case r.Group:
			if r.Rules = keepRules(r.Rules, classes); len(r.Rules) > 0 {
				kept = append(kept, r)
			}
		case strings.HasPrefix(r.Head, "@font-face"), r.Body == "":
		case strings.HasPrefix(r.Head, "@"):
			kept = append(kept, r)
		default:
			if r.Head = keepSelectors(r.Head, classes); r.Head != "" {
				kept = append(kept, r)
			}
		}
	}
	return kept
}

// keepSelectors drops the selectors that need a class nobody uses.
func keepSelectors(head string, classes map[string]bool) string {
	var kept []string
	for _, s := range splitTop(head, ',') {
		wanted := !foreignPattern.MatchString(s)
		for _, m := range classPattern.FindAllStringSubmatch(notPattern.ReplaceAllString(s, ""), -1) {
			wanted = wanted && classes[m[1]]
		}
		if wanted {
			kept = append(kept, spacePattern.ReplaceAllString(s, " "))
		}
	}
	return strings.Join(kept, ",")
}

func withAuto(rules []rule) []rule {
	var out []rule
	for _, r := range rules {
		if r.Group {
			r.Rules = withAuto(r.Rules)
		}
		out = append(out, r)
		if r.Group || !darkPattern.MatchString(r.Head) {
			continue
		}
		auto := rule{Body: r.Body}
		var heads []string
		for _, s := range splitTop(r.Head, ',') {
			if darkPattern.MatchString(s) {
				heads = append(heads, darkPattern.ReplaceAllString(s, "[data-bs-theme=auto]"))
			}
		}
		auto.Head = strings.Join(heads, ",")
		out = append(out, rule{Head: "@media (prefers-color-scheme:dark)", Group: true, Rules: []rule{auto}})
	}
	return out
}

// dropUnused removes keyframes and custom properties that nothing refers to,
// again and again, since one property may be the only user of another.
func dropUnused(rules []rule, own string) []rule {
	for {
		var text strings.Builder
		printCSS(&text, rules)
		used := map[string]bool{}
		all := text.String() + own
		for _, m := range usePattern.FindAllStringSubmatch(all, -1) {
			used[m[1]] = true
		}
		next := dropOnce(rules, used, all)
		var after strings.Builder
		printCSS(&after, next)
		if after.Len() == text.Len() {
			return next
		}
		rules = next
	}
}

func dropOnce(rules []rule, used map[string]bool, all string) []rule {
	var kept []rule
	for _, r := range rules {
		if r.Group {
			if r.Rules = dropOnce(r.Rules, used, all); len(r.Rules) > 0 {
				kept = append(kept, r)
			}
			continue
		}
		if m := keyframePattern.FindStringSubmatch(r.Head); m != nil {
			if regexp.MustCompile(`animation[\w-]*:[^;}]*\b` + m[1] + `\b`).MatchString(all) {
				kept = append(kept, r)
			}
			continue
		}
		var body []string
		for _, d := range splitTop(r.Body, ';') {
			name, _, _ := strings.Cut(d, ":")
			name = strings.TrimSpace(name)
			if !strings.HasPrefix(name, "--") || used[name] {
				body = append(body, spacePattern.ReplaceAllString(d, " "))
			}
		}
		if r.Body = strings.Join(body, ";"); r.Body != "" {
			kept = append(kept, r)
		}
	}
	return kept
}

func printCSS(out *strings.Builder, rules []rule) {
	for _, r := range rules {
		out.WriteString(r.Head)
		out.WriteByte('{')
		if r.Group {
			out.WriteByte('\n')
			printCSS(out, r.Rules)
		} else {
			out.WriteString(r.Body)
		}
		out.WriteString("}\n")
	}
}

func readAll(pattern string) (string, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return "", fmt.Errorf("listing %s: %w", pattern, err)
	}
	sort.Strings(paths)
	var all strings.Builder
	for _, path := range paths {
		text, err := os.ReadFile(path) //nolint:gosec // the pattern is a constant
		if err != nil {
			return "", fmt.Errorf("reading %s: %w", path, err)
		}
		all.Write(text)
	}
	return all.String(), nil
}
