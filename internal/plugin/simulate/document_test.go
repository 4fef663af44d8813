package simulate

import (
	"slices"
	"strings"
	"testing"
)

func TestDocumentsAreCountedAsAReaderCounts(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // number and first word of each
	}{
		"one":                             {"a: 1\n", []string{"1 a: 1"}},
		"two":                             {"a: 1\n---\nb: 2\n", []string{"1 a: 1", "2 b: 2"}},
		"a mark before the first":         {"---\na: 1\n---\nb: 2\n", []string{"1 a: 1", "2 b: 2"}},
		"comments before the first":       {"# all\n---\n# a\na: 1\n", []string{"1 a: 1"}},
		"an empty one counts":             {"a: 1\n---\n# nothing\n---\nb: 2\n", []string{"1 a: 1", "3 b: 2"}},
		"a mark with a comment":           {"a: 1\n--- # second\nb: 2\n", []string{"1 a: 1", "2 b: 2"}},
		"a mark at the end":               {"a: 1\n---\n", []string{"1 a: 1"}},
		"an end and a beginning are two":  {"a: 1\n...\n---\nb: 2\n", []string{"1 a: 1", "3 b: 2"}},
		"lines of Windows":                {"a: 1\r\n---\r\nb: 2\r\n", []string{"1 a: 1", "2 b: 2"}},
		"no line break at the end":        {"a: 1\n---\nb: 2", []string{"1 a: 1", "2 b: 2"}},
		"more than three hyphens are not": {"a: |\n  x\n----: 1\n", []string{"1 a: |"}},
		"nothing":                         {"", nil},
		"only comments":                   {"# nothing\n\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, d := range split("f.yaml", []byte(c.text)) {
				content := strings.Split(strings.TrimSpace(string(d.text)), "\n")
				first := content[0]
				for _, line := range content {
					if first = strings.TrimSpace(line); first != "" && first[0] != '#' {
						break
					}
				}
				got = append(got, strings.TrimPrefix(d.String(), "f.yaml: document ")+" "+first)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A parser counts the lines of the file, not those of the document.
func TestADocumentKeepsItsLines(t *testing.T) {
	documents := split("f.yaml", []byte("a: 1\n---\n\nb: 2\n"))
	if got := string(documents[1].text); got != "\n\n\nb: 2\n" {
		t.Errorf("%q: b stands on line 4", got)
	}
}
