package command_test

import (
	"strings"
	"testing"
)

// ends compares the end of a text.
func ends(t *testing.T, text, want string) {
	t.Helper()
	want = strings.TrimPrefix(want, "\n")
	if !strings.HasSuffix(text, want) {
		t.Errorf("it should end with\n%sand is\n%s", want, text)
	}
}

// says looks for words in a text.
func says(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%q is not in\n%s", w, text)
		}
	}
}
