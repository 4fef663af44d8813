package sqlite

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestSortKeyIsSpanishOrder(t *testing.T) {
	ordered := []string{"álamo", "Alba", "nube", "Nzeogwu", "Ñandú", "ñoño", "Óscar", "Osorio", "Zúñiga"}
	shuffled := slices.Clone(ordered)
	slices.Reverse(shuffled)
	slices.SortFunc(shuffled, func(a, b string) int { return bytes.Compare(sortKey(a), sortKey(b)) })
	if !slices.Equal(shuffled, ordered) {
		t.Errorf("got %v, want %v", shuffled, ordered)
	}
}

func TestSortKeyForgetsAccentsAndCase(t *testing.T) {
	for _, same := range [][2]string{{"José", "jose"}, {"GÜEMES", "guemes"}, {"María", "maria"}} {
		if !bytes.Equal(sortKey(same[0]), sortKey(same[1])) {
			t.Errorf("%q and %q have different keys", same[0], same[1])
		}
	}
	if bytes.Equal(sortKey("caña"), sortKey("cana")) {
		t.Error("ñ and n have the same key")
	}
}

func TestSortKeyIsBounded(t *testing.T) {
	if got := len(sortKey(strings.Repeat("ñandú ", 200))); got > longestSortKey {
		t.Errorf("key of %d bytes", got)
	}
}
