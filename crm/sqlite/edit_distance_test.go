package sqlite

import "testing"

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"jose", "jose", 0}, {"jose", "josé", 1}, {"jsoe", "jose", 1}, {"gonzlez", "gonzalez", 1},
		{"gonzalezz", "gonzalez", 1}, {"gonsales", "gonzalez", 2}, {"ana", "luis", 3}, {"", "ab", 2}, {"ñu", "un", 2},
	} {
		if got := editDistance(test.a, test.b, 2); got != test.want {
			t.Errorf("%q to %q: %d, want %d", test.a, test.b, got, test.want)
		}
		if got := editDistance(test.b, test.a, 2); got != test.want {
			t.Errorf("%q to %q: %d, want %d", test.b, test.a, got, test.want)
		}
	}
}
