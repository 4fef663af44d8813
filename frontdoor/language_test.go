package frontdoor

import (
	"strings"
	"testing"

	"github.com/grupobizopps/salexops/api/v1alpha1"
)

func TestSpeak(t *testing.T) {
	cases := map[string]string{
		"":                           "es",
		"es-MX,es;q=0.9,en;q=0.8":    "es",
		"en-US,en;q=0.9":             "en",
		"en-GB;q=0.7,es;q=0.9":       "es",
		"fr-FR,fr;q=0.9":             "es",
		"fr-FR,fr;q=0.9,en;q=0.5":    "en",
		"*":                          "es",
		"not a language at all;;;":   "es",
		strings.Repeat("en,", 10000): "en",
	}
	for header, want := range cases {
		if got := speak(header).lang; got != want {
			t.Errorf("speak(%.40q) = %s, want %s", header, got, want)
		}
	}
}

func TestDatesAreWrittenOut(t *testing.T) {
	cases := []struct{ date, es, en string }{
		{"2027-01-30", "30 de enero de 2027", "30 January 2027"},
		{"2028-02-29", "29 de febrero de 2028", "29 February 2028"},
		{"2026-12-01", "1 de diciembre de 2026", "1 December 2026"},
		{"", "", ""},
		{"2027-02-29", "", ""},
	}
	for _, c := range cases {
		if es, en := spanish.say(v1alpha1.Date(c.date)), english.say(v1alpha1.Date(c.date)); es != c.es || en != c.en {
			t.Errorf("%q: %q and %q, want %q and %q", c.date, es, en, c.es, c.en)
		}
	}
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	for kind := range pageKinds {
		es, en := &spanish.pages[kind], &english.pages[kind]
		if es.title == "" || es.lead == "" || en.title == "" || en.lead == "" {
			t.Errorf("%s has no title or lead in one of the languages", kind)
		}
		if len(es.rest) != len(en.rest) || len(es.steps) != len(en.steps) || (es.action == "") != (en.action == "") {
			t.Errorf("%s says more in one language than in the other", kind)
		}
		for _, placeholder := range []string{"{name}", "{host}", "{date}"} {
			if strings.Contains(es.title+es.lead, placeholder) != strings.Contains(en.title+en.lead, placeholder) {
				t.Errorf("%s names %s in one language only", kind, placeholder)
			}
		}
	}
}
