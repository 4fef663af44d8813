package locale

import (
	"testing"
	"time"
)

func TestWhenSomethingIsToBe(t *testing.T) {
	zone := time.FixedZone("Hermosillo", -7*3600)
	now := time.Date(2026, 11, 24, 6, 50, 0, 0, time.UTC) // 23:50 of Monday the 23rd there
	tr := load(t).Translator("es-MX", zone, now)
	en := load(t).Translator("en", zone, now)
	for _, check := range []struct{ day, clock, es, en string }{
		{"2026-11-23", "", "hoy", "today"},
		{"2026-11-23", "16:30", "hoy 16:30", "today 16:30"},
		{"2026-11-24", "09:00", "mañana 09:00", "tomorrow 09:00"},
		{"2026-11-22", "", "ayer", "yesterday"},
		{"2026-11-26", "", "jueves", "Thursday"},
		{"2026-11-30", "", "30 nov", "Nov 30"},
		{"2026-11-20", "", "20 nov", "Nov 20"},
		{"2027-01-04", "10:00", "4 ene 2027 10:00", "Jan 4, 2027 10:00"},
	} {
		day, err := time.Parse(time.DateOnly, check.day)
		if err != nil {
			t.Fatal(err)
		}
		if got := tr.When(day, check.clock); got != check.es {
			t.Errorf("%s %s: %q, want %q", check.day, check.clock, got, check.es)
		}
		if got := en.When(day, check.clock); got != check.en {
			t.Errorf("%s %s: %q, want %q", check.day, check.clock, got, check.en)
		}
	}
}
