package locale

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	// literal is a message key written in code: two or more words with dots.
	literal = regexp.MustCompile(`"([a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)+)"`)
	// call is a message asked for by its key.
	call = regexp.MustCompile(`\.(?:T|F|N|fill)\("([^"]+)"`)
)

// sources are the files that may name a message: pages, handlers, and the
// packages below whose Invalid holds keys.
func sources(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, root := range []string{"..", "../.."} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "screens" || d.Name() == "webtest" || d.Name() == "asset") {
				return filepath.SkipDir
			}
			ours := strings.HasSuffix(path, ".templ") || (strings.HasSuffix(path, ".go") &&
				!strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go"))
			if !ours {
				return nil
			}
			text, err := os.ReadFile(path)
			found[path] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

func load(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryMessageAskedForIsThere(t *testing.T) {
	keys := load(t).Keys(Tags[0])
	for path, text := range sources(t) {
		for _, m := range call.FindAllStringSubmatch(text, -1) {
			if _, ok := keys[m[1]]; !ok {
				t.Errorf("%s asks for %q, which the catalogue does not have", path, m[1])
			}
		}
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			if _, ok := keys[m[1]]; !ok && strings.HasPrefix(m[1], "error.") {
				t.Errorf("%s reports %q, which the catalogue does not have", path, m[1])
			}
		}
	}
}

func TestEveryMessageIsUsed(t *testing.T) {
	used := map[string]bool{}
	for _, text := range sources(t) {
		for _, m := range literal.FindAllStringSubmatch(text, -1) {
			used[m[1]] = true
		}
	}
	for key := range load(t).Keys(Tags[0]) {
		if !used[key] {
			t.Errorf("nobody uses %q", key)
		}
	}
}

// written are the messages of a language as the files have them.
func written(t *testing.T, tag string) map[string]any {
	t.Helper()
	paths, err := fs.Glob(files, tag+"/*.json")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{}
	for _, path := range paths {
		text, err := files.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if other := strings.Replace(path, tag, Tags[0], 1); tag != Tags[0] {
			if _, err := fs.Stat(files, other); err != nil {
				t.Errorf("%s has no counterpart: %v", path, err)
			}
		}
	}
	return all
}

func TestLanguagesHaveTheSameMessagesWithTheSameParameters(t *testing.T) {
	all := map[string]map[string]any{}
	for _, tag := range Tags {
		all[tag] = written(t, tag)
	}
	parameter := regexp.MustCompile(`\{\{\.\w+\}\}|\{\w+\}`)
	of := func(message any) []string {
		text, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		set := parameter.FindAllString(string(text), -1)
		slices.Sort(set)
		return slices.Compact(set)
	}
	first := all[Tags[0]]
	for _, tag := range Tags[1:] {
		for key := range maps.Keys(all[tag]) {
			if _, ok := first[key]; !ok {
				t.Errorf("%s has %q, %s has not", tag, key, Tags[0])
			}
		}
		for key, message := range first {
			other, ok := all[tag][key]
			switch {
			case !ok || other == "":
				t.Errorf("%s lacks %q", tag, key)
			case !strings.HasPrefix(key, "date.") && !slices.Equal(of(message), of(other)):
				t.Errorf("%q has the parameters %v in %s and %v in %s", key, of(message), Tags[0], of(other), tag)
			}
		}
	}
}

func TestTheBrowsersLanguageIsHeard(t *testing.T) {
	c := load(t)
	for accepted, want := range map[string]string{
		"":                        "es-MX",
		"en-GB,en;q=0.9":          "en",
		"es-AR":                   "es-MX",
		"fr-FR, en;q=0.5":         "en",
		"zh":                      "es-MX",
		"es;q=0.3, en-US;q=0.9":   "en",
		"not a header; really!!!": "es-MX",
	} {
		if got := c.Match(accepted, "es-MX"); got != want {
			t.Errorf("%q gives %s, want %s", accepted, got, want)
		}
	}
	if got := c.Match("", "en"); got != "en" {
		t.Errorf("the tenant's own language gives %s", got)
	}
}
