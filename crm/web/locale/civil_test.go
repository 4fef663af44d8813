package locale

import (
	"testing"
	"time"
)

func TestCivilDaysAreCountedInTheTenantsZone(t *testing.T) {
	zone, err := time.LoadLocation("America/Hermosillo")
	if err != nil {
		t.Fatal(err)
	}
	// In Hermosillo it is still the 23rd.
	es := load(t).Translator("es-MX", zone, time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC))
	for date, want := range map[string]int{"2026-11-23": 0, "2026-11-24": 1, "2026-11-21": -2, "2027-11-23": 365} {
		if got, ok := es.DaysUntil(date); !ok || got != want {
			t.Errorf("%s is in %d days, want %d", date, got, want)
		}
	}
	if _, ok := es.DaysUntil("mañana"); ok {
		t.Error("a word is taken for a date")
	}
	if got := es.DaysSince(time.Date(2026, 11, 23, 6, 59, 0, 0, time.UTC)); got != 1 {
		t.Errorf("the evening before is %d days ago", got)
	}
	for got, want := range map[string]string{
		es.ShortCivil("2026-11-18"): "18 nov", es.ShortCivil("2027-01-02"): "2 ene 2027", es.ShortCivil("x"): "x",
		es.ShortDay(time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)): "23 nov", es.MonthName(): "noviembre", es.Today(): "2026-11-23",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
