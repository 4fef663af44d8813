package page

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/crm/web/icon"
)

func read(t *testing.T, patterns ...string) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(paths), err)
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
				continue
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
			all.WriteByte('\n')
		}
	}
	return all.String()
}

func TestEveryIconIsThereAndUsed(t *testing.T) {
	source := read(t, "*.templ", "*.go", "../*.go")
	for _, m := range regexp.MustCompile(`@svg\("([^"]+)"\)|emptyState\("([^"]+)"|icon: "([^"]+)"|themeChoice\("\w+", "([^"]+)"|\{Section\w+, "[^"]+", "([^"]+)"`).FindAllStringSubmatch(source, -1) {
		name := strings.Join(m[1:], "")
		if icon.SVG(name) == "" {
			t.Errorf("a page wants the icon %q, which hack/assets/icons.txt does not list", name)
		}
	}
	for _, name := range icon.Names() {
		if !strings.Contains(source, `"`+name+`"`) {
			t.Errorf("no page uses the icon %q: take it from hack/assets/icons.txt", name)
		}
	}
}

// hooks are classes that mark something for a script or a test alone.
var hooks = map[string]bool{"timeline-box": true, "brand-name": true, "facts": true, "notice-info": true}

func TestEveryClassHasARule(t *testing.T) {
	css := read(t, "../asset/css/*.css", "../asset/vendor/*.css")
	for _, m := range regexp.MustCompile(`class="([^"]+)"`).FindAllStringSubmatch(read(t, "*.templ"), -1) {
		for _, class := range strings.Fields(m[1]) {
			if !hooks[class] && !regexp.MustCompile(`\.`+regexp.QuoteMeta(class)+`\b`).MatchString(css) {
				t.Errorf("the class %q has no rule", class)
			}
		}
	}
}

func TestEveryRuleOfOursIsUsed(t *testing.T) {
	source := read(t, "*.templ", "*.go", "../asset/js/*.js")
	// Classes that are put together, or that a script or another kit sets.
	built := regexp.MustCompile(`^(av-\d|notice-\w+|meter-\w+|status-\w+|on|icon)$`)
	for _, m := range regexp.MustCompile(`\.([a-z][\w-]*)`).FindAllStringSubmatch(read(t, "../asset/css/*.css"), -1) {
		if !built.MatchString(m[1]) && !strings.Contains(source, m[1]) {
			t.Errorf("no page uses the class %q", m[1])
		}
	}
}
