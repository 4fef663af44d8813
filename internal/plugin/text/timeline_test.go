package text

import (
	"slices"
	"testing"

	"github.com/grupobizopps/salexops/internal/plugin/report"
)

func TestBracesJoinWhatTheSameThingPrevents(t *testing.T) {
	for _, c := range []struct{ unless, want []string }{
		{[]string{"", ""}, []string{"", ""}},
		{[]string{"", "a"}, []string{"", "a"}},
		{[]string{"a", "a"}, []string{"┬ a", "┘"}},
		{[]string{"a", "a", "a"}, []string{"┐", "├ a", "┘"}},
		{[]string{"", "a", "a", "a", "a", "b", ""}, []string{"", "┐", "├ a", "│", "┘", "b", ""}},
	} {
		var entries []report.Entry
		for _, unless := range c.unless {
			entries = append(entries, report.Entry{Unless: unless})
		}
		if got := bracesOf(entries); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.unless, got, c.want)
		}
	}
}
