package ledger

import (
	"slices"
	"testing"
)

func TestNearNames(t *testing.T) {
	names := []string{"acme", "acme-norte", "botica", "botica-sur", "globex", "minera"}
	for typed, want := range map[string][]string{
		"bottica": {"botica"},
		"botcia":  {"botica"}, // neighbours exchanged
		"boti":    {"botica", "botica-sur"},
		"acne":    {"acme"},
		"zzz":     nil,
		"":        nil,
		"minera":  {"minera"},
	} {
		if got := Near(typed, names); !slices.Equal(got, want) {
			t.Errorf("%q is near %v, want %v", typed, got, want)
		}
	}
	if got := Near("acm", []string{"acma", "acmb", "acmc", "acmd"}); len(got) != 3 {
		t.Errorf("too many names are suggested: %v", got)
	}
}

func TestEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"abc", "", 3}, {"", "abc", 3}, {"abc", "acb", 1}, {"kitten", "sitting", 3}, {"niño", "nino", 1}} {
		if got := editDistance(c.a, c.b); got != c.want {
			t.Errorf("%s and %s are %d apart, want %d", c.a, c.b, got, c.want)
		}
	}
}
