package locale

import (
	"testing"
	"time"
)

func TestDecimalsHaveSeparators(t *testing.T) {
	words := load(t)
	for _, tag := range Tags {
		l := words.Translator(tag, time.UTC, time.Time{})
		for number, want := range map[string]string{
			"0": "0", "-0.5": "-0.5", "1234": "1,234", "-1234567.25": "-1,234,567.25", "": "", "texto": "texto",
		} {
			if got := l.Decimal(number); got != want {
				t.Errorf("%s: %q is written %q, want %q", tag, number, got, want)
			}
		}
	}
}
