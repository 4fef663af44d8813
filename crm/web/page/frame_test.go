package page

import (
	"testing"
	"time"

	"github.com/grupobizopps/salexops/crm"
	"github.com/grupobizopps/salexops/crm/web/locale"
)

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Lucía Moreno": "LM", "José": "J", "ana sofía peña": "AS", "Óscar Ñuñez": "ÓÑ",
		"": "·", "  ": "·", "7 Leguas": "7L", "¡Hola! mundo": "M", "jose@correo.example": "J",
	} {
		if got := initials(name); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}

func TestTheGreetingFitsTheHour(t *testing.T) {
	for hour, want := range map[int]string{0: "home.evening", 4: "home.evening", 5: "home.morning", 11: "home.morning", 12: "home.afternoon", 18: "home.afternoon", 19: "home.evening"} {
		if got := greeting(time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC)); got != want {
			t.Errorf("at %d: %s, want %s", hour, got, want)
		}
	}
}

func TestABannerIsSaidInAnyLanguageRatherThanNotAtAll(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	f := &Frame{L: words.Translator("en", nil, time.Unix(0, 0))}
	for _, test := range []struct {
		text map[string]string
		want string
	}{
		{map[string]string{"en": "Due.", "es-MX": "Falta."}, "Due."},
		{map[string]string{"es-MX": "Falta."}, "Falta."},
		{map[string]string{"nah": "Ihuian."}, "Ihuian."},
		{nil, ""},
	} {
		if got := f.bannerText(crm.Banner{Text: test.text}); got != test.want {
			t.Errorf("%v is said as %q, want %q", test.text, got, test.want)
		}
	}
}

func TestAMeterWarnsBeforeItIsFull(t *testing.T) {
	for _, test := range []struct {
		used, limit int64
		want        string
	}{{0, 10, "ok"}, {7, 10, "ok"}, {8, 10, "near"}, {10, 10, "full"}, {11, 10, "full"}, {5, 0, "ok"}} {
		if got := fits(test.used, test.limit); got != test.want {
			t.Errorf("%d of %d is %s, want %s", test.used, test.limit, got, test.want)
		}
	}
}

func TestATelephoneLinkHoldsOnlyANumber(t *testing.T) {
	if got := telephone(`+52 (662) 555-0101"><b>`); got != "tel:+526625550101" {
		t.Errorf("the link is %q", got)
	}
}
