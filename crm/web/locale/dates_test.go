package locale

import (
	"strings"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestTimesAreSaidAsPeopleSayThem(t *testing.T) {
	// 10:42 of Monday 23 November 2026 in Hermosillo, which is seven hours behind.
	now := time.Date(2026, 11, 23, 17, 42, 0, 0, time.UTC)
	es := load(t).Translator("es-MX", zone(t, "America/Hermosillo"), now)
	en := load(t).Translator("en", zone(t, "America/Hermosillo"), now)
	for _, test := range []struct {
		at     time.Time
		es, en string
	}{
		{now, "ahora", "now"},
		{now.Add(-59 * time.Second), "ahora", "now"},
		{now.Add(-5 * time.Minute), "hace 5 min", "5 min ago"},
		{now.Add(-59 * time.Minute), "hace 59 min", "59 min ago"},
		{now.Add(-2 * time.Hour), "hoy 08:42", "today 08:42"},
		{now.Add(-11 * time.Hour), "ayer 23:42", "yesterday 23:42"},
		{now.Add(-34 * time.Hour), "ayer 00:42", "yesterday 00:42"},
		{now.Add(-5 * 24 * time.Hour), "18 nov", "Nov 18"},
		{time.Date(2026, 1, 1, 7, 0, 0, 0, time.UTC), "1 ene", "Jan 1"},
		{time.Date(2026, 1, 1, 6, 59, 0, 0, time.UTC), "31 dic 2025", "Dec 31, 2025"},
		{now.Add(2 * time.Hour), "hoy 12:42", "today 12:42"},
		{time.Time{}, "nunca", "never"},
	} {
		if got := es.Ago(test.at); got != test.es {
			t.Errorf("%s is %q, want %q", test.at, got, test.es)
		}
		if got := en.Ago(test.at); got != test.en {
			t.Errorf("%s is %q, want %q", test.at, got, test.en)
		}
	}
	if got := es.Exact(now); got != "lunes 23 de noviembre de 2026, 10:42" {
		t.Errorf("exactly: %q", got)
	}
	if got := en.Exact(now); got != "Monday, November 23, 2026, 10:42" {
		t.Errorf("exactly: %q", got)
	}
	if got := es.Civil("1984-03-09"); got != "9 de marzo de 1984" {
		t.Errorf("a civil date: %q", got)
	}
	if got := es.Civil("soon"); got != "soon" {
		t.Errorf("what is no date: %q", got)
	}
	if got := es.Weekday(now.Add(14 * time.Hour)); got != "martes 24 de noviembre" {
		t.Errorf("a heading: %q", got)
	}
}

func TestNumbersAndSizes(t *testing.T) {
	es := load(t).Translator("es-MX", nil, time.Unix(0, 0))
	for n, want := range map[int64]string{0: "0 B", 1023: "1,023 B", 1536: "1.5 KB", 512 << 20: "512 MB", 10 << 30: "10 GB", 7945689498: "7.4 GB"} {
		if got := strings.ReplaceAll(es.Bytes(n), "\u00a0", " "); got != want {
			t.Errorf("%d bytes are %q, want %q", n, got, want)
		}
	}
	if got := es.Int(1234567); got != "1,234,567" {
		t.Errorf("a number: %q", got)
	}
	if got := es.N("signIn.waitSeconds", 1); got != "Demasiados intentos. Espera un segundo y prueba otra vez." {
		t.Errorf("one: %q", got)
	}
	if got := es.N("signIn.waitSeconds", 7); got != "Demasiados intentos. Espera 7 segundos y prueba otra vez." {
		t.Errorf("several: %q", got)
	}
	if got := es.T("no.such"); got != "[no.such]" {
		t.Errorf("a missing message: %q", got)
	}
}

func TestAnUnknownLanguageSpeaksTheDefault(t *testing.T) {
	if got := load(t).Translator("fr", nil, time.Unix(0, 0)).Tag(); got != "es-MX" {
		t.Errorf("speaks %s", got)
	}
}
